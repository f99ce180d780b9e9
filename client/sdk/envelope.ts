/** Sending an envelope: one addressee, its items sealed and signed, one statement over all of it. */
import { parseDigest, type AuthorityId, type DeskId, type Digest, type ExchangeId } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type {
  AssistanceType,
  AuthorityType,
  ExchangeType,
  MatterType,
  Message,
  ProfileId,
  Purpose,
  Suite,
  Urgency,
} from '../../domain/vocabulary.js';
import type { Submission } from '../../domain/wire/submission.js';
import type { StatementAnswer } from '../../domain/wire/http-answers.js';
import { unreadable } from './answers.js';
import { boundWithOwn } from './bound.js';
import type { ClientContext, Progress } from './context.js';
import { requireNoAlarm, verifySigner, type DirectoryView } from './directory.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { keepHolding, type Holding } from './holding.js';
import { createUuid } from '../../domain/uuid.js';
import { certain } from '../../domain/result.js';
import { viewThatKnows } from './key-history.js';
import { loggedTimes } from './logged.js';
import type { Enclosure, ItemDraft, PreparedItem } from './draft.js';
import { prepareItem } from './items.js';
import { requireLast } from './last-envelope.js';
import { checkBody } from './message-body.js';
import { keepOtherSide } from './other-side.js';
import { chooseReaders } from './readers.js';
import { checkReasons, withExplanations, withSealedWords } from './sealed-words.js';
import { confirmSent, forgetSent, noteSent, refuseSecond } from './sent-drafts.js';
import { readShown } from './shown.js';
import { readStatementOf, makeStatement, type DraftOf } from './statements.js';
import { deliver, keepInOutbox, submissionOf, type SealFor, type Sent } from './submit.js';
import { readStanding } from './exchanges.js';

/** The facts of an exchange that every envelope of it repeats. */
export interface ExchangeFacts {
  readonly exchangeType: ExchangeType;
  readonly profile: ProfileId;
  readonly fromType: AuthorityType;
  readonly to: AuthorityId;
  readonly toType: AuthorityType;
  readonly toDesk?: DeskId;
  readonly onBehalfOf?: AuthorityId;
  readonly pairCase?: string;
  /** codes of A.8 */
  readonly legalBasis: readonly string[];
  readonly framework: readonly string[];
  readonly purposes: readonly Purpose[];
  readonly matterType: MatterType;
  readonly assistanceTypes?: readonly AssistanceType[];
  readonly language: string;
  readonly urgency: Urgency;
  readonly deadline?: Instant;
}

export interface EnvelopeDraft extends ExchangeFacts {
  /** absent: a new exchange */
  readonly exchange?: ExchangeId;
  /** digest of the last envelope that was seen */
  readonly prev?: Digest;
  readonly message: Message;
  /** as `domain/wire/bodies.ts` has it for the message, instants as RFC 3339 */
  readonly body: object;
  readonly items: readonly ItemDraft[];
  readonly suites?: readonly Suite[];
  /** digest of the file or the words that it was made from: the same opens one exchange; absent: as many as it is sent */
  readonly once?: Digest;
}

export interface SentEnvelope extends Sent {
  readonly exchange: ExchangeId;
  readonly items: readonly PreparedItem[];
}

/**
 * Seals, signs and hands in one envelope. Each item is also sealed to one's own desk, so that the sender can read again what
 * it sent.
 *
 * @returns when the receipt is signed and verified: then it is durable
 * @throws ParleyError `SENT_BEFORE` where the same has opened an exchange; `OTHER_SIDE_CHANGED`
 */
