/** Wakes whoever waits in this process. What another process does is found by asking again now and then. */
import { setMaxListeners } from 'node:events';

export interface Bell {
  ring(): void;
  /** aborts at the next ring */
  next(): AbortSignal;
}

export function createBell(): Bell {
  let strike = hang();
  return {
    ring() {
      const struck = strike;
      strike = hang();
      struck.abort();
    },
    next: () => strike.signal,
  };
}

/** As many may wait for it as there are long polls. */
function hang(): AbortController {
  const strike = new AbortController();
  setMaxListeners(0, strike.signal);
  return strike;
}
