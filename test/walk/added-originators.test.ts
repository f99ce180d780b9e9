/** Whom a later label adds as originator consents from then on. It learns of what its issuer says it gave, and of others’ only what goes past its consent. */
import { describe, expect, it } from 'vitest';
import { explainRequest } from '../../domain/wire/explain.js';
import { formatInstant, HOUR_MS } from '../../domain/time.js';
import { createExplainer } from '../../gateway/read/explain.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { colleagueOf, createActor, entry, uuidFrom, type Actor } from '../support/actors.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
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
  REQUEST_FORM,
  requestBody,
} from '../support/letters.js';
import { makeApproval, makeConsultation, makeNotice } from '../support/notices.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

/** fia gave fix an extract of what fix gave it; ZZ-SPY has nothing to do with any of it. */
async function extracted(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, found, desk, store, walk } = scene;
  const spy = createActor('ZZ-SPY', 'FIU', createChance(99));
  await enrol(scene, [spy]);
  const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
  const label = labelOf(fia, { originators: [fia.id, fix.id], caveats });
  const extract = await makeItem(fia, [fix, fia], 'extract', desk(), { kind: 'EXTRACT', derivedFrom: [found.digest], label });
  const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const exchange = uuidFrom(desk().chance);
  const body = requestBody(fix, form.digest);
  const back = makeEnvelope({ from: fia, to: fix, exchange, message: 'SUBMIT', items: [form, extract], body }, desk());
  expect(codesOf(await accept(back, fia))).toEqual(['ALLOW']);
  const adding = (to: typeof found, originators: readonly string[]) =>
    makeLabel(fix, to, desk(), { label: { ...(to.label as object), originators } });
  const seenBy = async (who: string) =>
    (await store.leaves(0, await store.leafCount()))
      .flatMap(({ views }) => views.filter(({ view }) => view === who))
      .map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as { action: string; object: { item?: string } });
  const inboxOf = async (who: typeof spy) => {
    while ((await walk.deliverDue()) > 0);
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    return (await inbox.page(who.id, 0, 50)).entries.map(({ kind }) => kind);
  };
  return { ...scene, spy, extract, back, adding, seenBy, inboxOf };
}
const actionsOn = (item: string, events: readonly { action: string; object: { item?: string } }[]) =>
  events.filter(({ object }) => object.item === item).map(({ action }) => action);