export async function sendEnvelope(context: ClientContext, draft: EnvelopeDraft, progress?: Progress): Promise<SentEnvelope> {
  const { identity, clock, chance } = context;
  const { items: drafts, suites, exchange: underWay, once } = draft;
  if (once !== undefined) await refuseSecond(context.store, once);
  checkBody(draft.message, draft.body);
  if (context.refusesLocally) checkReasons(draft.message, drafts);
  if (underWay !== undefined) await keepOtherSide(context.store, underWay, draft.to);
  const view = drafts.length === 0 ? await context.directory(true) : (await boundWithOwn(context, draft.to)).view;
  if (drafts.length === 0) requireNoAlarm(view, draft.to);
  const now = clock.now();
  const own = { authority: identity.authority, type: draft.fromType };
  const addressee = { authority: draft.to, type: draft.toType, ...(draft.toDesk ? { desk: draft.toDesk } : {}) };
  const items: PreparedItem[] = [];
  if (drafts.length > 0) {
    const readers = chooseReaders(view, addressee, own, now, suites);
    const named = nameFiles(drafts.map((item) => ({ id: createUuid(chance), item })));
    for (const { id, item } of named) items.push(await prepareItem(context, id, item, readers.keys, readers.format, progress));
  }
  const seals = items.flatMap(({ statement, seals }) => seals.map((seal): SealFor => ({ item: statement.digest, seal })));
  const exchange = underWay ?? createUuid(chance);
  const payload = payloadOf(context, draft, {
    exchange,
    view,
    items,
    seals: seals.map(({ item, seal }) => ({ item, kid: seal.kid, seal: seal.digest })),
  });
  const statement = await makeStatement('parley-envelope+json', payload, identity.signing);
  const sent = await handIn(context, statement, { submission: submissionOf(statement, items, seals), once });
  for (const item of items) {
    await keepOwnCopy(context, item, { via: sent.digest, labelAt: clock.now() });
  }
  return { ...sent, exchange, items };
}

/** Each record before what it vouches for: whoever dies in between has handed in nothing, or has it in the outbox (`sent-drafts.ts`). */
async function handIn(
  context: ClientContext,
  statement: StatementOf<'parley-envelope+json'>,
  { submission, once }: { readonly submission: Submission; readonly once: Digest | undefined },
): Promise<Sent> {
  const { store } = context;
  const { digest, payload } = statement;
  const { exchange, to } = payload;
  const notedAt = once === undefined ? null : await noteSent(store, once, exchange, digest);
  try {
    const bytes = await keepInOutbox(context, statement, submission);
    if (notedAt !== null) await confirmSent(store, exchange, digest);
    await keepOtherSide(store, exchange, to);
    return await deliver(context, digest, bytes, true);
  } catch (error) {
    if (notedAt !== null && error instanceof PolicyRefusal) await forgetSent(store, digest, notedAt);
    throw error;
  }
}

interface Enclosed {
  readonly exchange: ExchangeId;
  /** whose keys the seals use */
  readonly view: DirectoryView;
  readonly items: readonly Enclosure[];
  readonly seals: readonly { readonly item: string; readonly kid: string; readonly seal: string }[];
}

/** The envelope as it is signed. */
export function payloadOf(
  { identity, clock, chance, gateway }: ClientContext,
  draft: EnvelopeDraft,
  { exchange, view, items, seals }: Enclosed,
): DraftOf<'parley-envelope+json'> {
  const { items: drafts, suites: _suites, once: _once, deadline, ...facts } = draft;
  const { message, to } = draft;
  const territory = view.directory.authorities.get(to)?.entry?.territory;
  const body = message === 'SUBMIT' ? withExplanations(draft.body, territory, drafts, items) : withSealedWords(message, draft.body, items);
  return {
    ...facts,
    v: 1,
    aud: gateway.origin,
    id: createUuid(chance),
    exchange,
    sentAt: formatInstant(clock.now()),
    from: identity.authority,
    epoch: view.epoch,
    ...(deadline === undefined ? {} : { deadline: formatInstant(deadline) }),
    body,
    items: items.map(({ statement }) => statement.digest),
    seals: [...seals],
  } as unknown as DraftOf<'parley-envelope+json'>;
}

/**
 * Files stand in the form of their envelope by item id, name and media type, where its schema has the field.
 *
 * @throws ParleyError `FIELD_TAKEN` where somebody filled it in
 */
function nameFiles<T extends { readonly id: string; readonly item: ItemDraft }>(drafts: readonly T[]): readonly T[] {
  const attachments = drafts.flatMap(({ id, item: { content } }) =>
    content.role === 'FILE' ? [{ item: id, name: content.name, mediaType: content.mediaType }] : [],
  );
  if (attachments.length === 0) return drafts;
  return drafts.map((draft) => {
    const { content } = draft.item;
    if (content.role !== 'FORM' || !content.schema.fields.some(({ name }) => name === ATTACHMENTS)) return draft;
    if (content.fields[ATTACHMENTS] !== undefined)
      throw new ParleyError(
        'FIELD_TAKEN',
        'The field `attachments` of the form names the files that go with it, and is filled in by itself; something stands in it already.',
        'Leave `attachments` of the form empty, and say what else comes in a field of its own or in the text.',
      );
    return { ...draft, item: { ...draft.item, content: { ...content, fields: { ...content.fields, [ATTACHMENTS]: attachments } } } };
  });
}
/** of a form, for the files that go with it */
export const ATTACHMENTS = 'attachments';

