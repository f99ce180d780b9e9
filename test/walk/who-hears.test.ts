/** Who is asked, who is told and who sees it: those whom it concerns, by what each of them was given, and nobody else. */
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Digest } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { createActor, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import { digest } from '../support/ids.js';
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
  type Item,
} from '../support/letters.js';
import { makeApproval, makeNotice, makeVerification } from '../support/notices.js';
import { doneBy, RETRACT, work } from '../support/retained.js';
import { enrol, type TestGateway } from '../support/test-gateway.js';
import { createChance, WORLD_START } from '../support/world.js';

/** fix gave an item to fia; another FIU is there too. */
async function scene(seed: number, over: object = {}) {
  const gateway = await answered(seed, over);
  const { allowed, fia, fix, found, desk } = gateway;
  const reader = createActor('QZ-FIU', 'FIU', createChance(seed + 9));
  await enrol(gateway, [reader]);
  const grant = async (to: Actor, item: Item = found): Promise<Signed> => {
    const consent = makeConsent(fix, fia, to, [item.digest], desk());
    await allowed(consent, fix);
    return consent;
  };
  const release = async (to: Actor, consents: readonly Signed[], item: Item = found): Promise<Signed> => {
    const cited = consents.map(({ digest }) => digest);
    const signed = await makeRelease(fia, to, item, cited, desk());
    await allowed(signed, fia);
    return signed;
  };
  return { ...gateway, reader, grant, release };
}

describe('consent is asked of whoever gave the item to the one that asks', () => {
  const ask = (from: Actor, to: Actor, recipient: Actor, item: Item, desk: Parameters<typeof makeConsent>[4]): Signed => {
    const asked = { authority: recipient.id, authorityType: recipient.type, purposes: ['INTELLIGENCE'] };
    const consent = { items: [item.digest], recipient: asked, until: formatInstant(plusMs(desk.at, 30 * DAY_MS)) };
    const over = { exchangeType: 'CONSENT_REQUEST' };
    return makeEnvelope({ from, to, exchange: uuidFrom(desk.chance), message: 'SUBMIT', body: { consent }, over }, desk);
  };

  it('and not of one that handed it on to somebody else', async () => {
    const { accept, fia, fix, reader, efcx, found, grant, release, desk } = await scene(1401);
    await release(reader, [await grant(reader)]);
    expect(codesOf(await accept(ask(reader, fia, efcx, found, desk()), reader))).toEqual(['ALLOW']);
    expect(codesOf(await accept(ask(fix, fia, efcx, found, desk()), fix))).toEqual(['NOT_FOUND']);
  });
});

/** What an authority reads in its own log of what is said by this. */
async function seenBy(who: Actor, { digest }: Signed, { store }: Pick<TestGateway, 'store'>): Promise<AuditEvent | null> {
  const leaf = await store.leafOf(digest, 'accepted');
  const view = leaf?.views.find((one) => one.view === who.id);
  return view === undefined ? null : (JSON.parse(new TextDecoder().decode(view.event)) as AuditEvent);
}

describe('a message', () => {
  it('is seen in its exchange by both its sides, and by who gave an item in it without the exchange', async () => {
    const base = await scene(1406);
    const { fia, fix, efcx, reader, reply, request } = base;
    for (const side of [fia, fix]) expect((await seenBy(side, reply, base))?.object).toMatchObject({ exchange: request.exchange });
    for (const other of [efcx, reader]) expect(await seenBy(other, reply, base)).toBeNull();
  });
});

describe('a release', () => {
  it('is told to the originator with the reader, for what it went and the consents on which it rests', async () => {
    const base = await scene(1416);
    const { fix, fia, reader, found, grant, release } = base;
    const consent = await grant(reader);
    const released = await release(reader, [consent]);
    const [of, went] = [
      { object: { item: found.digest } },
      { counterparty: reader.id, purpose: 'INTELLIGENCE', legalBasis: ['RECIPROCITY'] },
    ];
    const told = { action: 'RELEASE', ...of, ...went, basis: 'CONSENT', consents: [consent.digest] };
    for (const side of [fix, fia, reader]) expect(await seenBy(side, released, base)).toMatchObject(told);
  });
});

describe('an originator’s word to a holder', () => {
  it('comes to its inbox: a consent, its end, and that an item is confirmed', async () => {
    const base = await scene(1407);
    const { walk, fia, fix, efcx, reader, found, grant, allowed, got, desk } = base;
    const consent = await grant(efcx);
    const [end, confirmed] = [makeRevocation(fix, fia, consent.digest, desk()), makeVerification(fix, fia, found.digest, desk())];
    for (const word of [end, confirmed]) await allowed(word, fix);
    await walk.deliverDue();
    for (const word of [consent, end, confirmed])
      expect(await Promise.all([fia, fix, efcx, reader].map((who) => got(who, word)))).toEqual([true, false, false, false]);
    for (const side of [fia, fix]) expect(await seenBy(side, end, base)).toMatchObject({ consents: [consent.digest] });
  });
});

