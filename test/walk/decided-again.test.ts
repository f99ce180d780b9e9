/** What was decided of an item, and waits to come into the log, is decided anew where the item, or what its author was given, changes meanwhile. */
import { describe, expect, it } from 'vitest';
import type { Store } from '../../domain/ports.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { colleagueOf, entry, ORIGIN, signNow, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeItem,
  makeLabel,
  makeRelease,
  makeRevocation,
  makeUse,
  REQUEST_FORM,
  requestBody,
  sentAgain,
} from '../support/letters.js';
import { makeApproval, makeConsultation, makeNotice, makeVerification } from '../support/notices.js';
import { refuseWith } from '../support/refusing.js';
import { openWalk } from '../support/test-gateway.js';
import { createChance, createWorld } from '../support/world.js';

/** fix gave it to fia, fia on to efcx. Before the first commit of what is `watched`, another process takes in something else. */
async function waiting(seed: number) {
  const { store: kept, blobs } = createWorld(seed);
  let meanwhile: (() => Promise<void>) | null = null;
  let watched = '';
  const outcomes: string[] = [];
  const store: Store = {
    ...kept,
    async commitBatch(rows, now) {
      const place = rows.findIndex(({ statement }) => statement?.digest === watched);
      if (place < 0) return kept.commitBatch(rows, now);
      const first = meanwhile;
      meanwhile = null;
      await first?.();
      const all = await kept.commitBatch(rows, now);
      const outcome = all[place]!;
      outcomes.push(outcome.kind === 'conflict' && outcome.on.of === 'version' ? outcome.on.key : outcome.kind);
      return all;
    },
  };
  const scene = await answered(seed, {}, { store, blobs });
  const { accept, allowed, walk, world, operator, keys, fia, fix, efcx, found, desk } = scene;
  const { walk: other } = openWalk(world, operator, keys, kept, { blobs });
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  await allowed(consent, fix);
  const second = colleagueOf(fia, 'o2', createChance(seed + 1_000));
  expect((await walk.acceptStatement(entry(fia, desk().at, desk().chance, { seq: 2 }, [second]).submission, null)).ok).toBe(true);
  const handOn = () => makeRelease(fia, efcx, found, [consent.digest], desk());
  const release = await handOn();
  await allowed(release, fia);
  await walk.deliverDue();
  /** What the first commit of it came to. */
  const tried = async (signed: Signed, who: Actor, first: Signed, by: Actor): Promise<string> => {
    watched = signed.digest;
    meanwhile = async () => expect(codesOf(await other.acceptStatement(first.submission, by.caller))).toEqual(['ALLOW']);
    const answer = await accept(signed, who);
    return outcomes[0] ?? codesOf(answer).join(' ');
  };
  /** What it comes to where something happens while it waits for what is written before it. */
  const queued = async (signed: Signed, who: Actor, happens: () => void): Promise<string[]> => {
    const first = makeAccess(fix, scene.request.item.digest, scene.request.signed.digest, desk());
    watched = first.digest;
    meanwhile = async () => {
      while (walk.commits.waiting === 0) await new Promise(setImmediate);
      happens();
    };
    const [, answer] = await Promise.all([allowed(first, fix), accept(signed, who)]);
    return codesOf(answer);
  };
  return { ...scene, allowed, consent, second, release, handOn, queued, tried };
}
type Scene = Awaited<ReturnType<typeof waiting>>;

const extractOf = async (maker: Actor, { fix, found, desk }: Scene): Promise<Signed> => {
  const caveats = [maker, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
  const label = labelOf(maker, { originators: [maker.id, fix.id].toSorted(), caveats });
  const extract = await makeItem(maker, [fix, maker], 'extract', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
  const form = await makeItem(maker, [fix, maker], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const opening = { from: maker, to: fix, exchange: uuidFrom(desk().chance), body: requestBody(fix, form.digest) };
  return makeEnvelope({ ...opening, message: 'SUBMIT', items: [form, extract] }, desk());
};

const asked = async ({ walk, fia, fix, efcx, found, allowed, desk }: Scene): Promise<Signed> => {
  const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] };
  const body = { consent: { items: [found.digest], recipient, until: formatInstant(plusMs(desk().at, 30 * DAY_MS)) } };
  const letter = { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const, body };
  const request = makeEnvelope({ ...letter, over: { exchangeType: 'CONSENT_REQUEST' } }, desk());
  await allowed(request, fia);
  await walk.deliverDue();
  return request;
};

const EMERGENCY = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };

