/** After delivery: what an originator says later of what it gave, what each holder answers, and who has not answered yet. */
import { digestOfBytes } from '../../crypto/digest.js';
import type { Digest } from '../../domain/ids.js';
import type { CaveatCode, Label } from '../../domain/label.js';
import type { LabelChange } from '../../domain/label-change.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { Hold } from '../../domain/retention.js';
import { CONFIDENTIALITY_INABILITIES } from '../../domain/wire/notice-answer.js';
import type { AuditRead } from './audit.js';
import type { ClientContext } from './context.js';
import { holdsOn } from './held-back.js';
import { changeHolding, forgetHolding, HELD, readHolding } from './holding.js';
import { createUuid } from './ids.js';
import { writeLabel } from './labels.js';
import { makeStatement, type DraftOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';

type Inability = DraftOf<'parley-inability+json'>;
export type InabilityCode = Inability['code'];

export const headOf = ({ gateway, chance, clock }: ClientContext) => ({
  v: 1 as const,
  aud: gateway.origin,
  id: createUuid(chance),
  at: formatInstant(clock.now()),
});

type Changed = Pick<DraftOf<'parley-label+json'>, 'change' | 'reason' | 'replacement'> & Pick<LabelChange, 'label' | 'lifts'>;

async function sayLater(context: ClientContext, item: Digest, changed: Changed): Promise<Sent> {
  const { identity, store } = context;
  const { label, lifts, ...said } = changed;
  const payload = {
    ...headOf(context),
    originator: identity.authority,
    item,
    ...said,
    ...(label === undefined ? {} : { label: writeLabel(label) }),
    ...(lifts === undefined ? {} : { lifts: [...lifts] }),
  };
  const statement = await makeStatement('parley-label+json', payload, identity.signing);
  const sent = await submit(context, statement, submissionOf(statement));
  await changeHolding(store, item, { originator: identity.authority, ...changed });
  return sent;
}

/** Joins a label to that of an item that this authority gave. It reaches every holder along the releases. */
export const tightenLabel = (context: ClientContext, item: Digest, label: Label): Promise<Sent> =>
  sayLater(context, item, { change: 'ADD', label });

/** Takes it back from every holder. */
export const retractItem = (context: ClientContext, item: Digest): Promise<Sent> => sayLater(context, item, { change: 'RETRACT' });

/** Lifts caveats that this authority set itself; what others set stands. */
export const relaxLabel = (context: ClientContext, item: Digest, lifts: readonly CaveatCode[]): Promise<Sent> =>
  sayLater(context, item, { change: 'RELAX', lifts });

/** Says that the content was wrong. Every holder hears of it, and of the item that is right, where there is one. */
export const correctItem = (context: ClientContext, item: Digest, reason: string, replacement?: Digest): Promise<Sent> =>
  sayLater(context, item, { change: 'CORRECT', reason, ...(replacement === undefined ? {} : { replacement }) });

/**
 * Deletes what this key store has of an item and certifies it. The certificate is this authority's word, no proof of what other
 * copies it has: those are the officer's to find first.
 *
 * @param answers the retraction or correction that asked for it; absent: the label's own day, or no more need
 */
export async function certifyDeletion(context: ClientContext, item: Digest, answers?: Digest): Promise<Sent> {
  const { identity, store } = context;
  const payload = {
    ...headOf(context),
    holder: identity.authority,
    item,
    seals: await sealsKept(context, item),
    ...(answers === undefined ? {} : { answers }),
  };
  const statement = await makeStatement('parley-deletion+json', payload, identity.signing);
  // forgotten first: a certificate without a deletion would be a lie, a deletion without a certificate is only late
  await forgetHolding(store, item);
  return submit(context, statement, submissionOf(statement));
}

/** Digests of what opened it here; none where it was never opened. */
async function sealsKept({ store }: ClientContext, item: Digest): Promise<Digest[]> {
  const held = (await store.names(HELD)).includes(`${HELD}${item}`);
  return held ? [digestOfBytes((await readHolding(store, item)).seal.bytes)] : [];
}

export interface Erased extends Sent {
  /** of what was taken back: holders whose hold keeps the gateway's copy, as far as this authority was told */
  readonly heldBack: readonly Hold[];
}

/**
 * Certifies the deletion, after which the gateway removes what it holds for this authority, and its whole copy with the last right in it.
 * @param takeBack its issuer takes it back from everybody first: then the gateway's copy goes at once, unless a holder holds it back
 */
export async function eraseItem(context: ClientContext, item: Digest, takeBack: boolean): Promise<Erased> {
  if (takeBack) await retractItem(context, item);
  const sent = await certifyDeletion(context, item);
  return { ...sent, heldBack: takeBack ? await holdsOn(context, item) : [] };
}

/**
 * Says why what was asked cannot be done: deleted, or kept confidential.
 * @param until of a deletion: the hold ends then; now: it ends at once
 */
export async function sayInability(
  context: ClientContext,
  item: Digest,
  why: InabilityCode,
  answers?: Digest,
  until?: Instant,
): Promise<Sent> {
  const { identity } = context;
  const head = { ...headOf(context), holder: identity.authority, item, ...(answers === undefined ? {} : { answers }) };
  const payload: Inability = isOfConfidentiality(why)
    ? { ...head, of: 'CONFIDENTIALITY', code: why }
    : { ...head, of: 'DELETION', code: why, ...(until === undefined ? {} : { until: formatInstant(until) }) };
  const statement = await makeStatement('parley-inability+json', payload, identity.signing);
  return submit(context, statement, submissionOf(statement));
}

type Confidentiality = Extract<Inability, { of: 'CONFIDENTIALITY' }>['code'];
const CONFIDENTIALITY: ReadonlySet<string> = new Set(CONFIDENTIALITY_INABILITIES);
const isOfConfidentiality = (code: InabilityCode): code is Confidentiality => CONFIDENTIALITY.has(code);

/** What one holder answered to a retraction or a correction. */
export interface HolderAnswer {
  readonly holder: string;
  readonly answer: 'DELETED' | 'UNABLE' | 'NOTHING';
  /** the code of an inability */
  readonly why: string | null;
  /** place in the log; null: no answer */
  readonly index: number | null;
}

/**
 * Who was told of a change, and what each answered, from this authority's own view of the log: complete for what the log recorded.
 * @param change digest of the retraction or correction
 */
export function answersTo(events: readonly AuditRead[], change: Digest): readonly HolderAnswer[] {
  const stated = events.find(({ event }) => event.action === 'LABEL_CHANGE' && event.object.statement === change);
  if (stated === undefined) return [];
  const told = events.filter(({ event }) => event.action === 'DELIVER' && event.object.statement === change);
  return told.map(({ event: { counterparty } }) => {
    const given = events.findLast(
      ({ index, event }) =>
        index > stated.index &&
        event.outcome === 'ALLOW' &&
        (event.action === 'DELETE' || event.action === 'INABILITY') &&
        event.object.item === stated.event.object.item &&
        event.actor.authority === counterparty,
    );
    return {
      holder: counterparty ?? '',
      answer: given === undefined ? 'NOTHING' : given.event.action === 'DELETE' ? 'DELETED' : 'UNABLE',
      why: given?.event.action === 'INABILITY' ? (given.event.basis ?? null) : null,
      index: given?.index ?? null,
    };
  });
}
