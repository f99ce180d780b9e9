/** The scene of the matrix: what VG-FIX gave, in the hands of whoever came by it in each way, and each way of giving it to KY-FRA. */
import type { Digest } from '../../domain/ids.js';
import { owedBy } from '../../domain/profiles/form.js';
import { SPONTANEOUS } from '../../domain/profiles/spontaneous.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { createActor, designation, entry, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRevocation,
  makeUse,
  requestBody,
  REQUEST_FORM,
  sentAgain,
  type Item,
} from '../support/letters.js';
import { createTestGateway } from '../support/test-gateway.js';
import { createChance, WORLD_START } from '../support/world.js';

const EGMONT = { profile: 'EGMONT_FIU', legalBasis: ['RECIPROCITY'] };
const ADDRESSED = { purposes: ['INTELLIGENCE'], ...EGMONT };

/** @param over of the label of what VG-FIX gives */
export async function createScene(seed: number, over: object = {}) {
  const gateway = createTestGateway(seed);
  const { walk, desk, operator, world } = gateway;
  const chance = createChance(7);
  const fiu = (code: string): Actor => createActor(code, 'FIU', chance);
  const [fia, fix, efin, other] = [fiu('NG-FIA'), fiu('VG-FIX'), fiu('EE-FIN'), fiu('KY-FRA')];
  const accept = async (signed: Signed, who: Actor | null): Promise<string[]> =>
    codesOf(await walk.acceptStatement(signed.submission, who?.caller ?? null));
  const sure = async (signed: Signed, who: Actor | null): Promise<Signed> => {
    const codes = await accept(signed, who);
    if (codes.join() !== 'ALLOW') throw new Error(`the scene itself is refused: ${codes.join(' ')}`);
    return signed;
  };
  for (const actor of [fia, fix, efin, other]) {
    const { at, chance: own } = desk();
    await sure(designation(operator, actor, at, own), null);
    await sure(entry(actor, at, own, { presumedConsent: ['EGMONT_FIU'] }), null);
  }
  const exchange = uuidFrom(desk().chance);
  const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const named = { authority: efin.id, authorityType: efin.type };
  const body = { ...requestBody(fix, form.digest), intendedRecipients: [{ ...named, purposes: ['INTELLIGENCE'] }] };
  const request = await sure(
    makeEnvelope({ from: fia, to: fix, exchange, message: 'SUBMIT', items: [form], body, over: EGMONT }, desk()),
    fia,
  );
  await walk.deliverDue();
  const say = { from: fix, to: fia, exchange, over: EGMONT };
  await sure(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), fix);
  const found = await makeItem(fix, [fia, fix], 'what was found', desk(), { label: labelOf(fix, over) });
  const silent = { consentToIntendedRecipients: [{ ...named, answer: 'SILENT' }] };
  const reply = await sure(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [found], body: silent }, desk()), fix);

  return { world, desk, operator, accept, sure, fia, fix, efin, other, exchange, form, found, request, reply, say };
}
export type Scene = Awaited<ReturnType<typeof createScene>>;

export interface Held {
  readonly by: Actor;
  readonly item: Item;
  /** by what it came */
  readonly via: Digest;
}

/** The label of what is made from it, as the law joins it. */
const joined = (maker: Actor, item: Item, more: object = {}): object => {
  const label = item.label as { caveats: object[]; originators: string[] };
  return { ...label, originators: [...new Set([...label.originators, maker.id])].toSorted(), ...more };
};

