/** Opening an item: the access is stated and logged first, every check holds, and only then is anything shown. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { openBodyStream } from '../../crypto/open.js';
import { digestOf } from '../../crypto/statement.js';
import { consentsIn, isReseal } from '../../domain/basis.js';
import { asHandedOn } from '../../domain/handed-on.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { speakersOf } from '../../domain/label-change.js';
import { present } from '../../domain/present.js';
import { parseInstant } from '../../domain/time.js';
import type { JUSTIFICATIONS, Purpose } from '../../domain/vocabulary.js';
import { reading as readingAnswer, statementAnswer } from '../../domain/wire/http-answers.js';
import { readAnswer, understood } from './answers.js';
import { contentOf, type OpenedContent, type Stage } from './content.js';
import type { ClientContext, Progress } from './context.js';
import { verifiedParts } from './download.js';
import { requireCompared, type DirectoryView } from './directory.js';
import { doubtfulSignatures, type DoubtfulSignature } from './doubts.js';
import { ParleyError, ReadingRefused } from './error.js';
import { keepRead, readHeld, type Holding } from './holding.js';
import { certain } from '../../domain/result.js';
import { viewThatKnows } from './key-history.js';
import { loggedTimes, type LoggedAt } from './logged.js';
import { checkNotice } from './notice.js';
import { keepOtherSide } from './other-side.js';
import {
  checkBasis,
  checkCommitment,
  checkEnvelope,
  checkItem,
  checkLabels,
  checkNotWeakened,
  checkRefusal,
  checkRelease,
  checkSeal,
  checkTold,
  readItem,
  sealedFormat,
  type Envelope,
  type Grant,
  type Item,
  type Release,
} from './reading-order.js';
import { expectProof } from './proofs.js';
import { receiptOf } from './receipt.js';
import { tokensIn } from './sealed-words.js';
import { readShown } from './shown.js';
import { checkSourceLabels, checkToldOfSources } from './source-labels.js';
import { headOf, makeStatement, readStatement } from './statements.js';
import { endedAsTold, keepShown, readTold, statementsKnown } from './told.js';
import { believedReceipt, submissionOf, type Sent } from './submit.js';

export interface ReadingRequest {
  readonly item: Digest;
  /** the envelope or release that gave it */
  readonly via: Digest;
  readonly purpose: Purpose;
  readonly justification: (typeof JUSTIFICATIONS)[number];
  /** the request to the authority's quorum that gives the right, where no desk does */
  readonly quorum?: Digest;
  /** the case that this request names: what another case gave is not opened by it */
  readonly exchange?: ExchangeId;
}

/** Content that was shown, with its provenance: what is composed from it takes it as a source. */
export interface Opened extends Holding {
  /** as its originators have it; `label` has beside it what whoever handed it on adds */
  readonly itemLabel: Label;
  readonly content: OpenedContent;
  readonly access: Sent;
  readonly envelope: Envelope | null;
  readonly release: Release | null;
  readonly consents: readonly Grant[];
  /** digests of those whose end this authority's inbox told of */
  readonly revoked: readonly Digest[];
  /** signatures that its way rests on and that may be another's: shown with what was opened */
  readonly doubts: readonly DoubtfulSignature[];
  /** reasons of its message that say nothing (rulings 1), by the form's field or `text`: no gateway can see that */
  readonly tokens: readonly string[];
}

