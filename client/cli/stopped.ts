/** Ctrl-C, or an end from outside, in the middle of writing. */
import { rmSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Takes a file away before this process ends as it would have ended.
 * @returns to be called when the file is whole, or gone
 */
export function removeWhenStopped(path: string): () => void {
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
  const stop = (signal: NodeJS.Signals): void => {
    forget();
    rmSync(path, { force: true });
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return forget;
}
