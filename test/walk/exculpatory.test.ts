/** What clears an accused is disclosed without consent, and never on a silent path: two persons, a notice, a window, a leaf. */
import { describe, expect, it } from 'vitest';
import { formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { explainRequest } from '../../domain/wire/explain.js';
import { createExplainer } from '../../gateway/read/explain.js';
import { answered, codesOf } from '../support/answered.js';
import { colleagueOf, createActor, entry, uuidFrom, type Actor } from '../support/actors.js';
import { makeAccess, makeEnvelope, makeInability, makeItem, makeLabel, makeRelease, makeUse, type Item } from '../support/letters.js';
import { makeApproval, makeConsultation, makeNotice } from '../support/notices.js';
import { work } from '../support/retained.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

/** A prosecution service at home, and a second officer of the holder. */
async function court(seed: number) {
  const scene = await answered(seed);
  const { walk, fia, desk } = scene;
  const chance = createChance(seed + 1_000);
  const pros = createActor('NG-PROS', 'PROSECUTION', chance);
  await enrol(scene, [pros]);
  const second = colleagueOf(fia, 'o2', chance);
  const grew = await walk.acceptStatement(entry(fia, desk().at, chance, { seq: 2 }, [second]).submission, null);
  if (!grew.ok) throw new Error(JSON.stringify(grew.error));
  return { ...scene, pros, second };
}
type Court = Awaited<ReturnType<typeof court>>;

const disclose = ({ fia, pros, desk }: Court, item: Item, notices: string[], approvals: string[], over: object = {}) => {
  const label = { ...(item.label as { purposes: string[] }) };
  return makeRelease(fia, pros, item, [], desk(), {
    purpose: 'EXCULPATORY',
    label: { ...label, purposes: [...label.purposes, 'EXCULPATORY'] },
    basis: { notices, approvals },
    ...over,
  });
};

async function noticed(scene: Court, over: object = {}) {
  const { accept, fia, second, pros, found, desk, walk } = scene;
  const notice = makeNotice(fia, pros, found.digest, desk(), over);
  expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
  const approval = makeApproval(fia, second.signing, notice.digest, desk());
  expect(codesOf(await accept(approval, second))).toEqual(['ALLOW']);
  await walk.deliverDue();
  return { notice, approval };
}

describe('an exculpatory disclosure', () => {
  it('needs a notice', async () => {
    const scene = await court(301);
    const { accept, fia, found } = scene;
    expect(codesOf(await accept(await disclose(scene, found, [], []), fia))).toContain('EXCULPATORY_NOTICE_MISSING');
  });

  it('waits for the consultation, then goes to the court without consent, and the court reads it', async () => {
    const scene = await court(302);
    const { accept, world, fia, fix, pros, found, got, desk } = scene;
    const { notice, approval } = await noticed(scene);
    expect(await got(fix, notice)).toBe(true);
    const go = () => disclose(scene, found, [notice.digest], [approval.digest]);
    expect(codesOf(await accept(await go(), fia))).toContain('EXCULPATORY_NOTICE_MISSING');
    world.clock.advance(48 * HOUR_MS);
    const release = await go();
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    const access = makeAccess(pros, found.digest, release.digest, desk(), { purpose: 'EXCULPATORY' });
    const read = await accept(access, pros);
    expect(codesOf(read)).toEqual(['ALLOW']);
    // the reader is told when each of these came into the log: it checks by that who could sign them
    const logged = read.ok ? read.value.reading?.logged : [];
    expect(logged).toEqual([release.digest, notice.digest, approval.digest]);
    const use = makeUse(pros, found.digest, desk(), { purpose: 'EXCULPATORY', action: 'OPEN', proceedings: 'trial-1' });
    expect(codesOf(await accept(use, pros))).toEqual(['ALLOW']);
    const otherwise = makeUse(pros, found.digest, desk(), { purpose: 'TAX' });
    expect(codesOf(await accept(otherwise, pros))).toEqual(['USE_BEYOND_PURPOSE']);
  });

  it('goes at once where it is marked impossible to tell before', async () => {
    const scene = await court(303);
    const { accept, fia, found } = scene;
    const { notice, approval } = await noticed(scene, { impossible: 'HEARING_UNDER_WAY' });
    expect(codesOf(await accept(await disclose(scene, found, [notice.digest], [approval.digest]), fia))).toEqual(['ALLOW']);
  });

  it('goes at once where every originator has nothing against it', async () => {
    const scene = await court(304);
    const { accept, fia, fix, found, desk } = scene;
    const { notice, approval } = await noticed(scene);
    expect(codesOf(await accept(makeConsultation(fix, notice.digest, 'NO_OBJECTION', desk()), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await disclose(scene, found, [notice.digest], [approval.digest]), fia))).toEqual(['ALLOW']);
  });

  it('waits for an originator too that came to light later, and takes its word', async () => {
    const scene = await court(311);
    const { accept, fia, fix, efcx, found, got, desk } = scene;
    const label = { ...found.label, originators: [efcx.id, fix.id] };
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label }), fix))).toEqual(['ALLOW']);
    const { notice, approval } = await noticed(scene);
    expect(await got(efcx, notice)).toBe(true);
    expect(codesOf(await accept(makeConsultation(fix, notice.digest, 'NO_OBJECTION', desk()), fix))).toEqual(['ALLOW']);
    const go = () => disclose(scene, { ...found, label }, [notice.digest], [approval.digest], { labelEpoch: 1 });
    expect(codesOf(await accept(await go(), fia))).toContain('EXCULPATORY_NOTICE_MISSING');
    expect(codesOf(await accept(makeConsultation(efcx, notice.digest, 'NO_OBJECTION', desk()), efcx))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await go(), fia))).toEqual(['ALLOW']);
  });

  it('waits anew for an originator that asks to be consulted, once', async () => {
    const scene = await court(305);
    const { accept, world, fia, fix, found, desk } = scene;
    const { notice, approval } = await noticed(scene);
    world.clock.advance(47 * HOUR_MS);
    expect(codesOf(await accept(makeConsultation(fix, notice.digest, 'CONSULT', desk()), fix))).toEqual(['ALLOW']);
    world.clock.advance(2 * HOUR_MS);
    const go = () => disclose(scene, found, [notice.digest], [approval.digest]);
    expect(codesOf(await accept(await go(), fia))).toContain('EXCULPATORY_NOTICE_MISSING');
    world.clock.advance(46 * HOUR_MS);
    expect(codesOf(await accept(await go(), fia))).toEqual(['ALLOW']);
  });

  it('needs two persons: nobody approves a notice of its own', async () => {
    const scene = await court(306);
    const { accept, fia, pros, found, desk } = scene;
    const notice = makeNotice(fia, pros, found.digest, desk(), { impossible: 'HEARING_UNDER_WAY' });
    await accept(notice, fia);
    expect(codesOf(await accept(makeApproval(fia, fia.signing, notice.digest, desk()), fia))).toEqual(['TWO_PERSONS_REQUIRED']);
    expect(codesOf(await accept(await disclose(scene, found, [notice.digest], []), fia))).toContain('TWO_PERSONS_REQUIRED');
  });

  it('leads nowhere but to a court or prosecution service of the own State', async () => {
    const scene = await court(307);
    const { accept, fia, efcx, found, desk } = scene;
    expect(codesOf(await accept(makeNotice(fia, efcx, found.digest, desk()), fia))).toEqual(['CHANNEL_NOT_PERMITTED']);
  });

  it('is not barred by a retraction, and is read in spite of it', async () => {
    const scene = await court(308);
    const { accept, fia, fix, pros, found, desk } = scene;
    await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix);
    const { notice, approval } = await noticed(scene, { impossible: 'ACCUSED_DETAINED' });
    const release = await disclose(scene, found, [notice.digest], [approval.digest], { labelEpoch: 1 });
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    const access = makeAccess(pros, found.digest, release.digest, desk(), { purpose: 'EXCULPATORY' });
    expect(codesOf(await accept(access, pros))).toEqual(['ALLOW']);
  });

  it('is not barred by a day to destroy by that its source sets meanwhile, where its holder holds it back', async () => {
    const scene = await court(312);
    const { accept, world, fia, fix, pros, found, desk } = scene;
    const { notice, approval } = await noticed(scene);
    const label = { ...found.label, destroyBy: formatInstant(plusMs(world.clock.now(), HOUR_MS)) };
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label }), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeInability(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    world.clock.advance(48 * HOUR_MS);
    await work(scene);
    const ended = await accept(await makeRelease(fia, pros, { ...found, label }, [], desk(), { labelEpoch: 1 }), fia);
    expect(codesOf(ended)).toContain('RETENTION_EXPIRED');
    const release = await disclose(scene, { ...found, label }, [notice.digest], [approval.digest], { labelEpoch: 1 });
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    const read = (over: object) => makeAccess(pros, found.digest, release.digest, desk(), { purpose: 'EXCULPATORY', ...over });
    expect(codesOf(await accept(read({}), pros))).toEqual(['ALLOW']);
    const use = (over: object) => makeUse(pros, found.digest, desk(), { purpose: 'EXCULPATORY', action: 'OPEN', ...over });
    expect(codesOf(await accept(use({}), pros))).toEqual(['ALLOW']);
    expect(codesOf(await accept(use({ purpose: 'INTELLIGENCE' }), pros))).toContain('RETENTION_EXPIRED');
    // what the release itself says holds
    world.clock.advance(21 * 24 * HOUR_MS);
    expect(codesOf(await accept(read({}), pros))).toEqual(['RETENTION_EXPIRED']);
  });

  it('carries nobody else and no other purpose on its notice', async () => {
    const scene = await court(309);
    const { accept, fia, efcx, found, desk } = scene;
    const { notice, approval } = await noticed(scene, { impossible: 'ACCUSED_DETAINED' });
    const basis = { notices: [notice.digest], approvals: [approval.digest] };
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [], desk(), { basis }), fia))).toContain('NO_THIRD_PARTY_CONSENT');
    const asEvidence = await disclose(scene, found, [notice.digest], [approval.digest], { purpose: 'PROSECUTION_JUDICIAL' });
    expect(codesOf(await accept(asEvidence, fia))).toEqual(expect.arrayContaining(['EVIDENCE_USE_PROHIBITED', 'NO_THIRD_PARTY_CONSENT']));
  });

  it('is known to nobody whom it does not concern', async () => {
    const scene = await court(310);
    const { accept, efcx, desk } = scene;
    const { notice } = await noticed(scene);
    expect(codesOf(await accept(makeApproval(efcx, efcx.signing, notice.digest, desk()), efcx))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(makeConsultation(efcx, notice.digest, 'CONSULT', desk()), efcx))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(makeConsultation(efcx, 'A'.repeat(43) as typeof notice.digest, 'CONSULT', desk()), efcx))).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('leaves a court, which no channel joins to the holder, a way to ask back: a further consent, through whoever disclosed it', async () => {
    const scene = await court(311);
    const { accept, walk, store, directory, deps, fia, fix, efcx, found, desk } = scene;
    const bench = createActor('NG-BENCH', 'COURT', createChance(2_311));
    await enrol(scene, [bench]);
    const toCourt = { ...scene, pros: bench };
    const { notice, approval } = await noticed(toCourt, { impossible: 'HEARING_UNDER_WAY' });
    const release = await disclose(toCourt, found, [notice.digest], [approval.digest]);
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    await walk.deliverDue();
    const explainer = createExplainer({ ...deps, store, library: walk.library, directory, deployment: deps.config.deployment });
    const onward = { act: 'release', item: found.digest, to: efcx.id, toType: efcx.type, purpose: 'INVESTIGATION' };
    const told = await explainer.explain(bench.caller, explainRequest.parse(onward));
    expect(told).toMatchObject({
      value: { missing: [{ originator: fix.id, ask: { to: fia.id, toType: 'FIU', profile: 'DOMESTIC_ONWARD' } }] },
    });
    // and is not sent to itself once it has sealed the item anew to itself
    const label = { ...found.label, purposes: [...(found.label as { purposes: string[] }).purposes, 'EXCULPATORY'] };
    const anew = await makeRelease(bench, bench, found, [], desk(), { basis: { reseal: true }, purpose: 'EXCULPATORY', label });
    expect(codesOf(await accept(anew, bench))).toEqual(['ALLOW']);
    expect(await explainer.explain(bench.caller, explainRequest.parse(onward))).toEqual(told);
    const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INVESTIGATION'] };
    const consent = { items: [found.digest], recipient, until: '2026-06-01T00:00:00Z' };
    const over = { exchangeType: 'CONSENT_REQUEST', profile: 'DOMESTIC_ONWARD', purposes: ['INVESTIGATION'] };
    const asks = (exchange: string, from: Actor, to: Actor, more: object = {}) =>
      makeEnvelope({ from, to, exchange, message: 'SUBMIT', body: { consent }, over: { ...over, ...more } }, desk());
    const exchange = uuidFrom(desk().chance);
    expect(codesOf(await accept(asks(exchange, bench, fia), bench))).toEqual(['ALLOW']);
    await walk.deliverDue();
    const question = await makeItem(fia, [fia, bench], 'for which proceedings?', desk());
    const say = { exchange, items: [question], message: 'CLARIFICATION_REQUEST' as const, over };
    expect(codesOf(await accept(makeEnvelope({ from: fia, to: bench, ...say }, desk()), fia))).toEqual(['ALLOW']);
    // of nothing else, and nobody else: who never gave it, and who is abroad
    const other = uuidFrom(desk().chance);
    expect(codesOf(await accept(asks(other, bench, efcx), bench))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(asks(other, bench, fix), bench))).toContain('CHANNEL_NOT_PERMITTED');
    expect(codesOf(await accept(asks(other, bench, fia, { exchangeType: 'SPONTANEOUS_DISCLOSURE' }), bench))).toContain(
      'CHANNEL_NOT_PERMITTED',
    );
  });
});