/** So that the sender may make something from it, or release it, without opening it first. */
export async function keepOwnCopy(
  { identity, store }: ClientContext,
  item: Pick<PreparedItem, 'statement' | 'label'> & { readonly seals: readonly Holding['seal'][] },
  { via, labelAt }: Pick<Holding, 'via' | 'labelAt'>,
): Promise<void> {
  const own = new Set(identity.desks.flatMap(({ keys }) => keys.map(({ kid }) => kid)));
  const seal = item.seals.find(({ kid }) => own.has(kid));
  if (seal === undefined) return;
  await keepHolding(store, { item: item.statement, label: item.label, labelEpoch: 0, labelAt, via, seal });
}

export interface FollowUp {
  readonly message: Message;
  readonly body: object;
  readonly items?: readonly ItemDraft[];
  /** where it differs from the opening's */
  readonly purposes?: readonly Purpose[];
  readonly legalBasis?: readonly string[];
  readonly language?: string;
  readonly suites?: readonly Suite[];
}

/** The next envelope of an exchange that is under way, to the other side, with the opening's facts. */
export async function followUp(context: ClientContext, exchange: ExchangeId, next: FollowUp, progress?: Progress): Promise<SentEnvelope> {
  const { opening, request, last } = await readExchangeFacts(context, exchange);
  await requireLast(context, request, last);
  const mine = opening.from === context.identity.authority;
  const { message, body, items = [], ...changes } = next;
  return sendEnvelope(
    context,
    {
      exchange,
      prev: last,
      exchangeType: opening.exchangeType,
      profile: opening.profile,
      fromType: mine ? opening.fromType : opening.toType,
      to: mine ? opening.to : opening.from,
      toType: mine ? opening.toType : opening.fromType,
      legalBasis: opening.legalBasis,
      framework: opening.framework,
      purposes: opening.purposes,
      matterType: opening.matterType,
      language: opening.language,
      urgency: opening.urgency,
      ...present({ pairCase: opening.pairCase }),
      ...changes,
      message,
      body,
      items,
    },
    progress,
  );
}

/**
 * What is answered is what its opener signed, and goes to whom this client knows as the other side.
 *
 * @returns the opening envelope, and the digest of the newest as the gateway names it: `requireLast` before it is signed
 * @throws ParleyError `OPENING_NOT_VERIFIED`, `OTHER_SIDE_CHANGED`
 */
export async function readExchangeFacts(context: ClientContext, exchange: ExchangeId) {
  const { store } = context;
  const { exchange: summary } = await readStanding(context, exchange);
  const answer = await readShown(context, summary.opening);
  const { statement } = answer;
  const request = readStatementOf('parley-envelope+json', statement);
  if (!request.ok || request.value.digest !== summary.opening || request.value.payload.exchange !== exchange)
    throw unreadable('an exchange without its opening');
  await keepOtherSide(store, exchange, await otherSideOf(context, request.value, answer.receipt));
  return { summary, request: request.value, opening: request.value.payload, last: certain(parseDigest(summary.last)) };
}

async function otherSideOf(
  context: ClientContext,
  opening: StatementOf<'parley-envelope+json'>,
  receipt: StatementAnswer['receipt'],
): Promise<AuthorityId> {
  const { clock, gateway, identity } = context;
  const { exchange, from, to } = opening.payload;
  const view = await viewThatKnows(context, [opening.compact]);
  const loggedAt = await loggedTimes([receipt], gateway, clock.now());
  const signer = await verifySigner(opening, from, view, loggedAt(opening.digest));
  const isOurs = from === identity.authority || to === identity.authority;
  const isTaken = loggedAt.place(opening.digest) !== null;
  if (signer.ok && isOurs && isTaken) return from === identity.authority ? to : from;
  const where = isOurs ? 'no receipt says that the log took it in' : `it is from ${from} to ${to}`;
  const why = signer.ok ? where : signer.error;
  throw new ParleyError(
    'OPENING_NOT_VERIFIED',
    `What the gateway shows as the opening of exchange ${exchange} is not ${from}’s to you: ${why}.`,
    `Nothing was sealed or signed. Ask ${from} by another way, and tell the operator.`,
  );
}
