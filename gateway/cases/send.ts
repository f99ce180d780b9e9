/** An envelope: one message of an exchange, with its items, to one addressee. */
import { actorOf, type Exchange } from '../../domain/exchange.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Link, Store } from '../../domain/ports.js';
import { isOffered } from '../../domain/machines/index.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Format, Suite } from '../../domain/vocabulary.js';
import { stepBy, type ExchangeStep } from '../../domain/exchange-step.js';
import { givenKey, handedKey, itemKey } from '../../domain/guard-keys.js';
import { opened, saidIn } from '../../domain/said.js';
import type { ItemFacts } from '../../policies/facts.js';
import { checkBodies } from '../checks/bodies.js';
import { checkSeals } from '../checks/seals.js';
import { plainPlan, type Gathering, type Plan, type Sight } from '../plan.js';
import type { Item } from '../read/library.js';
import { aboutEnvelope, itemsSeen } from './about.js';
import { amiss } from './amiss.js';
import { strayQuestion } from './asked-about.js';
import { isErased, notErased } from './erase.js';
import { readExchange } from './exchanges.js';
import { leftStill, nothingLeft } from './reopened.js';
import { familyOf, strayRelation } from './relations.js';
import { newItemFacts, storedItemFacts } from './items.js';
import { heldItem } from './known-to.js';
import { createKnown, lineageOf, overlong, overmade, reachOf } from './lineage.js';
import { unprovedSeal } from './unopened.js';

type Envelope = StatementOf<'parley-envelope+json'>;

/** @param isAsked nothing is sent, and nothing is logged: then an exchange that is not the asker's is none */
export async function gatherSend(envelope: Envelope, gathering: Gathering, isAsked = false): Promise<Result<Plan, Refusal>> {
  const { payload } = envelope;
  const { directory, now, deployment, officer } = gathering;
  const step = await stepOf(envelope, gathering, isAsked);
  if (!step.ok) return step;
  const { before, current } = step.value;
  const opening = await openingOf(envelope, before === null ? null : current.opening, gathering);
  if (opening === null) return no(refusal('NOT_FOUND', 'no such exchange'));
  const sorted = await sortItems(envelope, gathering);
  if (!sorted.ok) return sorted;
  const { fresh, again, heldFromOthers } = sorted.value;
  const tooMany = (await overmade(fresh, gathering.library)) ?? (await overlongIn(sorted.value, gathering));
  if (tooMany !== null) return no(tooMany);
  const expects = await versionsOf(
    again.map((item) => item.digest),
    gathering,
    fresh,
  );
  const left = await leftStill(envelope, current, gathering);
  const family = await familyOf(envelope, gathering);
  const form = await checkForm(envelope, fresh, again, gathering);
  const items = await factsOf(envelope, sorted.value, form.ok ? form.value.suites : claimedSuites(envelope, gathering), gathering);
  const from = directory.authorities.get(payload.from) ?? null;
  const to = directory.authorities.get(payload.to) ?? null;
  return ok({
    ...plainPlan(sightOf(envelope, items, gathering)),
    facts: {
      action: 'send',
      now,
      deployment,
      officer,
      envelope: payload,
      from,
      to,
      exchange: before,
      opening: opening.payload,
      items,
      siblings: family.siblings,
      heldFromOthers,
      givenBefore: await givenIn(envelope, again, gathering),
    },
    malformed: form.ok ? (strangersIn(items.slice(0, fresh.length)) ?? (await unborne(envelope, current, gathering))) : form.error,
    exchange: step.value,
    links: [...linksOf(envelope, fresh, again, before === null), ...family.links],
    deliverTo: [payload.to],
    bumps: [...family.bumps, ...again.flatMap(({ digest }) => [givenKey(digest), handedKey(digest, payload.to)])],
    expects: [...expects, ...again.map((item) => notErased(item.digest)), ...left, ...family.expects],
    uploads: form.ok ? form.value.uploads : [],
  });
}

/** What it says of its exchange, of others, or of items, and what they do not bear out. */
export const unborne = async (envelope: Envelope, current: Exchange, gathering: Gathering): Promise<Refusal | null> =>
  amiss(envelope, current) ??
  (await strayRelation(envelope, gathering)) ??
  (await unprovedSeal(envelope, current, gathering)) ??
  (await nothingLeft(envelope, current, gathering)) ??
  (await strayQuestion(envelope, gathering));

/** @param opening digest of the envelope that opened the exchange; null: this one does */
async function openingOf(envelope: Envelope, opening: Digest | null, { library }: Gathering): Promise<Envelope | null> {
  if (opening === null) return envelope;
  const statement = (await library.volume(opening))?.statement;
  return statement?.typ === 'parley-envelope+json' ? statement : null;
}

