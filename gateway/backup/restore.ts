/**
 * Brings an archive back into an empty place. The database has its name there when all is verified, and not before, and the first leaf after it tells
 * every authority from which size and root the log goes on.
 */
import { formatVerifierKey, type VerifierKey } from '../../crypto/note-key.js';
import { PART_BYTES } from '../../crypto/part-tree.js';
import type { ArchiveEntry, DatabaseKind, LoadedDatabase } from '../../domain/backup.js';
import { Failure } from '../../domain/failure.js';
import { erasedKey } from '../../domain/guard-keys.js';
import { parseUuid, type AuthorityId } from '../../domain/ids.js';
import type { Blobs, Chance, Clock, Store } from '../../domain/ports.js';
import { backupManifest, type BackupManifest } from '../../domain/wire/backup.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { eraseAll } from '../cases/erase.js';
import { createDirectoryReader } from '../read/directory.js';
import { restoredRow } from '../rows/restored-row.js';
import { DATABASE_ENTRY, MANIFEST_ENTRY, readNote } from './back-up.js';
import { verifyBodies, verifyLog, type Lost } from './verify-restored.js';

const MANIFEST_BYTES_MAX = 8 * 1024 * 1024;
const PART_NAME = /^blobs\/([0-9a-f-]{36})\/(0|[1-9][0-9]{0,6})$/;

export interface RestoreParts {
  readonly entries: AsyncIterable<ArchiveEntry>;
  /** of this gateway's own log */
  readonly key: VerifierKey;
  readonly operator: AuthorityId;
  readonly database: DatabaseKind;
  /** where the database's bytes go first */
  readonly file: string;
  /** bodies go here; nobody serves them before the database is kept */
  readonly blobs: Blobs;
  load(file: string): Promise<LoadedDatabase>;
  openStore(url: string): Promise<Store>;
  /** May the log go on from here? @throws Failure where something remembers a longer one, or nothing remembers any */
  mayGoOn(store: Store): Promise<void>;
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface Restored {
  readonly size: number;
  /** base64url */
  readonly root: string;
  readonly madeAt: BackupManifest['madeAt'];
  readonly parts: number;
}

/**
 * @returns what was restored; durable but for the names of its files
 * @throws Failure `INVARIANT_BROKEN` for a cut or altered archive, `CONFIG_INVALID` for one of another gateway or a place that is not empty;
 *   AggregateError where something is left in the place besides
 */
export async function restore(parts: RestoreParts): Promise<Restored> {
  const manifest = await unpack(parts);
  const loaded = await parts.load(parts.file);
  try {
    await bringBack(parts, manifest, loaded);
    await loaded.snapshot.close();
    await loaded.keep();
  } catch (error) {
    // a connection that broke is no reason to leave what it loaded
    await loaded.snapshot.close().catch(() => undefined);
    await loaded.undo().catch((trouble: unknown) => {
      throw new AggregateError([error, trouble], 'what did not verify is still there');
    });
    throw error;
  }
  const { size, root, madeAt, parts: count } = manifest;
  return { size, root, madeAt, parts: count };
}

const broken = (detail: string): Failure => new Failure('INVARIANT_BROKEN', `the archive is not whole: ${detail}`);
const another = (detail: string): Failure => new Failure('CONFIG_INVALID', detail);

/** Where each is brought back into. */
const PLACE: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'restore it without PARLEY_DATABASE_URL, into an empty PARLEY_DATA',
  postgresql: 'let PARLEY_DATABASE_URL name an empty PostgreSQL database, and restore it there',
};

/** Every entry in its order, each once: database, bodies, manifest. */
async function unpack({ entries, key, database, file, blobs }: RestoreParts): Promise<BackupManifest> {
  let digest: string | null = null;
  let manifest: BackupManifest | null = null;
  for await (const entry of entries) {
    if (manifest !== null) throw broken('something follows its manifest');
    const part = PART_NAME.exec(entry.name);
    if (digest === null && entry.name === DATABASE_ENTRY) digest = await entry.saveTo(file);
    else if (digest === null) throw broken('it does not begin with a database');
    else if (entry.name === MANIFEST_ENTRY && entry.sizeBytes <= MANIFEST_BYTES_MAX) manifest = parseManifest(await entry.bytes());
    else if (part !== null && entry.sizeBytes <= PART_BYTES) await putPart(part, entry, blobs);
    else throw broken('it has an entry that no backup writes');
  }
  if (manifest === null) throw broken('it has no manifest');
  if (manifest.databaseDigest !== digest) throw broken('its database is altered');
  if (manifest.database !== database)
    throw another(`it holds a ${manifest.database} database, ${database} is configured: ${PLACE[manifest.database]}`);
  if (manifest.origin !== key.name) throw another(`it is of the log ${manifest.origin}`);
  if (manifest.key !== formatVerifierKey(key)) throw another('it is of another gateway key: bring that key’s file back first');
  return manifest;
}

async function putPart([, upload = '', n]: RegExpExecArray, entry: ArchiveEntry, blobs: Blobs): Promise<void> {
  const id = parseUuid(upload);
  if (!id.ok) throw broken('a part has no upload');
  if (!(await blobs.putPart(id.value, Number(n), await entry.bytes()))) throw broken('it has a part twice');
}

function parseManifest(bytes: Uint8Array): BackupManifest {
  const json = parseJsonStrict(bytes);
  const shaped = json.ok ? backupManifest.safeParse(json.value) : null;
  if (shaped?.success !== true) throw broken('its manifest does not read');
  return shaped.data;
}

async function bringBack(parts: RestoreParts, manifest: BackupManifest, { url, snapshot }: LoadedDatabase): Promise<void> {
  const published = readNote(manifest.checkpoint, parts.key);
  if (snapshot.schema !== manifest.schema || (snapshot.checkpoint?.note ?? null) !== manifest.checkpoint)
    throw broken('its database is not the one that its manifest tells of');
  await verifyBodies(snapshot, parts.blobs, manifest);
  const store = await parts.openStore(url);
  try {
    const lost = await verifyLog(store, manifest, published);
    await parts.mayGoOn(store);
    for (const upload of manifest.dropped) {
      // some of its parts were archived before they went
      while (!(await parts.blobs.drop(upload)));
      await store.dropUpload(upload);
    }
    await tellEverybody(store, parts, manifest, lost);
  } finally {
    await store.close();
  }
}

/**
 * In the log itself, because whoever restores it must not be able to keep it quiet. What was erased after this database was copied is decided
 * with it again: nobody is given it, and the next worker erases what is left.
 */
async function tellEverybody(
  store: Store,
  { key, operator, clock, chance }: RestoreParts,
  { size, root }: BackupManifest,
  lost: readonly Lost[],
): Promise<void> {
  const { authorities } = await createDirectoryReader(store, clock).current();
  const sees = [...new Set([...authorities.keys(), operator])];
  const now = clock.now();
  const row = {
    ...restoredRow({ log: key.name, sees, size, root }, now, chance),
    bumps: lost.map(({ item }) => erasedKey(item)),
    outbox: lost.map(({ item, carrier }) => eraseAll(item, carrier, now)),
  };
  const [outcome] = await store.commitBatch([row], now);
  if (outcome?.kind !== 'committed') throw another('this machine’s clock is behind the log that was restored');
}
