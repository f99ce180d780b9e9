/** What keeps the gateway's copy of an item, and what keeps it no more; and who hears that somebody's seals went. */
import { describe, expect, it } from 'vitest';
import { RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { answered } from '../support/answered.js';
import {
  makeAccess,
  makeAnswer,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeLabel,
  makeRelease,
} from '../support/letters.js';
import { doneBy, leftOf, RETRACT, work } from '../support/retained.js';
import { createTestGateway, walkConfig } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

/** An answer that its reader handed on until a day. */
async function handedOn(seed: number, days: number, over: object = {}) {
  const retention = { ...RETENTION, reviewYears: 0, deleteYears: 0 };
  const scene = await answered(seed, over, { config: { ...walkConfig(createTestGateway(1).operator), retention } });
  const { allowed, fia, fix, efcx, found, desk } = scene;
  const until = formatInstant(plusMs(desk().at, days * DAY_MS));
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk(), { until });
  await allowed(consent, fix);
  const release = await makeRelease(fia, efcx, found, [consent.digest], desk(), { until });
  await allowed(release, fia);
  const deletes = (who: typeof fia) => allowed(makeDeletion(who, found.digest, desk()), who);
  return { ...scene, release, deletes };
}

describe('the gateway’s copy', () => {
  it.each(['before', 'after'])('is held back no more by whoever deletes its own, %s its issuer orders it away', async (when) => {
    const scene = await handedOn(351, 30);
    const { allowed, deletes, fia, fix, found, reply, desk } = scene;
    await allowed(makeInability(fia, found.digest, desk()), fia);
    if (when === 'before') await deletes(fia);
    await allowed(makeLabel(fix, found, desk(), RETRACT), fix);
    await deletes(fix);
    if (when === 'after') await deletes(fia);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });

  it('goes with the last that anybody deletes, though its issuer was the first', async () => {
    const scene = await handedOn(356, 30);
    const { deletes, fia, fix, efcx, found, reply } = scene;
    const left: number[][] = [];
    for (const who of [fix, efcx, fia]) {
      await deletes(who);
      await work(scene);
      left.push(await leftOf(scene, reply, found.digest));
    }
    expect(left.map(([, bodies]) => bodies)).toEqual([1, 1, 0]);
  });

  it('is held back by no word of a holder that it cannot keep it confidential', async () => {
    const scene = await handedOn(355, 30);
    const { allowed, deletes, fia, fix, found, reply, desk } = scene;
    const word = { of: 'CONFIDENTIALITY', code: 'PUBLIC_PROCEEDINGS' };
    await allowed(makeInability(fia, found.digest, desk(), word), fia);
    await allowed(makeLabel(fix, found, desk(), RETRACT), fix);
    await deletes(fix);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });

  it.each(['corrected it', 'lets another take it back'])('stays where its issuer deletes its own and %s', async (how) => {
    const scene = await handedOn(352, 30);
    const { allowed, deletes, fix, efcx, found, reply, desk } = scene;
    const correction = { change: 'CORRECT', label: undefined, reason: 'INACCURATE_DATA' };
    const joined = { label: { ...(found.label as object), originators: [fix.id, efcx.id] } };
    await allowed(makeLabel(fix, found, desk(), how === 'corrected it' ? correction : joined), fix);
    if (how !== 'corrected it') await allowed(makeLabel(efcx, found, desk(), RETRACT), efcx);
    await deletes(fix);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([1, 1]);
  });

  it.each([
    ['stays until a release of it has ended', false],
    ['stays for no release to somebody who deleted it', true],
  ])('%s', async (_, isDeleted) => {
    const scene = await handedOn(353, 120);
    const { allowed, deletes, fia, fix, efcx, found, reply, release, request, say, desk, world } = scene;
    await allowed(makeAccess(fia, found.digest, reply.digest, desk()), fia);
    await allowed(makeAccess(efcx, found.digest, release.digest, desk()), efcx);
    if (isDeleted) await deletes(efcx);
    await allowed(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix);
    await allowed(makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'CLOSE' }, desk()), fia);
    await work(scene);
    world.clock.advance(91 * DAY_MS);
    await work(scene);
    expect((await leftOf(scene, reply, found.digest))[1]).toBe(isDeleted ? 0 : 1);
    world.clock.advance(yearsAfter(world.clock.now(), 1) - world.clock.now());
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });
});

describe('that a holder’s seals went', () => {
  it('is told to it and to the originators, and to nobody else who has the item', async () => {
    const scene = await handedOn(354, 30);
    const { deletes, store, fia, fix } = scene;
    await deletes(fia);
    await work(scene);
    expect(await doneBy(scene, 'ERASE')).toHaveLength(1);
    const last = (await store.leaves(0, await store.leafCount())).at(-1)!;
    expect(last.views.map(({ view }) => view).toSorted()).toEqual([fia.id, fix.id].toSorted());
  });
});

describe('the day by which a label wants it gone', () => {
  /** in 60 days; the release ended before */
  const dated = (seed: number) => {
    const destroyBy = formatInstant(plusMs(createWorld(seed).clock.now(), 60 * DAY_MS));
    const label = {
      level: 'OFFICIAL',
      tlp: 'AMBER+STRICT',
      caveats: [{ code: 'NO_THIRD_PARTY', by: 'VG-FIX' }],
      purposes: ['INTELLIGENCE'],
      originators: ['VG-FIX'],
      destroyBy,
    };
    return handedOn(seed, 30, { label });
  };

  it('is told to each holder in a leaf that no other holder sees', async () => {
    const scene = await dated(357);
    const { fia, fix, efcx, store, world } = scene;
    for (const days of [31, 30]) {
      world.clock.advance(days * DAY_MS);
      await work(scene);
    }
    const leaves = await store.leaves(0, await store.leafCount());
    const told = leaves.filter(({ views }) =>
      views.some(({ event }) => /"action":"RETENTION_(REVIEW|DUE)"/.test(new TextDecoder().decode(event))),
    );
    expect(new Set(told.map(({ mailbox }) => mailbox))).toEqual(new Set([fix.id, fia.id, efcx.id]));
    for (const { mailbox, views } of told) expect(views.map(({ view }) => view)).toEqual([mailbox]);
  });

  it('is told as the earlier one that it became, and never as the one that it was', async () => {
    const scene = await dated(359);
    const { allowed, fix, found, desk, world } = scene;
    const destroyBy = formatInstant(plusMs(world.clock.now(), 45 * DAY_MS));
    await allowed(makeLabel(fix, found, desk(), { label: { ...(found.label as object), destroyBy } }), fix);
    world.clock.advance(40 * DAY_MS);
    await work(scene);
    expect(new Set((await doneBy(scene, 'RETENTION_REVIEW')).map(({ basis }) => basis))).toEqual(new Set([`DUE ${destroyBy}`]));
  });

  it('passes without effect under a hold, though its issuer ordered it away, and comes into its own when the hold is lifted', async () => {
    const scene = await dated(358);
    const { allowed, deletes, fia, fix, found, reply, desk, world } = scene;
    await allowed(makeInability(fia, found.digest, desk()), fia);
    await allowed(makeLabel(fix, found, desk(), RETRACT), fix);
    await deletes(fix);
    for (const days of [31, 30, 31]) {
      world.clock.advance(days * DAY_MS);
      await work(scene);
      expect((await leftOf(scene, reply, found.digest))[1]).toBe(1);
    }
    await allowed(makeInability(fia, found.digest, desk(), { until: formatInstant(world.clock.now()) }), fia);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });
});