/** @throws ReadingRefused with the name of the first check that did not hold; PolicyRefusal where the gateway refuses the access */
export async function openItem(context: ClientContext, request: ReadingRequest, stage?: Stage, progress?: Progress): Promise<Opened> {
  const { store } = context;
  await requireComparedGiver(context, request.via);
  // asked before the answer, which must hold all of it; whoever may read neither has the attempt stated all the same
  const told = await toldBefore(context, request);
  const before = await readHeld(store, request.item);
  // by this clock: a gateway that dates its receipts ahead would make a label look young for ever
  const labelAt = context.clock.now();
  const { access, answer } = await stateAccess(context, request);
  if (told instanceof ParleyError) throw told;
  const view = await viewThatKnows(context, [
    answer.item,
    answer.release,
    answer.envelope,
    ...answer.consents,
    ...answer.labels,
    ...answer.sourceLabels,
  ]);
  // "signed before its key ended" is judged at the time that the log vouches for
  const at = certain(parseInstant(access.receiptBody.at));
  const loggedAt = await loggedTimes(answer.receipts, context.gateway, at);
  const viaAt = loggedAt(request.via);
  // what the rules refused has a signature as well, and the gateway had its seal
  const given = loggedAt.place(request.via);
  if (given === null) throw new ReadingRefused('RECEIPT', 'No receipt says that the log took in what gave the item.');
  const item = readItem(answer.item, request.item, view);
  const { envelope, release, consents, revoked, signedSeals } = await checkVia(context, request.via, item, answer, { view, loggedAt });
  if (request.exchange !== undefined && envelope?.payload.exchange !== request.exchange)
    throw new ReadingRefused('QUORUM_CASE', 'What gave the item is no envelope of the case that the quorum was asked for.');
  await checkItem(item, view, viaAt, { envelope, consents });
  const seals = answer.seals.map(({ kid, bytes }) => ({ kid, bytes: certain(decodeBase64url(bytes)) }));
  const seal = checkSeal(seals, signedSeals, context);
  const contentKey = await checkCommitment(item, seal, envelope?.payload.exchange ?? null);
  const place = access.receiptBody.index;
  if (request.quorum === undefined) await checkToldOfSources(context, given, item, answer, place);
  const judged = { view, loggedAt, seen: before?.labelEpoch ?? 0, told, place };
  const { itemLabel, label, labelEpoch, originators } = await checkLabel(item, { release, consents }, answer, judged);
  const body = openBodyStream(sealedFormat(item.payload.format), contentKey, verifiedParts(context, item, answer.body, progress));
  const content = await contentOf(item, body, stage, { context, at: viaAt });
  const holding: Holding = { item, label, labelEpoch, labelAt, via: request.via, seal: { kid: seal.key.kid, bytes: seal.bytes } };
  await remember(context, { holding, before }, originators, { access, answer });
  // an item is no younger than what gave it
  const doubts = doubtfulSignatures([item, envelope, release, ...consents], view.directory, ({ digest }) =>
    digest === item.digest ? viaAt : loggedAt(digest),
  );
  // neither an envelope nor a release gave it: it is the text of a consent refusal
  const tokens = release === null ? tokensIn(envelope?.payload.message ?? 'REFUSE_CONSENT', content) : [];
  return { ...holding, itemLabel, content, access, envelope, release, consents, revoked, doubts, tokens };
}

/** What was shown is held, nothing that was said of it is forgotten, and its reading is to be proved to each originator. */
async function remember(
  context: ClientContext,
  { holding, before }: { readonly holding: Holding; readonly before: Holding | null },
  originators: readonly AuthorityId[],
  { access, answer }: Awaited<ReturnType<typeof stateAccess>>,
): Promise<void> {
  const { store, identity } = context;
  const { item } = holding;
  await keepRead(store, holding, before);
  await keepShown(store, item.digest, [...answer.labels, ...answer.sourceLabels].map(digestOf));
  const others = originators.filter((originator) => originator !== identity.authority);
  await expectProof(context, { digest: access.digest, typ: 'parley-access+json' }, access.receipt, others);
}

/** Whose root was never compared gives nothing that is shown: then no reading is stated, for none would happen. */
async function requireComparedGiver({ door, directory }: ClientContext, via: Digest): Promise<void> {
  const answer = await door.get(`/v1/statements/${via}`).catch((error: unknown) => {
    // not given, or not this officer's to see (a quorum's): then the attempt is stated, and what it brings is judged as ever
    if (error instanceof ParleyError) return null;
    throw error;
  });
  const given = answer === null ? null : readStatement(readAnswer(statementAnswer, answer, 'statement').statement);
  if (given === null || !given.ok) return;
  const { typ, payload, digest } = given.value;
  if (digest !== via)
    throw new ReadingRefused('GIVER', 'The gateway shows another statement than the one that was asked for. No reading was stated.');
  if (typ === 'parley-envelope+json') requireCompared(await directory(), payload.from);
  if (typ === 'parley-release+json') requireCompared(await directory(), payload.holder);
}

/** A quorum's holder has no inbox of the case. */
const toldBefore = async (context: ClientContext, { quorum, item }: ReadingRequest): Promise<readonly Digest[] | ParleyError> =>
  quorum !== undefined
    ? []
    : readTold(context).then(
        () => statementsKnown(context.store, item),
        (error: unknown) => {
          if (error instanceof ParleyError) return error;
          throw error;
        },
      );

type ReadingAnswer = Awaited<ReturnType<typeof stateAccess>>['answer'];

