/** `npm test`, stopped. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../tools/run-tests.mjs', import.meta.url));

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'leaves no folder of temporary files where a %s stops it',
  async (signal, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-stopped-'));
    const child = spawn(process.execPath, [PROGRAM, 'test/tools/count.test.ts'], {
      env: { PATH: process.env['PATH'], TMPDIR: folder },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', (status, by) => resolve(status ?? by)));
    await expect.poll(() => readdirSync(folder).length, { timeout: 60_000 }).toBe(1);
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  120_000,
);
