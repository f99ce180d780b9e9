/** Consent: asked in an exchange, answered by a statement of the originator's, ended by another. */
import { possibleRows } from '../../domain/exchange.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { present } from '../../domain/present.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant, MINUTE_MS, plusMs, type Instant } from '../../domain/time.js';
import { SUITES, type AuthorityType, type Suite } from '../../domain/vocabulary.js';
import { authorityIn } from './addressing.js';
import { boundWithOwn } from './bound.js';
import type { ClientContext } from './context.js';
import { requireNoAlarm } from './directory.js';
import { sendEnvelope, readExchangeFacts, type ExchangeFacts, type SentEnvelope } from './envelope.js';
import { ParleyError } from './error.js';
import { readStanding } from './exchanges.js';
import { askedIn, leftToRefuse, refusedIn, refuseGranted, type ConsentCell } from './granted.js';
import { createUuid } from '../../domain/uuid.js';
import type { ItemDraft } from './draft.js';
import { prepareItem } from './items.js';
import { chooseReaders } from './readers.js';
import { checkReasons } from './sealed-words.js';
import { readShown } from './shown.js';
import { headOf, makeStatement, readStatementOf } from './statements.js';
import { submissionOf, submit, type Sent } from './submit.js';
import { forgetDone } from './waiting.js';

export type ConsentAsking = Omit<ExchangeFacts, 'exchangeType'> & {
  readonly cell: ConsentCell;
  /** a sealed explanation, where one is given */
  readonly explanation?: ItemDraft;
  readonly exchange?: ExchangeId;
  /** digest of what was typed: the same asks once */
  readonly once?: Digest;
};

/**
 * Asks an originator. The exchange moves on when it answers; silence is no consent.
 * @throws ParleyError `NO_SUCH_AUTHORITY` for a reader that the directory has not: a slip of the pen, since nothing could be sealed to it
 */
export async function askConsent(context: ClientContext, asking: ConsentAsking): Promise<SentEnvelope> {
  const { cell, explanation, ...facts } = asking;
  const { items, fields, recipient, purposes, until } = cell;
  if (context.refusesLocally) authorityIn(await context.directory(), recipient.authority);
  const consent = {
    items,
    ...present({ fields }),
    recipient: { ...recipient, purposes },
    until: formatInstant(until),
  };
  return sendEnvelope(context, {
    ...facts,
    exchangeType: 'CONSENT_REQUEST',
    message: 'SUBMIT',
    body: { consent },
    items: explanation === undefined ? [] : [explanation],
  });
}

export interface ConsentGrant extends ConsentCell {
  readonly holder: AuthorityId;
  readonly suites?: readonly Suite[];
  /** absent: at once */
  readonly from?: Instant;
  readonly conditions?: readonly string[];
  /** the asking envelope, whose exchange this moves on */
  readonly request?: Digest;
  /** the same was granted before, and is to be granted once more */
  readonly again?: boolean;
}

/** A consent counts at once where it is read, and the gateway's clock and its holder's may each be a minute behind this one. */
const CLOCKS_APART_MS = 2 * MINUTE_MS;

/**
 * @throws ParleyError `DONE_BEFORE` where the same was granted from this key store, for whatever time, and neither ended nor was revoked from it;
 * `ENTRY_NOT_BELIEVED` past an alarm about the root of its holder or its recipient
 */
export async function grantConsent(context: ClientContext, grant: ConsentGrant): Promise<Sent & { readonly consent: Digest }> {
  const { fields, conditions, request } = grant;
  const view = await context.directory(true);
  for (const authority of [grant.holder, grant.recipient.authority]) requireNoAlarm(view, authority);
  const statement = await makeStatement(
    'parley-consent+json',
    {
      ...commonOf(context, grant.holder),
      items: [...grant.items],
      ...present({ fields: fields && [...fields] }),
      recipient: grant.recipient,
      purposes: [...grant.purposes],
      suites: [...(grant.suites ?? SUITES)],
      from: formatInstant(grant.from ?? plusMs(context.clock.now(), -CLOCKS_APART_MS)),
      until: formatInstant(grant.until),
      ...present({ conditions: conditions && [...conditions], request }),
    },
    context.identity.signing,
  );
  return { ...(await submit(context, statement, submissionOf(statement), grant.again)), consent: statement.digest };
}

/**
 * Grants what an envelope asked, as asked or in a part of it.
 * @throws ParleyError `BEYOND_REQUEST` where it would be more than that, and nothing is signed; `DONE_BEFORE` where all of it stands granted,
 * from whichever key store of this authority
 */
export async function grantRequest(
  context: ClientContext,
  request: StatementOf<'parley-envelope+json'>,
  changes: Partial<ConsentGrant> = {},
): Promise<Sent & { readonly consent: Digest }> {
  refuseBeyond(request, changes);
  const grant = { ...askedIn(request), holder: request.payload.from, request: request.digest, ...changes };
  if (context.refusesLocally && grant.again !== true) await refuseGranted(context, request, grant);
  return grantConsent(context, grant);
}

/**
 * What nobody asked for is not given by mistake: another purpose, a later end, another item or field.
 * @throws ParleyError `BEYOND_REQUEST`
 */