async function factsOf(
  { payload }: Envelope,
  { fresh, again, heldFromOthers }: Sorted,
  suites: ReadonlyMap<Digest, readonly Suite[]>,
  gathering: Gathering,
): Promise<ItemFacts[]> {
  const { library, directory } = gathering;
  const facts: ItemFacts[] = [];
  const known = createKnown();
  for (const item of fresh)
    facts.push(await newItemFacts(item, { suites: suites.get(item.digest) ?? [], givenAs: payload.fromType }, gathering, known));
  // what others gave goes by release and not in an envelope; all that stands against it here is said all the same
  for (const digest of [...again.map((item) => item.digest), ...heldFromOthers]) {
    const found = await library.item(digest);
    if (found !== null) facts.push(await storedItemFacts(found, suites.get(digest) ?? [], library, directory, known));
  }
  return facts;
}

function sightOf({ payload }: Envelope, items: readonly ItemFacts[], { directory }: Gathering): Sight {
  const parties = [payload.from, payload.to].filter((who) => directory.authorities.has(who));
  const originators = items.flatMap((item) => item.told);
  const { exchange, exchangeType, message, to: counterparty, legalBasis, purposes } = payload;
  const purpose = purposes.length === 0 ? {} : { purpose: purposes.join('+') };
  const told = { ...aboutEnvelope(payload), ...itemsSeen(items) };
  return { action: 'SEND', parties, originators, exchange, exchangeType, message, counterparty, legalBasis, ...purpose, ...told };
}

async function stepOf(envelope: Envelope, { store }: Gathering, isAsked: boolean): Promise<Result<ExchangeStep, Refusal>> {
  const { payload } = envelope;
  if (!isOffered(payload.exchangeType)) return no(refusal('NOT_OFFERED', `${payload.exchangeType} is not offered`));
  const found = await readExchange(payload.exchange, store);
  const exchange = isAsked && found !== null && actorOf(found, payload.from) === null ? null : found;
  if (exchange === null) {
    if (payload.message !== 'SUBMIT') return no(refusal('NOT_FOUND', 'no such exchange'));
    return ok({ before: null, current: opened(envelope), step: 'SUBMIT', actor: 'R', said: saidIn(envelope) });
  }
  const step = stepBy(exchange, payload.message, payload.from, saidIn(envelope));
  if (step === null) return no(refusal('NOT_FOUND', 'no such exchange'));
  const { type, profile, requesting, requested } = exchange;
  const other = payload.from === requesting ? requested : requesting;
  if (payload.to !== other || payload.exchangeType !== type || payload.profile !== profile)
    return no(
      refusal('STEP_NOT_ALLOWED', `addressee, exchange type and profile are those of the opening envelope: ${other}, ${type}, ${profile}`),
    );
  return ok(step);
}

interface Sorted {
  readonly fresh: readonly Item[];
  /** own items that the gateway has already, sealed again for this addressee */
  readonly again: readonly Item[];
  readonly heldFromOthers: readonly Digest[];
}

const overlongIn = async ({ fresh, again, heldFromOthers }: Sorted, gathering: Gathering): Promise<Refusal | null> =>
  overlong([...again.map(({ digest }) => digest), ...heldFromOthers], gathering, await reachOf(fresh, gathering.library));

async function sortItems({ payload }: Envelope, { parsed, library, store }: Gathering): Promise<Result<Sorted, Refusal>> {
  const named = new Set(payload.items);
  if (named.size !== payload.items.length) return no(refusal('MALFORMED', 'one item named twice'));
  const fresh = parsed.items.map((item) => item.statement);
  if (fresh.some((item) => !named.has(item.digest))) return no(refusal('MALFORMED', 'an item that the envelope does not name'));
  const again: Item[] = [];
  const heldFromOthers: Digest[] = [];
  for (const digest of payload.items) {
    if (fresh.some((item) => item.digest === digest)) continue;
    const found = await heldItem(payload.from, digest, library);
    // what others have, what nobody has and what is gone look the same
    if (found === null || (await isErased(digest, store))) return no(refusal('NOT_FOUND', `item ${digest} is neither enclosed nor known`));
    if (found.item.payload.issuer === payload.from) again.push(found.item);
    else heldFromOthers.push(digest);
  }
  return ok({ fresh, again, heldFromOthers });
}

/** Of these, what the same addressee was given in this exchange before. */
async function givenIn({ payload: { exchange, to } }: Envelope, again: readonly Item[], { library }: Gathering): Promise<Digest[]> {
  const given: Digest[] = [];
  for (const { digest } of again) {
    const by = (await library.linkedOf('held', digest, 'parley-envelope+json')).map(({ statement }) => statement.payload);
    if (by.some((one) => one.exchange === exchange && one.to === to)) given.push(digest);
  }
  return given;
}

