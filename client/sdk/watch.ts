/**
 * Owners watch their own entry: which one does each epoch bind? Only the authority's root signs entries, and a gateway that shows others an
 * older one, or one that somebody else signed with a stolen root, has to bind it, where the owner sees it.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { verifyOlderEpochLeaf, type EpochLeaf } from '../../crypto/epoch-leaf.js';
import { EMPTY_SLOT, entrySlot, isBefore, verifyOpening } from '../../crypto/epoch-map.js';
import type { TreeHead } from '../../crypto/merkle.js';
import type { AuthorityId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import { formatInstant } from '../../domain/time.js';
import { entryOpenings, OPENINGS_MAX, type EntryOpenings } from '../../domain/wire/streams.js';
import { hashOf, readAnswer } from './answers.js';
import { isLogAlarm, NOT_PUBLISHED } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { isFirst, judgeEntries, type EntryCheck } from './entry-order.js';
import { learnEntries } from './missed-entries.js';
import { ownEntries, readSigned, type SeenEntry } from './own-entries.js';
import { readRecord, writeRecord } from './key-store.js';
import { slotOf } from './slots.js';
import { trustedTree } from './trusted-epoch.js';

export interface EntryAlarm {
  readonly check: EntryCheck;
  /** null where no epoch could be opened */
  readonly epoch: number | null;
  readonly entry: string | null;
  readonly why: string;
  /** when this client noticed, RFC 3339 */
  readonly at: string;
  /** of a `CHECKPOINT`: when a later checkpoint was believed, and every epoch up to it was looked at; absent: none was */
  readonly provedAt?: string;
}

export interface WatchReport {
  /** the newest epoch that was looked at; 0 before the first */
  readonly epoch: number;
  /** epochs since the last time that were looked at, and that were too many */
  readonly looked: number;
  readonly skipped: number;
  /** all that were ever raised and not acknowledged */
  readonly alarms: readonly EntryAlarm[];
}

interface Watched {
  readonly n: number;
  readonly size: number;
  /** of the newest entry that an epoch up to `n` binds, 0 for none */
  readonly seq: number;
  /** who signed it; absent: kept by an older version of this client */
  readonly root?: string | null;
  readonly alarms: readonly EntryAlarm[];
}

const RECORD = 'watch';
const ALARMS_MAX = 50;
const NOTHING_YET: Watched = { n: 0, size: 0, seq: 0, alarms: [] };

/** Looks at every epoch since the last time, at most a hundred, the newest ones. Asks nothing more where there is no new one. */
export async function watchOwnEntry(context: ClientContext): Promise<WatchReport> {
  const { store, identity, clock } = context;
  const before = ((await readRecord(store, RECORD)) as Watched | null) ?? NOTHING_YET;
  const report = (watched: Watched, looked: number, skipped: number): WatchReport => ({
    epoch: watched.n,
    looked,
    skipped,
    alarms: watched.alarms,
  });
  const raise = async (found: readonly Found[], reached: Omit<Watched, 'alarms'>, isWhole = false): Promise<Watched> => {
    // another program over this key store may have raised one meanwhile, or acknowledged them
    const { alarms } = ((await readRecord(store, RECORD)) as Watched | null) ?? NOTHING_YET;
    const watched = { ...reached, alarms: raisedAfter(alarms, found, formatInstant(clock.now()), isWhole) };
    await writeRecord(store, RECORD, watched);
    return watched;
  };
  const stuck = async (check: EntryCheck, why: string): Promise<WatchReport> =>
    report(await raise([{ check, epoch: null, entry: null, why }], before), 0, 0);

  const tree = await trustedTree(context);
  if (!tree.ok && tree.error === NOT_PUBLISHED) return report(before, 0, 0);
  if (!tree.ok) return stuck(isLogAlarm(tree.error) ? 'LOG_CONTRADICTION' : 'CHECKPOINT', tree.error);
  if (tree.value.size === before.size) return report(before, 0, 0);
  const view = await context.directory(true);
  const slot = await slotOf(store, view, identity.authority);
  if (!slot.ok) return stuck('SLOT', slot.error);
  const opened = await openEntries(context, identity.authority, slot.value, tree.value, before.n);
  if (!opened.ok) return stuck('CHECKPOINT', opened.error);
  const terms = [...view.directory.roots.values()].filter(({ authority }) => authority === identity.authority);
  const reachedBefore = { seq: before.seq, root: before.root ?? null };
  await learnEntries(context, unseenIn(opened.value, reachedBefore, await ownEntries(context)), terms);
  const own = { seen: await ownEntries(context), signed: await readSigned(store), terms };
  const { misfits, reached } = judgeEntries(opened.value, reachedBefore, own, tree.value.seenAt);
  const n = opened.value.at(-1)?.epoch.n ?? before.n;
  const looked = opened.value.length;
  const skipped = Math.max(0, n - before.n - looked);
  return report(await raise(misfits, { n, size: tree.value.size, ...reached }, skipped === 0), looked, skipped);
}

type Found = Omit<EntryAlarm, 'at'>;

/**
 * What was proved later and lacks again stands anew, in place of what was: whoever does so again and again pushes no other alarm out.
 *
 * @param isWhole a checkpoint is believed, and no epoch up to it was left out: what was not proved before is proved now, and stays told
 */
