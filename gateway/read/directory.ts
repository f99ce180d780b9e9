/** The directory, built from stored statements and kept until the store says that it changed. */
import { createDirectory, listsOfficerKey, type Directory } from '../../domain/authority.js';
import type { AuthorityId, Digest, KeyId } from '../../domain/ids.js';
import { Failure } from '../../domain/failure.js';
import type { Clock, Store } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import type { StatementOf } from '../../domain/statement.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import type { DirectoryAnswer } from '../../domain/wire/http-answers.js';
import { compactsOf, readDesignations, readLinked, type Designated } from './designations.js';

/** How old the answer to "did it change?" may be: another process's change is seen after this. */
const CHECK_MS = 200;

type Kind = 'parley-entry+json' | 'parley-revocation+json' | 'parley-root+json' | 'parley-agreement+json';

interface Shelf {
  readonly directory: Directory;
  readonly designations: ReadonlyMap<AuthorityId, Designated>;
  /** designations that wait for a second signature, compact */
  readonly waiting: readonly string[];
  readonly agreements: readonly string[];
  readonly entries: ReadonlyMap<Digest, string>;
  /** in log order */
  readonly signed: readonly StatementOf<'parley-entry+json'>[];
  readonly revocations: readonly string[];
  readonly rootChanges: readonly string[];
}

export interface DirectoryReader {
  /** At most `CHECK_MS` behind the store. */
  current(): Promise<Directory>;
  /** As it stands in the store now: for whoever has just changed it. */
  refresh(): Promise<Directory>;
  /** What anybody may read: statements as signed, so that a client believes signatures and not us. */
  listing(): Promise<DirectoryAnswer>;
  /** One entry, old or new, compact; null where there is none of this digest. */
  entry(digest: Digest): Promise<string | null>;
  /** The newest entry that lists this officer's key and its authority's next one, compact; null where none lists it. */
  entriesAbout(kid: KeyId): Promise<readonly string[] | null>;
}

export function createDirectoryReader(store: Store, clock: Clock): DirectoryReader {
  let shelf: Shelf | null = null;
  let checkedAt: Instant | null = null;
  let loading: Promise<Shelf> | null = null;

  const load = async (): Promise<Shelf> => {
    const at = clock.now();
    const version = await store.version('directory');
    // the version is read first: statements that come in between are read again with the next one
    if (shelf === null || shelf.directory.version !== version) shelf = await readShelf(store, version);
    checkedAt = at;
    return shelf;
  };
  // callers that arrive together share one load
  const fresh = (): Promise<Shelf> => (loading ??= load().finally(() => (loading = null)));
  const isFresh = (): boolean => checkedAt !== null && Math.abs(clock.now() - checkedAt) < CHECK_MS;
  const recent = async (): Promise<Shelf> => (shelf !== null && isFresh() ? shelf : fresh());

  return {
    current: async () => (await recent()).directory,
    async refresh() {
      // a load that began before this call may have read the older version
      await loading;
      return (await fresh()).directory;
    },
    listing: async () => listingOf(await recent(), (await store.latestCheckpoint())?.n ?? 0),
    entry: async (digest) => (await recent()).entries.get(digest) ?? null,
    async entriesAbout(kid) {
      const { signed, directory } = await recent();
      const termIn = ({ root }: EntryPayload) => directory.roots.get(root.kid)!;
      const newest = signed.findLast(({ payload }) => listsOfficerKey(payload, kid));
      if (newest === undefined) return null;
      const { authority, seq } = newest.payload;
      // after a new comparison the count begins again: its first entries are no successors
      const { replacedAt } = termIn(newest.payload);
      const next = signed.find(
        ({ payload }) => payload.authority === authority && payload.seq === seq + 1 && termIn(payload).replacedAt === replacedAt,
      );
      return next === undefined ? [newest.compact] : [newest.compact, next.compact];
    },
  };
}

function listingOf(
  { directory, designations, waiting, entries, revocations, agreements, rootChanges }: Shelf,
  epoch: number,
): DirectoryAnswer {
  const authorities = [...directory.authorities.values()].map((authority) => ({
    authority: authority.id,
    slot: authority.slot,
    standing: authority.standing,
    types: [...authority.designatedTypes],
    root: authority.root,
    ...compactsOf(designations.get(authority.id)!),
    entry: authority.entryDigest === null ? null : (entries.get(authority.entryDigest) ?? null),
  }));
  const { version } = directory;
  return {
    epoch,
    version,
    authorities,
    waiting: [...waiting],
    agreements: [...agreements],
    revocations: [...revocations],
    roots: [...rootChanges],
  };
}

async function readShelf(store: Store, version: number): Promise<Shelf> {
  const [{ inForce, waiting }, entries, revocations, agreements, rootChanges] = await readStatements(store);
  const designations = inForce.map(({ designation, since }) => ({ ...designation, since }));
  return {
    directory: createDirectory(version, designations, entries, revocations, agreements, rootChanges),
    designations: new Map(inForce.map((one) => [one.designation.payload.authority, one])),
    waiting: waiting.map(({ compact }) => compact),
    entries: new Map(entries.map(({ digest, compact }) => [digest, compact])),
    signed: entries,
    revocations: revocations.map(({ compact }) => compact),
    rootChanges: rootChanges.map(({ compact }) => compact),
    agreements: [...new Map(agreements.map(({ payload, compact }) => [payload.agreement, compact])).values()],
  };
}

/** The directory as it stood at a place in the log: what an epoch's map was made from. Its `version` is not known then. */
export async function readDirectoryBefore(store: Store, index: number): Promise<Directory> {
  const [{ inForce }, entries, revocations, agreements, rootChanges] = await readStatements(store, index);
  const designations = inForce.map(({ designation, since }) => ({ ...designation, since }));
  return createDirectory(0, designations, entries, revocations, agreements, rootChanges);
}

const readStatements = (store: Store, before = Infinity) =>
  Promise.all([
    readDesignations(store, before),
    readAll(store, 'entry', 'all', 'parley-entry+json', before),
    readAll(store, 'entry', 'revocation', 'parley-revocation+json', before),
    readAll(store, 'designation', 'agreement', 'parley-agreement+json', before),
    readAll(store, 'entry', 'root', 'parley-root+json', before),
  ]);

async function readAll<T extends Kind>(
  store: Store,
  kind: 'designation' | 'entry',
  key: string,
  typ: T,
  before: number,
): Promise<StatementOf<T>[]> {
  const read = await readLinked(store, kind, key, before);
  return read.map(({ statement }) => {
    if (statement.typ !== typ) throw new Failure('INVARIANT_BROKEN', `a ${statement.typ} is linked as ${kind}`);
    return statement as StatementOf<Kind> as StatementOf<T>;
  });
}
