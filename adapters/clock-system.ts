/** The only place that asks the system for the time. */
import type { Clock } from '../domain/ports.js';
import { instantFromMs } from '../domain/time.js';

/** Node's timers hold 31 bits of milliseconds: longer sleeps are taken in pieces. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export function createSystemClock(): Clock {
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    // not by the time of day: whoever sets that back by an hour would have every loop of the gateway stand still for it
    const end = performance.now() + ms;
    for (let left = ms; left > 0 && !signal?.aborted; left = end - performance.now()) await pause(Math.min(left, TIMER_MS_MAX), signal);
  };
  return { now: () => instantFromMs(Date.now()), sleep };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake);
  });
}
