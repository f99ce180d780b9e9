/** The story's time on the client's side: system time with the offset of the gateway's test clock. */
import { setTimeout as pause } from 'node:timers/promises';
import { instantFromMs, type Clock } from '../client/sdk/index.js';

export interface StoryClock extends Clock {
  /** @param offsetMs added to system time */
  shift(offsetMs: number): void;
}

export function createStoryClock(): StoryClock {
  let offsetMs = 0;
  return {
    now: () => instantFromMs(Date.now() + offsetMs),
    sleep: (ms, signal) => pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
    shift(to) {
      offsetMs = to;
    },
  };
}