function raisedAfter(before: readonly EntryAlarm[], found: readonly Found[], at: string, isWhole: boolean): readonly EntryAlarm[] {
  const isSame = (one: Found, other: Found): boolean => one.check === other.check && one.entry === other.entry;
  const standing = before.filter(({ provedAt }) => provedAt === undefined);
  const news = found.filter(
    (one, n) => !standing.some((known) => isSame(known, one)) && found.findIndex((other) => isSame(other, one)) === n,
  );
  const isProved = ({ check, provedAt }: EntryAlarm): boolean => isWhole && check === 'CHECKPOINT' && provedAt === undefined;
  const told = before
    .filter((one) => one.provedAt === undefined || !news.some((again) => isSame(one, again)))
    .map((one) => (isProved(one) ? { ...one, provedAt: at } : one));
  return [...told, ...news.map((one) => ({ ...one, at }))].slice(-ALARMS_MAX);
}

/** What of these was never seen here. Whoever looks for the first time learns nothing from before the first entry that they know. */
function unseenIn(opened: readonly BoundEntry[], before: SeenEntry, seen: ReadonlyMap<string, SeenEntry>): readonly string[] {
  const known = opened.findIndex(({ entry }) => entry !== null && seen.has(entry));
  const later = isFirst(before) ? opened.slice(Math.max(0, known)) : opened;
  return [...new Set(later.flatMap(({ entry }) => (entry === null || seen.has(entry) ? [] : [entry])))];
}

/** What was raised so far has been dealt with. @returns what that was: nothing tells it again */
export async function acknowledgeEntryAlarms({ store }: ClientContext): Promise<readonly EntryAlarm[]> {
  const watched = (await readRecord(store, RECORD)) as Watched | null;
  if (watched === null) return [];
  await writeRecord(store, RECORD, { ...watched, alarms: [] } satisfies Watched);
  return watched.alarms;
}

export interface BoundEntry {
  readonly epoch: EpochLeaf;
  /** where the epoch leaf stands */
  readonly index: number;
  /** digest of the entry; null: none */
  readonly entry: string | null;
}

/** Which entry of an authority each epoch after `after` binds, the newest hundred at most; in order, up to the tree's last. */
async function openEntries(
  context: ClientContext,
  authority: AuthorityId,
  slot: number,
  tree: TreeHead,
  after: number,
): Promise<Result<readonly BoundEntry[], string>> {
  const newest = await openEntry(context, authority, slot, tree);
  if (!newest.ok) return newest;
  const to = newest.value.epoch.n;
  const from = Math.max(after + 1, to - OPENINGS_MAX + 1);
  if (from > to) return no(`epoch ${to} is shown where ${after} was seen before`);
  if (from === to) return ok([newest.value]);
  const older = await readOpenings(context, authority, tree.size, from);
  const opened: BoundEntry[] = [];
  for (const answer of older) {
    const bound = verifyEntryOpening(answer, authority, slot, tree);
    if (!bound.ok) return bound;
    if (bound.value.epoch.n !== from + opened.length) return no('epochs that do not follow one another');
    opened.push(bound.value);
  }
  return opened.at(-1)?.epoch.n === to ? ok(opened) : no(`the gateway does not open every epoch up to ${to}`);
}

/** The epoch that the tree ends with. @param slot the one that this client remembers */
export async function openEntry(
  context: ClientContext,
  authority: AuthorityId,
  slot: number,
  tree: TreeHead,
): Promise<Result<BoundEntry, string>> {
  const [answer] = await readOpenings(context, authority, tree.size);
  if (answer === undefined) return no('the gateway does not open it');
  if (answer.leaf.index !== tree.size - 1) return no('an older epoch is passed off as the newest');
  return verifyEntryOpening(answer, authority, slot, tree);
}

async function readOpenings({ door }: ClientContext, authority: AuthorityId, size: number, from?: number) {
  const query = `size=${size}${from === undefined ? '' : `&from=${from}`}`;
  return readAnswer(entryOpenings, await door.get(`/v1/directory/${authority}/openings?${query}`), 'openings').openings;
}

function verifyEntryOpening(
  { leaf, opening }: EntryOpenings['openings'][number],
  authority: AuthorityId,
  slot: number,
  tree: TreeHead,
): Result<BoundEntry, string> {
  const data = decodeBase64url(leaf.data);
  const epoch = data.ok ? verifyOlderEpochLeaf(data.value, leaf.index, leaf.path.map(hashOf), tree) : data;
  if (!epoch.ok) return epoch;
  if (epoch.value.n !== leaf.n) return no('an epoch under another number');
  const bound = (entry: string | null): Result<BoundEntry, string> => ok({ epoch: epoch.value, index: leaf.index, entry });
  // the map of that epoch ends below the slot: the authority was not designated yet
  if (isBefore(slot, epoch.value)) return bound(null);
  if (opening === null) return no(`the gateway does not open epoch ${leaf.n}`);
  const value = opening.entry === null ? EMPTY_SLOT : entrySlot(authority, hashOf(opening.entry));
  const isBound = verifyOpening({ slot: 2 * slot + 1, path: opening.path.map(hashOf) }, value, epoch.value);
  return isBound ? bound(opening.entry) : no(`epoch ${leaf.n} binds another entry than the one that is shown`);
}
