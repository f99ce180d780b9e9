/** Ctrl-C, or an end from outside, in the middle of writing. */
import { rmSync } from 'node:fs';

export const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does what may not be left undone, before this process ends as it would have ended.
 * @returns to be called when nothing is left to do
 */
export function whenStopped(act: () => void): () => void {
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
  const stop = (signal: NodeJS.Signals): void => {
    forget();
    act();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return forget;
}

/** Takes a file away that is not whole. @returns to be called when it is whole, or gone */
export const removeWhenStopped = (path: string): (() => void) => whenStopped(() => rmSync(path, { force: true }));
