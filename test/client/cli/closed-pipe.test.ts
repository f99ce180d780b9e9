/** The compiled command as a shell runs it, where whoever reads its answer stops reading. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../../dist/client/cli/main.js', import.meta.url));

it('ends quietly, as after `head`, when its answer is not read to the end', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'form', 'list'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, complaint]).toEqual([0, '']);
});
