import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openThreaded } from '../../../adapters/store-prisma/sqlite/threaded.js';
import { A, at, bytesOf, commitOne, digestOf, kinds, NOW, plain, rowOf, statementOf } from '../../contract/store-rows.js';

const entry = new URL('../../../dist/adapters/store-prisma/sqlite/thread.js', import.meta.url);
const skipped = existsSync(entry) ? '' : ' (skipped: a thread runs compiled code, and dist/ is not built)';

describe.skipIf(skipped)(`the embedded database in its thread${skipped}`, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-thread-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('answers as the store in it would', async () => {
    let closed = 0;
    let lost = 0;
    const store = await openThreaded(
      join(folder, 'parley.db'),
      entry,
      () => closed++,
      () => lost++,
    );
    const part = bytesOf('long', 70_000).subarray(1_000, 12_600);
    const row = rowOf('a', { statement: statementOf('a', { raw: part }), bumps: ['directory'] });
    expect(kinds(await store.commitBatch([row, rowOf('b', { expects: [{ key: 'directory', version: 0 }] })], NOW))).toEqual([
      'committed',
      'conflict',
    ]);
    expect((await commitOne(store, row, at(1))).kind).toBe('duplicate');
    expect(plain(await store.statement(digestOf('a')))).toEqual(plain({ ...row.statement, index: 0 }));
    expect([await store.statement(digestOf('b')), await store.version('directory'), await store.keyring(A, 'x')]).toEqual([null, 1, null]);
    await expect(store.commitBatch(Array(65).fill(row), NOW)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
    await store.close();
    expect(closed).toBe(1);
    await expect(store.leafCount()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(lost).toBe(0);
  });

  it('says once that it is lost where its thread ends by itself, to who waits and to who opened it', async () => {
    const brittle =
      "import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ id: 0 }); parentPort.on('message', () => process.exit(1));";
    const lost: string[] = [];
    const store = await openThreaded(
      '',
      new URL(`data:text/javascript,${encodeURIComponent(brittle)}`),
      () => undefined,
      ({ detail }) => lost.push(detail),
    );
    await expect(store.leafCount()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.close()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(lost).toEqual(['the database thread ended']);
  });

  it('says that the database could not be opened', async () => {
    await expect(openThreaded(join(folder, 'absent', 'parley.db'), entry)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
