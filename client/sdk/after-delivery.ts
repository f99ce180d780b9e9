/** After delivery: what each holder says of what it holds or answers to its originator, and who has not answered yet. */
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Digest } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import { formatInstant, MINUTE_MS, plusMs, type Instant } from '../../domain/time.js';
import type { Hold } from '../../domain/retention.js';
import type { StatementOf } from '../../domain/statement.js';
import { CONFIDENTIALITY_INABILITIES } from '../../domain/wire/notice-answer.js';
import { OWN_VIEW, readLog, type AuditRead } from './audit.js';
import type { ClientContext } from './context.js';
import { DoneBefore, ParleyError, PolicyRefusal } from './error.js';
import { explainUse } from './explain.js';
import { holdsOn } from './held-back.js';
import { forgetHolding, HELD, sealsKept } from './holding.js';
import { retractItem, takenBack } from './label-changes.js';
import { wholenessOf } from './report/make.js';
import { headOf, makeStatement, type DraftOf } from './statements.js';
import { proveStream } from './stream.js';
import { deliver, keepInOutbox, submissionOf, submit, type Sent } from './submit.js';
import { refuseWhileWaiting } from './waiting.js';

type Inability = DraftOf<'parley-inability+json'>;
export type InabilityCode = Inability['code'];

/**
 * Deletes what this key store has of an item and certifies it. The certificate is this authority's word, no proof of what other
 * copies it has: those are the officer's to find first.
 *
 * @param answers the retraction or correction that asked for it; absent: the label's own day, or no more need
 */
export async function certifyDeletion(context: ClientContext, item: Digest, answers?: Digest): Promise<Sent> {
  const statement = await certificateOf(context, item, answers);
  return deliverCertificate(context, statement, await keepInOutbox(context, statement, submissionOf(statement)));
}

async function certificateOf(context: ClientContext, item: Digest, answers?: Digest): Promise<StatementOf<'parley-deletion+json'>> {
  const { identity, store } = context;
  const payload = {
    ...headOf(context),
    holder: identity.authority,
    item,
    seals: await sealsKept(store, item),
    ...present({ answers }),
  };
  return makeStatement('parley-deletion+json', payload, identity.signing);
}

/** Of what is in the outbox. @throws as `submit` */
export async function deliverCertificate(
  context: ClientContext,
  { digest, payload: { item } }: StatementOf<'parley-deletion+json'>,
  bytes: Uint8Array,
): Promise<Sent> {
  const { store } = context;
  // forgotten first: a certificate without a deletion would be a lie, a deletion without a certificate is only late
  const held = await store.read(`${HELD}${item}`);
  await forgetHolding(store, item);
  return deliver(context, digest, bytes, true).catch(async (error: unknown) => {
    // refused, nothing was certified: it is held as before
    if (held !== null && error instanceof PolicyRefusal) await store.write(`${HELD}${item}`, held);
    throw error;
  });
}

export interface Erased extends Sent {
  /** of what was taken back: holders whose hold keeps the gateway's copy, as far as this authority was told */
  readonly heldBack: readonly Hold[];
}

/**
 * Certifies the deletion, after which the gateway removes what it holds for this authority, and its whole copy with the last right in it.
 * @param takeBack its issuer takes it back from everybody first: then the gateway's copy goes at once, unless a holder holds it back
 * @param answers as of `certifyDeletion`
 * @throws ParleyError `DELETED_BEFORE` where it is to be taken back and is not held any more, `WAITING` where the certificate waits: nothing is handed in
 */
export async function eraseItem(context: ClientContext, item: Digest, takeBack: boolean, answers?: Digest): Promise<Erased> {
  if (takeBack) {
    await requireHeld(context, item);
    await retractItem(context, item).catch((error: unknown) => againIfLost(context, item, error));
  }
  const sent = await certifyDeletion(context, item, answers);
  return { ...sent, heldBack: takeBack ? await holdsOn(context, item) : [] };
}