async function checkForm(
  { payload }: Envelope,
  fresh: readonly Item[],
  again: readonly Item[],
  { parsed, directory, store, now }: Gathering,
) {
  const formats = new Map<Digest, Format>([...fresh, ...again].map((item) => [item.digest, item.payload.format]));
  const readers = [
    { authority: payload.to, type: payload.toType, required: true },
    { authority: payload.from, type: payload.fromType, required: false },
  ];
  const seals = await checkSeals(payload.seals, parsed.seals, formats, readers, directory, now);
  if (!seals.ok) return seals;
  const nobody = unlisted(fresh, directory);
  if (nobody !== null) return no(nobody);
  const bodies = await checkBodies(fresh, parsed.bodies, payload.from, store, now);
  return bodies.ok ? ok({ suites: seals.value, uploads: bodies.value }) : bodies;
}

/**
 * Whom a label names is asked, or told what becomes of the item. Of whom no directory lists, nothing may be recorded: a reader's client waits
 * for the proof that an originator was told, and once it is designated its own would find what no epoch bound.
 */
export function unlisted(fresh: readonly Item[], { authorities }: Gathering['directory']): Refusal | null {
  const nobody = (named: readonly AuthorityId[]): string => [...new Set(named)].filter((who) => !authorities.has(who)).join(', ');
  const originators = nobody(fresh.flatMap(({ payload }) => payload.label.originators));
  if (originators !== '') return refusal('MALFORMED', `label.originators: the directory lists no ${originators}`);
  const owners = nobody(fresh.flatMap(({ payload }) => payload.label.caveats.map(({ by }) => by)));
  return owners === '' ? null : refusal('MALFORMED', `label.caveats: the directory lists no ${owners}`);
}

/**
 * What needs nobody's consent, such as a public record, could name anybody: who gave nothing of it would see it read, and could take it back.
 *
 * @param fresh what comes now
 */
export function strangersIn(fresh: readonly ItemFacts[]): Refusal | null {
  const named = fresh.flatMap(({ issuer, statedLabel, sources }) => {
    const givers = new Set([issuer, ...sources.flatMap((source) => source?.originators ?? [])]);
    return statedLabel.originators.filter((originator) => !givers.has(originator));
  });
  if (named.length === 0) return null;
  return refusal('MALFORMED', `label.originators: ${[...new Set(named)].join(', ')} gave nothing that it is made from`);
}

/** What the claimed key ids say, where the seals themselves are not in order: the law answers first all the same. */
function claimedSuites({ payload }: Envelope, { directory }: Gathering): ReadonlyMap<Digest, readonly Suite[]> {
  const suites = new Map<Digest, Suite[]>();
  for (const { item, kid } of payload.seals) {
    const suite = directory.receivingKeys.get(kid)?.suite;
    if (suite !== undefined) suites.set(item, [...(suites.get(item) ?? []), suite]);
  }
  return suites;
}

/** Of items that come for the first time: who has them, and what they are made from. */
export const firstLinks = (fresh: readonly Item[]): readonly Link[] =>
  fresh.flatMap((item): Link[] => [
    { kind: 'item', key: item.digest },
    { kind: 'ciphertext', key: item.payload.ciphertext },
    { kind: 'held', key: item.digest },
    ...item.payload.derivedFrom.map((source): Link => ({ kind: 'derived', key: source })),
  ]);

function linksOf({ payload }: Envelope, fresh: readonly Item[], again: readonly Item[], opens: boolean): readonly Link[] {
  const parties: Link[] = opens
    ? [
        { kind: 'party', key: payload.from },
        { kind: 'party', key: payload.to },
      ]
    : [];
  return [
    { kind: 'exchange', key: payload.exchange },
    ...parties,
    ...firstLinks(fresh),
    ...again.map((item): Link => ({ kind: 'held', key: item.digest })),
  ];
}

/**
 * Guard versions of items and of all that they are made from, read before their facts are: a caveat added to a source counts in each.
 * @param fresh items that come now
 */
export async function versionsOf(
  items: readonly Digest[],
  { store, library }: Gathering,
  fresh: readonly Item[] = [],
): Promise<{ key: string; version: number }[]> {
  const all = new Set([...(await lineageOf(items, library)), ...(await reachOf(fresh, library))]);
  const handed = fresh.flatMap(({ payload: { derivedFrom, issuer } }) => derivedFrom.map((source) => handedKey(source, issuer)));
  return versionsNow([...[...all].map((digest) => itemKey(digest)), ...handed], store);
}

/** As they stand before what rests on them is read. */
export const versionsNow = (keys: readonly string[], store: Pick<Store, 'version'>): Promise<{ key: string; version: number }[]> =>
  Promise.all(keys.map(async (key) => ({ key, version: await store.version(key) })));

export const others = (all: readonly AuthorityId[], parties: readonly AuthorityId[]): AuthorityId[] =>
  [...new Set(all)].filter((who) => !parties.includes(who));
