/** Several programs over one folder: what one of them makes, another does not take its place. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFileKeyStore, openFileKeyStore } from '../../../client/cli/file-key-store.js';
import type { ParleyError } from '../../../client/sdk/index.js';

const WORDS = 'four words of fiction';
const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'parley-store-')), 'profile');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('is made once where two enrol at once: the one that was told so reads what it wrote', async () => {
  const folder = newFolder();
  const both = await Promise.allSettled(['a', 'b'].map((word) => createFileKeyStore(folder, `${WORDS} ${word}`, 1)));
  const [made, refused] = [both.findIndex(({ status }) => status === 'fulfilled'), both.find(({ status }) => status === 'rejected')];
  expect(refused).toMatchObject({ reason: { code: 'KEY_STORE_EXISTS' } });
  await createdAt(both, made).write('pins', bytes('{}'));
  expect(await (await openFileKeyStore(folder, `${WORDS} ${'ab'[made]!}`)).read('pins')).toEqual(bytes('{}'));
});

it('that was begun by a program that was killed says what to take away, and one with keys in it does not', async () => {
  const folder = newFolder();
  const begun = await createFileKeyStore(folder, WORDS, 1);
  const refused = () => createFileKeyStore(folder, WORDS, 1).catch((error: unknown) => error as ParleyError);
  expect(await refused()).toMatchObject({ code: 'KEY_STORE_EXISTS', next: expect.stringContaining(join(folder, 'lock.age')) as string });
  await begun.write('identity', bytes('{}'));
  expect(await refused()).toMatchObject({ code: 'KEY_STORE_EXISTS', next: 'Choose another profile: --profile NAME.' });
});

type Store = Awaited<ReturnType<typeof createFileKeyStore>>;
const createdAt = (settled: readonly PromiseSettledResult<Store>[], at: number): Store => {
  const one = settled[at];
  if (one?.status !== 'fulfilled') throw new Error('none was made');
  return one.value;
};

it('gives a name to one of those that create it, and to none where it is taken', async () => {
  const folder = newFolder();
  await createFileKeyStore(folder, WORDS, 1);
  const stores = await Promise.all([openFileKeyStore(folder, WORDS), openFileKeyStore(folder, WORDS)]);
  const made = await Promise.all(stores.map((store, n) => store.create('desks/INTAKE-2', bytes(String(n)))));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await stores[0]!.read('desks/INTAKE-2')).toEqual(bytes(String(made.indexOf(true))));
  await stores[0]!.write('pins', bytes('{}'));
  expect(await stores[1]!.create('pins', bytes('other'))).toBe(false);
  expect(await stores[1]!.read('pins')).toEqual(bytes('{}'));
  expect(await stores[1]!.names('')).toEqual(['desks/INTAKE-2', 'pins']);
});

it('names what begins so, in whatever folder of it, and nothing where nothing was kept', async () => {
  const store = await createFileKeyStore(newFolder(), WORDS, 1);
  for (const name of ['told/Ab_1', 'told/Ab_2', 'told/ab_3', 'toldest/Ab_4', 'pins']) await store.write(name, bytes('{}'));
  expect(await store.names('told/Ab_')).toEqual(['told/Ab_1', 'told/Ab_2']);
  expect(await store.names('told/')).toEqual(['told/Ab_1', 'told/Ab_2', 'told/ab_3']);
  expect(await store.names('told')).toEqual(['told/Ab_1', 'told/Ab_2', 'told/ab_3', 'toldest/Ab_4']);
  expect([await store.names('held/'), await store.names('told/none')]).toEqual([[], []]);
});

it('is refused where a newer version of Parley keeps it, before anything is opened, and nothing is written', async () => {
  const folder = newFolder();
  await (await createFileKeyStore(folder, WORDS, 1)).write('identity', bytes('{}'));
  const format = join(folder, 'format');
  const own = readFileSync(format, 'utf8');
  for (const unknown of [`${Number(own) + 1}\n`, 'of another kind']) {
    writeFileSync(format, unknown);
    const before = readdirSync(folder);
    await expect(openFileKeyStore(folder, 'wrong')).rejects.toMatchObject({ code: 'KEY_STORE_NEWER' });
    expect([readdirSync(folder), readFileSync(format, 'utf8')]).toEqual([before, unknown]);
  }
  // one of an older version is taken over by whoever writes, and is only read where nothing can be written, as from a backup
  rmSync(format);
  await expect(openFileKeyStore(folder, 'wrong')).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  expect(readdirSync(folder)).not.toContain('format');
  const before = readdirSync(folder);
  const store = await openFileKeyStore(folder, WORDS);
  expect(await store.read('identity')).toEqual(bytes('{}'));
  expect(readdirSync(folder)).toEqual(before);
  await store.create('told/x', bytes('{}'));
  expect(readFileSync(format, 'utf8')).toBe(own);
});

it('takes away with a record what a program that was killed left beside it, and nothing that another one is writing', async () => {
  const folder = newFolder();
  const store = await createFileKeyStore(folder, WORDS, 1);
  await store.write('held/x', bytes('{}'));
  const [left, begun] = [join(folder, 'held', 'x.age.9.1.new'), join(folder, 'held', 'x.age.9.2.new')];
  for (const draft of [left, begun]) writeFileSync(draft, 'sealed');
  utimesSync(left, 0, 0);
  await store.remove('held/x');
  expect(readdirSync(join(folder, 'held'))).toEqual(['x.age.9.2.new']);
  await store.remove('none/y');
});
