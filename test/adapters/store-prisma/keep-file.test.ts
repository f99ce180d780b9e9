/** A restored database gets its name also where whoever checked it is not quite gone. */
import { createClient } from '@libsql/client';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keepFile } from '../../../adapters/store-prisma/snapshot/sqlite.js';

const folder = mkdtempSync(join(tmpdir(), 'parley-keep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HELD_MS = 1_000;
const HOLDER = `
  const { createClient } = await import('@libsql/client');
  const client = createClient({ url: process.argv[1], concurrency: 1 });
  await client.execute('PRAGMA locking_mode = EXCLUSIVE');
  await client.execute('INSERT INTO kept VALUES (8)');
  process.stdout.write('held');
  setTimeout(() => process.exit(), ${HELD_MS});
`;

it('waits for who holds the file, and copies it whole', async () => {
  const [file, path] = [join(folder, 'staged.db'), join(folder, 'parley.db')];
  const made = createClient({ url: `file:${file}` });
  await made.executeMultiple('CREATE TABLE kept (n integer); INSERT INTO kept VALUES (7);');
  made.close();
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER, `file:${file}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await keepFile(file, path);
  const copy = createClient({ url: `file:${path}` });
  expect((await copy.execute('SELECT n FROM kept')).rows).toMatchObject([{ n: 7 }, { n: 8 }]);
  copy.close();
});