describe('a deputy’s approval', () => {
  it('is seen by its own authority and by the holder whose notice it is', async () => {
    const base = await scene(1410);
    const { walk, store, fia, fix, efcx, reader, found, allowed, desk } = base;
    const deputy = createActor('NG-MIN', 'CENTRAL_AUTHORITY_MLA', createChance(30));
    await enrol(base, [deputy]);
    const over = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE', deputy: deputy.id };
    const notice = makeNotice(fia, efcx, found.digest, desk(), over);
    await allowed(notice, fia);
    const approval = makeApproval(deputy, deputy.signing, notice.digest, desk());
    await allowed(approval, deputy);
    for (const side of [deputy, fia]) expect(await seenBy(side, approval, base)).toMatchObject({ action: 'APPROVE' });
    for (const other of [fix, efcx]) expect(await seenBy(other, approval, base)).toBeNull();
    // whoever knows its digest is given it where the notice concerns it, and its receipt where it has a view of it
    const statements = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    const asked = [deputy, fia, fix, efcx, reader];
    const given = await Promise.all(asked.map(({ id }) => statements.statement(id, approval.digest)));
    expect(given.map((one) => one !== null)).toEqual([true, true, true, true, false]);
    const receipts = await Promise.all(asked.map(({ id }) => statements.receipt(id, approval.digest)));
    expect(receipts.map((one) => one !== null)).toEqual([true, true, false, false, false]);
  });
});

describe('that a holder deleted an item', () => {
  it('is told to the requester whose confidence it bears, who is no originator of it', async () => {
    const caveats = [
      { code: 'NO_THIRD_PARTY', by: 'VG-FIX' },
      { code: 'CONFIDENTIAL_FACT', by: 'NG-FIA' },
    ];
    const { walk, fia, fix, efcx, found, grant, release, allowed, got, desk } = await scene(1408, {
      label: labelOf({ id: 'VG-FIX' } as Actor, { caveats }),
    });
    await release(efcx, [await grant(efcx)]);
    const certificate = makeDeletion(efcx, found.digest, desk());
    await allowed(certificate, efcx);
    await walk.deliverDue();
    expect(await Promise.all([fia, fix, efcx].map((who) => got(who, certificate)))).toEqual([true, true, false]);
  });

  it('is told to nobody where it answers its own order', async () => {
    const { walk, fia, fix, found, allowed, got, desk } = await scene(1409);
    const order = makeLabel(fix, found, desk(), RETRACT);
    const certificate = makeDeletion(fix, found.digest, desk(), { answers: order.digest });
    for (const word of [order, certificate]) await allowed(word, fix);
    await walk.deliverDue();
    expect(await Promise.all([fia, fix].map((who) => got(who, certificate)))).toEqual([false, false]);
  });
});

describe('the end of a consent', () => {
  it('is told to whoever has the item on it, and to nobody who has it on another', async () => {
    const { walk, fia, fix, efcx, reader, grant, release, allowed, got, desk } = await scene(1402);
    const [one, other] = [await grant(efcx), await grant(reader)];
    await release(efcx, [one]);
    await release(reader, [other]);
    const end = makeRevocation(fix, fia, one.digest, desk());
    await allowed(end, fix);
    await walk.deliverDue();
    expect(await Promise.all([fia, efcx, reader, fix].map((who) => got(who, end)))).toEqual([true, true, false, false]);
  });
});

describe('what was deleted and given again', () => {
  it('is read by what gave it then, and the end of what it was given on before is not told', async () => {
    const { walk, accept, fia, fix, efcx, found, grant, release, allowed, got, desk } = await scene(1417);
    const [one, other] = [await grant(efcx), await grant(efcx)];
    const first = await release(efcx, [one]);
    await allowed(makeDeletion(efcx, found.digest, desk()), efcx);
    const again = await release(efcx, [other]);
    const read = async ({ digest }: Signed) => codesOf(await accept(makeAccess(efcx, found.digest, digest, desk()), efcx));
    expect([await read(first), await read(again)]).toEqual([['NOT_FOUND'], ['ALLOW']]);
    const ends = [one, other].map(({ digest }) => makeRevocation(fix, fia, digest, desk()));
    for (const end of ends) await allowed(end, fix);
    await walk.deliverDue();
    expect(await Promise.all(ends.map((end) => got(efcx, end)))).toEqual([false, true]);
  });
});

