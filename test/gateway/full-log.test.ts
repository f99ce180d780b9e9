/** The gateway as an operator starts it, with a log that nobody takes: its disk is full, or whoever reads it stands still. */
import { execFileSync, spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { freePort } from '../../testing/free-port.js';
import { createChance } from '../support/world.js';

const program = (name: string): string => join(import.meta.dirname, '../../dist', name);

/** takes no byte, as a full disk does */
const FULL = '/dev/full';
/** shows in its own output what a program writes to a terminal that it makes for it */
const SCRIPT = '/usr/bin/script';
const folder = mkdtempSync(join(tmpdir(), 'parley-full-log-'));
const started: ChildProcess[] = [];
// with a terminal ends whoever writes to it
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => rmSync(folder, { recursive: true }));

/** A pipe that is full from the beginning, and never read. */
function fullPipe(name: string): { readonly end: number; close(): void } {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  // read and write: a pipe that nobody reads at all would say so
  const filling = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  // one that blocks, as a shell gives it
  const end = openSync(path, 'w');
  const stuff = Buffer.alloc(4096);
  expect(() => {
    for (;;) writeSync(filling, stuff);
  }).toThrow('EAGAIN');
  return { end, close: () => [filling, end].forEach((fd) => closeSync(fd)) };
}

async function serves(start: (env: Record<string, string>) => ChildProcess): Promise<ChildProcess> {
  const port = await freePort();
  const child = start({
    PARLEY_ORIGIN: ORIGIN,
    PARLEY_OPERATOR_AUTHORITY: OPERATOR,
    PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
    PARLEY_PORT: String(port),
    PARLEY_DATA: mkdtempSync(join(folder, 'data-')),
  });
  started.push(child);
  // each one is a line that finds no room
  const healthz = () =>
    fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(10_000) }).then(
      ({ status }) => status,
      () => null,
    );
  await expect.poll(healthz, { timeout: 30_000 }).toBe(200);
  for (let asked = 0; asked < 200; asked += 1) expect(await healthz()).toBe(200);
  return child;
}

async function stops(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}

const gateway = (stdio: StdioOptions) => (env: Record<string, string>) =>
  spawn(process.execPath, [program('gateway/main.js')], { stdio, env });

describe('a gateway serves on, and stops when it is told to', () => {
  it.skipIf(!existsSync(FULL))('where its log is on a full disk (skipped where there is no /dev/full)', async () => {
    const full = openSync(FULL, 'w');
    const child = await serves(gateway(['ignore', full, 'pipe']));
    const said = text(child.stderr!);
    await stops(child);
    closeSync(full);
    // of 200 requests a line each, and it says that it listens, drains and stopped
    expect(await said).toMatch(/^2\d\d lines of the log are lost: standard output did not take them\n$/);
  });

  it('where nobody reads the pipe that its log goes into', async () => {
    const pipe = fullPipe('pipe');
    // nor what it complains into
    await stops(await serves(gateway(['ignore', pipe.end, pipe.end])));
    pipe.close();
  });

  it.skipIf(!existsSync(SCRIPT))('where its log goes to a terminal that stands still (skipped where there is no `script`)', async () => {
    const pipe = fullPipe('terminal');
    const line = `exec "${process.execPath}" "${program('gateway/main.js')}"`;
    await serves((env) =>
      spawn(SCRIPT, ['-qec', line, '/dev/null'], { stdio: ['ignore', pipe.end, 'inherit'], env: { ...env, SHELL: '/bin/sh' } }),
    );
    pipe.close();
  });
});
