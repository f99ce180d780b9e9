/** Two programs over one key store, each told of something else about one item: neither writes over what the other learnt. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileKeyStore, openFileKeyStore } from '../../client/cli/file-key-store.js';
import { createMemoryKeyStore, writeRecord } from '../../client/sdk/key-store.js';
import { keepShown, statementsKnown } from '../../client/sdk/told.js';
import { digestOfBytes } from '../../crypto/digest.js';
import type { Digest } from '../../domain/ids.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-told-'));
});
afterAll(() => rm(folder, { recursive: true }));

const digest = (n: number): Digest => digestOfBytes(new Uint8Array([n]));

it('knows all of it afterwards, and what an older client knew', async () => {
  const passphrase = 'two programs, one folder';
  const stores = [await createFileKeyStore(folder, passphrase, 1), await openFileKeyStore(folder, passphrase)];
  const [item, other, older] = [digest(0), digest(1), digest(2)];
  await writeRecord(stores[0]!, `told/${item}`, { labels: [older] });
  const told = Array.from({ length: 12 }, (_, n) => digest(10 + n));
  await Promise.all(told.map((one, n) => keepShown(stores[n % 2]!, item, [one])));
  await keepShown(stores[0]!, item, [told[0]!]);
  for (const store of stores) {
    expect([...(await statementsKnown(store, item))].sort()).toEqual([older, ...told].sort());
    expect(await statementsKnown(store, other)).toEqual([]);
  }
});

/** The first of them with a low line as its 21st character: an older client's record of it is named as a newer one's begin. */
const ambiguous = (): Digest => {
  for (let n = 0; ; n++) {
    const one = digestOfBytes(new TextEncoder().encode(String(n)));
    if (one[20] === '_') return one;
  }
};

it('reads what an older client knew of an item, however its digest is spelled', async () => {
  const store = createMemoryKeyStore();
  const [item, older, newer] = [ambiguous(), digest(2), digest(3)];
  await writeRecord(store, `told/${item}`, { labels: [older] });
  expect(await statementsKnown(store, item)).toEqual([older]);
  await keepShown(store, item, [older, newer]);
  expect(await statementsKnown(store, item)).toEqual([older, newer]);
});
