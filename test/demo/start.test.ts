/** `npm start` where something is in its way: it says what in a sentence, and leaves nobody else's start in pieces. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../testing/free-port.js';

const dist = (path: string): string => fileURLToPath(new URL(`../../dist/demo/${path}`, import.meta.url));
const isCompiled = existsSync(dist('main.js'));
const STARTS_MS = 180_000;
/** without it nothing is left to hold the port by */
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
let port: number;
let folder: string;
const started: ChildProcess[] = [];

beforeEach(async () => {
  port = await freePort();
  folder = fileURLToPath(new URL(`../../.parley/demo/${port}`, import.meta.url));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

interface Start {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** what it has said once that is in it, or once it has ended */
  until(sentence: string): Promise<string>;
}

function start(args: readonly string[]): Start {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], PARLEY_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let text = '';
  const said = (): string => text.replaceAll(/\s+/g, ' ');
  const until = (sentence: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (bytes: Buffer): void => {
        text += bytes.toString();
        if (said().includes(sentence)) resolve(said());
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('close', () => resolve(said()));
    });
  return { child, said, until };
}

describe.skipIf(!isCompiled)(`npm start${isCompiled ? '' : ' (not compiled: npm test does)'}`, () => {
  it(
    'goes on where it is begun twice at once, and the second says that the port is taken',
    async () => {
      const both = [start([dist('main.js')]), start([dist('main.js')])];
      const told = await Promise.all(both.map((one) => one.until('have made their keys')));
      expect(told.filter((text) => text.includes('have made their keys'))).toHaveLength(1);
      expect(told.filter((text) => text.includes(`port ${port} is taken`))).toHaveLength(1);
    },
    STARTS_MS,
  );

  it.skipIf(!hasIpv6)(
    'goes on where it is begun again while its gateway starts, and the second says that the port is taken',
    async () => {
      const first = start([dist('main.js')]);
      const told = first.until('have made their keys');
      // it writes there from when its process is made
      await expect.poll(() => existsSync(join(folder, 'gateway', 'gateway.log')), { timeout: STARTS_MS }).toBe(true);
      expect(await start([dist('main.js')]).until('have made their keys')).toContain(`port ${port} is taken`);
      expect(await told).toContain('have made their keys');
    },
    STARTS_MS,
  );

  it.each([
    ['files/NG-FIA', 'files/NG-FIA is a file', 'is there already, and is left alone'],
    ['keys/ng-fia/lock.age', 'somebody else’s keys', 'There is a key store in'],
  ])(
    'says in a sentence that %s is in the way, while the gateway still starts, and shows no place in our code',
    async (place, content, sentence) => {
      mkdirSync(dirname(join(folder, place)), { recursive: true });
      writeFileSync(join(folder, place), content);
      const opening = `
        const facts = { folder: ${JSON.stringify(folder)}, port: 0, cast: ['NG-FIA'], bystanders: [], days: 1, environment: {} };
        import(${JSON.stringify(dist('stage.js'))})
          .then(({ Stage }) => Stage.open(facts, {}, { note() {} }))
          .catch((error) => console.error('told:', error.message));`;
      const text = await start(['--eval', opening]).until('never said');
      expect(text).toContain(sentence);
      expect(text).toContain('told: NG-FIA could not enrol');
      expect(text).not.toContain('.js:');
    },
    STARTS_MS,
  );
});
