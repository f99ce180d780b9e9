/** An originator's answer: a grant, a refusal on the closed grounds, or the end of a grant. Each moves the asking exchange on. */
import { isUnbound, ungranted } from '../../domain/consent-left.js';
import type { Digest } from '../../domain/ids.js';
import type { Step } from '../../domain/machine.js';
import type { Link } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import { stepBy, type ExchangeStep } from '../../domain/exchange-step.js';
import { givenKey, itemKey } from '../../domain/guard-keys.js';
import type { AskedConsent, ItemFacts } from '../../policies/facts.js';
import { checkBodies } from '../checks/bodies.js';
import { checkSeals } from '../checks/seals.js';
import { plainPlan, type Gathering, type Plan } from '../plan.js';
import { consentsSaid } from './consents-said.js';
import { givenSoFar } from './erase.js';
import { readExchange } from './exchanges.js';
import { releasedOn, type Found } from './holders.js';
import { newItemFacts, storedItemFacts } from './items.js';
import { knownItem } from './known-to.js';
import { createKnown, overlong, overmade, reachOf } from './lineage.js';
import { firstLinks, others, strangersIn, unlisted, versionsNow, versionsOf } from './send.js';

type Grant = StatementOf<'parley-consent+json'>;
type No = StatementOf<'parley-consent-refusal+json'>;
type End = StatementOf<'parley-consent-revocation+json'>;
type AskedInFull = AskedConsent & { readonly fields?: readonly Digest[] | undefined; readonly until: Instant };
type Asking = { readonly step: ExchangeStep; readonly request: StatementOf<'parley-envelope+json'>; readonly asked: AskedInFull };

export async function gatherGrant({ payload }: Grant, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const known = await foundOf(payload.items, gathering);
  if (!known.ok) return known;
  // versions first: what is read after them may only be newer, and the commit notices
  const expects = await versionsOf(payload.items, gathering);
  const items = await factsOf(known.value, gathering);
  const asking = payload.request === undefined ? ok(null) : await askingExchange(payload.request, payload, gathering);
  if (!asking.ok) return asking;
  const step = asking.value === null ? null : { ...asking.value.step, step: grantStep(payload, asking.value.asked) };
  const { directory } = gathering;
  return ok({
    ...plainPlan({
      action: 'CONSENT_GRANT',
      parties: [payload.originator, payload.holder],
      originators: [],
      ...(step === null ? {} : { exchange: step.current.id }),
      item: payload.items[0]!,
      counterparty: payload.recipient.authority,
      toType: payload.recipient.authorityType,
      purpose: payload.purposes.join('+'),
      until: payload.until,
      items: payload.items.map((item) => ({ item, originators: [] })),
    }),
    facts: {
      action: 'consent',
      now: gathering.now,
      deployment: gathering.deployment,
      officer: gathering.officer,
      consent: payload,
      asked: asking.value?.asked ?? null,
      originator: directory.authorities.get(payload.originator) ?? null,
      holder: directory.authorities.get(payload.holder) ?? null,
      recipient: directory.authorities.get(payload.recipient.authority) ?? null,
      items,
    },
    // it is told, and nothing is recorded about whom no directory lists
    malformed: directory.authorities.has(payload.holder) ? null : refusal('MALFORMED', `holder: the directory lists no ${payload.holder}`),
    exchange: step,
    links: consentLinks(payload.items),
    deliverTo: [payload.holder],
    bumps: payload.items.map((item) => itemKey(item)),
    expects,
  });
}

export async function gatherConsentRefusal({ payload }: No, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const text = gathering.parsed.items.map((item) => item.statement);
  const tooMany = (await overmade(text, gathering.library)) ?? (await overlong([], gathering, await reachOf(text, gathering.library)));
  if (tooMany !== null) return no(tooMany);
  const known = await foundOf(payload.items, gathering);
  if (!known.ok) return known;
  // versions first: what is read after them may only be newer, and the commit notices
  const expects = await versionsOf(payload.items, gathering, text);
  const items = await factsOf(known.value, gathering);
  const asking = await refusableIn(payload, gathering);
  if (!asking.ok) return asking;
  const { step, request, asked } = asking.value;
  const form = await checkText(payload, text, step.current, gathering);
  const because = await textFacts(text[0], payload, step.current.requestedType, gathering);
  const { directory } = gathering;
  return ok({
    ...plainPlan({
      action: 'CONSENT_REFUSE',
      parties: [payload.originator, payload.holder],
      originators: [],
      exchange: step.current.id,
      item: payload.items[0]!,
      counterparty: payload.recipient.authority,
      purpose: payload.purposes.join('+'),
      ...present({ text: payload.text }),
      details: payload.codes,
    }),
    facts: {
      action: 'consent-refusal',
      now: gathering.now,
      deployment: gathering.deployment,
      officer: gathering.officer,
      refusal: payload,
      asked,
      originator: directory.authorities.get(payload.originator) ?? null,
      holder: directory.authorities.get(payload.holder) ?? null,
      holderType: step.current.requestingType,
      items,
      text: because,
      profile: request.payload.profile,
    },
    malformed: form.ok ? strangersIn(because === null ? [] : [because]) : form.error,
    exchange: { ...step, step: 'REFUSE_CONSENT' },
    links: [...consentLinks(payload.items), ...firstLinks(text)],
    deliverTo: [payload.holder],
    bumps: [...payload.items.map((item) => itemKey(item)), ...text.map((item) => givenKey(item.digest))],
    expects,
    uploads: form.ok ? form.value : [],
  });
}

