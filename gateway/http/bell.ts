/** Wakes whoever waits in this process. What another process does is found by asking again now and then. */
import { setMaxListeners } from 'node:events';

export interface Bell {
  ring(): void;
  /** aborts at the next ring */
  next(): AbortSignal;
}

export function createBell(): Bell {
  // hung when somebody waits: each acceptance rings, and most of them for nobody
  let strike: AbortController | null = null;
  return {
    ring() {
      const struck = strike;
      strike = null;
      struck?.abort();
    },
    next: () => (strike ??= hang()).signal,
  };
}

/** As many may wait for it as there are long polls. */
function hang(): AbortController {
  const strike = new AbortController();
  setMaxListeners(0, strike.signal);
  return strike;
}
