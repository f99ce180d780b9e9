/** Stored statements as the walk and the readers want them: parsed once, kept in a bounded cache, since their bytes never change. */
import { parseStatement } from '../../crypto/statement.js';
import type { Digest } from '../../domain/ids.js';
import { Failure } from '../../domain/failure.js';
import type { LinkKind, Store, StoredStatement } from '../../domain/ports.js';
import { shapeStatement, STATEMENT_TYPES, type Statement, type StatementOf, type StatementType } from '../../domain/statement.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import type { Submission } from '../../domain/wire/submission.js';
import { storedJson } from './stored-json.js';

export type Item = StatementOf<'parley-item+json'>;

/** A stored submission, taken apart. Everything in it was verified before it was stored. */
export interface Volume {
  readonly stored: StoredStatement;
  readonly submission: Submission;
  readonly statement: Statement;
  /** item statements that came with it, by digest */
  readonly items: ReadonlyMap<Digest, Item>;
}

export interface Library {
  /** Keeps what was just accepted as it was parsed: its delivery follows at once. */
  shelve(stored: StoredStatement, statement: Statement): void;
  volume(digest: Digest): Promise<Volume | null>;
  /** The same, with a question to the store whether it is kept or not: for who may only be trying digests. */
  sought(digest: Digest): Promise<Volume | null>;
  /** What is kept of it has changed in the store. */
  forget(digest: Digest): void;
  /** every statement under a link, in log order */
  linked(kind: LinkKind, key: string): Promise<readonly Volume[]>;
  /** The same for many keys at once, by key: a few questions to the store, however many keys. */
  linkedTo(kind: LinkKind, keys: readonly string[]): Promise<ReadonlyMap<string, readonly Volume[]>>;
  /** those of one type */
  linkedOf<T extends StatementType>(
    kind: LinkKind,
    key: string,
    typ: T,
  ): Promise<readonly { readonly volume: Volume; readonly statement: StatementOf<T> }[]>;
  /** the submission that carried an item, and the item */
  item(digest: Digest): Promise<{ readonly volume: Volume; readonly item: Item } | null>;
}

const VOLUMES_MAX = 2_000;
/** of the raw submissions that are kept: one may have 2 MiB */
const SHELF_BYTES_MAX = 64 * 1024 * 1024;
/** items */
const PLACES_MAX = 20_000;
/** statements read at once */
const PAGE = 500;

/** @throws Failure `INVARIANT_BROKEN`: what we stored, we could read */
export function readCompact(compact: string): Statement {
  const jws = parseStatement(compact, STATEMENT_TYPES['parley-entry+json'].bytesMax);
  const json = jws.ok ? parseJsonStrict(jws.value.payload) : jws;
  if (!jws.ok || !json.ok) throw new Failure('INVARIANT_BROKEN', 'a stored statement does not parse');
  const shaped = shapeStatement(jws.value, json.value);
  if (!shaped.ok) throw new Failure('INVARIANT_BROKEN', `stored statement ${jws.value.digest} has no shape`);
  return shaped.value;
}

/** Our own bytes: they were parsed before they were written. */
export function openVolume(stored: StoredStatement): Volume {
  const submission = readSubmission(stored);
  return volumeOf(stored, readCompact(submission.statement), submission);
}

const readSubmission = ({ raw, digest }: StoredStatement): Submission => storedJson(raw, `statement ${digest}`) as Submission;

/** @param submission null: it and its items are taken apart when somebody asks for them; a delivery does not */
function volumeOf(stored: StoredStatement, statement: Statement, submission: Submission | null = null): Volume {
  let items: ReadonlyMap<Digest, Item> | null = null;
  return {
    stored,
    statement,
    get submission() {
      return (submission ??= readSubmission(stored));
    },
    get items() {
      return (items ??= readItems(this.submission));
    },
  };
}

function readItems({ items }: Submission): ReadonlyMap<Digest, Item> {
  const read = (items ?? []).map(readCompact);
  return new Map(read.flatMap((item) => (item.typ === 'parley-item+json' ? [[item.digest, item]] : [])));
}

/** Volumes that were read last. @param bytesMax raw submissions that are kept */
function createShelf(bytesMax: number) {
  const volumes = new Map<Digest, Volume>();
  let bytes = 0;
  const forget = (digest: Digest): void => {
    bytes -= volumes.get(digest)?.stored.raw.length ?? 0;
    volumes.delete(digest);
  };
  return {
    get: (digest: Digest): Volume | undefined => volumes.get(digest),
    forget,
    put(volume: Volume): Volume {
      forget(volume.stored.digest);
      volumes.set(volume.stored.digest, volume);
      bytes += volume.stored.raw.length;
      // the oldest goes first: a Map keeps the order of insertion
      while (volumes.size > VOLUMES_MAX || bytes > bytesMax) forget(volumes.keys().next().value!);
      return volume;
    },
  };
}

/** @param bytesMax raw submissions that are kept in memory */
export function createLibrary(store: Store, bytesMax = SHELF_BYTES_MAX): Library {
  const shelf = createShelf(bytesMax);
  const keep = (stored: StoredStatement): Volume => shelf.get(stored.digest) ?? shelf.put(openVolume(stored));

  const linked = async (kind: LinkKind, key: string): Promise<readonly Volume[]> => {
    const found: StoredStatement[] = [];
    // quotas bound what one party adds (checks/quota.ts); all that stands there is read, so that none is hidden behind others
    for (;;) {
      const page = await store.linked(kind, key, PAGE, found.at(-1)?.index);
      found.push(...page);
      if (page.length < PAGE) return found.map(keep);
    }
  };

  const sought = async (digest: Digest): Promise<Volume | null> => {
    const stored = await store.statement(digest);
    return stored === null ? null : keep(stored);
  };
  const volumeAt = async (digest: Digest): Promise<Volume | null> => shelf.get(digest) ?? sought(digest);

  /** which submission carried an item: it never changes */
  const places = new Map<Digest, Digest>();

  return {
    shelve: (stored, statement) => void shelf.put(volumeOf(stored, statement)),
    volume: volumeAt,
    sought,
    forget: shelf.forget,
    linked,
    linkedTo: (kind, keys) => readLinks(store, volumeAt, kind, keys),
    async linkedOf(kind, key, typ) {
      const volumes = await linked(kind, key);
      return volumes.flatMap((volume) => (isOf(volume.statement, typ) ? [{ volume, statement: volume.statement }] : []));
    },
    async item(digest) {
      const known = places.get(digest);
      const volume = known === undefined ? (await linked('item', digest))[0] : await volumeAt(known);
      const item = volume?.items.get(digest);
      if (!volume || !item) return null;
      if (places.size >= PLACES_MAX) places.delete(places.keys().next().value!);
      places.set(digest, volume.stored.digest);
      return { volume, item };
    },
  };
}

async function readLinks(store: Store, volumeAt: Library['volume'], kind: LinkKind, keys: readonly string[]) {
  const links = await store.links(kind, keys);
  const digests = [...new Set(links.map(({ statement }) => statement))];
  const volumes = new Map(await Promise.all(digests.map(async (digest) => [digest, await volumeAt(digest)] as const)));
  const byKey = new Map<string, Volume[]>(keys.map((key) => [key, []]));
  for (const { key, statement } of links) byKey.get(key)?.push(volumes.get(statement)!);
  return byKey;
}

const isOf = <T extends StatementType>(statement: Statement, typ: T): statement is Extract<Statement, StatementOf<T>> =>
  statement.typ === typ;