/**
 * One's own consent can always be ended, suspended or not (rulings 2): no law is asked. Whoever has an item on it is told, because new use of
 * it ends there (rulings 4).
 */
export async function gatherRevocation({ payload }: End, gathering: Gathering): Promise<Result<Plan, Refusal>> {
  const { library, store } = gathering;
  const grant = await library.sought(payload.consent);
  if (grant?.statement.typ !== 'parley-consent+json' || grant.statement.payload.originator !== payload.originator)
    return no(refusal('NOT_FOUND', `no consent ${payload.consent} of ${payload.originator}`));
  const given = grant.statement.payload;
  const [ended] = await library.linkedOf('ended', payload.consent, 'parley-consent-revocation+json');
  if (ended !== undefined) {
    const since = formatInstant(ended.statement.payload.at);
    return no(refusal('STEP_NOT_ALLOWED', `consent ${payload.consent} ended at ${since}, by the revocation ${ended.statement.digest}`));
  }
  const asking = given.request === undefined ? ok(null) : await askingExchange(given.request, given, gathering);
  // versions first: another grant of the same request that comes or ends meanwhile is noticed by the commit
  const asked = asking.ok ? (asking.value?.asked.items ?? []) : [];
  const expects = await versionsNow(
    asked.map((item) => itemKey(item)),
    store,
  );
  const step = asking.ok && asking.value !== null ? await endStep(asking.value, payload.consent, gathering) : null;
  // a release that comes meanwhile has its reader told as well
  expects.push(...(await Promise.all(given.items.map((item) => givenSoFar(item, store)))));
  const readers = await releasedOn(payload.consent, given.items, library);
  return ok({
    ...plainPlan({
      action: 'CONSENT_REVOKE',
      parties: [given.originator, given.holder],
      originators: [],
      ...(step === null ? {} : { exchange: step.current.id }),
      item: given.items[0]!,
      counterparty: given.recipient.authority,
      consents: [payload.consent],
    }),
    exchange: step,
    links: [{ kind: 'ended', key: payload.consent }],
    deliverTo: [given.holder, ...others(readers, [given.holder, given.originator])],
    bumps: given.items.map((item) => itemKey(item)),
    expects,
  });
}

/** An item that is neither the author's to decide about nor in its hands, and one that does not exist, look the same. */
async function foundOf(digests: readonly Digest[], gathering: Gathering): Promise<Result<Found[], Refusal>> {
  const { author, library } = gathering;
  const all: Found[] = [];
  for (const digest of digests) {
    const found = await knownItem(author.authority, digest, library);
    if (found === null) return no(refusal('NOT_FOUND', `no item ${digest}`));
    all.push(found);
  }
  const tooMuch = await overlong(digests, gathering);
  return tooMuch === null ? ok(all) : no(tooMuch);
}

async function factsOf(all: readonly Found[], { library, directory }: Gathering): Promise<ItemFacts[]> {
  const facts: ItemFacts[] = [];
  const known = createKnown();
  for (const found of all) facts.push(await storedItemFacts(found, [], library, directory, known));
  return facts;
}

async function askingExchange(
  request: Digest,
  parties: { readonly originator: string; readonly holder: string },
  { library, store, author }: Gathering,
): Promise<Result<Asking, Refusal>> {
  const envelope = (await library.volume(request))?.statement;
  if (
    envelope?.typ !== 'parley-envelope+json' ||
    envelope.payload.exchangeType !== 'CONSENT_REQUEST' ||
    envelope.payload.to !== parties.originator ||
    envelope.payload.from !== parties.holder
  )
    return no(refusal('NOT_FOUND', `no consent request ${request} from ${parties.holder}`));
  const exchange = await readExchange(envelope.payload.exchange, store);
  const step = exchange === null ? null : stepBy(exchange, 'GRANT', author.authority);
  const asked = envelope.payload.message === 'SUBMIT' ? envelope.payload.body.consent : undefined;
  return step === null || asked === undefined
    ? no(refusal('NOT_FOUND', `no consent request ${request}`))
    : ok({ step, request: envelope, asked });
}

