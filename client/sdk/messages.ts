/** The messages of an exchange, as they were signed. What is sealed in them is opened item by item, and each such reading is logged. */
import type { Digest, ExchangeId } from '../../domain/ids.js';
import type { Receipt } from '../../domain/receipt.js';
import { certain, no } from '../../domain/result.js';
import type { Statement, StatementOf } from '../../domain/statement.js';
import { decodeBase64url } from '../../crypto/base64url.js';
import { digestOf } from '../../crypto/statement.js';
import { exchangeAnswer, type StatementAnswer } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { verifySigner } from './directory.js';
import { ReadingRefused } from './error.js';
import { notVerified } from './inbox-words.js';
import { viewThatKnows } from './key-history.js';
import { acceptedAt, loggedTimes, type Logged } from './logged.js';
import { pagesAt } from './pages.js';
import { receiptOf } from './receipt.js';
import { readStatement, readStatementOf } from './statements.js';
import { askedAbout, readTold, statementsKnown } from './told.js';
import { readStanding } from './exchanges.js';

type Envelope = StatementOf<'parley-envelope+json'>;

export interface SignedMessage {
  readonly envelope: Envelope;
  /** its payload as it was signed: times are RFC 3339 */
  readonly said: Readonly<Record<string, unknown>>;
  readonly items: readonly { readonly digest: Digest; readonly itemRole: string }[];
  /** its officer's pseudonym; null: `why` says what is wrong with signature, receipt or place */
  readonly officer: string | null;
  readonly why: string | null;
  /** when and where the log took it in; null: no receipt says so, and `why` does */
  readonly logged: Logged | null;
}

const PAGE = 100;

/** Oldest first. Reading them opens nothing and leaves no leaf. A message that is not readable, or of another exchange, is left out. */
export const readMessages = async (context: ClientContext, exchange: ExchangeId): Promise<SignedMessage[]> =>
  (await readAllMessages(context, exchange)).messages;

/** The same. @returns `isWhole`: none was left out, as one is that only a newer client would read */
export async function readAllMessages(
  context: ClientContext,
  exchange: ExchangeId,
): Promise<{ readonly messages: SignedMessage[]; readonly isWhole: boolean }> {
  let isWhole = true;
  const shown = await readEnvelopes(context, exchange, () => (isWhole = false));
  return { messages: await verified(context, shown), isWhole };
}

async function verified(context: ClientContext, shown: Awaited<ReturnType<typeof readEnvelopes>>): Promise<SignedMessage[]> {
  const view = await viewThatKnows(
    context,
    shown.map(({ envelope }) => envelope.compact),
  );
  // by the log's time, never by the one that the signer wrote
  const loggedAt = await loggedTimes(
    shown.map(({ receipt }) => receipt),
    context.gateway,
    context.clock.now(),
  );
  return Promise.all(
    shown.map(async ({ envelope, items }, place): Promise<SignedMessage> => {
      const { from, prev } = envelope.payload;
      const signature = await verifySigner(envelope, from, view, loggedAt(envelope.digest));
      const before = new Set(shown.slice(0, place).map((one) => one.envelope.digest));
      const wrong = !signature.ok
        ? signature.error
        : loggedAt.place(envelope.digest) === null
          ? 'no receipt says that the log took it in'
          : orderMisfit(envelope.digest, prev, before);
      const signer = wrong === null ? signature : no(wrong);
      return {
        envelope,
        said: saidIn(envelope.compact),
        items: items.map(({ digest, payload }) => ({ digest, itemRole: payload.itemRole })),
        officer: signer.ok ? signer.value.officer : null,
        why: signer.ok ? null : signer.error,
        logged: loggedAt.of(envelope.digest),
      };
    }),
  );
}

/** Each was signed as following one that its sender had seen. @param before what is shown before it */
function orderMisfit(digest: Digest, prev: Digest | undefined, before: ReadonlySet<Digest>): string | null {
  if (before.has(digest)) return 'it is shown twice';
  return prev === undefined || before.has(prev) ? null : `it follows ${prev}, which is not shown before it`;
}

/** The envelopes of an exchange as the gateway shows them, page after page, each with those of its own items that came along. Not verified. */
export async function readEnvelopes(context: Pick<ClientContext, 'door'>, exchange: ExchangeId, leaveOut: () => void = () => undefined) {
  const shown: {
    envelope: Envelope;
    items: readonly StatementOf<'parley-item+json'>[];
    receipt: StatementAnswer['receipt'];
  }[] = [];
  for await (const page of pagesAt(context, `/v1/exchanges/${exchange}?limit=${PAGE}`, exchangeAnswer, 'exchange')) {
    for (const { statement, items, receipt } of page.envelopes) {
      const envelope = readStatementOf('parley-envelope+json', statement);
      if (!envelope.ok || envelope.value.payload.exchange !== exchange) {
        leaveOut();
        continue;
      }
      const own = items
        .map((compact) => readStatementOf('parley-item+json', compact))
        .flatMap((item) => (item.ok && envelope.value.payload.items.includes(item.value.digest) ? [item.value] : []));
      shown.push({ envelope: envelope.value, items: own, receipt });
    }
  }
  return shown;
}