describe('that something is taken back', () => {
  it('is told to who has an extract of it and of more, and not to who has what came with the extract alone', async () => {
    const { walk, store, fia, fix, efcx, reader, found, request, allowed, grant, release, got, desk } = await scene(1403);
    const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const label = labelOf(fia, { originators: [fia.id, fix.id], caveats });
    const derivedFrom = [found.digest, request.item.digest];
    const extract = await makeItem(fia, [fix, fia], 'of both', desk(), { kind: 'EXTRACT', derivedFrom, label });
    const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const opening = { from: fia, to: fix, exchange: uuidFrom(desk().chance), body: requestBody(fix, form.digest) };
    await allowed(makeEnvelope({ ...opening, message: 'SUBMIT', items: [form, extract] }, desk()), fia);
    await walk.deliverDue();
    await release(efcx, [await grant(efcx, extract)], extract);
    await release(reader, [], form);
    const order = makeLabel(fix, found, desk(), RETRACT);
    await allowed(order, fix);
    await walk.deliverDue();
    expect(await Promise.all([fia, efcx, reader].map((who) => got(who, order)))).toEqual([true, true, false]);
    const statements = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    const given = (who: Actor, { digest }: Signed) => statements.statement(who.id, digest).then((one) => one !== null);
    expect(await Promise.all([fix, fia, efcx, reader].map((who) => given(who, order)))).toEqual([true, true, true, false]);
    // what answers it is for who gave it the item and for who asked, and for nobody who knows its digest
    const certificate = makeDeletion(efcx, extract.digest, desk(), { answers: order.digest });
    await allowed(certificate, efcx);
    expect(await Promise.all([efcx, fia, fix, reader].map((who) => given(who, certificate)))).toEqual([true, true, true, false]);
  });
});

describe('what a holder says of an item', () => {
  it('is seen by itself and by who gave the item, and by nobody else who has it', async () => {
    const { walk, store, fia, fix, efcx, found, allowed, grant, release, desk } = await scene(1408);
    await release(efcx, [await grant(efcx)]);
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    const [used, held] = [makeUse(fia, found.digest, desk()), makeInability(fia, found.digest, desk())];
    const seers = async ({ digest }: Signed) => {
      const seen = await Promise.all([fia, fix, efcx].map(({ id }) => reader.statement(id, digest)));
      return seen.map((one) => one !== null);
    };
    await allowed(used, fia);
    expect(await seers(used)).toEqual([true, false, false]);
    await allowed(held, fia);
    expect(await seers(held)).toEqual([true, true, false]);
  });
});

describe('that the gateway’s copy is gone', () => {
  it('is seen by everybody who ever had the item, and by nobody else', async () => {
    const base = await scene(1404);
    const { store, fia, fix, efcx, found, allowed, grant, release, desk } = base;
    await release(efcx, [await grant(efcx)]);
    for (const holder of [fia, efcx, fix]) {
      await allowed(makeDeletion(holder, found.digest, desk()), holder);
      await work(base);
    }
    const leaves = await store.leaves(0, await store.leafCount());
    const seen = leaves.filter(({ views }) => views.some(({ event }) => actionOf(event) === 'ERASE')).map(({ views }) => views);
    const last = seen.at(-1)!.map(({ view }) => view);
    expect(last.toSorted()).toEqual([fia.id, fix.id, efcx.id].toSorted());
    // each certificate before the last took the seals of its own holder
    expect(seen.slice(0, -1).map((views) => views.map(({ view }) => view))).toEqual([
      [fia.id, fix.id],
      [efcx.id, fix.id],
    ]);
  });
});

const actionOf = (event: Uint8Array): string => (JSON.parse(new TextDecoder().decode(event)) as AuditEvent).action;

describe('a reminder of the label’s day', () => {
  it('names to each holder what gave it the item, the last of several', async () => {
    const destroyBy = formatInstant(plusMs(WORLD_START, 60 * DAY_MS));
    const base = await scene(1405, { label: labelOf({ id: 'VG-FIX' } as Actor, { destroyBy }) });
    const { fia, fix, efcx, found, reply, say, allowed, grant, release, world, desk } = base;
    await allowed(sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk()), fix);
    const consent = await grant(efcx);
    await release(efcx, [consent]);
    const anew = await release(efcx, [consent]);
    const again = sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk());
    await allowed(again, fix);
    world.clock.advance(31 * DAY_MS);
    await work(base);
    const told = (await doneBy(base, 'RETENTION_REVIEW')).map(({ tells, object }) => [tells, object.statement]);
    expect(told).toEqual([
      [fix.id, reply.digest],
      [fia.id, again.digest],
      [efcx.id, anew.digest],
    ]);
  });
});

describe('a consent between others', () => {
  it('is to one that has the same item, and learned its digest, as one that does not exist, and so once it has ended', async () => {
    const { accept, allowed, fia, fix, efcx, reader, found, grant, release, desk } = await scene(1407);
    await release(reader, [await grant(reader)]);
    const theirs = await grant(efcx);
    const heard = async (consent: Digest): Promise<string> => {
      const answer = await accept(await makeRelease(reader, efcx, found, [consent], desk()), reader);
      expect(codesOf(answer)).toContain('CONSENT_SCOPE_EXCEEDED');
      return wordsOf(answer).replaceAll(consent, 'CONSENT');
    };
    const unknown = await heard(digest('none'));
    expect(await heard(theirs.digest)).toBe(unknown);
    await allowed(makeRevocation(fix, fia, theirs.digest, desk()), fix);
    expect(await heard(theirs.digest)).toBe(unknown);
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [theirs.digest], desk()), fia))).toContain(
      'CONSENT_EXPIRED_OR_REVOKED',
    );
  });
});
