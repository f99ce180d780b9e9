/** Of what something is made from so much may be said that nobody could weigh it all: then nothing is decided about it but that it goes. */
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeDigest } from '../../crypto/merkle/digests.js';
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
import { makeNotice, makeVerification } from '../support/notices.js';
import { uuidFrom } from '../support/actors.js';

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

async function goes({ accept, fia, fix, desk }: Scene) {
  const retract = makeLabel(fix, extract, desk(), { change: 'RETRACT', label: undefined });
  expect(codesOf(await accept(retract, fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeDeletion(fia, extract.digest, desk(), { answers: retract.digest }), fia))).toEqual(['ALLOW']);
}

describe('what is made from something', () => {
  it('is decided about while as much was said of that as can be weighed, and no longer', async () => {
    const { store, found } = scene;
    const links = store.links.bind(store);
    const saying = (words: number) => {
      store.links = async (kind, keys) =>
        kind === 'label' && keys.includes(found.digest)
          ? Array.from({ length: words }, () => ({ key: found.digest, statement: found.digest }))
          : links(kind, keys);
    };
    saying(1_000);
    expect(Object.values(await acts(scene))).not.toContainEqual(['LIMIT_REACHED']);
    saying(1_001);
    const after = await acts(scene);
    expect(new Set(Object.values(after).map((codes) => codes.join()))).toEqual(new Set(['LIMIT_REACHED']));
    await goes(scene);
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
  store.links = async (_kind, keys) => Array.from({ length: 1_001 }, () => ({ key: keys[0]!, statement: found.digest }));
  expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
});
