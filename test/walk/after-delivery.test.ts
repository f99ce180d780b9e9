/** What happens after delivery: what an originator says later reaches every holder, and every holder answers for itself. */
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Digest } from '../../domain/ids.js';
import { formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { answered, codesOf, toldOf } from '../support/answered.js';
import type { Actor } from '../support/actors.js';
import { makeAccess, makeConsent, makeDeletion, makeInability, makeLabel, makeRelease } from '../support/letters.js';

/** fix gave it to fia, fia handed it on to efcx. */
async function handedOn(seed: number, over: object = {}) {
  const scene = await answered(seed, over);
  const { accept, walk, fia, fix, efcx, found, desk } = scene;
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
  const release = await makeRelease(fia, efcx, found, [consent.digest], desk());
  expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  return { ...scene, consent, release };
}

const retraction = { change: 'RETRACT', label: undefined };

describe('an originator', () => {
  it('takes an item back from every holder along the releases', async () => {
    const { accept, walk, fia, fix, efcx, found, desk, got } = await handedOn(201);
    const retract = makeLabel(fix, found, desk(), retraction);
    expect(codesOf(await accept(retract, fix))).toEqual(['ALLOW']);
    await walk.deliverDue();
    for (const holder of [fia, efcx]) expect(await got(holder, retract)).toBe(true);
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [], desk()), fia))).toContain('ITEM_RETRACTED');
  });

  it('takes an item back once: a second time asks nobody for a second answer, and is told which was the first', async () => {
    const { accept, allowed, fix, found, desk, store } = await handedOn(207);
    const retract = makeLabel(fix, found, desk(), retraction);
    await allowed(retract, fix);
    const before = await store.version(`item:${found.digest}`);
    const told = toldOf(await accept(makeLabel(fix, found, desk(), retraction), fix));
    expect(told).toContain('STEP_NOT_ALLOWED');
    expect(told).toContain(retract.digest);
    expect(await store.version(`item:${found.digest}`)).toBe(before);
    expect(codesOf(await accept(retract, fix))).toEqual(['ALLOW']);
  });

  it('corrects an item, and every holder hears of it', async () => {
    const { accept, walk, fia, fix, efcx, found, desk, got } = await handedOn(202);
    const correct = makeLabel(fix, found, desk(), { change: 'CORRECT', label: undefined, reason: 'INACCURATE_DATA' });
    expect(codesOf(await accept(correct, fix))).toEqual(['ALLOW']);
    await walk.deliverDue();
    for (const holder of [fia, efcx]) expect(await got(holder, correct)).toBe(true);
  });

  it('names as the right item one of its own only', async () => {
    const { accept, fix, found, request, desk } = await handedOn(203);
    const correct = (replacement: string) =>
      makeLabel(fix, found, desk(), { change: 'CORRECT', label: undefined, reason: 'INACCURATE_DATA', replacement });
    expect(codesOf(await accept(correct(request.item.digest), fix))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(correct('A'.repeat(43)), fix))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(correct(found.digest), fix))).toEqual(['ALLOW']);
  });

  it('says of each change what belongs to it and nothing else', async () => {
    const { accept, fix, found, desk } = await handedOn(204);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT' }), fix))).toEqual(['MALFORMED']);
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RELAX', label: undefined }), fix))).toEqual(['MALFORMED']);
  });

  it('adds a caveat by which later releases are judged', async () => {
    const { accept, fia, fix, efcx, found, consent, desk } = await handedOn(205);
    const label = { ...(found.label as { caveats: object[] }) };
    const added = { ...label, caveats: [...label.caveats, { code: 'NO_EXPORT', by: fix.id }] };
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label: added }), fix))).toEqual(['ALLOW']);
    const again = await makeRelease(fia, efcx, found, [consent.digest], desk());
    expect(codesOf(await accept(again, fia))).toEqual(expect.arrayContaining(['EXPORT_NOT_ALLOWED', 'CAVEAT_WEAKENED']));
  });

  it('lifts its own caveat, and what was refused is allowed', async () => {
    const caveats = (by: Actor) => [
      { code: 'NO_THIRD_PARTY', by: by.id },
      { code: 'NO_EXPORT', by: by.id },
    ];
    const scene = await answered(206);
    const { accept, fia, fix, efcx, found, desk } = scene;
    const label = { ...(found.label as object), caveats: caveats(fix) };
    await accept(makeLabel(fix, found, desk(), { label }), fix);
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await accept(consent, fix);
    const release = () => makeRelease(fia, efcx, found, [consent.digest], desk());
    expect(codesOf(await accept(await release(), fia))).toContain('EXPORT_NOT_ALLOWED');
    const relax = makeLabel(fix, found, desk(), { change: 'RELAX', label: undefined, lifts: ['NO_EXPORT'] });
    expect(codesOf(await accept(relax, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await release(), fia))).toEqual(['ALLOW']);
  });

  it('alone may relax: a holder is not even told that there is something to relax', async () => {
    const { accept, fia, found, desk } = await handedOn(207);
    const relax = makeLabel(fia, found, desk(), { change: 'RELAX', label: undefined, lifts: ['NO_THIRD_PARTY'] });
    expect(codesOf(await accept(relax, fia))).toEqual(['NOT_FOUND']);
  });

  it('lifts no caveat that it did not set', async () => {
    const { accept, fix, found, desk } = await handedOn(208);
    const relax = makeLabel(fix, found, desk(), { change: 'RELAX', label: undefined, lifts: ['NO_EXPORT'] });
    expect(codesOf(await accept(relax, fix))).toEqual(['CAVEAT_WEAKENED']);
  });
});

