/** The key store in a folder: each record an age file, mode 0600, replaced whole or not at all. */
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createVault, openVault, type Vault } from '../../crypto/open-vault.js';
import { HOUR_MS } from '../../domain/time.js';
import { createFolder, makeFile, readIfThere, replaceFile } from '../durable-file.js';
import { checkedName, ParleyError, type KeyStore } from '../sdk/index.js';
import { systemChance, systemClock } from './clock-system.js';

const LOCK = 'lock.age';
const RECORD = '.age';
/** Beside the records, in clear: by what version of this file they are kept. Absent: 1, or nothing was written yet. */
const FORMAT = 'format';
/** 2: what is known of a root, entries and revocations are records of their own; 3: so are checkpoints. To be counted up where an older client would miss something. */
const FORMAT_OF_NOW = 3;

/** Digests differ by case, and some file systems do not: capitals are written with a plus before them. */
const spelled = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`);
const fileOf = (name: string): string => `${spelled(checkedName(name))}${RECORD}`;
const nameOf = (file: string): string =>
  file.slice(0, -RECORD.length).replaceAll(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** @throws ParleyError `KEY_STORE_EXISTS` */
export async function createFileKeyStore(folder: string, passphrase: string, workFactor: number): Promise<KeyStore> {
  await createFolder(folder);
  const { lock, vault } = await createVault(passphrase, workFactor, systemChance);
  // of two that enrol at once, the other's records would open no more
  const store = storeIn(folder, vault);
  if (!(await makeFile(join(folder, LOCK), lock))) throw existing(folder, (await store.names('')).length > 0);
  return store;
}

/** @param isFilled false: it is being made, or whoever made it was killed before its keys were in it */
const existing = (folder: string, isFilled: boolean): ParleyError =>
  new ParleyError(
    'KEY_STORE_EXISTS',
    `There is a key store in ${folder} already${isFilled ? '' : ', and nothing is in it'}.`,
    isFilled
      ? 'Choose another profile: --profile NAME.'
      : `Where nobody is making it just now, take ${join(folder, LOCK)} away and do it again; or choose another profile: --profile NAME.`,
  );

/**
 * The same, with what belongs in it from the start. Where that fails, as on a full disk, nothing of it stays in the way of the next try.
 *
 * @throws ParleyError `KEY_STORE_EXISTS`; what `fill` throws
 */
export async function fillFileKeyStore<T>(
  folder: string,
  passphrase: string,
  workFactor: number,
  fill: (store: KeyStore) => Promise<T>,
): Promise<T> {
  const store = await createFileKeyStore(folder, passphrase, workFactor);
  // of a store that lost its lock: they open again with the one from its backup
  const before = await store.names('');
  try {
    return await fill(store);
  } catch (error) {
    for (const name of await store.names('')) if (!before.includes(name)) await store.remove(name);
    for (const file of [LOCK, FORMAT]) await rm(join(folder, file), { force: true });
    throw error;
  }
}

export const isKeyStore = async (folder: string): Promise<boolean> => (await readIfThere(join(folder, LOCK))) !== null;

/** @throws ParleyError `NOT_ENROLLED`, `KEY_STORE_NEWER`, `PASSPHRASE_WRONG` */
export async function openFileKeyStore(folder: string, passphrase: string): Promise<KeyStore> {
  const lock = await readIfThere(join(folder, LOCK));
  if (lock === null)
    throw new ParleyError('NOT_ENROLLED', `There is no key store in ${folder}.`, 'Run `parley enrol` first, or choose another --profile.');
  await requireKnownFormat(folder);
  const vault = await openVault(lock, passphrase, systemChance);
  if (!vault.ok) throw new ParleyError('PASSPHRASE_WRONG', `${vault.error}.`, 'Check PARLEY_PASSPHRASE_FILE, or type it again.');
  return storeIn(folder, vault.value);
}

/** What it does not know of, such as a root that was compared, would be missing to it, and it would go on without. */
async function requireKnownFormat(folder: string): Promise<void> {
  const format = await formatOf(folder);
  if (format >= 1 && format <= FORMAT_OF_NOW) return;
  throw new ParleyError(
    'KEY_STORE_NEWER',
    `The key store in ${folder} is kept by a newer version of Parley than this one. Nothing was read or written.`,
    'Use that version, or one after it: parley --version says which this is.',
  );
}

async function formatOf(folder: string): Promise<number> {
  const file = await readIfThere(join(folder, FORMAT));
  return file === null ? 1 : Number(new TextDecoder().decode(file));
}

/** From now on an older client leaves it alone. */
async function keepFormat(folder: string): Promise<void> {
  if ((await formatOf(folder)) < FORMAT_OF_NOW) await replaceFile(join(folder, FORMAT), `${FORMAT_OF_NOW}\n`);
}

function storeIn(folder: string, vault: Vault): KeyStore {
  return {
    async read(name) {
      const file = await readIfThere(join(folder, fileOf(name)));
      if (file === null) return null;
      const record = await vault.open(file);
      if (record === null) throw new ParleyError('KEY_STORE_DAMAGED', `The record ${name} does not open.`, 'Restore it from its backup.');
      return record;
    },
    async write(name, bytes) {
      await keepFormat(folder);
      await replace(join(folder, fileOf(name)), vault.seal(bytes));
    },
    async create(name, bytes) {
      await keepFormat(folder);
      const path = join(folder, fileOf(name));
      await createFolder(dirname(path));
      return makeFile(path, vault.seal(bytes));
    },
    remove: (name) => removeRecord(join(folder, fileOf(name))),
    async names(prefix) {
      // where the prefix names a folder, that one alone: the others of an old key store hold tens of thousands
      const within = prefix.slice(0, prefix.indexOf('/') + 1);
      const files = within === '' ? await readdir(folder, { recursive: true }) : await filesIn(join(folder, within));
      const begins = spelled(prefix);
      return files
        .map((file) => `${within}${file.replaceAll('\\', '/')}`)
        .filter((file) => file.startsWith(begins) && file.endsWith(RECORD) && file !== LOCK)
        .map(nameOf)
        .sort();
    },
  };
}

/** With drafts of it that a killed program left: what is forgotten would be in them. A younger one may be being written. */
async function removeRecord(path: string): Promise<void> {
  await rm(path, { force: true });
  for (const file of await filesIn(dirname(path))) {
    const draft = join(dirname(path), file);
    if (!draft.startsWith(`${path}.`)) continue;
    const written = await stat(draft).catch(() => null);
    if (written !== null && systemClock.now() - written.mtimeMs > HOUR_MS) await rm(draft, { force: true });
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // nothing of the kind was kept yet
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await createFolder(dirname(path));
  await replaceFile(path, bytes);
}