describe('an originator that a later label adds', () => {
  it.each(['source', 'extract'] as const)(
    'to the %s is told of what another does with its own extract only what goes past its consent',
    async (which) => {
      const { accept, walk, store, fia, fix, efcx, spy, found, extract, back, adding, seenBy, inboxOf, desk } = await extracted(601);
      const target = which === 'source' ? found : { ...extract };
      const names = which === 'source' ? [fix.id, spy.id] : [fia.id, fix.id, spy.id];
      expect(codesOf(await accept(adding(target, names), fix))).toEqual(['ALLOW']);
      const before = await inboxOf(spy);
      expect(codesOf(await accept(makeAccess(fia, extract.digest, back.digest, desk()), fia))).toEqual(['ALLOW']);
      const over = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
      const notice = makeNotice(fia, efcx, extract.digest, desk(), over);
      const [kept, deleted] = [makeInability(fia, extract.digest, desk()), makeDeletion(fix, extract.digest, desk())];
      for (const one of [notice, kept]) expect(codesOf(await accept(one, fia))).toEqual(['ALLOW']);
      expect(codesOf(await accept(deleted, fix))).toEqual(['ALLOW']);
      expect(actionsOn(extract.digest, await seenBy(spy.id))).toEqual(['NOTICE']);
      expect(await inboxOf(spy)).toEqual([...before, 'lawful-notice']);
      // nor is it given what it knows the digest of
      const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
      const given = (who: Actor) => Promise.all([notice, kept, deleted].map(({ digest }) => reader.statement(who.id, digest)));
      const isGiven = async (who: Actor) => (await given(who)).map((one) => one !== null);
      expect([await isGiven(spy), await isGiven(fix)]).toEqual([
        [true, false, false],
        [true, true, true],
      ]);
      // the one that gave what it is made from learns it as before
      expect(actionsOn(extract.digest, await seenBy(fix.id))).toEqual(expect.arrayContaining(['ACCESS', 'NOTICE', 'INABILITY', 'DELETE']));
    },
  );

  it('hears that a disclosure went past it, whether the notice was approved in time, and may answer; nobody waits for it', async () => {
    const scene = await extracted(606);
    const { accept, walk, world, store, fia, fix, spy, found, extract, adding, seenBy, inboxOf, desk } = scene;
    const chance = createChance(1_606);
    const [pros, second] = [createActor('NG-PROS', 'PROSECUTION', chance), colleagueOf(fia, 'o2', chance)];
    await enrol(scene, [pros]);
    const grown = entry(fia, desk().at, chance, { seq: 2, calendar: { roundTheClock: true } }, [second]);
    expect((await walk.acceptStatement(grown.submission, null)).ok).toBe(true);
    expect(codesOf(await accept(adding(found, [fix.id, spy.id]), fix))).toEqual(['ALLOW']);
    const emergency = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE', disclosedAt: formatInstant(desk().at) };
    expect(codesOf(await accept(makeNotice(fia, pros, extract.digest, desk(), emergency), fia))).toEqual(['ALLOW']);
    const notice = makeNotice(fia, pros, extract.digest, desk());
    expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    expect((await reader.statement(spy.id, notice.digest))?.statement).toBe(notice.submission.statement);
    const approval = makeApproval(fia, second.signing, notice.digest, desk());
    expect(codesOf(await accept(approval, second))).toEqual(['ALLOW']);
    const label = { ...(extract.label as { purposes: string[] }), originators: [fia.id, fix.id, spy.id].toSorted() };
    const go = () =>
      makeRelease(fia, pros, extract, [], desk(), {
        purpose: 'EXCULPATORY',
        label: { ...label, purposes: [...label.purposes, 'EXCULPATORY'] },
        basis: { notices: [notice.digest], approvals: [approval.digest] },
      });
    world.clock.advance(47 * HOUR_MS);
    expect(codesOf(await accept(makeConsultation(spy, notice.digest, 'CONSULT', desk()), spy))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await go(), fia))).toContain('EXCULPATORY_NOTICE_MISSING');
    // whoever names sixteen others holds up what clears an accused no longer than by itself
    world.clock.advance(HOUR_MS);
    expect(codesOf(await accept(await go(), fia))).toEqual(['ALLOW']);
    await inboxOf(spy);
    const seen = (await seenBy(spy.id)).map(({ action }) => action);
    expect(seen).toEqual(expect.arrayContaining(['NOTICE', 'CONSULTATION', 'RELEASE', 'CLOCK_ESCALATE']));
    expect(await inboxOf(fia)).toContain('consultation');
  });

  it('must consent to a release of it all the same', async () => {
    const { accept, fia, fix, efcx, spy, found, extract, adding, seenBy, desk } = await extracted(602);
    const given = [fix.id, spy.id].toSorted();
    expect(codesOf(await accept(adding(found, given), fix))).toEqual(['ALLOW']);
    const label = { ...(extract.label as object), originators: [fia.id, fix.id, spy.id].toSorted() };
    const mine = makeConsent(fix, fia, efcx, [extract.digest], desk());
    const its = makeConsent(spy, fia, efcx, [extract.digest], desk());
    expect(codesOf(await accept(mine, fix))).toEqual(['ALLOW']);
    const release = (consents: string[]) => makeRelease(fia, efcx, extract, consents as never, desk(), { label });
    expect(codesOf(await accept(await release([mine.digest]), fia))).toContain('NO_THIRD_PARTY_CONSENT');
    expect(codesOf(await accept(its, spy))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release([mine.digest, its.digest]), fia))).toEqual(['ALLOW']);
    // what keeps to its consent it is not told of: the issuer of the extract has not named it
    const toldOfRelease = async (who: string) => (await seenBy(who)).some(({ action }) => action === 'RELEASE');
    expect([await toldOfRelease(fix.id), await toldOfRelease(spy.id)]).toEqual([true, false]);
  });

  it.each(['source', 'extract'] as const)('to the %s is asked for its consent on the way that an explanation names', async (which) => {
    const scene = await extracted(605);
    const { accept, walk, fia, fix, efcx, spy, found, extract, adding, desk } = scene;
    const target = which === 'source' ? found : { ...extract };
    const names = which === 'source' ? [fix.id, spy.id] : [fia.id, fix.id, spy.id];
    expect(codesOf(await accept(adding(target, names), fix))).toEqual(['ALLOW']);
    const act = { act: 'release', item: extract.digest, to: efcx.id, toType: efcx.type, purpose: 'INTELLIGENCE' };
    const explainer = createExplainer({
      ...scene.deps,
      store: scene.store,
      library: walk.library,
      directory: scene.directory,
      deployment: scene.deps.config.deployment,
    });
    const told = await explainer.explain(fia.caller, explainRequest.parse(act));
    if (!told.ok) throw new Error(told.error.code);
    const { ask } = told.value.missing.find(({ originator }) => originator === spy.id)!;
    expect(ask).toMatchObject({ to: spy.id, toType: 'FIU', fromType: 'FIU', profile: 'EGMONT_FIU' });
    const { body, exchangeType, legalBasis } = ask!;
    const asking = (by: Actor) =>
      makeEnvelope(
        { from: by, to: spy, exchange: uuidFrom(desk().chance), message: 'SUBMIT', body, over: { exchangeType, legalBasis } },
        desk(),
      );
    const request = asking(fia);
    expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
    while ((await walk.deliverDue()) > 0);
    const grant = makeConsent(spy, fia, efcx, [extract.digest], desk(), { request: request.digest });
    expect(codesOf(await accept(grant, spy))).toEqual(['ALLOW']);
    expect(codesOf(await accept(asking(efcx), efcx)), 'who holds nothing of it asks nobody').toEqual(['NOT_FOUND']);
  });

  it('by its issuer speaks of that item as the others do; by anyone else, of nothing', async () => {
    const { accept, fia, fix, spy, found, extract, reply, back, adding, desk } = await extracted(606);
    expect(codesOf(await accept(makeLabel(spy, found, desk(), { label: found.label }), spy))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(adding(found, [fix.id, spy.id]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(adding({ ...extract }, [fia.id, fix.id, spy.id]), fix))).toEqual(['ALLOW']);
    const takenBack = (item: typeof found) => makeLabel(spy, item, desk(), { change: 'RETRACT', label: undefined });
    expect(codesOf(await accept(takenBack({ ...extract }), spy)), 'the extract is fia’s').toEqual(['NOT_FOUND']);
    const owned = { label: { ...(found.label as object), originators: [fix.id, spy.id], caveats: [{ code: 'NO_EXPORT', by: spy.id }] } };
    expect(codesOf(await accept(makeLabel(spy, found, desk(), owned), spy))).toEqual(['ALLOW']);
    const lifted = { change: 'RELAX', label: undefined, lifts: ['NO_THIRD_PARTY'] };
    expect(codesOf(await accept(makeLabel(spy, found, desk(), lifted), spy)), 'that is fix’s').toEqual(['CAVEAT_WEAKENED']);
    expect(codesOf(await accept(takenBack(found), spy))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ITEM_RETRACTED']);
    expect(codesOf(await accept(makeAccess(fix, extract.digest, back.digest, desk()), fix))).toEqual(['ITEM_RETRACTED']);
  });

  it('by its issuer learns of that item, which it is said to have given', async () => {
    const { accept, fia, fix, spy, found, reply, adding, seenBy, desk } = await extracted(603);
    expect(codesOf(await accept(adding(found, [fix.id, spy.id]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(actionsOn(found.digest, await seenBy(spy.id))).toContain('ACCESS');
  });

  it('is an authority of the directory, and one of sixteen', async () => {
    const scene = await extracted(604);
    const { accept, fix, spy, found, adding } = scene;
    const nobody = Array.from({ length: 15 }, (_, n) => `ZZ-NOBODY-${n}`);
    expect(codesOf(await accept(adding(found, [fix.id, ...nobody]), fix))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
    const crowd = Array.from({ length: 15 }, (_, n) => createActor(`ZZ-CROWD-${n}`, 'FIU', createChance(200 + n)));
    await enrol(scene, crowd);
    expect(codesOf(await accept(adding(found, [fix.id, ...crowd.map(({ id }) => id)]), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(adding(found, [fix.id, spy.id]), fix))).toEqual(['LIMIT_REACHED']);
    expect(codesOf(await accept(adding(found, [fix.id, crowd[0]!.id]), fix))).toEqual(['ALLOW']);
  });
});

it('an extract that its maker takes back too stays as closed to it as its source, and all who took something back are named', async () => {
  const { accept, allowed, fia, fix, found, extract, back, desk } = await extracted(612);
  const retract = { change: 'RETRACT', label: undefined };
  await allowed(makeLabel(fix, found, desk(), retract), fix);
  const look = () => accept(makeAccess(fia, extract.digest, back.digest, desk()), fia);
  expect(codesOf(await look())).toEqual(['ITEM_RETRACTED']);
  await allowed(makeLabel(fia, extract, desk(), retract), fia);
  expect(codesOf(await look())).toEqual(['ITEM_RETRACTED']);
  expect(wordsOf(await accept(makeAccess(fix, extract.digest, back.digest, desk()), fix))).toContain(fia.id);
  expect(wordsOf(await accept(await makeRelease(fia, fix, extract, [], desk()), fia))).toContain(
    `by ${[fia, fix].map(({ id }) => id).join(', ')}:`,
  );
});
