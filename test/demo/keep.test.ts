/** `npm start -- --keep`, after one that was stopped: it goes on with what is there, and removes nothing. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { requireFree } from '../../demo/gateway.js';
import { gatewayFolder, keepOperator } from '../../demo/set-up.js';
import { freePort } from '../../testing/free-port.js';
import { createChance } from '../support/world.js';

const PROGRAM = fileURLToPath(new URL('../../dist/demo/main.js', import.meta.url));
const isCompiled = existsSync(PROGRAM);
/** Three starts take about four seconds; a machine that does other things beside them is given time. */
const STARTS_MS = 120_000;
let port: number;
let folder: string;

beforeAll(async () => {
  port = await freePort();
  folder = fileURLToPath(new URL(`../../.parley/demo/${port}`, import.meta.url));
  mkdirSync(gatewayFolder(folder), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Kept {
  readonly said: string;
  readonly code: number | null;
  /** null where it serves not */
  readonly key: string | null;
  /** how far its clock is behind ours; NaN where it serves not */
  readonly behindMs: number;
}

/** Until the gateway serves, or it ends by itself. */
async function keep(): Promise<Kept> {
  const child = spawn(process.execPath, [PROGRAM, '--keep'], {
    env: { PATH: process.env['PATH'], PARLEY_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const serves = new Promise<boolean>((resolve) => {
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('goes on serving')) resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  const isServing = await serves;
  const asked = Date.now();
  const log = isServing
    ? ((await (await fetch(`http://127.0.0.1:${port}/v1/log`)).json()) as { readonly verifierKey: string; readonly time: string })
    : null;
  child.kill('SIGTERM');
  return { code: await ended, said, key: log?.verifierKey ?? null, behindMs: asked - Date.parse(log?.time ?? '') };
}

describe.skipIf(!isCompiled)(`npm start -- --keep${isCompiled ? '' : ' (not compiled: npm test does)'}`, () => {
  it(
    'removes nothing where it cannot go on with what is there, and says what would',
    async () => {
      const file = join(gatewayFolder(folder), 'parley.db');
      writeFileSync(file, 'of an older version, which wrote no operator.txt');
      const { code, said } = await keep();
      expect([code, readFileSync(file, 'utf8')]).toEqual([1, 'of an older version, which wrote no operator.txt']);
      expect(said).toContain('npm start without --keep removes it and begins anew');
      rmSync(file);
    },
    STARTS_MS,
  );

  it(
    'goes on with the gateway of the start before, and plays nothing',
    async () => {
      await keepOperator(folder, encodeBase64url(createSigningKey(createChance(61)).publicKey));
      const [first, second] = [await keep(), await keep()];
      expect(second).toMatchObject({ code: 143, key: first.key });
      expect(first.key).toEqual(expect.stringContaining('demo.parley.example'));
      // it serves in real time, however long it took to start
      expect([first.behindMs, second.behindMs].filter((ms) => !(ms <= 0))).toEqual([]);
      expect(second.said).not.toContain('fictional authorities');
    },
    STARTS_MS,
  );

  it(
    'leaves nothing on its port where its reader went away, as `head` does',
    async () => {
      const child = spawn(process.execPath, [PROGRAM, '--keep'], {
        env: { PATH: process.env['PATH'], PARLEY_PORT: String(port) },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout.destroy();
      const code = await new Promise((resolve) => child.once('exit', resolve));
      await requireFree(port);
      expect(code).toBe(0);
    },
    STARTS_MS,
  );

  it.each(['SIGHUP', 'SIGKILL'] as const)(
    'leaves nothing on its port where a %s ended it, as a closed terminal does',
    async (signal) => {
      const child = spawn(process.execPath, [PROGRAM, '--keep'], {
        env: { PATH: process.env['PATH'], PARLEY_PORT: String(port) },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const isFree = () =>
        requireFree(port).then(
          () => true,
          () => false,
        );
      await new Promise<void>((resolve) =>
        child.stdout.on('data', (bytes: Buffer) => (bytes.toString().includes('goes on serving') ? resolve() : undefined)),
      );
      expect(await isFree()).toBe(false);
      child.kill(signal);
      await expect.poll(isFree, { timeout: STARTS_MS / 4 }).toBe(true);
    },
    STARTS_MS,
  );

  it('starts nothing on a word that it does not know', async () => {
    const child = spawn(process.execPath, [PROGRAM, '--help'], { env: { PATH: process.env['PATH'], PARLEY_PORT: String(port) } });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, said.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('takes --keep and nothing else, not --help')]);
  });
});
