/**
 * Never serve behind what was cosigned. A database that was restored from an older copy has lost acceptances, refusals and
 * revocations that others hold receipts for; going on from there would sign a second history. So the log is held against
 *
 * - the mark: the newest served checkpoint, in a file outside the database, written after each one (`PARLEY_DATA/cosigned.note`);
 * - what the witnesses of the policy say they cosigned (`steps/ask-witness.ts`);
 * - this process's own key, since another one may have begun the log with a key of its own;
 * - what this process itself wrote (`steps/commit.ts`), since a server that fails over may be behind before any mark tells; which leaf was
 *   lost stands in a file too (`PARLEY_DATA/lost.note`), so that no start forgets it.
 *
 * If the log is shorter than any of them, or another one at that size, nothing is written any more. A witness's word about sizes is not
 * signed, so one of many must not stop a gateway: it takes as many as the quorum, or as many as leave none (decisions/0015). There is
 * no setting that turns this off. The way on is the newer data; without it the log is over, and a new one has a new origin.
 *
 * Nor by a clock that runs ahead: dates would lapse and content be erased before their time, and nothing brings that back. The clock is
 * held against those beside it (decisions/0029).
 */
import { parseCheckpoint, type Checkpoint } from '../crypto/checkpoint.js';
import { digestOfBytes } from '../crypto/digest.js';
import { EMPTY_ROOT, isSameHash, type Hash } from '../crypto/merkle.js';
import { coveringNodes, rootOfBorder } from '../crypto/merkle/append.js';
import { parseNote } from '../crypto/note.js';
import { Failure } from '../domain/failure.js';
import type { Clock, OtherClock, Store, StoredLeaf } from '../domain/ports.js';
import { no, type Result } from '../domain/result.js';
import { formatInstant, type Instant } from '../domain/time.js';
import type { Deps } from './deps.js';
import { strangeLog } from './own-log.js';
import { createServed } from './read/served.js';

export interface Standing {
  /** why nothing may be written; null: all is well, as far as is known */
  readonly behind: string | null;
  /** what nothing may be written for: `LOG_BEHIND`, `CLOCK_AHEAD` or `CLOCK_BEHIND`; null: all is well, as far as is known */
  readonly trouble: Failure | null;
  /** Asks the clocks beside ours: before anything that time alone does, and before what is written with a time by which they `mustBeAsked`. */
  askClocks(): Promise<void>;
  /** Is `at` later, by more than clocks differ, than what ours said when they were last asked? It may have leapt since. */
  mustBeAsked(at: Instant): boolean;
  /** Asks the clocks, the log's newest decision among them, and holds the log against the mark, then moves the mark on to what is served now. */
  hold(): Promise<void>;
  /** How many leaves any process over this folder has shown, by the mark; 0: nothing is known. What is written stands behind them. Never rejects. */
  shown(): Promise<number>;
  /** What a witness says against us; null: it cosigned. */
  heard(witness: string, against: string | null): void;
  /**
   * The log has lost what this process wrote: from this call on nothing more is written, by this process or by a later one, until it is there again.
   * @param last the last leaf that this process wrote
   */
  setBack(why: string, last: StoredLeaf): Promise<void>;
  /** @throws `trouble` */
  assert(): void;
}

const WAY_ON =
  'restore the newer data (parley restore); if it is lost, this log is over: begin a new one with a new PARLEY_ORIGIN and PARLEY_DATA';

/** two that were brought back from one backup, or a server that others took for gone: each is behind the other */
const ASK_FIRST = `ask those who say so first: what a witness says of this is not signed. If it is true, look for a second copy of this log that serves elsewhere: one of the two must end. Where there is none, ${WAY_ON}`;

const BRING_MARK =
  'put your copy of cosigned.note there: what cannot be read is not taken for absent. Where there is none, and you know that this database was not set back, move the file away';

const ONE_KEY = 'another process on this database has a key of its own: stop this one, and give it that key file';

const SET_CLOCK =
  'set the clocks by one time server; nothing is written until they agree. If this machine’s clock is right (it stood still with its virtual machine), start the gateway again';

/** more than clocks differ that a time server sets, and little beside any term of the law */
const OFF_MS_MAX = 60_000;