/** Less than the whole grid that was asked is a partial grant. */
function grantStep(grant: Grant['payload'], asked: AskedInFull): Step {
  const whole =
    asked.items.every((item) => grant.items.includes(item)) &&
    asked.recipient.purposes.every((purpose) => grant.purposes.includes(purpose)) &&
    isUnbound(grant, asked);
  return whole ? 'GRANT' : 'PARTIAL_GRANT';
}

/** What is left of a request is refused. Of an item of which nothing is left its holder would read yes and no: a yes ends by its revocation. */
async function refusableIn(payload: No['payload'], gathering: Gathering): Promise<Result<Asking, Refusal>> {
  const asking = await askingExchange(payload.request, payload, gathering);
  if (!asking.ok) return asking;
  const { step, asked } = asking.value;
  const standing = await grantsStanding(step, gathering);
  const grants = standing.map((grant) => grant.payload);
  const left = ungranted(payload.items, payload.purposes, asked, grants);
  const item = payload.items.find((one) => !left.includes(one));
  if (item === undefined) return asking;
  const of = standing.filter((grant) => isUnbound(grant.payload, asked) && grant.payload.items.includes(item));
  const them = of.map(({ digest }) => digest).join(', ');
  return no(refusal('STEP_NOT_ALLOWED', `item ${item} is granted: revoke the consent ${them}, or refuse what is left without it`));
}

/** What the end of one grant makes of its request: others of it stand, and may be used. @returns null where it changes nothing */
async function endStep({ step, asked }: Asking, consent: Digest, gathering: Gathering): Promise<ExchangeStep | null> {
  const { state } = step.current;
  if (state !== 'GRANTED' && state !== 'PARTIALLY_GRANTED') return null;
  const left = (await grantsStanding(step, gathering)).filter(({ digest }) => digest !== consent);
  if (left.some(({ payload }) => grantStep(payload, asked) === 'GRANT')) return null;
  return { ...step, step: left.length === 0 ? 'REVOKE' : 'PARTIAL_REVOKE' };
}

/** Grants of a request that were neither revoked nor have run out. */
async function grantsStanding({ current }: ExchangeStep, { library, now }: Gathering): Promise<readonly Grant[]> {
  const said = (await consentsSaid(current, library)).map(({ statement }) => statement);
  const ended = said.flatMap(({ typ, payload }) => (typ === 'parley-consent-revocation+json' ? [payload.consent] : []));
  return said.filter((one): one is Grant => one.typ === 'parley-consent+json' && !ended.includes(one.digest) && one.payload.until > now);
}

/** The law looks at the text of a refusal as at what is sent: else it would be the way round the law. */
async function textFacts(
  text: StatementOf<'parley-item+json'> | undefined,
  { seals }: No['payload'],
  as: AuthorityType,
  gathering: Gathering,
): Promise<ItemFacts | null> {
  if (text === undefined) return null;
  const suites = seals.map(({ kid }) => gathering.directory.receivingKeys.get(kid)?.suite).filter((suite) => suite !== undefined);
  return newItemFacts(text, { suites, givenAs: as }, gathering);
}

async function checkText(
  payload: No['payload'],
  text: readonly StatementOf<'parley-item+json'>[],
  asking: ExchangeStep['current'],
  { parsed, directory, store, now }: Gathering,
) {
  if (text.length !== (payload.text === undefined ? 0 : 1) || text.some((item) => item.digest !== payload.text))
    return no(refusal('BODY_MISMATCH', 'the text of a refusal is the one item that it encloses'));
  const readers = [
    { authority: payload.holder, type: asking.requestingType, required: true },
    { authority: payload.originator, type: asking.requestedType, required: false },
  ];
  const nobody = unlisted(text, directory);
  if (nobody !== null) return no(nobody);
  const formats = new Map(text.map((item) => [item.digest, item.payload.format]));
  const seals = await checkSeals(payload.seals, parsed.seals, formats, readers, directory, now);
  return seals.ok ? checkBodies(text, parsed.bodies, payload.originator, store, now) : seals;
}

const consentLinks = (items: readonly Digest[]): Link[] => items.map((item) => ({ kind: 'consent', key: item }));