describe('a holder', () => {
  it('certifies that it deleted, to who took the item back', async () => {
    const { accept, walk, fia, fix, efcx, found, desk, got } = await handedOn(211);
    const retract = makeLabel(fix, found, desk(), retraction);
    await accept(retract, fix);
    const certificate = makeDeletion(efcx, found.digest, desk(), { answers: retract.digest });
    expect(codesOf(await accept(certificate, efcx))).toEqual(['ALLOW']);
    await walk.deliverDue();
    expect(await got(fix, certificate)).toBe(true);
    expect(await got(fia, certificate)).toBe(false);
  });

  it('says that its own law keeps the item, and who asked is told why', async () => {
    const { accept, walk, fix, efcx, found, desk, got } = await handedOn(212);
    const retract = makeLabel(fix, found, desk(), retraction);
    await accept(retract, fix);
    const inability = makeInability(efcx, found.digest, desk(), { answers: retract.digest });
    expect(codesOf(await accept(inability, efcx))).toEqual(['ALLOW']);
    await walk.deliverDue();
    expect(await got(fix, inability)).toBe(true);
  });

  it('ends its hold in the log when it ends by the gateway’s clock, whatever it dates its word', async () => {
    const { accept, store, world, efcx, found, desk } = await handedOn(216);
    const said = async (atMs: number, untilMs: number): Promise<string> => {
      const now = world.clock.now();
      const [at, until] = [atMs, untilMs].map((ms) => formatInstant(plusMs(now, ms)));
      const word = makeInability(efcx, found.digest, desk(), { at, until });
      expect(codesOf(await accept(word, efcx))).toEqual(['ALLOW']);
      const leaf = await store.leafOf(word.digest as Digest, 'accepted');
      return leaf!.views.map(({ event }) => (JSON.parse(new TextDecoder().decode(event)) as AuditEvent).basis).join();
    };
    expect(await said(20 * HOUR_MS, 20 * HOUR_MS)).toBe('DELETION(LEGAL_HOLD),DELETION(LEGAL_HOLD)');
    expect(await said(-2 * HOUR_MS, -HOUR_MS)).toBe('HOLD_ENDED(LEGAL_HOLD),HOLD_ENDED(LEGAL_HOLD)');
  });

  it('that certified its deletion neither reads nor hands on nor hears of it any more', async () => {
    const { accept, walk, fia, fix, efcx, found, reply, consent, desk, got } = await handedOn(213);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(await makeRelease(fia, efcx, found, [consent.digest], desk()), fia))).toEqual(['NOT_FOUND']);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['NOT_FOUND']);
    const retract = makeLabel(fix, found, desk(), retraction);
    await accept(retract, fix);
    await walk.deliverDue();
    expect(await got(fia, retract)).toBe(false);
    expect(await got(efcx, retract)).toBe(true);
  });

  it('answers only what was said of the item that it holds', async () => {
    const { accept, fix, efcx, found, release, desk } = await handedOn(214);
    const added = makeLabel(fix, found, desk());
    await accept(added, fix);
    for (const answers of [added.digest, release.digest, 'A'.repeat(43)])
      expect(codesOf(await accept(makeDeletion(efcx, found.digest, desk(), { answers }), efcx))).toEqual(['NOT_FOUND']);
  });

  it('in the middle deletes its copy, and the end stays bound', async () => {
    const { accept, fia, fix, efcx, found, release, desk } = await handedOn(215);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    const access = () => makeAccess(efcx, found.digest, release.digest, desk());
    expect(codesOf(await accept(access(), efcx))).toEqual(['ALLOW']);
    await accept(makeLabel(fix, found, desk(), retraction), fix);
    expect(codesOf(await accept(access(), efcx))).toEqual(['ITEM_RETRACTED']);
  });
});
