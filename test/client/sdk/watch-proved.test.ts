/** An alarm about a checkpoint stands until somebody dealt with it, and says so where a later one is believed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { ParleyClient } from '../../../client/sdk/index.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';

let gateway: LiveGateway;
let member: Member;
beforeAll(async () => {
  gateway = await openGateway();
  member = await gateway.join('NG-FIA', 'FIU');
});
afterAll(() => gateway.running.drain());

let isBroken = false;
const gone = { type: 'about:blank', title: 'None', status: 404, code: 'NOT_FOUND', detail: 'none' };
const broken: typeof fetch = (input, init) =>
  isBroken && String(input).endsWith('/v1/checkpoint') ? Promise.resolve(Response.json(gone, { status: 404 })) : fetch(input, init);

it('of a checkpoint that is not believed stays, says when a later one was, and stands again where it happens again', async () => {
  const client = await ParleyClient.connect({ origin: gateway.origin, fetch: broken, clock, chance, store: member.store });
  const told = async () => (await client.watch()).alarms.map(({ check, provedAt }) => [check, provedAt !== undefined]);
  await expect.poll(() => client.watch().then(({ epoch }) => epoch), { timeout: 10_000 }).toBeGreaterThan(0);
  expect(await told()).toEqual([]);
  isBroken = true;
  for (const _ of [1, 2]) expect(await told()).toEqual([['CHECKPOINT', false]]);
  isBroken = false;
  await client.confirmEntry();
  await expect.poll(told, { timeout: 10_000 }).toEqual([['CHECKPOINT', true]]);
  isBroken = true;
  // as one: a gateway that does so again and again would have no room left for other alarms
  expect(await told()).toEqual([['CHECKPOINT', false]]);
});