export const HAVING = {
  'asked it itself': ({ fia, form, request }: Scene): Promise<Held> => Promise.resolve({ by: fia, item: form, via: request.digest }),
  'was answered it': ({ fia, found, reply }: Scene): Promise<Held> => Promise.resolve({ by: fia, item: found, via: reply.digest }),
  async 'was handed it on a consent'({ fia, fix, efin, found, desk, sure }: Scene): Promise<Held> {
    const { digest } = await sure(makeConsent(fix, fia, efin, [found.digest], desk()), fix);
    const release = await sure(await makeRelease(fia, efin, found, [digest], desk()), fia);
    return { by: efin, item: found, via: release.digest };
  },
  async 'was handed it on a presumed consent'({ fia, efin, found, request, desk, sure }: Scene): Promise<Held> {
    const release = await sure(await makeRelease(fia, efin, found, [], desk(), { basis: { presumed: request.digest } }), fia);
    return { by: efin, item: found, via: release.digest };
  },
  async 'made an extract of it'({ fia, fix, found, exchange, desk, sure }: Scene): Promise<Held> {
    const label = joined(fia, found);
    const item = await makeItem(fia, [fix, fia], 'extract', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
    const telling = { from: fia, to: fix, exchange, message: 'STATUS_REQUEST' as const, items: [item], over: EGMONT };
    return { by: fia, item, via: (await sure(makeEnvelope(telling, desk()), fia)).digest };
  },
  async 'was told it unasked'({ fia, fix, desk, sure, found }: Scene): Promise<Held> {
    const { schema } = SPONTANEOUS.openingForm;
    const present = owedBy(SPONTANEOUS.openingForm).map(({ field }) => field);
    const over = { itemRole: 'FORM', form: { schema, present, _sd: [] }, label: found.label };
    const item = await makeItem(fix, [fia, fix], 'by the way', desk(), over);
    const opening = { exchangeType: 'SPONTANEOUS_DISCLOSURE', profile: 'SPONTANEOUS', legalBasis: ['UNCAC_56'] };
    const letter = { from: fix, to: fia, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const, items: [item] };
    const told = await sure(makeEnvelope({ ...letter, body: { spontaneousBasis: 'UNCAC_46_4' }, over: opening }, desk()), fix);
    return { by: fia, item, via: told.digest };
  },
  async 'deleted it'({ fia, found, reply, desk, sure }: Scene): Promise<Held> {
    await sure(makeDeletion(fia, found.digest, desk()), fia);
    return { by: fia, item: found, via: reply.digest };
  },
  async 'deleted it and was answered it again'({ fia, fix, found, say, desk, sure }: Scene): Promise<Held> {
    await sure(makeDeletion(fia, found.digest, desk()), fia);
    const again = await sure(sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk()), fix);
    return { by: fia, item: found, via: again.digest };
  },
};
export type Having = keyof typeof HAVING;

type Give = (scene: Scene, held: Held) => Promise<readonly string[]>;

/** Codes that the item itself brings: the same envelope without it is refused too, for what a request lacks. */
async function enclosing({ accept, other, desk }: Scene, by: Actor, items: readonly Item[], purpose: string): Promise<readonly string[]> {
  const letter = { from: by, to: other, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const };
  const over = { ...ADDRESSED, purposes: [purpose] };
  const without = new Set(await accept(makeEnvelope({ ...letter, over: { ...over, items: [] } }, desk()), by));
  const digests = items.map(({ digest }) => digest);
  const isKnown = items.every(({ issuer }) => issuer !== by);
  const signed = isKnown
    ? makeEnvelope({ ...letter, over: { ...over, items: digests } }, desk())
    : makeEnvelope({ ...letter, items, over }, desk());
  return (await accept(signed, by)).filter((code) => !without.has(code));
}

const release =
  (more: object = {}): Give =>
  async ({ accept, other, desk }, { by, item }) =>
    accept(await makeRelease(by, other, item, [], desk(), more), by);

interface OnConsent {
  /** what the consent says otherwise */
  readonly grant?: object;
  readonly release?: object;
  /** what happens between the two */
  readonly then?: (scene: Scene, held: Held, consent: Digest) => unknown;
}
/** VG-FIX consents and it is handed on; what is answered to the consent, where that is refused. */
const onConsent =
  ({ grant = {}, release: more = {}, then = () => undefined }: OnConsent = {}): Give =>
  async (scene, held) => {
    const { accept, fix, other, desk } = scene;
    const consent = makeConsent(fix, held.by, other, [held.item.digest], desk(), grant);
    const granted = await accept(consent, fix);
    if (granted.join() !== 'ALLOW') return granted;
    await then(scene, held, consent.digest);
    return accept(await makeRelease(held.by, other, held.item, [consent.digest], desk(), more), held.by);
  };
const extract =
  (over: (held: Held) => object): Give =>
  async (scene, held) => {
    const { desk, other } = scene;
    const { by, item } = held;
    const made = await makeItem(by, [other, by], 'as we heard', desk(), {
      kind: 'EXTRACT',
      derivedFrom: [item.digest],
      label: joined(by, item),
      ...over(held),
    });
    return enclosing(scene, by, [made], 'INTELLIGENCE');
  };
const use =
  (purpose: string): Give =>
  async ({ accept, desk }, { by, item }) =>
    accept(makeUse(by, item.digest, desk(), { purpose }), by);

const suspend = async ({ sure, operator, desk }: Scene, who: Actor): Promise<void> => {
  const { at, chance } = desk();
  await sure(designation(operator, who, at, chance, { status: 'SUSPENDED', reason: 'BREACH' }), null);
};
const relabel = ({ sure, fix, desk }: Scene, { item }: Held, over: object) => sure(makeLabel(fix, item, desk(), over), fix);
const later =
  (days: number, give: Give): Give =>
  (scene, held) => {
    scene.world.clock.advance(days * DAY_MS);
    return give(scene, held);
  };

