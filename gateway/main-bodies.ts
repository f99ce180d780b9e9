/** Which folder of bodies goes with a database: the folder has a name in a file, and the database keeps it. */
import { access, constants, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeBase64url } from '../crypto/base64url.js';
import { Failure } from '../domain/failure.js';
import type { Chance, Store } from '../domain/ports.js';
import { namesIn, syncFolder } from './main-folder.js';

const NAME_FILE = 'id';
const NAME_BYTES = 16;

/**
 * Names the folder on the first start. Two processes with folders of their own would each give readers nothing of what the other took in.
 * @returns to be asked again while it serves; throws Failure `BLOBS_UNAVAILABLE` where the folder is another one meanwhile
 * @throws Failure `CONFIG_INVALID` where the folder is another than that of this database, such as the place of a volume that is not mounted; as
 *   `access` does where this account may not write in it
 */
export async function assertBodies(
  store: Pick<Store, 'hasParts' | 'bodyFolder'>,
  folder: string,
  chance: Chance,
): Promise<() => Promise<void>> {
  await access(folder, constants.W_OK);
  let stands = await store.bodyFolder(null);
  if (stands === null) {
    // a database of before folders had names; rows first: their bytes came before them, and leave a folder behind when they go
    if ((await store.hasParts()) && (await namesIn(folder)).every((name) => name === NAME_FILE))
      throw new Failure('CONFIG_INVALID', `${folder} holds nothing of the bodies that the database names: is its volume mounted?`);
    stands = await store.bodyFolder(await makeName(folder, chance));
  }
  await assertNamed(folder, stands, 'CONFIG_INVALID');
  return () => assertNamed(folder, stands, 'BLOBS_UNAVAILABLE');
}

/** @throws Failure with the code `otherwise` where the folder has another name than the one that stands in the database, or none */
export async function assertNamed(folder: string, stands: string | null, otherwise: Failure['code']): Promise<void> {
  const file = join(folder, NAME_FILE);
  const found = await readName(file);
  if (found !== stands)
    throw new Failure(
      otherwise,
      `${folder} is not where the bodies of this database are: ${file} says ${found ?? 'nothing'}. Is its volume mounted? All processes on one database share the folder whose name is ${stands}`,
    );
}

/** Whole or not there, and durable; of two processes that start together one puts its name in place, and the other finds it. */
async function makeName(folder: string, chance: Chance): Promise<string> {
  const file = join(folder, NAME_FILE);
  const fresh = encodeBase64url(chance.bytes(NAME_BYTES));
  const draft = `${file}.${fresh}.draft`;
  try {
    await writeFile(draft, `${fresh}\n`, { flag: 'wx', mode: 0o600, flush: true });
    // unlike a rename, a link does not replace what is there
    await link(draft, file).catch(unless('EEXIST'));
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  return (await readName(file)) ?? fresh;
}

const readName = (file: string): Promise<string | null> => readFile(file, 'utf8').then((text) => text.trim(), unless('ENOENT'));

const unless =
  (expected: string) =>
  (error: unknown): null => {
    if ((error as NodeJS.ErrnoException).code === expected) return null;
    throw error;
  };