export function refuseBeyond(
  request: StatementOf<'parley-envelope+json'>,
  { purposes = [], until, items = [], fields = [] }: Partial<ConsentGrant>,
): void {
  const asked = askedIn(request);
  const more: string[] = [...purposes.filter((one) => !asked.purposes.includes(one)), ...items.filter((one) => !asked.items.includes(one))];
  more.push(...fields.filter((one) => asked.fields?.includes(one) === false));
  if (until !== undefined && until > asked.until) more.push(`until ${formatInstant(until)}`);
  if (more.length === 0) return;
  throw new ParleyError(
    'BEYOND_REQUEST',
    `More than was asked: ${more.join(', ')}. Asked was ${asked.purposes.join(', ')}, until ${formatInstant(asked.until)}.`,
    'Nothing was signed. Grant or refuse that, or less of it; for more the holder has to ask anew.',
  );
}

export interface ConsentRefusal {
  /** some of what was asked; absent: all of it that was not granted */
  readonly items?: readonly Digest[];
  readonly codes: readonly string[];
  /** sealed for the holder; absent: the gateway refuses a refusal without a reason */
  readonly text?: string;
  readonly label: Label;
}

/**
 * Refuses what an envelope asked, on codes of the closed list and with a sealed text.
 * @throws PolicyRefusal `REFUSAL_WITHOUT_REASON` where the text is a token, before it is sealed; ParleyError `BEYOND_REQUEST`, `ANSWERED_BEFORE`
 */
export async function refuseRequest(
  context: ClientContext,
  request: StatementOf<'parley-envelope+json'>,
  refusal: ConsentRefusal,
): Promise<Sent> {
  const asked = askedIn(request);
  const items = refusal.items ?? (await leftToRefuse(context, request)).left;
  refuseBeyond(request, { items });
  const { from, fromType, toType } = request.payload;
  const draft: ItemDraft | null =
    refusal.text === undefined ? null : { content: { role: 'TEXT', text: refusal.text }, label: refusal.label };
  if (draft !== null && context.refusesLocally) {
    await requireRefusable(context, request, items);
    checkReasons('REFUSE_CONSENT', [draft]);
  }
  const item = draft === null ? null : await prepareFor(context, draft, { authority: from, type: fromType }, toType);
  const seals = item === null ? [] : item.seals.map((seal) => ({ item: item.statement.digest, seal }));
  const statement = await makeStatement(
    'parley-consent-refusal+json',
    {
      ...commonOf(context, from),
      items: [...items],
      recipient: asked.recipient,
      purposes: [...asked.purposes],
      codes: [...refusal.codes],
      ...(item === null ? {} : { text: item.statement.digest }),
      seals: seals.map(({ item, seal }) => ({ item, kid: seal.kid, seal: seal.digest })),
      request: request.digest,
    },
    context.identity.signing,
  );
  return submit(context, statement, submissionOf(statement, item === null ? [] : [item], seals));
}

/** First: where it was answered, no better reason helps. @throws ParleyError `ANSWERED_BEFORE` */
async function requireRefusable(
  context: ClientContext,
  request: StatementOf<'parley-envelope+json'>,
  items: readonly Digest[],
): Promise<void> {
  const { exchange } = request.payload;
  const { state } = (await readStanding(context, exchange)).exchange;
  const isOpen = possibleRows('CONSENT_REQUEST', state, 'Q').some(({ step }) => step === 'REFUSE_CONSENT');
  const refused = isOpen ? await refusedIn(context, request) : [];
  if (isOpen && !items.every((item) => refused.includes(item))) return;
  throw new ParleyError(
    'ANSWERED_BEFORE',
    `Exchange ${exchange} is ${state}: nothing of what was asked in it is left to refuse. Nothing was signed.`,
    `See what was answered, and what you may do now: parley show ${exchange}`,
  );
}

async function prepareFor(
  context: ClientContext,
  draft: ItemDraft,
  to: { authority: AuthorityId; type: AuthorityType },
  ownType: AuthorityType,
) {
  const own = { authority: context.identity.authority, type: ownType };
  const { view } = await boundWithOwn(context, to.authority);
  const readers = chooseReaders(view, to, own, context.clock.now());
  return prepareItem(context, createUuid(context.chance), draft, readers.keys, readers.format);
}

/**
 * Stops forwarding and new use from now on; who reads already goes on reading. Its holder is the one that the consent names.
 *
 * @throws ParleyError `NO_CONSENT` where the gateway has it, and it is none of one's own
 */
export async function revokeConsent(context: ClientContext, consent: Digest): Promise<Sent> {
  const { statement: compact } = await readShown(context, consent);
  const granted = readStatementOf('parley-consent+json', compact);
  if (!granted.ok || granted.value.digest !== consent || granted.value.payload.originator !== context.identity.authority)
    throw new ParleyError(
      'NO_CONSENT',
      `${consent} is no consent of your authority’s.`,
      'A consent has the digest that `parley consent grant` named; yours stand in: parley report consents-expiring',
    );
  const { holder } = granted.value.payload;
  const statement = await makeStatement(
    'parley-consent-revocation+json',
    { ...commonOf(context, holder), consent },
    context.identity.signing,
  );
  // first: of a program killed in between, a grant that is refused would be wrong
  await forgetDone(context.store, granted.value);
  return submit(context, statement, submissionOf(statement));
}

/** The envelope with which the other side asked in this exchange. */
export async function consentRequestOf(context: ClientContext, exchange: ExchangeId): Promise<StatementOf<'parley-envelope+json'>> {
  const { request } = await readExchangeFacts(context, exchange);
  const [{ to }, own] = [request.payload, context.identity.authority];
  if (to !== own && context.refusesLocally)
    throw new ParleyError(
      'NOT_ASKED_HERE',
      `In this exchange ${to} is asked, and not ${own}.`,
      `See what you may do in it: parley show ${exchange}`,
    );
  return request;
}

const commonOf = (context: ClientContext, holder: AuthorityId) => ({
  ...headOf(context),
  originator: context.identity.authority,
  holder,
});
