/** A world that one seed decides: time that jumps, chance that repeats, a store and blobs that fail only when told to (`faulty.ts`). */
import type { Blobs, Chance, Clock, Store } from '../../domain/ports.js';
import { type Instant, instantFromMs } from '../../domain/time.js';
import { createMemoryBlobs } from './memory-blobs.js';
import { createMemoryStore } from './memory-store.js';

/** 2026-01-05T09:00:00Z, a Monday morning */
export const WORLD_START = instantFromMs(1_767_603_600_000);

export interface World {
  readonly clock: WorldClock;
  readonly chance: Chance;
  readonly store: Store;
  readonly blobs: Blobs;
}

export function createWorld(seed: number, start: Instant = WORLD_START): World {
  return { clock: createWorldClock(start), chance: createChance(seed), store: createMemoryStore(), blobs: createMemoryBlobs() };
}

export interface WorldClock extends Clock {
  /** Moves to the next timer that is due and wakes it. @returns false where nobody sleeps */
  jump(): boolean;
  /** Moves by `ms`, waking in order whoever is due until then. */
  advance(ms: number): void;
  /** how many sleep */
  readonly sleepers: number;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

export function createWorldClock(start: Instant): WorldClock {
  let now: number = start;
  let order = 0;
  const timers = new Set<Timer>();
  const next = (): Timer | undefined => [...timers].sort((a, b) => a.at - b.at || a.order - b.order)[0];
  const wake = (timer: Timer): void => {
    now = Math.max(now, timer.at);
    timers.delete(timer);
    timer.wake();
  };
  return {
    now: () => instantFromMs(now),
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise<void>((resolve) => {
        const timer: Timer = { at: now + ms, order: order++, wake: resolve };
        timers.add(timer);
        signal?.addEventListener('abort', () => timers.delete(timer) && resolve(), { once: true });
      });
    },
    jump() {
      const timer = next();
      if (timer) wake(timer);
      return timer !== undefined;
    },
    advance(ms) {
      if (ms < 0) throw new Error('a world’s clock never goes back: give whoever is to be behind a clock of its own');
      const end = now + ms;
      for (let timer = next(); timer && timer.at <= end; timer = next()) wake(timer);
      now = Math.max(now, end);
    },
    get sleepers() {
      return timers.size;
    },
  };
}

/** xoshiro128** (Blackman and Vigna), its state filled by splitmix32: good enough to explore with, never for keys. */
export function createChance(seed: number): Chance & { readonly next: () => number } {
  let mix = seed >>> 0;
  const fill = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const rotl = (x: number, k: number): number => ((x << k) | (x >>> (32 - k))) >>> 0;
  /** @returns 32 bits */
  const next = (): number => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  };
  return { next, bytes: (length) => Uint8Array.from({ length }, () => next() >>> 24) };
}
