/** Of what something is made from so much may be said that nobody could weigh it all: then nothing is decided about it but that it goes. */
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { answered, codesOf } from '../support/answered.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeUse,
  sentAgain,
  type Item,
} from '../support/letters.js';
import { makeConsultation, makeNotice, makeVerification } from '../support/notices.js';
import { entry, uuidFrom } from '../support/actors.js';
import { authority } from '../support/ids.js';

type Scene = Awaited<ReturnType<typeof answered>>;

let scene: Scene;
let extract: Item;
let via: ReturnType<typeof makeEnvelope>;
let n = 741;

const derive = ({ fix, fia, desk }: Scene, from: Item) =>
  makeItem(fix, [fia, fix], 'made from it', desk(), { kind: 'EXTRACT', label: labelOf(fix), derivedFrom: [from.digest] });

beforeEach(async () => {
  scene = await answered((n += 1));
  extract = await derive(scene, scene.found);
  via = makeEnvelope({ ...scene.say, message: 'INTERIM_REPLY', items: [extract] }, scene.desk());
  expect(codesOf(await scene.accept(via, scene.fix))).toEqual(['ALLOW']);
});

/** Every act about the extract, by who may do it. */
async function acts({ accept, fia, fix, efcx, say, desk }: Scene) {
  const emergency = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
  const question = { consent: { items: [extract.digest], recipient: recipientOf(efcx), until: '2026-02-01T00:00:00Z' } };
  const asking = { exchangeType: 'CONSENT_REQUEST' };
  return {
    access: codesOf(await accept(makeAccess(fia, extract.digest, via.digest, desk()), fia)),
    use: codesOf(await accept(makeUse(fia, extract.digest, desk()), fia)),
    release: codesOf(await accept(await makeRelease(fia, efcx, extract, [], desk()), fia)),
    notice: codesOf(await accept(makeNotice(fia, efcx, extract.digest, desk(), emergency), fia)),
    verification: codesOf(await accept(makeVerification(fix, fia, extract.digest, desk()), fix)),
    consent: codesOf(await accept(makeConsent(fix, fia, efcx, [extract.digest], desk()), fix)),
    add: codesOf(await accept(makeLabel(fix, extract, desk()), fix)),
    again: codesOf(await accept(sentAgain({ ...say, message: 'INTERIM_REPLY' }, extract, desk()), fix)),
    more: codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [await derive(scene, extract)] }, desk()), fix)),
    ask: codesOf(
      await accept(
        makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: question, over: asking }, desk()),
        fia,
      ),
    ),
  };
}

const recipientOf = ({ id, type }: Scene['efcx']) => ({ authority: id, authorityType: type, purposes: ['INTELLIGENCE'] });

const LABEL = 'parley-label+json';
/** From now on, so many label statements seem to stand behind the extract. */
function saying({ store, found }: Scene, words: number): void {
  const links = store.links.bind(store);
  store.links = async (kind, keys) =>
    kind === 'label' && keys.includes(found.digest)
      ? Array.from({ length: words }, () => ({ key: found.digest, statement: found.digest, typ: LABEL }))
      : links(kind, keys);
}

async function goes({ accept, fia, fix, desk }: Scene) {
  const retract = makeLabel(fix, extract, desk(), { change: 'RETRACT', label: undefined });
  expect(codesOf(await accept(retract, fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeDeletion(fia, extract.digest, desk(), { answers: retract.digest }), fia))).toEqual(['ALLOW']);
}

describe('what is made from something', () => {
  it('is decided about while as much was said of that as can be weighed, and no longer', async () => {
    saying(scene, 1_000);
    expect(Object.values(await acts(scene))).not.toContainEqual(['LIMIT_REACHED']);
    saying(scene, 1_001);
    const after = await acts(scene);
    expect(new Set(Object.values(after).map((codes) => codes.join()))).toEqual(new Set(['LIMIT_REACHED']));
    await goes(scene);
  });

  it('is weighed by no answer to a notice, no reading of it and no alarm either: its issuer’s word says who is told', async () => {
    const { accept, walk, world, store, fia, fix, efcx, found, desk } = scene;
    // its dates are certain
    const declared = entry(fia, desk().at, desk().chance, { seq: 2, calendar: { roundTheClock: true } });
    expect((await walk.acceptStatement(declared.submission, null)).ok).toBe(true);
    const disclosedAt = formatInstant(plusMs(desk().at, -HOUR_MS));
    const emergency = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE', disclosedAt };
    const notice = makeNotice(fia, efcx, extract.digest, desk(), emergency);
    expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
    while ((await walk.deliverDue()) > 0);
    saying(scene, 1_001);
    const weighed: string[] = [];
    const linked = store.linked.bind(store);
    store.linked = (kind, key, ...page) => {
      if (kind === 'label') weighed.push(key);
      return linked(kind, key, ...page);
    };
    expect(codesOf(await accept(makeConsultation(fix, notice.digest, 'CONSULT', desk()), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeConsultation(efcx, notice.digest, 'CONSULT', desk()), efcx))).toEqual(['NOT_FOUND']);
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    expect(await reader.statement(fix.id, notice.digest)).not.toBeNull();
    expect(await reader.statement(authority('ZZ-OTHER'), notice.digest)).toBeNull();
    world.clock.advance(10 * DAY_MS);
    while ((await walk.deliverDue()) > 0);
    const told = (await store.inbox(fix.id, 0, 200)).filter(({ stage, statement }) => stage === 'noticed' && statement === notice.digest);
    expect(told).toHaveLength(1);
    expect(weighed).not.toContain(found.digest);
    expect(weighed).toContain(extract.digest);
  });

  it('is decided about while no more lies behind it than can be read', async () => {
    const { walk, desk } = scene;
    const { library } = walk;
    const item = library.item.bind(library);
    const { chance } = desk();
    const behind = Array.from({ length: 1_025 }, () => encodeDigest(chance.bytes(32)));
    library.item = async (digest) => {
      const known = await item(digest);
      return known === null || digest !== extract.digest
        ? known
        : { ...known, item: { ...known.item, payload: { ...known.item.payload, derivedFrom: behind } } };
    };
    const { access, use, consent, again } = await acts(scene);
    for (const codes of [access, use, consent, again]) expect(codes).toEqual(['LIMIT_REACHED']);
  });
});

it('what is made from nothing is decided about whatever was said of others', async () => {
  const { store, accept, fia, found, reply, desk } = scene;
  store.links = async (_kind, keys) => Array.from({ length: 1_001 }, () => ({ key: keys[0]!, statement: found.digest, typ: LABEL }));
  expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
});