/** Another is found to be an originator too, and VG-FIX consents; the other as well, where it is `both`. */
const ofTwo =
  (both: boolean): Give =>
  async ({ accept, sure, fia, fix, efin, other, desk }, { by, item }) => {
    const second = by === efin ? fia : efin;
    const label = joined(second, item);
    await sure(makeLabel(item.issuer, item, desk(), { label }), item.issuer);
    const consents: Digest[] = [];
    for (const one of both ? [fix, second] : [fix]) {
      const consent = makeConsent(one, by, other, [item.digest], desk());
      const granted = await accept(consent, one);
      if (granted.join() !== 'ALLOW') return granted;
      consents.push(consent.digest);
    }
    return accept(await makeRelease(by, other, item, consents, desk(), { label, labelEpoch: 1 }), by);
  };

const COURT = { grant: { purposes: ['INTELLIGENCE', 'PROSECUTION_JUDICIAL'] }, release: { purpose: 'PROSECUTION_JUDICIAL' } };

/** Ways of giving it to KY-FRA, and of using it. */
export const GIVING = {
  'hands it on, on nothing': release(),
  'hands it on, on nothing, ten days later': later(10, release()),
  'hands it on, on the presumed consent to another': (scene, held) => release({ basis: { presumed: scene.request.digest } })(scene, held),
  'hands it on, on a consent': onConsent(),
  'hands it on for INVESTIGATION, on a consent for INTELLIGENCE': onConsent({ release: { purpose: 'INVESTIGATION' } }),
  'hands it on as evidence, on a consent for INTELLIGENCE': onConsent({ release: COURT.release }),
  'hands it on as evidence, on a consent for that': onConsent(COURT),
  'hands it on, on a consent that is over': onConsent({ then: ({ world }) => world.clock.advance(31 * DAY_MS) }),
  'hands it on, on a consent that was revoked': onConsent({
    then: ({ sure, fix, desk }, { by }, consent) => sure(makeRevocation(fix, by, consent, desk()), fix),
  }),
  'hands it on, on a consent to another': async ({ accept, fix, fia, efin, other, desk }, { by, item }) => {
    const consent = makeConsent(fix, by, by === efin ? fia : efin, [item.digest], desk());
    const granted = await accept(consent, fix);
    return granted.join() === 'ALLOW' ? accept(await makeRelease(by, other, item, [consent.digest], desk()), by) : granted;
  },
  'hands it on, on a consent older than the last NO_THIRD_PARTY': onConsent({
    release: { labelEpoch: 1 },
    then: (scene, held) => relabel(scene, held, {}),
  }),
  'hands it on, on a consent older than its retraction': onConsent({
    then: (scene, held) => relabel(scene, held, { change: 'RETRACT', label: undefined }),
  }),
  'hands it on, on a consent of whom is suspended since': onConsent({ then: (scene) => suspend(scene, scene.fix) }),
  'hands it on, on a consent, to whom is suspended since': onConsent({ then: (scene) => suspend(scene, scene.other) }),
  'hands it on, on a consent, suspended itself': onConsent({ then: (scene, { by }) => suspend(scene, by) }),
  'hands it on, on a consent, without the caveats': (scene, held) =>
    onConsent({ release: { label: { ...held.item.label, caveats: [] } } })(scene, held),
  'hands it on, on the consent of one originator of two': ofTwo(false),
  'hands it on, on the consents of both': ofTwo(true),
  'hands it back': async ({ accept, fix, desk }, { by, item }) => accept(await makeRelease(by, fix, item, [], desk()), by),
  'encloses it in a request of its own': (scene, { by, item }) => enclosing(scene, by, [item], 'INTELLIGENCE'),
  'encloses it in a request for evidence': (scene, { by, item }) => enclosing(scene, by, [item], 'PROSECUTION_JUDICIAL'),
  'quotes it in a request of its own': extract(() => ({})),
  'quotes it without the caveats': extract(({ by, item }) => ({ label: joined(by, item, { caveats: [] }) })),
  'quotes it without its originator': extract(({ by }) => ({ label: labelOf(by) })),
  'quotes it and does not say what': extract(() => ({ derivedFrom: [], sourcesComplete: false })),
  'uses it for INTELLIGENCE': use('INTELLIGENCE'),
  'uses it for INTELLIGENCE, ten days later': later(10, use('INTELLIGENCE')),
  'uses it for INVESTIGATION': use('INVESTIGATION'),
  'uses it as evidence': use('PROSECUTION_JUDICIAL'),
  'reads it': async ({ accept, desk }, { by, item, via }) => accept(makeAccess(by, item.digest, via, desk()), by),
} satisfies Record<string, Give>;
export type Giving = keyof typeof GIVING;

/** So many days after the world begins. */
export const day = (days: number): string => formatInstant(plusMs(WORLD_START, days * DAY_MS));
