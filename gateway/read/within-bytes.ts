/** A page has so many entries and so many bytes: one statement may come with a megabyte of items, and whoever sent two hundred of them would have the gateway write all that at once. */

/** of one answer, with the entry that makes it so many: each page holds up everybody else for as long as it is written */
export const PAGE_BYTES_MAX = 1024 * 1024;
/** read together */
const AT_ONCE = 8;

/** What one entry adds to an answer. */
export const sizeOf = (entry: { readonly statement?: string | undefined; readonly items: readonly string[] } | null): number =>
  (entry?.statement?.length ?? 0) + (entry?.items ?? []).reduce((sum, item) => sum + item.length, 0);

/**
 * Reads from the front, a few at a time, until it has enough.
 * @returns what the first rows read as, in order: fewer than there are rows where they are too large together
 */
export async function withinBytes<T, R>(
  rows: readonly T[],
  read: (row: T) => Promise<R>,
  size: (entry: R) => number,
  bytesMax: number,
): Promise<readonly R[]> {
  const taken: R[] = [];
  for (let bytes = 0; taken.length < rows.length && bytes < bytesMax;)
    for (const entry of await Promise.all(rows.slice(taken.length, taken.length + AT_ONCE).map(read))) {
      if (bytes >= bytesMax) break;
      bytes += size(entry);
      taken.push(entry);
    }
  return taken;
}
