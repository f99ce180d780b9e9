import { describe, expect, it } from 'vitest';
import { plusMs } from '../../domain/time.js';
import { createMovableClock } from '../../testing/movable-clock.js';
import { createWorldClock, WORLD_START } from '../support/world.js';

describe('createMovableClock', () => {
  const start = plusMs(WORLD_START, -1_000_000);

  it('starts where it is told and runs on with the system', () => {
    const system = createWorldClock(WORLD_START);
    const clock = createMovableClock(system, start);
    expect(clock.now()).toBe(start);
    system.advance(5);
    expect(clock.now()).toBe(plusMs(start, 5));
  });

  it('moves forward only: a log does not run backwards', () => {
    const clock = createMovableClock(createWorldClock(WORLD_START), start);
    expect(clock.moveTo(plusMs(start, 10))).toBe(true);
    expect(clock.moveTo(plusMs(start, 9))).toBe(false);
    expect(clock.now()).toBe(plusMs(start, 10));
  });

  it('wakes whoever sleeps past a jump, and nobody sooner', async () => {
    const clock = createMovableClock(createWorldClock(WORLD_START), start);
    const woken: string[] = [];
    const short = clock.sleep(100).then(() => woken.push('short'));
    const long = clock.sleep(1_000).then(() => woken.push('long'));
    clock.moveTo(plusMs(start, 500));
    await short;
    expect(woken).toEqual(['short']);
    clock.moveTo(plusMs(start, 1_000));
    await long;
    expect(woken).toEqual(['short', 'long']);
  });

  it('stops sleeping when it is told to', async () => {
    const clock = createMovableClock(createWorldClock(WORLD_START), start);
    const stop = new AbortController();
    const slept = clock.sleep(1_000, stop.signal);
    stop.abort();
    await slept;
    await clock.sleep(1_000, stop.signal);
    expect(clock.now()).toBe(start);
  });
});
