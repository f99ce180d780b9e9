/** A piece of due work that fails holds up no other, is told to the operator, comes again later and later, and is never dropped. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import type { Courier } from '../../domain/ports.js';
import { answered, codesOf } from '../support/answered.js';
import { alarmKey } from '../../domain/calendar/timers.js';
import { faulty } from '../support/faulty.js';
import { openWalk } from '../support/test-gateway.js';
import { exchangeOf, rowOf } from '../contract/store-rows.js';
import { makeLabel, makeRequest } from '../support/letters.js';

/** more than one claim takes */
const MANY = 70;
const LEASE_MS = 30_000;

async function overturned(seed: number) {
  const failures: unknown[] = [];
  let tried = 0;
  let broken = true;
  const courier: Courier = {
    carry({ typ }) {
      if (typ !== 'parley-label+json') return Promise.resolve({ kind: 'delivered' });
      tried += 1;
      return broken ? Promise.reject(new Error('this one is broken')) : Promise.resolve({ kind: 'delivered' });
    },
  };
  const scene = await answered(seed, {}, { courier, onFailure: (error) => failures.push(error) });
  const { accept, walk, fix, found, desk } = scene;
  while ((await walk.deliverDue()) > 0);
  for (let n = 0; n < MANY; n += 1) {
    const destroyBy = formatInstant(plusMs(desk().at, (400 - n) * DAY_MS));
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label: { ...found.label, destroyBy } }), fix))).toEqual(['ALLOW']);
  }
  const triedIn = async (): Promise<number> => {
    const before = tried;
    while ((await walk.deliverDue()) > 0);
    return tried - before;
  };
  return { ...scene, failures, triedIn, mend: () => void (broken = false) };
}

describe('many rows that fail', () => {
  it('stand in nobody’s way, and each failure is told', async () => {
    const { accept, walk, fia, fix, desk, failures } = await overturned(611);
    const { signed } = await makeRequest(fia, fix, desk());
    expect(codesOf(await accept(signed, fia))).toEqual(['ALLOW']);
    expect(await walk.deliverDue()).toBe(1);
    expect(await walk.receiptFor(signed.digest, 'delivered')).not.toBeNull();
    expect(failures).toHaveLength(MANY);
  });

  it('come again after twice the time each time, and are settled in the end', async () => {
    const { world, triedIn, mend, walk, store } = await overturned(612);
    expect([await triedIn(), await triedIn()]).toEqual([MANY, 0]);
    world.clock.advance(LEASE_MS);
    expect(await triedIn()).toBe(MANY);
    world.clock.advance(LEASE_MS);
    expect(await triedIn()).toBe(0);
    world.clock.advance(LEASE_MS);
    expect(await triedIn()).toBe(MANY);
    // ten minutes at most, however often
    for (let n = 0; n < 30; n += 1) {
      world.clock.advance(600_000);
      expect(await triedIn()).toBe(MANY);
    }
    mend();
    world.clock.advance(600_000);
    expect([await triedIn(), await store.outboxOpen(), await walk.deliverDue()]).toEqual([MANY, 0, 0]);
  });
});

it('is not done as another kind of work where a newer version of the gateway set it: it stays due, and its kind is told', async () => {
  const failures: unknown[] = [];
  const { walk, store, world } = await answered(614, {}, { onFailure: (error) => failures.push(error) });
  while ((await walk.deliverDue()) > 0);
  const now = world.clock.now();
  // of a clock that is not there: such an alarm is parked without a word
  const key = alarmKey({ exchange: exchangeOf('later'), index: 0, armed: 1, stage: 'REMIND' });
  const later = { key, kind: 'summon' as never, statement: null, exchange: exchangeOf('later'), addressee: null, due: now };
  await store.commitBatch([rowOf('later', { outbox: [later], leaf: { at: now } })], now);
  expect([await walk.deliverDue(), failures.map(String)]).toEqual([0, [expect.stringContaining('summon')]]);
  expect(await walk.deliverDue()).toBe(0);
  world.clock.advance(LEASE_MS);
  expect([await store.claim(world.clock.now(), LEASE_MS, 9), failures.length]).toEqual([
    [expect.objectContaining({ key, kind: 'summon' })],
    1,
  ]);
});

it('ends the round where no row is to blame, and lets none of them wait for that', async () => {
  const { walk, deps, world, store } = await answered(613, {}, { onFailure: () => expect.unreachable() });
  Object.assign(deps.config, { queueMax: 0 });
  await expect(walk.deliverDue()).rejects.toThrow('OVERLOADED');
  world.clock.advance(LEASE_MS);
  await expect(walk.deliverDue()).rejects.toThrow('OVERLOADED');
  Object.assign(deps.config, { queueMax: 100 });
  world.clock.advance(LEASE_MS);
  expect([await walk.deliverDue(), await store.outboxOpen()]).toEqual([2, 0]);
});

it('waits for its lease alone, however long nothing could be written', async () => {
  const scene = await answered(616);
  const { world, operator, keys, deps } = scene;
  let full = true;
  const store = faulty(scene.store, (method) => (full && method === 'commitBatch' ? 'throw-before' : 'pass'));
  const { walk } = openWalk(world, operator, keys, store, { ...deps, store });
  for (let tries = 0; tries < 6; tries += 1) {
    await expect(walk.deliverDue()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      detail: expect.stringContaining('commitBatch') as string,
    });
    world.clock.advance(LEASE_MS);
  }
  full = false;
  expect([await walk.deliverDue(), await store.outboxOpen()]).toEqual([2, 0]);
});
