/**
 * Before anything is sealed: is the addressee's entry, as the gateway shows it, the one that the newest epoch binds for everybody? The
 * addressee looks at the same slot (`watch.ts`), so that other keys for one sender alone do not stay unseen.
 */
import type { AuthorityId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import { DAY_MS, formatInstant, MINUTE_MS, type Instant } from '../../domain/time.js';
import { isLogAlarm } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { ownEntry, type DirectoryView } from './directory.js';
import { ParleyError } from './error.js';
import type { KeyStore } from './key-store.js';
import { slotOf } from './slots.js';
import { trustedTree } from './trusted-epoch.js';
import { openEntry } from './watch.js';

/** An entry that was just published is bound by the next checkpoint: by default five seconds later. */
const WAIT_MS_MAX = 15_000;
/** between two looks; doubled each time up to the second */
const ASK_MS = 250;
const ASK_MS_MAX = 4_000;
const EPOCH_AGE_MS_MAX = DAY_MS;

interface Unbound {
  readonly code: 'ENTRY_NOT_BOUND' | 'EPOCH_STALE' | 'CHECKPOINT_NOT_TRUSTED';
  readonly why: string;
  /** the next checkpoint may still bind it */
  readonly mayCome: boolean;
}

const REMEDIES: Readonly<Record<Unbound['code'], string>> = {
  ENTRY_NOT_BOUND:
    'Nothing was sealed. Try again in a minute. If it stays so, compare the entry with the authority by another way: the gateway may show you other keys than everybody else.',
  EPOCH_STALE: 'Nothing was sealed. Ask the operator why no newer checkpoint is witnessed, or the authority by another way.',
  CHECKPOINT_NOT_TRUSTED:
    'Nothing was sealed. Ask the operator and the witnesses. What is believed here, and how others are pinned: parley log',
};

// for a minute, like the directory itself
const bound = new WeakMap<KeyStore, Map<string, Instant>>();

/**
 * The directory, with the entries of those whom is sealed to bound by the newest epoch that may be relied on, not older than a day. Waits
 * for the next checkpoint where an entry is newer than the last one, or the last one is older than that.
 *
 * @throws ParleyError `ENTRY_NOT_BOUND`, `EPOCH_STALE`, `CHECKPOINT_NOT_TRUSTED`; whoever has no entry is the caller's to refuse
 */
export async function boundView(context: ClientContext, ...addressees: readonly AuthorityId[]): Promise<DirectoryView> {
  let waitedMs = 0;
  for (let pauseMs = ASK_MS; ; pauseMs = Math.min(2 * pauseMs, ASK_MS_MAX)) {
    const view = await context.directory(true);
    const unbound = await firstUnbound(context, view, addressees);
    if (unbound === null) return view;
    const { addressee, code, why, mayCome } = unbound;
    if (!mayCome || waitedMs >= WAIT_MS_MAX) throw new ParleyError(code, `The entry of ${addressee}: ${why}.`, REMEDIES[code]);
    await context.clock.sleep(pauseMs);
    waitedMs += pauseMs;
  }
}

/**
 * The same for what is also sealed for oneself: a gateway that showed an authority an older entry of its own would have it seal to keys
 * that were turned, or to an officer who was dismissed.
 *
 * @returns `entry`: the newest of one's own authority; null before the first
 * @throws ParleyError as `boundView`; `ENTRY_NOT_BELIEVED`, `ROOT_NOT_COMPARED` for one's own
 */
export async function boundWithOwn(context: ClientContext, ...addressees: readonly AuthorityId[]) {
  const view = await boundView(context, ...addressees, context.identity.authority);
  return { view, entry: ownEntry(view, context.identity) };
}

async function firstUnbound(context: ClientContext, view: DirectoryView, addressees: readonly AuthorityId[]) {
  for (const addressee of addressees) {
    const entry = view.directory.authorities.get(addressee)?.entryDigest ?? null;
    // nothing is sealed to whoever has none, and to nobody else then
    if (entry === null) return null;
    const held = await isBound(context, view, addressee, entry);
    if (!held.ok) return { addressee, ...held.error };
  }
  return null;
}

async function isBound(context: ClientContext, view: DirectoryView, addressee: AuthorityId, entry: string): Promise<Result<null, Unbound>> {
  const { store, clock } = context;
  const known = bound.get(store) ?? new Map<string, Instant>();
  bound.set(store, known);
  const key = `${addressee} ${entry}`;
  const checkedAt = known.get(key);
  if (checkedAt !== undefined && Math.abs(clock.now() - checkedAt) < MINUTE_MS) return ok(null);

  const tree = await trustedTree(context);
  if (!tree.ok) return no({ code: 'CHECKPOINT_NOT_TRUSTED', why: tree.error, mayCome: !isLogAlarm(tree.error) });
  const slot = await slotOf(store, view, addressee);
  // asked for before the epoch's age is judged: it takes a session, which is a leaf, and a log that was idle for days has a new epoch then
  const opened = slot.ok ? await openEntry(context, addressee, slot.value, tree.value) : slot;
  const { seenAt, behind } = tree.value;
  const isStale = clock.now() - seenAt > EPOCH_AGE_MS_MAX;
  const isOther = opened.ok && opened.value.entry !== entry;
  // what is newer could bind it: who sends learns whose word is missing, and not that the entry be false
  if (behind !== null && (isStale || isOther)) return no({ code: 'CHECKPOINT_NOT_TRUSTED', why: behind, mayCome: true });
  if (isStale) return no({ code: 'EPOCH_STALE', why: `the newest epoch is of ${formatInstant(seenAt)}`, mayCome: true });
  if (!opened.ok) return no({ code: 'ENTRY_NOT_BOUND', why: opened.error, mayCome: false });
  if (isOther)
    return no({
      code: 'ENTRY_NOT_BOUND',
      why: `epoch ${opened.value.epoch.n} binds ${opened.value.entry === null ? 'none' : 'another one'} than is shown`,
      mayCome: true,
    });
  known.set(key, clock.now());
  return ok(null);
}
