import { expect, it } from 'vitest';
import type { Courier, Store } from '../../domain/ports.js';
import { codesOf } from '../support/answered.js';
import { makeEnvelope, makeItem, makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, openWalk } from '../support/test-gateway.js';
import { isLeafOnly, watched } from '../support/watched.js';
import { createWorld } from '../support/world.js';

it('lets the newer claim settle where a lease ended under a slow delivery, and asks once', async () => {
  const world = createWorld(31);
  const watch = watched(world.store);
  const gateway = createTestGateway(31, { store: watch.store, clock: world.clock });
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { signed } = await makeRequest(fia, fix, gateway.desk());
  await gateway.walk.acceptStatement(signed.submission, fia.caller);
  const slow = openWalk(world, gateway.operator, gateway.keys, watch.store, {
    courier: {
      async carry() {
        await world.clock.sleep(40_000);
        return { kind: 'delivered' };
      },
    },
  });
  const late = slow.walk.deliverDue();
  while (world.clock.sleepers === 0) await Promise.resolve();
  world.clock.advance(35_000);
  expect(await gateway.walk.deliverDue()).toBe(1);
  const before = watch.rows.length;
  world.clock.advance(10_000);
  expect(await late).toBe(0);
  expect(watch.rows.length).toBe(before + 1);
  expect((await world.store.leaves(0, 100)).filter(({ stage }) => stage === 'delivered')).toHaveLength(1);
  expect(watch.rows.slice(before).every(isLeafOnly)).toBe(false);
});

it('starts the clocks when the opening message is available, once', async () => {
  const gateway = createTestGateway(32);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { signed, exchange } = await makeRequest(fia, fix, gateway.desk());
  await gateway.walk.acceptStatement(signed.submission, fia.caller);
  expect(await gateway.walk.deliverDue()).toBe(1);
  expect(await gateway.walk.deliverDue()).toBe(0);
  const row = await gateway.store.exchange(signedExchange(exchange));
  expect(JSON.parse(new TextDecoder().decode(row?.body))).toMatchObject({ state: 'DELIVERED', deliveredAt: gateway.world.clock.now() });
  // its leaf says after which step of the exchange that was
  const arrived = (await gateway.store.leaves(0, 100)).filter(({ stage }) => stage === 'delivered');
  expect(arrived.map(({ version }) => version)).toEqual([row?.version]);
});

it('starts them anew when what could not be opened is available once more', async () => {
  const gateway = createTestGateway(34);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { signed, exchange, item } = await makeRequest(fia, fix, gateway.desk());
  const accept = async ({ submission }: typeof signed, by: typeof fia) => {
    expect(codesOf(await gateway.walk.acceptStatement(submission, by.caller))).toEqual(['ALLOW']);
    return JSON.parse(new TextDecoder().decode((await gateway.store.exchange(signedExchange(exchange)))?.body)) as {
      readonly state: string;
    };
  };
  await accept(signed, fia);
  await gateway.walk.deliverDue();
  const body = { item: item.digest, proof: item.sealed.seals[0]!.digest };
  await accept(makeEnvelope({ from: fix, to: fia, exchange, message: 'UNDECIPHERABLE', body }, gateway.desk()), fix);
  await gateway.walk.deliverDue();
  const anew = await makeItem(fia, [fia, fix], 'sealed again', gateway.desk());
  expect(
    await accept(makeEnvelope({ from: fia, to: fix, exchange, message: 'RESUBMIT', items: [anew] }, gateway.desk()), fia),
  ).toMatchObject({
    state: 'SUBMITTED',
  });
  gateway.world.clock.advance(60_000);
  expect(await gateway.walk.deliverDue()).toBe(1);
  const row = await gateway.store.exchange(signedExchange(exchange));
  expect(JSON.parse(new TextDecoder().decode(row?.body))).toMatchObject({ state: 'DELIVERED', deliveredAt: gateway.world.clock.now() });
});

it('settles at a gateway that has not heard of what another one took into the directory', async () => {
  const gateway = createTestGateway(35);
  const { fia, fix, efcx } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const other = openWalk(gateway.world, gateway.operator, gateway.keys, gateway.store);
  await other.walk.deliverDue();
  await other.directory.current();
  const { signed } = await makeRequest(fia, fix, gateway.desk());
  await gateway.walk.acceptStatement(signed.submission, fia.caller);
  await enrol(gateway, [efcx]);
  expect(await other.walk.deliverDue()).toBe(1);
});

it('is given up at once where its courier says that it never arrives', async () => {
  const courier: Courier = { carry: () => Promise.resolve({ kind: 'never', why: 'no such address' }) };
  const gateway = createTestGateway(36, { courier });
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { signed } = await makeRequest(fia, fix, gateway.desk());
  await gateway.walk.acceptStatement(signed.submission, fia.caller);
  expect(await gateway.walk.deliverDue()).toBe(1);
  expect((await gateway.store.leaves(0, 100)).at(-1)).toMatchObject({ stage: 'expired', statement: signed.digest });
});

it('is tried again after twice as long each time, ten minutes at most, and given up after the twentieth try', async () => {
  const { store: kept } = createWorld(33);
  const waits: number[] = [];
  const store: Store = {
    ...kept,
    retry(key, fence, due, ...rest) {
      waits.push(due - gateway.world.clock.now());
      return kept.retry(key, fence, due, ...rest);
    },
  };
  const courier: Courier = { carry: () => Promise.resolve({ kind: 'later', why: 'away' }) };
  const gateway = createTestGateway(33, { store, courier });
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { signed, exchange } = await makeRequest(fia, fix, gateway.desk());
  await gateway.walk.acceptStatement(signed.submission, fia.caller);
  for (let i = 0; i < 30; i += 1) {
    await gateway.walk.deliverDue();
    gateway.world.clock.advance(600_000);
  }
  const longest = waits.map((_, i) => Math.min(600_000, 2_000 * 2 ** i));
  expect(waits).toHaveLength(19);
  for (const [i, wait] of waits.entries()) expect(wait >= longest[i]! / 2 && wait <= longest[i]!).toBe(true);
  const ends = (await kept.leaves(0, await kept.leafCount())).filter(({ stage }) => stage === 'expired' || stage === 'delivered');
  expect(ends).toMatchObject([{ stage: 'expired', outcome: 'DENY', mailbox: null, statement: signed.digest }]);
  expect(ends[0]!.views.map(({ view }) => view).toSorted()).toEqual([fia.id, fix.id]);
  // what never arrived starts no clock
  const row = await kept.exchange(signedExchange(exchange));
  expect(JSON.parse(new TextDecoder().decode(row?.body))).toMatchObject({ state: 'SUBMITTED', deliveredAt: null });
});

const signedExchange = (exchange: string) => exchange as Parameters<ReturnType<typeof createWorld>['store']['exchange']>[0];
