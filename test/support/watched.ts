/** A store that tells what was written through it. */
import type { CommitRow, Store } from '../../domain/ports.js';

const WRITES: ReadonlySet<string> = new Set([
  'putSession',
  'putUpload',
  'putPart',
  'claimUpload',
  'dropUpload',
  'putKeyring',
  'publish',
  'retry',
  'rest',
]);

export interface Watched {
  readonly store: Store;
  /** rows that were handed to `commitBatch`, in order */
  readonly rows: CommitRow[];
  /** names of other methods that write */
  readonly writes: string[];
}

export function watched(store: Store): Watched {
  const rows: CommitRow[] = [];
  const writes: string[] = [];
  const proxy = new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        if (name === 'commitBatch') rows.push(...(args[0] as readonly CommitRow[]));
        if (WRITES.has(String(name))) writes.push(String(name));
        return method.apply(target, args);
      };
    },
  });
  return { store: proxy, rows, writes };
}

/** Does the row leave a leaf and change nothing else? */
export const isLeafOnly = (row: CommitRow): boolean =>
  row.statement === null &&
  row.links.length === 0 &&
  row.exchange === null &&
  row.outbox.length === 0 &&
  row.settles === null &&
  row.bumps.length === 0;