interface Judged {
  readonly view: DirectoryView;
  readonly loggedAt: LoggedAt;
  /** how many label statements about the item a reading before this one showed */
  readonly seen: number;
  /** label statements about the item that the inbox told of, or that were shown before */
  readonly told: readonly Digest[];
  /** of the reading in the log: an answer that was lost and asked for again has what was said since, too */
  readonly place: number;
}

/** A release, and the consents that it cites. */
interface Given {
  readonly release: Release | null;
  readonly consents: readonly Grant[];
}

/** What gave it, and on which basis. */
async function checkVia(
  context: ClientContext,
  via: Digest,
  item: Item,
  answer: ReadingAnswer,
  { view, loggedAt }: Pick<Judged, 'view' | 'loggedAt'>,
) {
  const me = context.identity.authority;
  const viaAt = loggedAt(via);
  let envelope: Envelope | null = null;
  let release: Release | null = null;
  let signedSeals: readonly { readonly kid: string; readonly seal: string }[];
  let consents: Grant[] = [];
  if (answer.release !== undefined) {
    release = await checkRelease(answer.release, via, item, me, view, viaAt);
    consents = await checkBasis(release, answer.consents, item, me, view, loggedAt);
    await checkNotice(context, release, loggedAt);
    const { kid, seal } = release.payload;
    signedSeals = kid !== undefined && seal !== undefined ? [{ kid, seal }] : [];
  } else if (answer.envelope !== undefined) {
    ({ envelope, seals: signedSeals } = await checkEnvelope(answer.envelope, via, item, me, view, viaAt));
    const { exchange, from, to } = envelope.payload;
    await keepOtherSide(context.store, exchange, from === me ? to : from);
  } else {
    const { statement } = await readShown(context, via);
    signedSeals = await checkRefusal(statement, via, item, me, await viewThatKnows(context, [statement]), viaAt);
  }
  const cited = consents.map(({ digest }) => digest);
  return { envelope, release, consents, revoked: await endedAsTold(context.store, cited), signedSeals };
}

/**
 * The label as it stands, from what was said of the item and of what it is made from; a release must not have been under a weaker one, and
 * what its holder adds binds whoever reads it so.
 */
async function checkLabel(item: Item, { release, consents }: Given, answer: ReadingAnswer, { view, loggedAt, seen, told, place }: Judged) {
  const { labels, sourceLabels } = answer;
  checkTold([...labels, ...sourceLabels], told);
  const owed = Math.max(release?.payload.labelEpoch ?? 0, seen);
  const outlivesRetraction = release !== null && release.payload.purpose === 'EXCULPATORY' && 'notices' in release.payload.basis;
  const now = await checkLabels(item, labels, view, loggedAt, owed, outlivesRetraction);
  if (release !== null) checkNotWeakened(release, now);
  const label = await checkSourceLabels(item, labels, sourceLabels, { view, loggedAt, outlivesRetraction });
  const bound = consents.map(({ digest, payload: { originator, conditions = null } }) => ({ digest, originator, conditions }));
  const asGiven = ({ payload }: Release): Label =>
    asHandedOn(label, { ...payload, consents: consentsIn(payload.basis), isReseal: isReseal(payload) }, bound);
  const { labelEpoch, changes } = now;
  // what was known before the reading was stated came before it, wherever the gateway places it
  const before = changes.filter((change) => change.place < place || told.includes(change.digest));
  const originators = speakersOf(item.payload, before);
  return { itemLabel: label, label: release === null ? label : asGiven(release), labelEpoch, originators };
}

/** The reading is the reader's own word, and a leaf before the bytes leave. */
export async function stateAccess(context: ClientContext, { item, via, purpose, justification, quorum }: ReadingRequest) {
  const { identity, door } = context;
  const statement = await makeStatement(
    'parley-access+json',
    {
      ...headOf(context),
      reader: identity.authority,
      item,
      via,
      purpose,
      justification,
      ...present({ quorum }),
    },
    identity.signing,
  );
  const bytes = new TextEncoder().encode(JSON.stringify(submissionOf(statement)));
  const answer = understood(readingAnswer, await door.post('/v1/access', bytes));
  if (answer === null) throw new ReadingRefused('ANSWER', 'The gateway’s answer is not a reading.', 'Ask the operator.');
  const believed = await believedReceipt(context, statement.digest, receiptOf(answer.receipt));
  if (believed.receiptBody.outcome !== 'ALLOW')
    throw new ReadingRefused('RECEIPT', 'The receipt does not say that the access was allowed.');
  return { access: { digest: statement.digest, ...believed }, answer };
}
