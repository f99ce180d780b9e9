/**
 * Runs `work` until any of `signals` aborts. Not `AbortSignal.any`: on Node 20 a signal that lives as long as the process keeps
 * something of every signal that was ever joined to it.
 */
export async function untilEither<T>(signals: readonly AbortSignal[], work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const joined = new AbortController();
  const abort = (): void => joined.abort();
  if (signals.some((signal) => signal.aborted)) abort();
  for (const signal of signals) signal.addEventListener('abort', abort);
  try {
    return await work(joined.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  }
}
