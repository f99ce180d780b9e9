/** What is checked of a stream without asking anybody: its order, its heads, and that its entries and the events that were shown are the same. */
import type { Hash } from '../../crypto/merkle.js';
import { headOf, newsOf, type StreamEntry } from '../../crypto/streams.js';
import type { StreamPage } from '../../domain/wire/streams.js';
import { hashOf } from './answers.js';
import type { AuditRead, LogReading } from './audit.js';
import { prunedPlaces } from './pruned.js';
import type { EpochPlace, ReadSoFar } from './log-leaves.js';

/** Which check did not hold. */
export const STREAM_CHECKS = [
  /** no checkpoint was published yet: nothing is proved, and nothing contradicted */
  'NO_CHECKPOINT',
  /** no checkpoint that may be relied on */
  'CHECKPOINT',
  /** the log's leaves are not those of the checkpoint, or its epochs do not follow one another */
  'EPOCHS',
  /** the gateway says another slot than before */
  'SLOT',
  /** entries out of order, or counted to another epoch than the one that covers them */
  'STREAM_ORDER',
  /** the stream does not begin with what it was when it was proved before */
  'STREAM_REWRITTEN',
  /** an epoch's map does not bind the stream as it is shown */
  'STREAM_HEAD',
  /** an entry of the stream of which no event was shown */
  'EVENT_HIDDEN',
  /** an event that was shown and that no epoch binds, though it should */
  'EVENT_UNBOUND',
  /** events that were shown twice, or out of the order of the log */
  'EVENT_ORDER',
  /** an event with another text than the one that is bound */
  'EVENT_ALTERED',
] as const;
export type StreamCheck = (typeof STREAM_CHECKS)[number];

export interface Misfit {
  readonly check: StreamCheck;
  /** the leaf; null where it is about none */
  readonly index: number | null;
  readonly why: string;
}

export type Entry = StreamPage['entries'][number];

/** In rising order, and each counted to the epoch that covers its leaf. Epochs that were proved before are held by `rewritten`. */
export function orderOf(entries: readonly Entry[], epochs: readonly EpochPlace[], before: ReadSoFar): Misfit[] {
  const misfits: Misfit[] = [];
  let last = -1;
  let at = 0;
  for (const { index, n } of entries) {
    if (index <= last) misfits.push({ check: 'STREAM_ORDER', index, why: `it comes behind leaf ${last}` });
    last = index;
    if (index <= before.upTo) {
      if (n > before.n) misfits.push({ check: 'STREAM_ORDER', index, why: `counted to epoch ${n}, which came later` });
      continue;
    }
    while (at < epochs.length && epochs[at]!.upTo < index) at += 1;
    const covered = epochs[at]?.n;
    if (covered !== n) misfits.push({ check: 'STREAM_ORDER', index, why: `counted to epoch ${n}, while ${covered ?? 'none'} covers it` });
  }
  return misfits;
}

const bindingOf = ({ n, viewHash }: Entry): StreamEntry => ({ n, viewHash: hashOf(viewHash) });

/** The head after epoch `n`, from the first entry on. */
export const headAt = (entries: readonly Entry[], n: number): Hash => headOf(entries.filter((entry) => entry.n <= n).map(bindingOf));

/** What each epoch binds anew. */
export const newsAt = (entries: readonly Entry[]): ReadonlyMap<number, readonly Hash[]> => newsOf(entries.map(bindingOf));

export interface Matched {
  readonly misfits: readonly Misfit[];
  /** entries without an event, each accounted for by a leaf that the stream binds as well: its text was erased after its years */
  readonly erased: number;
}

/**
 * Each entry has its event, or a bound leaf that says that its text was erased after its years; and each event that is covered has its
 * entry, once. What no epoch binds yet proves nothing: it excuses no hidden event.
 */
export function eventsAgainst(entries: readonly Entry[], { events, index: readAt }: LogReading, upTo: number): Matched {
  const bound = new Map(entries.map(({ index, viewHash }) => [index, viewHash]));
  const misfits: Misfit[] = [];
  const misfit = (check: StreamCheck, index: number, why: string): number => misfits.push({ check, index, why });
  const shown = new Set<number>();
  const held: AuditRead[] = [];
  let last = -1;
  for (const event of events) {
    const { index, viewHash } = event;
    const entry = bound.get(index);
    if (index <= last) misfit('EVENT_ORDER', index, `it was shown behind leaf ${last}`);
    if (entry === undefined && index <= upTo) misfit('EVENT_UNBOUND', index, 'it was shown, and no epoch binds it');
    if (entry !== undefined && entry !== viewHash) misfit('EVENT_ALTERED', index, 'the event is not the one that the stream has');
    if (entry === viewHash) held.push(event);
    shown.add(index);
    last = Math.max(last, index);
  }
  const isPruned = prunedPlaces(held);
  // what was logged after the reading may not be in it
  const missing = entries.filter(({ index }) => index < readAt && !shown.has(index));
  for (const { index } of missing)
    if (!isPruned(index)) misfit('EVENT_HIDDEN', index, 'the stream has it, no event was shown, and no bound leaf says that it was erased');
  return { misfits, erased: missing.filter(({ index }) => isPruned(index)).length };
}
