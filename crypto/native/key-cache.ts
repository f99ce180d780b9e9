/**
 * Key objects made once: parsing a key costs as much as using it. Bounded, the longest unused goes first; looked up by the key's own
 * bytes, never by the identity of an array that its owner may wipe or reuse.
 * @param entriesMax how many are kept
 * @param create for raw key bytes; what it throws is not remembered
 */
export function createKeyCache<T>(entriesMax: number, create: (raw: Uint8Array) => T): (raw: Uint8Array) => T {
  const kept = new Map<string, T>();
  return (raw) => {
    const name = String.fromCharCode(...raw);
    const known = kept.get(name);
    const value = known === undefined ? create(raw) : known;
    kept.delete(name);
    kept.set(name, value);
    if (kept.size > entriesMax) kept.delete(kept.keys().next().value as string);
    return value;
  };
}
