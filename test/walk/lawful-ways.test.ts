/** The other lawful ways, a source that is asked first, and what is taken back in whatever was made of it. */
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { ownViewOf } from '../../gateway/read/views.js';
import { answered, codesOf } from '../support/answered.js';
import { createActor, entry, type Actor } from '../support/actors.js';
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
  makeUse,
} from '../support/letters.js';
import { makeConsultation, makeNotice, makeVerification } from '../support/notices.js';
import { work } from '../support/retained.js';
import { createCast, enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

type Scene = Awaited<ReturnType<typeof answered>>;

const emergency = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };

async function basisSeenBy(who: Actor, statement: string, { store }: Scene): Promise<unknown> {
  const leaf = await store.leafOf(statement as Parameters<typeof store.leafOf>[0], 'accepted');
  const view = leaf === null ? null : ownViewOf(leaf, who.id);
  return view === null ? null : (JSON.parse(view.event) as { basis: string }).basis;
}

describe('a notice after the fact', () => {
  const at = ({ desk }: Scene, ms: number) => ({ ...emergency, disclosedAt: formatInstant(plusMs(desk().at, ms)) });

  it('within a day is in time, later it says so to every originator', async () => {
    const scene = await answered(401);
    const { accept, walk, fia, fix, efcx, found, desk } = scene;
    const always = entry(fia, desk().at, desk().chance, { seq: 2, calendar: { roundTheClock: true } });
    expect((await walk.acceptStatement(always.submission, null)).ok).toBe(true);
    const inTime = makeNotice(fia, efcx, found.digest, desk(), at(scene, -24 * HOUR_MS));
    expect(codesOf(await accept(inTime, fia))).toEqual(['ALLOW']);
    expect(await basisSeenBy(fix, inTime.digest, scene)).toBe('EMERGENCY');
    const late = makeNotice(fia, efcx, found.digest, desk(), at(scene, -24 * HOUR_MS - 1));
    expect(codesOf(await accept(late, fia))).toEqual(['ALLOW']);
    expect(await basisSeenBy(fix, late.digest, scene)).toBe('EMERGENCY EMERGENCY_NOTICE_24H MISSED');
    expect(codesOf(await accept(makeNotice(fia, efcx, found.digest, desk(), at(scene, 1)), fia))).toEqual(['MALFORMED']);
  });

  it('misses no date that is provisional, for want of the holder’s office hours', async () => {
    const scene = await answered(405);
    const { accept, fia, fix, efcx, found, desk } = scene;
    const notice = makeNotice(fia, efcx, found.digest, desk(), at(scene, -90 * DAY_MS));
    expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
    expect(await basisSeenBy(fix, notice.digest, scene)).toBe('EMERGENCY');
  });

  it('is given of what the holder has', async () => {
    const { accept, efcx, fia, found, desk } = await answered(402);
    expect(codesOf(await accept(makeNotice(efcx, fia, found.digest, desk(), emergency), efcx))).toEqual(['NOT_FOUND']);
  });

  it('comes to the deputy that it names, who approves nothing unseen', async () => {
    const scene = await answered(406);
    const { accept, walk, store, fia, efcx, found, desk } = scene;
    const [deputy, other] = ['NG-MIN', 'NG-LEX'].map((code, n) => createActor(code, 'CENTRAL_AUTHORITY_MLA', createChance(30 + n)));
    await enrol(scene, [deputy!, other!]);
    const notice = makeNotice(fia, efcx, found.digest, desk(), { ...emergency, deputy: deputy!.id });
    const unlisted = makeNotice(fia, efcx, found.digest, desk(), { ...emergency, deputy: 'NG-NOBODY' });
    for (const one of [notice, unlisted]) expect(codesOf(await accept(one, fia))).toEqual(['ALLOW']);
    await work(scene);
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    expect((await inbox.page(deputy!.id, 0, 200)).entries.map(({ statement }) => statement)).toEqual([notice.submission.statement]);
    expect((await reader.statement(deputy!.id, notice.digest))?.statement).toBe(notice.submission.statement);
    expect(await reader.statement(other!.id, notice.digest)).toBeNull();
    expect(await reader.statement(deputy!.id, unlisted.digest)).toBeNull();
  });

  it('comes to no deputy that could not stand in: of another State, or who is to receive', async () => {
    const scene = await answered(407);
    const { accept, walk, store, fia, efcx, found, desk } = scene;
    const abroad = createActor('ZZ-SPY', 'FIU', createChance(32));
    await enrol(scene, [abroad]);
    for (const deputy of [abroad.id, efcx.id])
      expect(codesOf(await accept(makeNotice(fia, efcx, found.digest, desk(), { ...emergency, deputy }), fia))).toEqual(['ALLOW']);
    await work(scene);
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    for (const { id } of [abroad, efcx]) expect((await inbox.page(id, 0, 200)).entries).toEqual([]);
  });

  it('alone opens nothing: a release without the second person is refused', async () => {
    const { accept, fia, efcx, found, desk } = await answered(403);
    const notice = makeNotice(fia, efcx, found.digest, desk(), emergency);
    await accept(notice, fia);
    const basis = { notices: [notice.digest], approvals: [] };
    const release = await makeRelease(fia, efcx, found, [], desk(), { basis, purpose: 'IMMINENT_THREAT' });
    expect(codesOf(await accept(release, fia))).toEqual(expect.arrayContaining(['TWO_PERSONS_REQUIRED', 'NO_THIRD_PARTY_CONSENT']));
    const unknown = { notices: [found.digest, 'A'.repeat(43)], approvals: [] };
    const other = await makeRelease(fia, efcx, found, [], desk(), { basis: unknown, purpose: 'IMMINENT_THREAT' });
    expect(codesOf(await accept(other, fia))).toContain('NO_THIRD_PARTY_CONSENT');
  });

  it('and what is said of it is seen by whom it concerns, and by nobody else', async () => {
    const { accept, store, walk, fia, fix, efcx, found, desk } = await answered(404);
    const notice = makeNotice(fia, fia, found.digest, desk(), emergency);
    await accept(notice, fia);
    const word = makeConsultation(fix, notice.digest, 'NO_OBJECTION', desk());
    expect(codesOf(await accept(word, fix))).toEqual(['ALLOW']);
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    for (const { digest } of [notice, word]) {
      for (const who of [fia, fix]) expect(await reader.statement(who.id, digest)).not.toBeNull();
      expect(await reader.statement(efcx.id, digest)).toBeNull();
    }
    const inability = makeInability(fia, found.digest, desk());
    await accept(inability, fia);
    expect(await reader.statement(fix.id, inability.digest)).not.toBeNull();
    expect(await reader.statement(efcx.id, inability.digest)).toBeNull();
  });
});