/** What was taken back before is only to be deleted, unless a restore of the gateway lost that: the gateway takes a second word for no more than that. */
async function againIfLost(context: ClientContext, item: Digest, error: unknown): Promise<void> {
  if (error instanceof PolicyRefusal && error.code === 'STEP_NOT_ALLOWED') return;
  if (!(error instanceof DoneBefore)) throw error;
  try {
    await context.door.get(`/v1/statements/${error.statement}`);
  } catch (why) {
    if (!(why instanceof PolicyRefusal) || why.code !== 'NOT_FOUND') throw why;
    await retractItem(context, item, true).catch((refused: unknown) => againIfLost(context, item, refused));
  }
}

/** Asked before anything is signed: a retraction would be logged, and the certificate after it refused. */
async function requireHeld(context: ClientContext, item: Digest): Promise<void> {
  try {
    await explainUse(context, { item, purpose: 'INTELLIGENCE' });
  } catch (error) {
    if (!(error instanceof PolicyRefusal)) throw error;
    // whether it may be used is not what was asked
    if (error.code !== 'NOT_FOUND') return;
    await refuseWhileWaiting(context.store, await certificateOf(context, item));
    await refuseTakenBack(context, item);
    throw new ParleyError(
      'DELETED_BEFORE',
      `Your authority holds no item ${item}: its deletion was certified already, or it was never yours. Nothing was signed.`,
      `If it has not been taken back from the others yet: parley retract ${item}`,
    );
  }
}

/** @throws ParleyError `DELETED_BEFORE` where it was taken back from this key store */
async function refuseTakenBack(context: ClientContext, item: Digest): Promise<void> {
  const taken = await takenBack(context, item);
  if (taken === null) return;
  throw new ParleyError(
    'DELETED_BEFORE',
    `Item ${item} was taken back already, by the statement ${taken}, and your authority holds it no more. Nothing was handed in.`,
    `What holders answer: parley answers ${taken}. Where a run was cut off: parley resend`,
  );
}

/**
 * Says why what was asked cannot be done: deleted, or kept confidential.
 * @param until of a deletion: the hold ends then
 * @throws ParleyError `MALFORMED` for an end of what is no hold
 */
export async function sayInability(
  context: ClientContext,
  item: Digest,
  why: InabilityCode,
  answers?: Digest,
  until?: Instant,
): Promise<Sent> {
  const { identity } = context;
  if (isOfConfidentiality(why) && until !== undefined)
    throw new ParleyError('MALFORMED', `${why} says that a fact cannot be kept confidential, which has no end.`, 'Leave `until` out.');
  const head = { ...headOf(context), holder: identity.authority, item, ...present({ answers }) };
  const payload: Inability = isOfConfidentiality(why)
    ? { ...head, of: 'CONFIDENTIALITY', code: why }
    : { ...head, of: 'DELETION', code: why, ...(until === undefined ? {} : { until: formatInstant(until) }) };
  const statement = await makeStatement('parley-inability+json', payload, identity.signing);
  return submit(context, statement, submissionOf(statement));
}

/** a signed request is no further ahead of the gateway's clock than this */
const AHEAD_MS_MAX = MINUTE_MS;

/** Ends this authority's hold, at a time that has passed on the gateway's clock too: what is still to come would be a hold until then. */
export const liftHold = (context: ClientContext, item: Digest): Promise<Sent> =>
  sayInability(context, item, 'LEGAL_HOLD', undefined, plusMs(context.clock.now(), -AHEAD_MS_MAX));

type Confidentiality = Extract<Inability, { of: 'CONFIDENTIALITY' }>['code'];
const CONFIDENTIALITY: ReadonlySet<string> = new Set(CONFIDENTIALITY_INABILITIES);
const isOfConfidentiality = (code: InabilityCode): code is Confidentiality => CONFIDENTIALITY.has(code);

