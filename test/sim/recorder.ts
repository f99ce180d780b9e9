/** What really happened: the rows that the store committed, whatever the processes were told. */
import type { CommitRow, Store, StoredLeaf } from '../../domain/ports.js';

export interface Recorded {
  readonly row: CommitRow;
  readonly leaf: StoredLeaf;
}

export function recorded(store: Store): { readonly store: Store; readonly rows: Recorded[] } {
  const rows: Recorded[] = [];
  return {
    rows,
    store: {
      ...store,
      async commitBatch(batch, now) {
        const outcomes = await store.commitBatch(batch, now);
        outcomes.forEach((outcome, i) => {
          if (outcome.kind === 'committed') rows.push({ row: batch[i]!, leaf: outcome.leaf });
        });
        return outcomes;
      },
    },
  };
}

/** Faults that are planted to see that they are found. */
export const PLANTS = {
  /** a settle under an old fence counts */
  fence: (store: Store): Store => {
    const newest = new Map<string, number>();
    const settled = new Set<string>();
    return {
      ...store,
      async claim(now, leaseMs, limit) {
        const rows = await store.claim(now, leaseMs, limit);
        for (const row of rows) newest.set(row.key, row.fence);
        return rows;
      },
      commitBatch(rows, now) {
        const forged = rows.map((row) => {
          if (row.settles === null) return row;
          const { key } = row.settles;
          if (settled.has(key)) return { ...row, settles: null };
          settled.add(key);
          return { ...row, settles: { key, fence: newest.get(key) ?? row.settles.fence } };
        });
        return store.commitBatch(forged, now);
      },
    };
  },
  /** versions that a decision rested on are not looked at again */
  expects: (store: Store): Store => ({
    ...store,
    commitBatch: (rows, now) =>
      store.commitBatch(
        rows.map((row) => ({ ...row, expects: row.expects.filter(({ key }) => key === 'epoch') })),
        now,
      ),
  }),
  /** what was said of an item's label is not found again */
  labels: (store: Store): Store => ({
    ...store,
    linked: (kind, ...asked) => (kind === 'label' ? Promise.resolve([]) : store.linked(kind, ...asked)),
  }),
} satisfies Record<string, (store: Store) => Store>;
export type PlantName = keyof typeof PLANTS;
export const isPlant = (name: string): name is PlantName => Object.hasOwn(PLANTS, name);