const refusalOf = async (scene: Scene): Promise<Signed> => {
  const { fia, fix, efcx, found, desk } = scene;
  const text = await makeItem(fix, [fia, fix], 'because', desk());
  return refuseWith(text, (await asked(scene)).digest, { originator: fix, holder: fia, to: efcx }, found, desk());
};

const noticed = async ({ fia, efcx, found, allowed, desk }: Scene): Promise<Signed> => {
  const notice = makeNotice(fia, efcx, found.digest, desk(), EMERGENCY);
  await allowed(notice, fia);
  return notice;
};

const approvalOf = async (scene: Scene): Promise<Signed> =>
  makeApproval(scene.fia, scene.second.signing, (await noticed(scene)).digest, scene.desk());

type Word = (scene: Scene) => Promise<readonly [Signed, Actor]> | readonly [Signed, Actor];

/** All that somebody says of an item, or does with it. */
const WORDS: readonly (readonly [string, Word])[] = [
  ['a reading', ({ fia, found, reply, desk }) => [makeAccess(fia, found.digest, reply.digest, desk()), fia]],
  ['a use', ({ fia, found, desk }) => [makeUse(fia, found.digest, desk()), fia]],
  ['a release', async ({ fia, handOn }) => [await handOn(), fia]],
  ['one more envelope with it', ({ fix, found, say, desk }) => [sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk()), fix]],
  ['an extract of it', async (scene) => [await extractOf(scene.fia, scene), scene.fia]],
  ['a consent', ({ fix, fia, efcx, found, desk }) => [makeConsent(fix, fia, efcx, [found.digest], desk()), fix]],
  ['a refusal of consent', async (scene) => [await refusalOf(scene), scene.fix]],
  ['another word on its label', ({ fix, found, desk }) => [makeLabel(fix, found, desk()), fix]],
  ['a notice', ({ fia, efcx, found, desk }) => [makeNotice(fia, efcx, found.digest, desk(), EMERGENCY), fia]],
  ['an approval', async (scene) => [await approvalOf(scene), scene.second]],
  ['a confirmation', ({ fia, fix, found, desk }) => [makeVerification(fix, fia, found.digest, desk()), fix]],
  ['a certificate of deletion', ({ fia, found, desk }) => [makeDeletion(fia, found.digest, desk()), fia]],
  ['a hold', ({ fia, found, desk }) => [makeInability(fia, found.digest, desk()), fia]],
];

const changed = ({ fix, found, desk }: Scene): Signed => {
  const { caveats } = found.label as { caveats: object[] };
  return makeLabel(fix, found, desk(), { label: { ...found.label, caveats: [...caveats, { code: 'NO_EXPORT', by: fix.id }] } });
};

describe('a word that waits while its item’s label changes', () => {
  it.each(WORDS)('is decided anew: %s', async (_name, word) => {
    const scene = await waiting(1411);
    const [signed, who] = await word(scene);
    expect(await scene.tried(signed, who, changed(scene), scene.fix)).toBe(`item:${scene.found.digest}`);
  });
});

describe('a word that waits while the directory changes', () => {
  it('is decided anew: its signer’s key may have ended', async () => {
    const { tried, fia, found, desk } = await waiting(1415);
    const { chance, at } = desk();
    const head = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at) };
    const ended = { ...head, authority: fia.id, kid: fia.signing.kid, reason: 'LOST' };
    const revocation = submitted(signNow('parley-revocation+json', ended, fia.root));
    expect(await tried(makeUse(fia, found.digest, desk()), fia, revocation, fia)).toBe('directory');
  });
});