/** What a request for consent was answered with, or which grant ended: no envelope says so. */
export interface ConsentWord {
  readonly statement: Extract<Statement, StatementOf<(typeof CONSENTING)[number]>>;
  /** null: it is its originator's; else what is wrong with signature or receipt */
  readonly why: string | null;
  /** null: no receipt says that the log took it in */
  readonly logged: Logged | null;
}

const CONSENTING = ['parley-consent+json', 'parley-consent-refusal+json', 'parley-consent-revocation+json'] as const;

/**
 * In the order of the log, to both sides. What is not readable, or not said by whom the exchange asks, is left out.
 *
 * @throws ReadingRefused `CONSENT_WITHHELD` where this authority's inbox told of one that is not shown
 */
export async function readConsents(context: ClientContext, exchange: ExchangeId): Promise<ConsentWord[]> {
  const {
    envelopes: [first],
    consents: before = [],
  } = await readStanding(context, exchange);
  const opening = readStatementOf('parley-envelope+json', first?.statement ?? '');
  if (first === undefined || !opening.ok || opening.value.payload.exchange !== exchange) return [];
  const request = opening.value;
  if (request.payload.exchangeType !== 'CONSENT_REQUEST') return [];
  const told = await consentsTold(context, request, before);
  // asked once more behind the inbox: it must hold all of it
  const { consents = [] } = await readStanding(context, exchange);
  checkConsentsTold(consents, told);
  const shown: { statement: ConsentWord['statement']; receipt: Receipt }[] = [];
  const all = consents.map((one) => ({ ...one, read: readStatement(one.statement) }));
  // whatever stands first: an end is one of its grant where it is shown before it, too
  const granted = new Set(all.flatMap(({ read }) => (read.ok && isGrantOn(read.value, request.digest) ? [read.value.digest] : [])));
  for (const { read, receipt } of all) {
    const said = read.ok && isConsenting(read.value) ? read.value : null;
    // whom it asks, the request says, and not the gateway: somebody else's word would end a grant, or make one
    if (said?.payload.originator !== request.payload.to) continue;
    const isOfIt =
      said.typ === 'parley-consent-revocation+json' ? granted.has(said.payload.consent) : said.payload.request === request.digest;
    if (isOfIt) shown.push({ statement: said, receipt: receiptOf(receipt) });
  }
  const words = [{ statement: request, receipt: receiptOf(first.receipt) }, ...shown];
  const doubts = await notVerified(
    context,
    words.map((word, index) => ({ ...word, index })),
  );
  const logged = await Promise.all(shown.map(({ statement, receipt }) => acceptedAt(receipt, context.gateway, statement.digest)));
  return shown.map(({ statement }, i) => ({ statement, why: doubts.get(0) ?? doubts.get(i + 1) ?? null, logged: logged[i]! }));
}

/** Answers to the request about what it asks, and ends of those and of what is shown. */
async function consentsTold(context: ClientContext, request: Envelope, shown: readonly StatementAnswer[]): Promise<readonly Digest[]> {
  await readTold(context);
  const asked = 'consent' in request.payload.body ? (request.payload.body.consent?.items ?? []) : [];
  const knownOf = async (about: readonly Digest[]) => (await Promise.all(about.map((one) => statementsKnown(context.store, one)))).flat();
  const answers = await knownOf(asked.map((item) => askedAbout(request.digest, item)));
  return [...answers, ...(await knownOf([...answers, ...shown.map(({ statement }) => digestOf(statement))]))];
}

function checkConsentsTold(shown: readonly StatementAnswer[], told: readonly Digest[]): void {
  const there = new Set(shown.map(({ statement }) => digestOf(statement)));
  if (told.some((digest) => !there.has(digest)))
    throw new ReadingRefused(
      'CONSENT_WITHHELD',
      'Your inbox told of a consent, of a refusal or of the end of a consent in this exchange, and the gateway does not show it there.',
      'Hand nothing on that rests on this exchange. See what came: parley inbox --all. Tell the operator, and whom you asked.',
    );
}

const isGrantOn = ({ typ, payload }: Statement, request: Digest): boolean => typ === 'parley-consent+json' && payload.request === request;

const isConsenting = (statement: Statement): statement is ConsentWord['statement'] =>
  (CONSENTING as readonly string[]).includes(statement.typ);

/** The payload of a statement whose shape was checked, as it was signed: times are RFC 3339. */
export const saidIn = (compact: string): Readonly<Record<string, unknown>> =>
  JSON.parse(new TextDecoder().decode(certain(decodeBase64url(compact.split('.')[1] ?? '')))) as Readonly<Record<string, unknown>>;
