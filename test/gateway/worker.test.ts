import { describe, expect, it } from 'vitest';
import { Failure } from '../../domain/failure.js';
import { createBell } from '../../gateway/http/bell.js';
import { createWorker } from '../../gateway/worker.js';
import { createWorldClock, WORLD_START } from '../support/world.js';

/** Lets everything run that waits for nothing but its turn. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

function createShift(due: number[] = [], hangs: Promise<void> = Promise.resolve(), trouble: () => string | null = () => null) {
  const clock = createWorldClock(WORLD_START);
  const bell = createBell();
  const did: string[] = [];
  const failures: unknown[] = [];
  const told = { written: [] as string[], counted: [] as string[], times: [] as number[], over: [] as number[] };
  let broken = false;
  const worker = createWorker(
    {
      walk: {
        deliverDue: () => {
          did.push('deliver');
          if (broken) return Promise.reject(new Error('down'));
          return Promise.resolve(due.shift() ?? 0);
        },
        publishCheckpoint: () => Promise.resolve((did.push('publish'), null)),
        recountClocks: () => Promise.resolve((did.push('recount'), 0)),
        assertStanding: () => Promise.resolve(),
        takeAway: () => Promise.resolve((did.push('take away'), 0)),
        witnesses: ['w1', 'w2'],
        askWitness: (name) => {
          did.push(name);
          const why = name === 'w1' ? trouble() : null;
          if (why !== null) return Promise.reject(new Failure('WITNESS_UNAVAILABLE', why));
          return name === 'w2' ? hangs : Promise.resolve();
        },
      },
      uploads: { sweep: () => Promise.resolve(did.push('sweep')) },
      clock,
      bell,
      onOver: (_error, times) => void told.over.push(times),
      onFailure: (error, times, isKnown) => {
        failures.push(error);
        const { detail = '' } = error as { detail?: string };
        told.counted.push(detail);
        if (isKnown) return;
        told.written.push(detail);
        told.times.push(times);
      },
    },
    { deliverMs: 1_000, checkpointMs: 5_000, sweepMs: 60_000 },
  );
  return { worker, clock, bell, did, failures, told, breakDown: (is: boolean) => void (broken = is) };
}

describe('the worker', () => {
  it('does everything that is due in one step, and delivers until nothing is', async () => {
    const { worker, did } = createShift([2, 1, 0]);
    await worker.step();
    expect(did).toEqual(['deliver', 'deliver', 'deliver', 'publish', 'w1', 'w2', 'sweep', 'recount', 'take away']);
  });

  it('goes on with what is due, whichever witness fails', async () => {
    const { worker, did } = createShift([], Promise.reject(new Error('away')));
    await worker.step();
    expect(did.slice(-3)).toEqual(['sweep', 'recount', 'take away']);
  });

  it('keeps each its own pace on the clock', async () => {
    const { worker, clock, did } = createShift();
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    await settle();
    for (let second = 0; second < 5; second += 1) {
      clock.advance(1_000);
      await settle();
    }
    expect(did.filter((one) => one === 'deliver')).toHaveLength(6);
    expect(did.filter((one) => one === 'publish')).toHaveLength(2);
    expect(did.filter((one) => one === 'sweep')).toHaveLength(1);
    stop.abort();
    await running;
  });

  it('asks each witness in a time of its own: one that hangs delays no other, and no checkpoint', async () => {
    let answer = (): void => undefined;
    const { worker, clock, did } = createShift([], new Promise((resolve) => (answer = resolve)));
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    await settle();
    for (let round = 0; round < 3; round += 1) {
      clock.advance(5_000);
      await settle();
    }
    expect(['publish', 'w1', 'w2'].map((what) => did.filter((one) => one === what).length)).toEqual([4, 4, 1]);
    stop.abort();
    answer();
    await running;
  });

  it('writes what fails with a witness as it begins, as it changes and once an hour, and counts every time', async () => {
    const trouble: { why: string | null } = { why: 'no answer, 1 s' };
    const { worker, clock, told } = createShift([], Promise.resolve(), () => trouble.why);
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    const pass = async (seconds: number): Promise<void> => {
      for (let at = 0; at < seconds; at += 5) {
        clock.advance(5_000);
        await settle();
      }
    };
    await settle();
    await pass(60);
    trouble.why = 'no answer, 2 s';
    await pass(60);
    expect([told.written, told.counted.length]).toEqual([['no answer, 1 s'], 25]);
    trouble.why = 'signed by another key';
    await pass(60);
    expect([told.written.length, told.counted.length]).toEqual([2, 37]);
    trouble.why = null;
    await pass(5);
    trouble.why = 'signed by another key';
    await pass(3_600);
    expect([told.written.length, told.counted.length]).toEqual([3, 757]);
    await pass(5);
    expect([told.written.length, told.counted.length]).toEqual([4, 758]);
    stop.abort();
    await running;
  });

  it('writes what fails without end as it begins and once an hour with how often it was, counts every time, and says when it is over', async () => {
    const { worker, clock, told, breakDown } = createShift();
    breakDown(true);
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    const pass = async (seconds: number): Promise<void> => {
      for (let at = 0; at < seconds; at += 1) {
        clock.advance(1_000);
        await settle();
      }
    };
    await settle();
    await pass(3_599);
    expect([told.written.length, told.counted.length, told.times]).toEqual([1, 3_600, [1]]);
    await pass(1);
    expect([told.written.length, told.counted.length, told.times]).toEqual([2, 3_601, [1, 3_601]]);
    expect(told.over).toEqual([]);
    breakDown(false);
    await pass(2);
    expect(told.over).toEqual([told.counted.length]);
    stop.abort();
    await running;
  });

  it('stops between two deliveries, however many are due', async () => {
    const { worker, did } = createShift(Array.from({ length: 1_000 }, () => 1));
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    await settle();
    stop.abort();
    await running;
    expect(did.filter((one) => one === 'deliver').length).toBeLessThan(1_000);
  });

  it('delivers at once when it is rung', async () => {
    const { worker, bell, did } = createShift();
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    await settle();
    bell.ring();
    await settle();
    expect(did.filter((one) => one === 'deliver')).toHaveLength(2);
    stop.abort();
    await running;
  });

  it('tells a failure and tries again after its pause, not when it is rung', async () => {
    const { worker, clock, bell, did, failures, breakDown } = createShift();
    breakDown(true);
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    await settle();
    bell.ring();
    await settle();
    expect([did.filter((one) => one === 'deliver').length, failures.length]).toEqual([1, 1]);
    breakDown(false);
    clock.advance(1_000);
    await settle();
    expect(did.filter((one) => one === 'deliver')).toHaveLength(2);
    stop.abort();
    await running;
  });
});
