/**
 * One's own stream, proved: what the gateway shows is all that the log recorded about this authority. The whole log is read for its epoch
 * leaves, the stream is recomputed from its first entry, each epoch's map is opened at this authority's slot, and the events that were
 * shown are matched with the entries one by one.
 */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { isBefore, streamSlot, verifyOpening } from '../../crypto/epoch-map.js';
import { isSameHash, type Hash } from '../../crypto/merkle.js';
import { EMPTY_FRONTIER } from '../../crypto/merkle/append.js';
import { GENESIS_HEAD, nextHead } from '../../crypto/streams.js';
import type { AuthorityId } from '../../domain/ids.js';
import { OPENINGS_MAX, streamOpenings, streamPage, type StreamPage, type StreamOpenings } from '../../domain/wire/streams.js';
import { hashOf, readAnswer, unreadable } from './answers.js';
import { OWN_VIEW, readLog, type AuditRead, type LogReading } from './audit.js';
import { NOT_PUBLISHED } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { reportDisclosures, type DisclosureReport } from './disclosures.js';
import { certain } from '../../domain/result.js';
import { readRecord, writeRecord } from './key-store.js';
import { pagesOf } from './pages.js';
import { readLeaves, type EpochPlace, type ReadSoFar } from './log-leaves.js';
import { slotOf } from './slots.js';
import { eventsAgainst, headAt, newsAt, orderOf, type Entry, type Misfit, type StreamCheck } from './stream-checks.js';
import { trustedTree, type TrustedTree } from './trusted-epoch.js';

export interface StreamProof {
  /** every epoch whose map was opened, now or before; null where there was none */
  readonly epochs: { readonly from: number; readonly to: number } | null;
  readonly checkpoint: Pick<TrustedTree, 'size' | 'note' | 'witnesses'> | null;
  /** the last leaf that is covered; what was logged later is proved by a later checkpoint */
  readonly upTo: number;
  /** entries of the stream up to there */
  readonly entries: number;
  /** of them, those whose text the log no longer has after its years, as a leaf of the stream says */
  readonly erased: number;
  /** for what this log recorded about this authority: false where anything does not fit */
  readonly isComplete: boolean;
  readonly misfits: readonly Misfit[];
}

/** What was proved before, and how far the log was read. */
interface Proved {
  readonly size: number;
  readonly frontier: readonly string[];
  readonly n: number;
  readonly upTo: number;
  readonly head: string;
  /** the first epoch whose map was opened */
  readonly from: number;
}

const RECORD = 'stream';
const MISFITS_MAX = 200;

/**
 * @param reading all of one's own view, and the leaf of that reading: what was logged later need not be in it. Absent: it is read now
 * @returns never complete with a misfit; what fitted is remembered, and a later stream must begin with it
 * @throws PolicyRefusal `ROLE_REQUIRED` without the role COMPLIANCE; ParleyError `GATEWAY_UNREACHABLE`, `ANSWER_UNREADABLE`
 */
export const proveStream = async (context: ClientContext, reading?: LogReading): Promise<StreamProof> =>
  (await proveEvents(context, reading)).proof;

async function proveEvents(
  context: ClientContext,
  reading?: LogReading,
): Promise<{ readonly proof: StreamProof; readonly events: readonly AuditRead[] }> {
  const failed = async (check: StreamCheck, why: string) => ({
    proof: { ...UNPROVED, misfits: [{ check, index: null, why }] },
    events: (reading ?? (await readLog(context, OWN_VIEW))).events,
  });
  const tree = await trustedTree(context);
  if (!tree.ok) return failed(tree.error === NOT_PUBLISHED ? 'NO_CHECKPOINT' : 'CHECKPOINT', tree.error);
  const slot = await slotOf(context.store, await context.directory(), context.identity.authority);
  if (!slot.ok) return failed('SLOT', slot.error);
  const proved = (await readRecord(context.store, RECORD)) as Proved | null;
  const { size, note, witnesses } = tree.value;
  const log = await readLeaves(context, tree.value, soFar(proved));
  if (!log.ok) return failed('EPOCHS', log.error);

  const entries = await readEntries(context, size);
  // read after the entries: whatever these cover has been logged
  const shown = reading ?? (await readLog(context, OWN_VIEW));
  const newest = log.value.epochs.at(-1);
  const { n, upTo } = newest ?? soFar(proved);
  const matched = eventsAgainst(entries, shown, upTo);
  const misfits = [
    ...orderOf(entries, log.value.epochs, soFar(proved)),
    ...rewritten(entries, proved),
    ...(await unbound(context, entries, { slot: slot.value, size, epochs: log.value.epochs })),
    ...matched.misfits,
  ];
  const from = proved?.from ?? 1;
  if (misfits.length === 0) {
    const head = encodeBase64url(headAt(entries, n));
    const frontier = log.value.frontier.hashes.map(encodeBase64url);
    await writeRecord(context.store, RECORD, { size, frontier, n, upTo, head, from } satisfies Proved);
  }
  const proof: StreamProof = {
    epochs: n === 0 ? null : { from, to: n },
    checkpoint: { size, note, witnesses },
    upTo: Math.min(upTo, shown.index),
    entries: entries.length,
    erased: matched.erased,
    isComplete: misfits.length === 0,
    misfits: misfits.slice(0, MISFITS_MAX),
  };
  return { proof, events: shown.events };
}

