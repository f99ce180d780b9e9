/** The lawful ways around consent: told to every originator, approved by a second officer, answered, and checked by who reads. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { ClientContext } from './context.js';
import { requireCompared, verifySigner } from './directory.js';
import { ReadingRefused } from './error.js';
import { viewThatKnows } from './key-history.js';
import type { LoggedAt } from './logged.js';
import type { Release } from './reading-order.js';
import { readShown } from './shown.js';
import { headOf, makeStatement, readStatementOf, type DraftOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';

type Wire = DraftOf<'parley-notice+json'>;
type Told = Pick<Wire, 'item' | 'recipient' | 'legalBasis' | 'deputy'> & { readonly disclosedAt?: Instant };
/** What is to be disclosed, to whom, by which way, and why. */
export type NoticeDraft = Told &
  (
    | { readonly way: 'EXCULPATORY'; readonly impossible?: Extract<Wire, { way: 'EXCULPATORY' }>['impossible'] }
    | {
        readonly way: 'LEGAL_OBLIGATION';
        readonly purpose: Wire['purpose'];
        readonly reason: Extract<Wire, { way: 'LEGAL_OBLIGATION' }>['reason'];
      }
    | { readonly way: 'EMERGENCY'; readonly reason: Extract<Wire, { way: 'EMERGENCY' }>['reason'] }
  );

function wireOf(head: ReturnType<typeof headOf> & { holder: AuthorityId }, draft: NoticeDraft): Wire {
  const { item, recipient, legalBasis, deputy, disclosedAt } = draft;
  const common = {
    ...head,
    item,
    recipient,
    legalBasis,
    ...present({ deputy }),
    ...(disclosedAt === undefined ? {} : { disclosedAt: formatInstant(disclosedAt) }),
  };
  switch (draft.way) {
    case 'EXCULPATORY':
      return {
        ...common,
        way: draft.way,
        purpose: 'EXCULPATORY',
        ...present({ impossible: draft.impossible }),
      };
    case 'LEGAL_OBLIGATION':
      return { ...common, way: draft.way, purpose: draft.purpose, reason: draft.reason };
    case 'EMERGENCY':
      return { ...common, way: draft.way, purpose: 'IMMINENT_THREAT', reason: draft.reason };
  }
}

/** Tells every originator. Nothing is disclosed on it before a second officer approved it, and before the consultation is over. */
export async function giveNotice(context: ClientContext, draft: NoticeDraft): Promise<Sent> {
  const { identity } = context;
  const payload = wireOf({ ...headOf(context), holder: identity.authority }, draft);
  const statement = await makeStatement('parley-notice+json', payload, identity.signing);
  return submit(context, statement, submissionOf(statement));
}

/** The second person's signature. @throws PolicyRefusal `TWO_PERSONS_REQUIRED` for the officer who signed the notice */
export async function approveNotice(context: ClientContext, notice: Digest): Promise<Sent> {
  const { identity } = context;
  const payload = { ...headOf(context), authority: identity.authority, notice };
  const statement = await makeStatement('parley-approval+json', payload, identity.signing);
  return submit(context, statement, submissionOf(statement));
}

/** An originator asks to be consulted, or has nothing against it. */
export async function answerNotice(context: ClientContext, notice: Digest, answer: 'CONSULT' | 'NO_OBJECTION'): Promise<Sent> {
  const { identity } = context;
  const payload = { ...headOf(context), originator: identity.authority, notice, answer };
  const statement = await makeStatement('parley-consultation+json', payload, identity.signing);
  return submit(context, statement, submissionOf(statement));
}

/** An originator's word to a holder that asked before it acts; the holder cites it. */
export async function verifyItem(context: ClientContext, item: Digest, holder: AuthorityId, isConfirmed: boolean): Promise<Sent> {
  const { identity } = context;
  const answer = isConfirmed ? ('CONFIRMED' as const) : ('NOT_CONFIRMED' as const);
  const payload = { ...headOf(context), originator: identity.authority, holder, item, answer };
  const statement = await makeStatement('parley-verification+json', payload, identity.signing);
  return submit(context, statement, submissionOf(statement));
}

/**
 * The reader's check of a release by a lawful way: a notice of the holder tells of exactly this, and another officer of the holder,
 * or the deputy that the notice names, approved it. Whether their keys were good is judged at the time that the log vouches for.
 *
 * @throws ReadingRefused `NOTICE`
 */
export async function checkNotice(context: ClientContext, { payload }: Release, loggedAt: LoggedAt): Promise<void> {
  if (!('notices' in payload.basis)) return;
  const { notices, approvals } = payload.basis;
  for (const digest of notices) {
    const told = await fetched(context, digest);
    const notice = readStatementOf('parley-notice+json', told);
    if (!notice.ok || notice.value.digest !== digest || loggedAt.place(digest) === null || !tellsOf(notice.value.payload, payload))
      continue;
    const { holder, deputy } = notice.value.payload;
    if (!(await verifySigner(notice.value, holder, await viewThatKnows(context, [told]), loggedAt(digest))).ok) continue;
    for (const approval of approvals) {
      const compact = await fetched(context, approval);
      const second = readStatementOf('parley-approval+json', compact);
      if (!second.ok || second.value.digest !== approval || second.value.payload.notice !== digest || loggedAt.place(approval) === null)
        continue;
      const { authority } = second.value.payload;
      const view = await viewThatKnows(context, [compact]);
      // a gateway can make up a deputy that nobody compared, and sign for it
      requireCompared(view, authority);
      const signed = await verifySigner(second.value, authority, view, loggedAt(approval));
      if (signed.ok && (authority === holder || authority === deputy) && second.value.kid !== notice.value.kid) return;
    }
  }
  throw new ReadingRefused('NOTICE', 'No notice that two persons signed tells of this release.');
}

const fetched = async (context: ClientContext, digest: Digest): Promise<string> => (await readShown(context, digest)).statement;

type NoticePayload = Extract<ReturnType<typeof readStatementOf<'parley-notice+json'>>, { ok: true }>['value']['payload'];

const tellsOf = (notice: NoticePayload, release: Release['payload']): boolean =>
  notice.holder === release.holder &&
  notice.item === release.item &&
  notice.recipient.authority === release.to &&
  notice.recipient.authorityType === release.toType &&
  notice.purpose === release.purpose;
