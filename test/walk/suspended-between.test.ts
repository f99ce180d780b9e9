/** A suspension that nobody looked at while it lasted, or that another gateway heard of first: what it stopped is what it lasted. */
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.js';
import { parseUuid } from '../../domain/ids.js';
import { certain } from '../../domain/result.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { answered, codesOf } from '../support/answered.js';
import type { Actor } from '../support/actors.js';
import { makeConsent, makeEnvelope, makeItem, makeRequest } from '../support/letters.js';
import { designate, openWalk, type TestGateway } from '../support/test-gateway.js';

async function exchangeOf(id: string, store: TestGateway['store']) {
  return (await readExchange(certain(parseUuid(id)), store))!;
}

const suspend = (gateway: TestGateway, actor: Actor) => designate(gateway, actor, { status: 'SUSPENDED', reason: 'SECURITY_AT_RISK' });
const restore = (gateway: TestGateway, actor: Actor) => designate(gateway, actor, {});

async function deliverAll({ walk }: TestGateway): Promise<void> {
  while ((await walk.deliverDue()) > 0);
}

/** A question that the requester owes an answer to; its silence would take a step. */
async function questioned(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, say, store, request, desk } = scene;
  const item = await makeItem(fix, [fia, fix], 'which company?', desk());
  const asked = makeEnvelope({ ...say, message: 'CLARIFICATION_REQUEST', items: [item], body: {} }, desk());
  expect(codesOf(await accept(asked, fix))).toEqual(['ALLOW']);
  await deliverAll(scene);
  const exchange = () => exchangeOf(request.exchange, store);
  const clock = async () => (await exchange()).clocks.find(({ code }) => code === 'CLARIFICATION_10BD')!;
  return { ...scene, exchange, clock };
}

/** To the middle of the last day. */
const toLastDay = async ({ clock, world }: Awaited<ReturnType<typeof questioned>>): Promise<void> => {
  world.clock.advance((await clock()).due - 12 * HOUR_MS - world.clock.now());
};

it('a date does not fall into it: who was suspended on the last day has a day that counts when it is back', async () => {
  const scene = await questioned(811);
  await toLastDay(scene);
  const { due } = await scene.clock();
  await suspend(scene, scene.fia);
  await scene.walk.recountClocks();
  scene.world.clock.advance(20 * DAY_MS);
  await deliverAll(scene);
  await restore(scene, scene.fia);
  await scene.walk.recountClocks();
  scene.world.clock.advance(MINUTE_MS);
  await deliverAll(scene);
  expect((await scene.exchange()).state).toBe('CLARIFICATION_PENDING');
  expect((await scene.clock()).due).toBeGreaterThan(due + 20 * DAY_MS);
});

it('stops what it stopped from its first moment on, though the gateway was down until after the date', async () => {
  const scene = await questioned(812);
  await toLastDay(scene);
  const since = scene.world.clock.now();
  await suspend(scene, scene.fia);
  scene.world.clock.advance(3 * DAY_MS);
  await deliverAll(scene);
  expect(await scene.clock()).toMatchObject({ suspendedAt: since, isSilenced: true });
  await restore(scene, scene.fia);
  await scene.walk.recountClocks();
  await deliverAll(scene);
  expect((await scene.exchange()).state).toBe('CLARIFICATION_PENDING');
});

it('the side that waits is told by the alarm that finds it suspended that its time stands still, and it itself is not', async () => {
  const scene = await questioned(817);
  await toLastDay(scene);
  await suspend(scene, scene.fia);
  scene.world.clock.advance(DAY_MS);
  await deliverAll(scene);
  const stopped = async ({ id }: Actor) => {
    const { entries } = await createInboxReader(scene.store, scene.walk.library, scene.walk.receiptOf).page(id, 0, 200);
    return entries.flatMap(({ notice }) => (notice?.action === 'CLOCK_STOPPED' ? [notice.clock] : []));
  };
  expect([await stopped(scene.fix), await stopped(scene.fia)]).toEqual([['CLARIFICATION_10BD'], []]);
});

it('stops by the alarm of another gateway that has not heard of it yet', async () => {
  const scene = await questioned(818);
  const { walk: other } = openWalk(scene.world, scene.operator, scene.keys, scene.store);
  scene.world.clock.advance((await scene.clock()).due - scene.world.clock.now());
  // it has just looked at the directory
  await other.deliverDue();
  const since = scene.world.clock.now();
  await suspend(scene, scene.fia);
  scene.world.clock.advance(1);
  await other.deliverDue();
  expect(await scene.clock()).toMatchObject({ suspendedAt: since, isSilenced: true });
  expect((await scene.exchange()).state).toBe('CLARIFICATION_PENDING');
});

it.each(['an alarm', 'a look'])('that began and ended unseen took out what it lasted: found by %s', async (found) => {
  const scene = await questioned(813);
  await toLastDay(scene);
  const from = scene.world.clock.now();
  await suspend(scene, scene.fia);
  scene.world.clock.advance(3 * DAY_MS);
  await restore(scene, scene.fia);
  const to = scene.world.clock.now();
  if (found === 'a look') await scene.walk.recountClocks();
  await deliverAll(scene);
  expect((await scene.exchange()).state).toBe('CLARIFICATION_PENDING');
  const clock = await scene.clock();
  expect(clock.suspensions).toEqual([{ from, to }]);
  expect(clock.due).toBeGreaterThan(to);
  // and its time is over when that is over
  scene.world.clock.advance(clock.due + 1 - scene.world.clock.now());
  await deliverAll(scene);
  expect((await scene.exchange()).state).not.toBe('CLARIFICATION_PENDING');
});

it('what was late before is told once, and stands still no more', async () => {
  const scene = await answered(814);
  const { store, request, fia, fix, walk, world } = scene;
  const told = async ({ id }: Actor) => {
    const { entries } = await createInboxReader(store, walk.library, walk.receiptOf).page(id, 0, 200);
    return entries.flatMap(({ notice }) => (notice?.clock === 'BVI_21D' ? [notice.action] : []));
  };
  const { due } = (await exchangeOf(request.exchange, store)).clocks.find(({ code }) => code === 'BVI_21D')!;
  world.clock.advance(due + DAY_MS - world.clock.now());
  await deliverAll(scene);
  const before = [await told(fia), await told(fix)];
  expect(before).toEqual([['CLOCK_ESCALATE'], ['CLOCK_REMIND', 'CLOCK_DUE']]);
  await suspend(scene, fia);
  await walk.recountClocks();
  world.clock.advance(DAY_MS);
  await restore(scene, fia);
  await walk.recountClocks();
  world.clock.advance(DAY_MS);
  await deliverAll(scene);
  expect([await told(fia), await told(fix)]).toEqual(before);
});

it('a gateway that has not heard of it yet gives it nothing', async () => {
  const scene = await answered(815);
  const { accept, fia, fix, store, world, operator, keys, desk } = scene;
  const { walk: other } = openWalk(world, operator, keys, store);
  // it has just looked at the directory
  await other.deliverDue();
  const later = await makeRequest(fix, fia, desk());
  expect(codesOf(await accept(later.signed, fix))).toEqual(['ALLOW']);
  await suspend(scene, fia);
  await other.deliverDue();
  expect((await exchangeOf(later.exchange, store)).state).toBe('SUBMITTED');
});

it('nobody consents to what it would hand on: like whatever gives it something, that is refused', async () => {
  const scene = await answered(816);
  const { accept, fia, fix, efcx, found, desk } = scene;
  await suspend(scene, fia);
  expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['PARTICIPANT_SUSPENDED']);
  await restore(scene, fia);
  expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['ALLOW']);
});