describe('a source that is to be asked first', () => {
  const caveats = (by: Actor) => [
    { code: 'NO_THIRD_PARTY', by: by.id },
    { code: 'CONTACT_SOURCE_BEFORE_ACTION', by: by.id },
  ];
  async function bound(seed: number) {
    const scene = await answered(seed);
    const { accept, fia, fix, efcx, found, desk } = scene;
    const label = { ...(found.label as object), caveats: caveats(fix) };
    await accept(makeLabel(fix, found, desk(), { label }), fix);
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await accept(consent, fix);
    const release = (verifications: string[]) =>
      makeRelease(fia, efcx, found, [consent.digest], desk(), { label, ...(verifications.length === 0 ? {} : { verifications }) });
    return { ...scene, label, release };
  }

  it('is, and its confirmation is cited', async () => {
    const { accept, fia, fix, found, desk, release } = await bound(411);
    expect(codesOf(await accept(await release([]), fia))).toEqual(['CONTACT_SOURCE_FIRST']);
    const confirmed = makeVerification(fix, fia, found.digest, desk());
    expect(codesOf(await accept(confirmed, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release([confirmed.digest]), fia))).toEqual(['ALLOW']);
  });

  it('may take its word back, and a later caveat beats it', async () => {
    const { accept, fia, fix, found, desk, release, label } = await bound(412);
    const confirmed = makeVerification(fix, fia, found.digest, desk());
    await accept(confirmed, fix);
    const denied = makeVerification(fix, fia, found.digest, desk(), { answer: 'NOT_CONFIRMED' });
    await accept(denied, fix);
    expect(codesOf(await accept(await release([confirmed.digest, denied.digest]), fia))).toEqual(['CONTACT_SOURCE_FIRST']);
    const again = makeVerification(fix, fia, found.digest, desk());
    await accept(again, fix);
    await accept(makeLabel(fix, found, desk(), { label }), fix);
    expect(codesOf(await accept(await release([again.digest]), fia))).toContain('CONTACT_SOURCE_FIRST');
  });

  it('confirms too what it came to light later to have originated', async () => {
    const { accept, fia, fix, efcx, found, desk, label } = await bound(414);
    const grown = { ...label, originators: [efcx.id, fix.id] };
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label: grown }), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeVerification(efcx, fia, found.digest, desk()), efcx))).toEqual(['ALLOW']);
  });

  it('takes its word on an extract back with that on what the extract is made from', async () => {
    const scene = await answered(415, { label: labelOf(createCast(7).fix, { caveats: caveats(createCast(7).fix) }) });
    const { accept, fia, fix, found, request, desk } = scene;
    const label = { ...(found.label as object), originators: [fia.id, fix.id] };
    const made = await makeItem(fia, [fix, fia], 'in short', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
    const letter = { from: fia, to: fix, exchange: request.exchange, message: 'STATUS_REQUEST' as const, items: [made] };
    expect(codesOf(await accept(makeEnvelope(letter, desk()), fia))).toEqual(['ALLOW']);
    const says = async (item: Digest, over: object = {}) => {
      const word = makeVerification(fix, fia, item, desk(), over);
      expect(codesOf(await accept(word, fix))).toEqual(['ALLOW']);
      return word.digest;
    };
    const use = async (verification: Digest) =>
      codesOf(await accept(makeUse(fia, made.digest, desk(), { verifications: [verification] }), fia));
    // of the source alone nothing is said of what was made of it
    expect(await use(await says(found.digest))).toEqual(['CONTACT_SOURCE_FIRST']);
    const confirmed = await says(made.digest);
    await says(found.digest);
    expect(await use(confirmed)).toEqual(['ALLOW']);
    await says(found.digest, { answer: 'NOT_CONFIRMED' });
    expect(await use(confirmed)).toEqual(['CONTACT_SOURCE_FIRST']);
    expect(await use(await says(made.digest))).toEqual(['ALLOW']);
  });

  it('confirms to a holder, and what it originated', async () => {
    const { accept, fia, fix, efcx, found, desk } = await bound(413);
    expect(codesOf(await accept(makeVerification(fix, efcx, found.digest, desk()), fix))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(makeVerification(fia, fia, found.digest, desk()), fia))).toEqual(['NOT_FOUND']);
  });
});

