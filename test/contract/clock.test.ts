import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { systemChance } from '../../adapters/chance-system.js';
import { createSystemClock } from '../../adapters/clock-system.js';
import { createChance, createWorldClock, WORLD_START } from '../support/world.js';
import { clockContract } from './clock.contract.js';

clockContract('the clock of the system', () => ({ clock: createSystemClock(), pass: (ms) => wait(ms + 2) }));
clockContract('the clock of the world', () => {
  const clock = createWorldClock(WORLD_START);
  const pass = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 10) {
      clock.advance(10);
      await Promise.resolve();
    }
  };
  return { clock, pass };
});

it('sleeps no longer where somebody sets the system’s clock back meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const asleep = createSystemClock().sleep(20);
    vi.setSystemTime(Date.now() - 3_600_000);
    await asleep;
  } finally {
    vi.useRealTimers();
  }
});

it('gives the same chance for the same seed and other chance for another', () => {
  expect(createChance(7).bytes(64)).toEqual(createChance(7).bytes(64));
  expect(createChance(7).bytes(64)).not.toEqual(createChance(8).bytes(64));
});

it('gives as many bytes as were asked for, never the same', () => {
  expect(systemChance.bytes(48)).toHaveLength(48);
  expect(systemChance.bytes(16)).not.toEqual(systemChance.bytes(16));
});

it('jumps to the next timer and says when there is none', async () => {
  const clock = createWorldClock(WORLD_START);
  const asleep = clock.sleep(86_400_000);
  expect([clock.sleepers, clock.jump(), clock.jump(), clock.now() - WORLD_START]).toEqual([1, true, false, 86_400_000]);
  await asleep;
});