describe('what waits while its author is handed the item anew', () => {
  const back = ({ efcx, fix, found, desk }: Scene) => makeRelease(efcx, fix, found, [], desk());
  it.each<readonly [string, Word]>([
    ['a use', ({ efcx, found, desk }) => [makeUse(efcx, found.digest, desk()), efcx]],
    ['a release', async (scene) => [await back(scene), scene.efcx]],
    ['an extract', async (scene) => [await extractOf(scene.efcx, scene), scene.efcx]],
  ])('is decided anew, under what was added: %s', async (_name, word) => {
    const scene = await waiting(1412);
    const { efcx, fia, found, handOn, tried } = scene;
    const [signed, who] = await word(scene);
    expect(await tried(signed, who, await handOn(), fia)).toBe(`handed:${found.digest} ${efcx.id}`);
  });
});

describe('a release that waits while somebody else speaks of the item', () => {
  it.each<readonly [string, Word]>([
    ['the end of its consent', ({ fix, fia, consent, desk }) => [makeRevocation(fix, fia, consent.digest, desk()), fix]],
    ['another consent', ({ fix, fia, efcx, found, desk }) => [makeConsent(fix, fia, efcx, [found.digest], desk()), fix]],
    ['a refusal of consent', async (scene) => [await refusalOf(scene), scene.fix]],
    ['that a reader deleted it', ({ efcx, found, desk }) => [makeDeletion(efcx, found.digest, desk()), efcx]],
    ['that a reader holds it back', ({ efcx, found, desk }) => [makeInability(efcx, found.digest, desk()), efcx]],
    [
      'that a reader holds it back no more',
      async ({ efcx, found, allowed, desk }) => {
        await allowed(makeInability(efcx, found.digest, desk()), efcx);
        return [makeInability(efcx, found.digest, desk(), { until: formatInstant(desk().at) }), efcx];
      },
    ],
    ['an approval', async (scene) => [await approvalOf(scene), scene.second]],
    [
      'an answer to a notice',
      async (scene) => [makeConsultation(scene.fix, (await noticed(scene)).digest, 'CONSULT', scene.desk()), scene.fix],
    ],
    ['a confirmation', ({ fix, fia, found, desk }) => [makeVerification(fix, fia, found.digest, desk()), fix]],
  ])('is decided anew: %s', async (_name, word) => {
    const scene = await waiting(1413);
    const [said, by] = await word(scene);
    expect(await scene.tried(await scene.handOn(), scene.fia, said, by)).toBe(`item:${scene.found.digest}`);
  });
});

describe('a release that waits', () => {
  it('past its own end is refused, though it was in time when it was decided', async () => {
    const { world, queued, accept, fia, efcx, found, consent, desk } = await waiting(1414);
    const until = formatInstant(plusMs(desk().at, HOUR_MS));
    const release = () => makeRelease(fia, efcx, found, [consent.digest], desk(), { until });
    expect(await queued(await release(), fia, () => world.clock.advance(HOUR_MS - 1))).toEqual(['ALLOW']);
    expect(await queued(await release(), fia, () => world.clock.advance(1))).toEqual(['MALFORMED']);
    expect(codesOf(await accept(await release(), fia))).toEqual(['MALFORMED']);
  });

  it('past the end of the consent on which it rests is refused, too', async () => {
    const { world, queued, allowed, fia, fix, efcx, found, desk } = await waiting(1415);
    const until = formatInstant(plusMs(desk().at, HOUR_MS));
    const short = makeConsent(fix, fia, efcx, [found.digest], desk(), { until });
    await allowed(short, fix);
    const release = () => makeRelease(fia, efcx, found, [short.digest], desk());
    expect(await queued(await release(), fia, () => world.clock.advance(HOUR_MS - 1))).toEqual(['ALLOW']);
    expect(await queued(await release(), fia, () => world.clock.advance(1))).toContain('CONSENT_EXPIRED_OR_REVOKED');
  });
});
