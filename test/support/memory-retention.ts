/** Taking away in memory. */
import { viewHash } from '../../crypto/views.js';
import type { Digest } from '../../domain/ids.js';
import type { Store, StoredLeaf, StoredStatement } from '../../domain/ports.js';

/** Over the maps of the store itself. */
export function memoryRetention(
  leaves: StoredLeaf[],
  statements: Map<Digest, StoredStatement>,
  versions: Map<string, number>,
): Pick<Store, 'pruneViews' | 'eraseContent' | 'dropGuards'> {
  return {
    pruneViews(indexes) {
      for (const index of indexes) {
        const leaf = leaves[index];
        if (leaf === undefined) continue;
        const gone = leaf.views.map(({ view, salt, event }) => ({ view, hash: viewHash(salt, event) }));
        leaves[index] = { ...leaf, views: [], erased: [...leaf.erased, ...gone] };
      }
      return Promise.resolve();
    },
    dropGuards(from, before, limit) {
      const found = [...versions.keys()].filter((key) => key >= from && key < before).sort();
      for (const key of found.slice(0, limit)) versions.delete(key);
      return Promise.resolve(Math.min(limit, found.length));
    },
    eraseContent(digest, before, raw) {
      const stored = statements.get(digest);
      const isThere = stored !== undefined && Buffer.compare(stored.raw, before) === 0;
      // the index points at the same object: what it shows is rewritten too
      if (isThere) Object.assign(stored, { raw });
      return Promise.resolve(isThere);
    },
  };
}