/** keys and clock: absent where the log was verified with them before (a restore) */
type Kept = Pick<Deps, 'store' | 'mark' | 'lost' | 'witnessing' | 'config' | 'otherClocks'> & Partial<Pick<Deps, 'keys' | 'clock'>>;

/** Without a mark nothing is kept outside the database, and only witnesses notice. */
export function createStanding({ store, mark, lost, witnessing, config, keys, clock, otherClocks = [] }: Kept): Standing {
  const policy = witnessing?.policy ?? null;
  const served = createServed(store, policy);
  let ownGap: Gap | null = null;
  let late: Failure | null = null;
  /** stays, whatever the mark says */
  let setBack: Gap | null = null;
  const noteLoss = createNote(lost);
  const against = new Map<string, string>();
  const accusers = policy === null ? 0 : Math.min(policy.quorum, policy.witnesses.length - policy.quorum + 1);
  const behind = (): string | null =>
    (setBack ?? ownGap)?.why ??
    (accusers > 0 && against.size >= accusers ? [...against].map(([name, why]) => `${name}: ${why}`).join('; ') : null);
  const beside = besideOf(otherClocks, clock);
  const trouble = (): Failure | null => troubleOf(behind(), setBack ?? ownGap, beside.ahead) ?? late;
  const hold = async (): Promise<void> => {
    await Promise.all([beside.ask(), noteLoss()]);
    late = clock === undefined ? null : await clockBehind(store, clock);
    const marked = checkpointIn((await mark?.read()) ?? null, config.origin);
    ownGap = await gapIn({ store, lost, config, keys }, marked);
    if (behind() !== null || mark === undefined) return;
    const newest = await served.newest();
    if (newest !== null && newest.size > (marked?.ok ? marked.value.size : 0)) await mark.write(newest.note);
  };
  // the publisher and every witness's loop come here: an older mark must not be written over a newer one
  let turn = Promise.resolve();
  return {
    get behind() {
      return behind();
    },
    get trouble() {
      return trouble();
    },
    askClocks: beside.ask,
    shown: () => shownBy(mark, config.origin),
    mustBeAsked: (at) => at - beside.askedAt > OFF_MS_MAX,
    async setBack(why, last) {
      if (setBack !== null) return;
      setBack = { why, wayOn: WAY_ON };
      await noteLoss(titleOf(last));
    },
    hold: () => (turn = turn.then(hold, hold)),
    heard: (witness, why) => void (why === null ? against.delete(witness) : against.set(witness, why)),
    assert() {
      const why = trouble();
      if (why !== null) throw why;
    },
  };
}

/**
 * Held against the newest decision of the log, behind which nothing can be written until the clock is there. It passes by itself.
 * @returns null where the clock is less than a minute behind it
 */
async function clockBehind(store: Store, clock: Clock): Promise<Failure | null> {
  const size = await store.leafCount();
  const newest = size === 0 ? null : await store.leaf(size - 1);
  const now = clock.now();
  if (newest === null || newest.at - now <= OFF_MS_MAX) return null;
  return new Failure(
    'CLOCK_BEHIND',
    `it is ${formatInstant(now)} by this machine’s clock, and the log holds a decision of ${formatInstant(newest.at)}: nothing is written until it is past that; look at the clocks of all processes on this database`,
  );
}

interface Beside {
  /** by how much ours was ahead when they were last asked; null: of none */
  readonly ahead: string | null;
  /** when that was, by ours */
  readonly askedAt: number;
  ask(): Promise<void>;
}

function besideOf(clocks: readonly OtherClock[], ours: Pick<Clock, 'now'> | undefined): Beside {
  let ahead: string | null = null;
  let askedAt = -Infinity;
  return {
    get ahead() {
      return ahead;
    },
    get askedAt() {
      return askedAt;
    },
    async ask() {
      // before the question: ours may leap while they answer
      const at = ours?.now() ?? -Infinity;
      ahead = await aheadOf(clocks);
      askedAt = at;
    },
  };
}

/** @returns null where ours is ahead of none of them */
async function aheadOf(clocks: readonly OtherClock[]): Promise<string | null> {
  const found = await Promise.all(clocks.map(async (clock) => ({ clock, byMs: await clock.aheadMs() })));
  const off = found.filter(({ byMs }) => byMs > OFF_MS_MAX);
  if (off.length === 0) return null;
  return `this machine’s clock is ahead ${off.map(({ clock, byMs }) => `of ${clock.name} by ${Math.round(byMs / 1000)} s`).join(', ')}`;
}