/** The report and its proof, over one reading. It may be called complete only where `proof.isComplete`. */
export async function provenDisclosures(context: ClientContext): Promise<DisclosureReport & { readonly proof: StreamProof }> {
  const proved = await proveEvents(context);
  return { ...reportDisclosures(proved.events, context.identity.authority), proof: proved.proof };
}

const UNPROVED: StreamProof = { epochs: null, checkpoint: null, upTo: -1, entries: 0, erased: 0, isComplete: false, misfits: [] };

function soFar(proved: Proved | null): ReadSoFar {
  if (proved === null) return { frontier: EMPTY_FRONTIER, n: 0, upTo: -1 };
  const hashes = proved.frontier.map((hash) => certain(decodeBase64url(hash)));
  return { frontier: { size: proved.size, hashes }, n: proved.n, upTo: proved.upTo };
}

async function readEntries({ door }: ClientContext, size: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  const ask = async (from = 0): Promise<StreamPage> => {
    const page = readAnswer(streamPage, await door.get(`/v1/streams/own?size=${size}&from=${from}`), 'stream');
    if (!leadsOn(page, from, size)) throw unreadable('a stream that leads nowhere');
    return page;
  };
  for await (const page of pagesOf(ask)) entries.push(...page.entries);
  return entries;
}

/** Where there is more, it begins behind the last that is shown: no page without news has another behind it, and none follows the log's end. */
const leadsOn = ({ entries, next }: StreamPage, from: number, size: number): boolean =>
  next === undefined || (next > from && next < size && entries.at(-1)?.index === next - 1);

function rewritten(entries: readonly Entry[], proved: Proved | null): Misfit[] {
  if (proved === null || encodeBase64url(headAt(entries, proved.n)) === proved.head) return [];
  return [{ check: 'STREAM_REWRITTEN', index: null, why: `up to epoch ${proved.n} it is not the stream that was proved before` }];
}

/** Opens each new epoch's map at slot 2i. */
async function unbound(
  context: ClientContext,
  entries: readonly Entry[],
  { slot, size, epochs }: { readonly slot: number; readonly size: number; readonly epochs: readonly EpochPlace[] },
): Promise<Misfit[]> {
  const misfits: Misfit[] = [];
  const news = newsAt(entries);
  let head = headAt(entries, (epochs[0]?.n ?? 1) - 1);
  for (let at = 0; at < epochs.length; at += OPENINGS_MAX) {
    const page = await readOpenings(context, size, epochs[at]!.n);
    for (const [i, epoch] of epochs.slice(at, at + OPENINGS_MAX).entries()) {
      head = nextHead(head, news.get(epoch.n) ?? []);
      const isNewest = epoch === epochs.at(-1);
      const why = openingMisfit(page[i], epoch, { slot, head, isNewest, authority: context.identity.authority });
      if (why !== null) misfits.push({ check: 'STREAM_HEAD', index: epoch.index, why: `epoch ${epoch.n}: ${why}` });
    }
  }
  return misfits;
}

async function readOpenings({ door }: ClientContext, size: number, from: number): Promise<StreamOpenings['openings']> {
  return readAnswer(streamOpenings, await door.get(`/v1/streams/own/openings?size=${size}&from=${from}`), 'openings').openings;
}

function openingMisfit(
  answer: StreamOpenings['openings'][number] | undefined,
  epoch: EpochPlace,
  {
    slot,
    head,
    isNewest,
    authority,
  }: { readonly slot: number; readonly head: Hash; readonly isNewest: boolean; readonly authority: AuthorityId },
): string | null {
  // before its designation an authority has no slot: what was recorded about it is bound by the first map that has one
  if (isBefore(slot, epoch)) return isNewest && !isSameHash(head, GENESIS_HEAD) ? 'it has no slot for this authority yet' : null;
  if (answer?.n !== epoch.n || answer.opening === null) return 'the gateway does not open it';
  const path = answer.opening.path.map(hashOf);
  const value = streamSlot(certain(decodeBase64url(answer.opening.salt)), authority, head);
  return verifyOpening({ slot: 2 * slot, path }, value, epoch) ? null : 'its map binds another stream than the one that is shown';
}
