/** `npm run story`, stopped. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../dist/demo/story.js', import.meta.url));

it.skipIf(!existsSync(PROGRAM))(
  'leaves neither keys nor a database where Ctrl-C stops it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-stopped-'));
    const child = spawn(process.execPath, [PROGRAM, '1'], { env: { PATH: process.env['PATH'], TMPDIR: folder }, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await expect.poll(() => readdirSync(folder).length, { timeout: 60_000 }).toBe(1);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  120_000,
);