/** A mark that is not read is told by `hold`. */
async function shownBy(mark: Kept['mark'], origin: string): Promise<number> {
  const marked = checkpointIn((await mark?.read().catch(() => null)) ?? null, origin);
  return marked?.ok ? marked.value.size : 0;
}

function checkpointIn(note: string | null, origin: string): Result<Checkpoint, string> | null {
  if (note === null) return null;
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) return no(`the mark beside the database is not readable (${checkpoint.error})`);
  return checkpoint.value.origin === origin ? checkpoint : no(`the mark beside the database is of the log ${checkpoint.value.origin}`);
}

/** Where it could not be written, as on a full disk, it is with the next call. */
function createNote(file: Kept['lost']): (text?: string) => Promise<void> {
  let unwritten: string | null = null;
  return async (text) => {
    unwritten = text ?? unwritten;
    if (unwritten !== null) await file?.write(unwritten);
    unwritten = null;
  };
}

interface Gap {
  readonly why: string;
  readonly wayOn: string;
}

/** @param gap null: only witnesses say so */
function troubleOf(behind: string | null, gap: Gap | null, ahead: string | null): Failure | null {
  if (behind !== null) return new Failure('LOG_BEHIND', `${behind}; ${gap?.wayOn ?? ASK_FIRST}`);
  return ahead === null ? null : new Failure('CLOCK_AHEAD', `${ahead}; ${SET_CLOCK}`);
}

/** By all that this process and the files beside the database tell. */
const gapIn = async (
  { store, lost, config, keys }: Pick<Kept, 'store' | 'lost' | 'config'> & { readonly keys: Deps['keys'] | undefined },
  marked: Result<Checkpoint, string> | null,
): Promise<Gap | null> =>
  (await otherKey(store, config.origin, keys)) ??
  (await lossOf(store, (await lost?.read()) ?? null)) ??
  (marked === null ? null : await gapOf(store, marked));

/** Of two processes that began an empty log with keys of their own, one goes on. */
async function otherKey(store: Store, origin: string, keys: Deps['keys'] | undefined): Promise<Gap | null> {
  const why = keys === undefined ? null : await strangeLog(store, origin, keys);
  return why === null ? null : { why, wayOn: ONE_KEY };
}

const titleOf = ({ index, data }: StoredLeaf): string => `leaf ${index} ${digestOfBytes(data)}\n`;

/** @param lost names a leaf that was written and that the log lacked then; brought back, it is lost no more */
async function lossOf(store: Store, lost: string | null): Promise<Gap | null> {
  if (lost === null) return null;
  const leaf = await store.leaf(Number(/^leaf (\d{1,15}) /.exec(lost)?.[1] ?? 0));
  if (leaf !== null && titleOf(leaf) === lost) return null;
  return { why: `the log has lost what this gateway wrote (${lost.trim()}; lost.note)`, wayOn: WAY_ON };
}

/** @param marked what the file says, or why it says nothing */
async function gapOf(store: Store, marked: Result<Checkpoint, string>): Promise<Gap | null> {
  if (!marked.ok) return { why: marked.error, wayOn: BRING_MARK };
  const why = await gapTo(store, marked.value);
  return why === null ? null : { why, wayOn: WAY_ON };
}

/** @returns null where the log holds what was cosigned */
async function gapTo(store: Store, cosigned: Checkpoint): Promise<string | null> {
  const size = (await store.latestCheckpoint())?.size ?? 0;
  if (size < cosigned.size) return `the log ends at ${size} leaves, and ${cosigned.size} were shown before`;
  return isSameHash(await rootAt(store, cosigned.size), cosigned.root) ? null : `the log is another one at ${cosigned.size} leaves`;
}

/** The root of the first `size` leaves of the published tree. */
async function rootAt(store: Store, size: number): Promise<Hash> {
  if (size === 0) return EMPTY_ROOT;
  const hashes = await store.nodes(coveringNodes(0, size));
  if (hashes.some((hash) => hash === null)) throw new Failure('INVARIANT_BROKEN', `the tree of ${size} leaves is not whole`);
  return rootOfBorder(hashes.filter((hash) => hash !== null));
}