/** What one holder answered to a retraction or a correction: its newest word on one item. */
export interface HolderAnswer {
  readonly holder: string;
  /** what was taken back or corrected, or what the holder has that was made from it; null: no answer */
  readonly item: string | null;
  readonly answer: 'DELETED' | 'UNABLE' | 'NOTHING';
  /** the code of an inability */
  readonly why: string | null;
  /** place in the log; null: no answer */
  readonly index: number | null;
}

/**
 * The same of one's own view as it is now, held against one's own stream: else a gateway could tell of a deletion that nobody certified.
 *
 * @throws ParleyError `LOG_MISFIT` where they do not fit; `NO_SUCH_CHANGE`; PolicyRefusal `ROLE_REQUIRED`
 */
export async function readAnswers(
  context: ClientContext,
  change: Digest,
): Promise<readonly (HolderAnswer & { readonly isProved: boolean })[]> {
  const reading = await readLog(context, OWN_VIEW);
  const wholeness = wholenessOf(await proveStream(context, reading));
  if (wholeness.state === 'MISFIT')
    throw new ParleyError('LOG_MISFIT', 'The log does not fit what was shown.', 'Rely on none of it; ask the operator, and the holders.');
  const upTo = wholeness.state === 'PROVED' ? wholeness.upTo : -1;
  // what no checkpoint covers yet is the gateway's word
  return answersTo(reading.events, change, context.identity.authority).map((one) => ({
    ...one,
    isProved: one.index !== null && one.index <= upTo,
  }));
}

/**
 * Who was told of a change, and what each answered, from this authority's own view of the log: complete for what the log recorded.
 * @param named digest of the retraction or correction; or of the item, then the newest that this authority said of it
 * @throws ParleyError `NO_SUCH_CHANGE` for any other digest
 */
function answersTo(events: readonly AuditRead[], named: Digest, own: string): readonly HolderAnswer[] {
  const isNamed = ({ object, actor, outcome }: AuditEvent): boolean =>
    object.statement === named || (object.item === named && actor.authority === own && outcome === 'ALLOW');
  const stated = events.findLast(({ event }) => event.action === 'LABEL_CHANGE' && ASKING.has(event.basis ?? '') && isNamed(event));
  if (stated === undefined)
    throw new ParleyError(
      'NO_SUCH_CHANGE',
      `Your view of the log has no retraction or correction ${named}, nor one of yours of such an item.`,
      'Name the item, or the digest that parley retract or parley correct named; those there were: parley report caveat-changes',
    );
  const change = stated.event.object.statement;
  const told = events.filter(({ event }) => event.action === 'DELIVER' && event.object.statement === change);
  return told.flatMap(({ event: { counterparty: holder = '' } }): readonly HolderAnswer[] => {
    const given = new Map(
      events
        .filter((read) => read.index > stated.index && read.event.actor.authority === holder && isAnswer(read.event, stated.event))
        .map((read) => [read.event.object.item, read]),
    );
    return given.size === 0 ? [{ ...NOTHING, holder }] : [...given.values()].map((read) => answerOf(read, holder));
  });
}

/** Changes of a label that ask each holder for a word. */
const ASKING: ReadonlySet<string> = new Set(['RETRACT', 'CORRECT']);

const NOTHING = { item: null, answer: 'NOTHING', why: null, index: null } as const;

/** Of what was made from the item only a word that names the change is an answer: whoever made it has reasons of its own to delete it. */
const isAnswer = ({ action, outcome, object }: AuditEvent, change: AuditEvent): boolean =>
  outcome === 'ALLOW' &&
  (action === 'DELETE' || action === 'INABILITY') &&
  (object.item === change.object.item || object.answers === change.object.statement);

const answerOf = ({ index, event: { action, object, basis } }: AuditRead, holder: string): HolderAnswer => ({
  holder,
  item: object.item ?? null,
  answer: action === 'DELETE' ? 'DELETED' : 'UNABLE',
  why: action === 'INABILITY' ? (basis ?? null) : null,
  index,
});