describe('what was made from an item', () => {
  /** fia makes an extract of what fix gave, and sends it back to fix, who lets it go to efcx. */
  async function extracted(seed: number) {
    const scene = await answered(seed);
    const { accept, walk, fia, fix, efcx, found, request, desk } = scene;
    const label = labelOf(fix, { originators: [fia.id, fix.id].toSorted() });
    const made = await makeItem(fia, [fix, fia], 'an extract', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
    const back = makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'STATUS_REQUEST', items: [made] }, desk());
    expect(codesOf(await accept(back, fia))).toEqual(['ALLOW']);
    const consent = makeConsent(fix, fia, efcx, [made.digest], desk());
    await accept(consent, fix);
    const release = await makeRelease(fia, efcx, made, [consent.digest], desk());
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    await walk.deliverDue();
    return { ...scene, made, release };
  }

  it('is taken back with it, and who has only the extract is told', async () => {
    const { accept, walk, fia, fix, efcx, found, made, release, got, desk } = await extracted(421);
    const retract = makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined });
    await accept(retract, fix);
    await walk.deliverDue();
    expect(await got(efcx, retract)).toBe(true);
    expect(codesOf(await accept(makeAccess(efcx, made.digest, release.digest, desk()), efcx))).toEqual(['ITEM_RETRACTED']);
    expect(codesOf(await accept(await makeRelease(fia, efcx, made, [], desk()), fia))).toContain('ITEM_RETRACTED');
  });

  it('stays bound when what it was made from is deleted in the middle', async () => {
    const { accept, fia, fix, efcx, found, made, release, desk } = await extracted(422);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    const access = () => makeAccess(efcx, made.digest, release.digest, desk());
    expect(codesOf(await accept(access(), efcx))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeRelease(fia, efcx, made, [], desk()), fia))).toContain('NO_THIRD_PARTY_CONSENT');
    await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix);
    expect(codesOf(await accept(access(), efcx))).toEqual(['ITEM_RETRACTED']);
  });

  it('may be deleted by who made it, who then hears of it no more', async () => {
    const { accept, walk, fia, fix, made, got, desk } = await extracted(423);
    expect(codesOf(await accept(makeDeletion(fia, made.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeDeletion(fia, made.digest, desk()), fia))).toEqual(['NOT_FOUND']);
    const retract = makeLabel(fix, made, desk(), { change: 'RETRACT', label: undefined });
    expect(codesOf(await accept(retract, fix))).toEqual(['ALLOW']);
    await walk.deliverDue();
    expect(await got(fia, retract)).toBe(false);
  });
});

describe('a day to destroy by', () => {
  it('ends use and handing on; a legal hold beats it and the originator is told; no timer deletes what nobody has read', async () => {
    const scene = await answered(431);
    const { accept, walk, world, store, fia, fix, efcx, found, desk } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), { until: formatInstant(plusMs(desk().at, 90 * DAY_MS)) });
    await accept(consent, fix);
    const label = { ...(found.label as object), destroyBy: formatInstant(plusMs(desk().at, DAY_MS)) };
    await accept(makeLabel(fix, found, desk(), { label }), fix);
    world.clock.advance(2 * DAY_MS);
    await walk.deliverDue();
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [consent.digest], desk(), { label }), fia))).toContain(
      'RETENTION_EXPIRED',
    );
    const hold = makeInability(fia, found.digest, desk());
    expect(codesOf(await accept(hold, fia))).toEqual(['ALLOW']);
    await walk.deliverDue();
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    const told = (await inbox.page(fix.id, 0, 200)).entries.map(({ statement }) => statement);
    expect(told).toContain(hold.submission.statement);
    expect(await walk.library.item(found.digest)).not.toBeNull();
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
  });
});
