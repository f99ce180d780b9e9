/** What is added to a source later is added to what was made from it: releases, uses and readings of an extract are judged by it. */
import { describe, expect, it } from 'vitest';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { answered, codesOf } from '../support/answered.js';
import { createActor, ORIGIN, signNow, submitted, uuidFrom } from '../support/actors.js';
import { labelOf, makeConsent, makeDeletion, makeEnvelope, makeItem, makeLabel, makeRelease } from '../support/letters.js';
import { RETRACT, work } from '../support/retained.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';
import { formatInstant } from '../../domain/time.js';

/** fia asked fix with a form; fix's answer quotes it, and a summary of that answer follows. Both may go on to efcx. */
async function quoted(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, efcx, request, say, desk } = scene;
  const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id })).toSorted((a, b) => (a.by < b.by ? -1 : 1));
  const label = labelOf(fix, { caveats, originators: [fia.id, fix.id].toSorted() });
  const derive = (from: string, text: string) => makeItem(fix, [fia, fix], text, desk(), { label, kind: 'EXTRACT', derivedFrom: [from] });
  const extract = await derive(request.item.digest, 'as you wrote');
  const summary = await derive(extract.digest, 'in short');
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [extract] }, desk()), fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [summary] }, desk()), fix))).toEqual(['ALLOW']);
  const consents = [makeConsent(fix, fia, efcx, [summary.digest], desk())];
  for (const consent of consents) await accept(consent, fix);
  const added = (code: string) => ({ ...(request.item.label as object), caveats: [{ code, by: fia.id }] });
  const add = (code: string) => makeLabel(fia, request.item, desk(), { label: added(code) });
  const release = (over: object = {}) =>
    makeRelease(
      fia,
      efcx,
      summary,
      consents.map(({ digest }) => digest),
      desk(),
      over,
    );
  const use = (proceedings?: string) =>
    submitted(
      signNow(
        'parley-use+json',
        {
          v: 1,
          aud: ORIGIN,
          id: uuidFrom(desk().chance),
          at: formatInstant(desk().at),
          holder: fix.id,
          item: summary.digest,
          purpose: 'INTELLIGENCE',
          ...(proceedings === undefined ? {} : { proceedings }),
        },
        fix.signing,
      ),
    );
  return { ...scene, label, summary, extract, add, release, use, added };
}

it('what is made from two sources bears the labels of both, whichever is named first', async () => {
  const { accept, fia, fix, request, found, say, desk } = await answered(300);
  const quoting = async (derivedFrom: readonly string[], owners: readonly { readonly id: string }[]) => {
    const caveats = owners.map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
    const label = labelOf(fix, { caveats, originators: owners.map(({ id }) => id) });
    const item = await makeItem(fix, [fia, fix], 'of both', desk(), { label, kind: 'EXTRACT', derivedFrom });
    return codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, desk()), fix));
  };
  const both = [request.item.digest, found.digest];
  for (const sources of [both, both.toReversed()]) {
    for (const one of [fia, fix]) expect(await quoting(sources, [one])).toContain('CAVEAT_WEAKENED');
    expect(await quoting(sources, [fia, fix])).toEqual(['ALLOW']);
  }
});

