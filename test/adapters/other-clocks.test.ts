import { afterAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../adapters/clock-system.js';
import { otherClocksOf } from '../../adapters/other-clocks.js';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { instantFromMs } from '../../domain/time.js';
import { createMemoryStore } from '../support/memory-store.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../support/postgres.js';

const NOON = Date.UTC(2026, 10, 26, 12);
let server: TestPostgres | null = null;
afterAll(async () => {
  await server?.stop();
});

/** A machine whose clock and whose uptime are set by the test, beside a database server that says `theirs`. */
function machine(theirs: number | null) {
  const at = { now: NOON, up: 5_000 };
  const store = { serverTime: () => Promise.resolve(theirs === null ? null : instantFromMs(theirs)) };
  const clocks = otherClocksOf(store, { now: () => instantFromMs(at.now) }, () => at.up);
  return { at, ahead: () => Promise.all(clocks.map((clock) => clock.aheadMs())) };
}

describe('the clocks beside the system’s own', () => {
  it('tell a leap from time that went by', async () => {
    const { at, ahead } = machine(null);
    at.now += 3_600_000;
    at.up += 3_600_000;
    expect(await ahead()).toEqual([0, 0]);
    at.now += 86_400_000;
    expect(await ahead()).toEqual([86_400_000, 0]);
    at.now -= 2 * 86_400_000;
    expect(await ahead()).toEqual([-86_400_000, 0]);
  });

  it('tell a clock that was wrong before the gateway began by the database server’s', async () => {
    expect(await machine(NOON - 90_000).ahead()).toEqual([0, 90_000]);
    expect(await machine(NOON + 90_000).ahead()).toEqual([0, -90_000]);
  });

  it('do not take a slow answer for a clock that runs ahead', async () => {
    const at = { now: NOON };
    const store = {
      serverTime() {
        at.now += 600_000;
        return Promise.resolve(instantFromMs(NOON));
      },
    };
    const [, database] = otherClocksOf(store, { now: () => instantFromMs(at.now) }, () => 0);
    expect(await database!.aheadMs()).toBe(0);
  });

  it('agree on this machine', async () => {
    for (const clock of otherClocksOf(createMemoryStore(), createSystemClock()))
      expect(Math.abs(await clock.aheadMs())).toBeLessThan(60_000);
  });
});

it.skipIf(!hasPostgres())(
  `a PostgreSQL server says its own time${hasPostgres() ? '' : ' (skipped: no PostgreSQL on this machine)'}`,
  async () => {
    server = (await postgresUrl(undefined, false))!;
    const store = await openStore(server.url);
    const before = Date.now();
    const theirs = await store.serverTime();
    await store.close();
    expect(theirs).toBeGreaterThan(before - 60_000);
    expect(theirs).toBeLessThan(Date.now() + 60_000);
  },
);
