/** What watchers ask of the store and of the place of bodies. They ask often, and most of all of one that says nothing: whoever comes while a question is new shares its answer. */
import type { Blobs, Clock, Store } from '../../domain/ports.js';
import type { LogReader } from './log.js';

/** a question that is older may wait on a connection that is gone: then another is asked */
const NEW_MS_MAX = 3_000;

export interface StoredGauges {
  readonly outboxOpen: number;
  readonly logSize: number;
  readonly proved: number;
}

export interface Vitals {
  /** deliveries that are not settled @throws Failure `STORE_UNAVAILABLE` */
  outboxOpen(): Promise<number>;
  /** @throws Failure `STORE_UNAVAILABLE` */
  gauges(): Promise<StoredGauges>;
  /** @throws Failure `BLOBS_UNAVAILABLE` where no part can be put, or none found */
  blobsUsable(): Promise<true>;
}

export function createVitals(
  { store, blobs }: { readonly store: Pick<Store, 'outboxOpen'>; readonly blobs: Pick<Blobs, 'assertUsable'> },
  log: Pick<LogReader, 'latest' | 'size'>,
  clock: Pick<Clock, 'now'>,
): Vitals {
  const outboxOpen = shared(() => store.outboxOpen(), clock);
  const gauges = shared(async () => {
    // the size last: what is served is no larger
    const [open, served] = await Promise.all([outboxOpen(), log.latest()]);
    return { outboxOpen: open, logSize: await log.size(), proved: served?.size ?? 0 };
  }, clock);
  // a volume that hangs keeps a thread for each question, and a process has four: the log's own files would wait behind them
  const blobsUsable = shared(() => blobs.assertUsable().then(() => true as const), clock, Infinity);
  return { outboxOpen, gauges, blobsUsable };
}

function shared<T>(ask: () => Promise<T>, { now }: Pick<Clock, 'now'>, newMsMax = NEW_MS_MAX): () => Promise<T> {
  let open: { readonly answer: Promise<T>; readonly since: number } | null = null;
  return () => {
    if (open !== null && Math.abs(now() - open.since) < newMsMax) return open.answer;
    const asked = { answer: ask(), since: now() };
    open = asked;
    const answered = (): void => {
      if (open === asked) open = null;
    };
    asked.answer.then(answered, answered);
    return asked.answer;
  };
}