describe('a caveat that is added to a source', () => {
  it('stands in the way of a release of what was made from what was made from it', async () => {
    const { accept, fia, add, release } = await quoted(301);
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(add('NO_EXPORT'), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toEqual(['CAVEAT_WEAKENED']);
  });

  it('stands in the way of its use', async () => {
    const { accept, fia, fix, request, added, use, desk } = await quoted(302);
    expect(codesOf(await accept(use(), fix))).toEqual(['ALLOW']);
    const label = { ...added('NO_EXPORT'), caveats: [{ code: 'SPECIALITY', by: fia.id, proceedings: ['case-1'] }] };
    expect(codesOf(await accept(makeLabel(fia, request.item, desk(), { label }), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(use(), fix))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(await accept(use('case-1'), fix))).toEqual(['ALLOW']);
  });

  it('is lifted for it where its owner lifts it there', async () => {
    const { accept, fia, summary, add, release, desk } = await quoted(303);
    await accept(add('NO_EXPORT'), fia);
    const lifted = makeLabel(fia, summary, desk(), { change: 'RELAX', label: undefined, lifts: ['NO_EXPORT'] });
    expect(codesOf(await accept(lifted, fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
  });

  it('wins over a release that is decided while it comes in', async () => {
    const { accept, fia, add, release } = await quoted(304);
    const [adding, going] = [add('NO_EXPORT'), await release()];
    const [first, second] = await Promise.all([accept(adding, fia), accept(going, fia)]);
    expect(codesOf(first)).toEqual(['ALLOW']);
    expect(codesOf(second)).toEqual(['CAVEAT_WEAKENED']);
  });

  it('is borne by what is made from the extract afterwards, and reaches who holds it', async () => {
    const { accept, walk, store, fia, fix, efcx, say, label, summary, add, release, desk } = await quoted(305);
    await accept(await release(), fia);
    const adding = add('OWN_ORG_ONLY');
    await accept(adding, fia);
    await walk.deliverDue();
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    const got = (await inbox.page(efcx.id, 0, 200)).entries.map(({ statement }) => statement);
    expect(got).toContain(adding.submission.statement);
    const again = await makeItem(fix, [fia, fix], 'shorter', desk(), { label, kind: 'EXTRACT', derivedFrom: [summary.digest] });
    const sent = makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [again] }, desk());
    expect(codesOf(await accept(sent, fix))).toContain('CAVEAT_WEAKENED');
  });
});

describe('what a holder says of an extract', () => {
  it('answers whoever took back what it was made from', async () => {
    const scene = await quoted(306);
    const { accept, store, walk, fia, efcx, request, summary, release, desk } = scene;
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
    const change = makeLabel(fia, request.item, desk(), RETRACT);
    expect(codesOf(await accept(change, fia))).toEqual(['ALLOW']);
    const answer = makeDeletion(efcx, summary.digest, desk(), { answers: change.digest });
    expect(codesOf(await accept(answer, efcx))).toEqual(['ALLOW']);
    await work(scene);
    const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
    expect((await inbox.page(fia.id, 0, 200)).entries.map(({ statement }) => statement)).toContain(answer.submission.statement);
  });

  it('is for none of those whom a source names later as its originators', async () => {
    const scene = await quoted(307);
    const { accept, store, fia, fix, request, summary, added, desk } = scene;
    const late = createActor('ZZ-LATE', 'FIU', createChance(90));
    await enrol(scene, [late]);
    const originators = [fia.id, late.id];
    const named = makeLabel(fia, request.item, desk(), { label: { ...(request.item.label as object), originators } });
    const caveats = [{ code: 'NO_EXPORT', by: late.id }];
    const stricter = makeLabel(late, request.item, desk(), { label: { ...added('NO_EXPORT'), originators, caveats } });
    expect(codesOf(await accept(named, fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(stricter, late))).toEqual(['ALLOW']);
    const deleted = makeDeletion(fix, summary.digest, desk());
    expect(codesOf(await accept(deleted, fix))).toEqual(['ALLOW']);
    await work(scene);
    const leaf = await store.leafOf(deleted.digest, 'accepted');
    expect(leaf?.views.map(({ view }) => view).toSorted()).toEqual([fia.id, fix.id].toSorted());
    expect(await store.leafOf(deleted.digest, 'delivered')).toMatchObject({ mailbox: fia.id });
  });

  it('is read by whoever asked, though that came to light later', async () => {
    const scene = await quoted(308);
    const { accept, store, walk, fia, fix, request, summary, desk } = scene;
    const [late, spy] = ['ZZ-LATE', 'ZZ-SPY'].map((code, n) => createActor(code, 'FIU', createChance(90 + n)));
    await enrol(scene, [late!, spy!]);
    const label = { ...(request.item.label as object), originators: [fia.id, late!.id] };
    expect(codesOf(await accept(makeLabel(fia, request.item, desk(), { label }), fia))).toEqual(['ALLOW']);
    const change = makeLabel(late!, request.item, desk(), RETRACT);
    expect(codesOf(await accept(change, late!))).toEqual(['ALLOW']);
    const answer = makeDeletion(fix, summary.digest, desk(), { answers: change.digest });
    expect(codesOf(await accept(answer, fix))).toEqual(['ALLOW']);
    await work(scene);
    expect(await store.leafOf(answer.digest, 'delivered')).toMatchObject({ mailbox: late!.id });
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    expect((await reader.statement(late!.id, answer.digest))?.statement).toBe(answer.submission.statement);
    expect(await reader.statement(spy!.id, answer.digest)).toBeNull();
  });
});
