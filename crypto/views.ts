/**
 * What a leaf commits to. A leaf has one view for each authority that it concerns: the same event as that authority may know
 * it. Each view is salted, so that nobody guesses its short facts from the public leaf, and deleting the salt erases it.
 */
import { native } from '#native';
import { HASH_BYTES, isSameHash, type Hash } from './merkle.js';

export const SALT_BYTES = 32;
const LEAF_OF_VIEWS = Uint8Array.of(3);

/**
 * @param salt 32 bytes, fresh for each view
 * @param event the view's event bytes exactly as stored
 * @throws RangeError for another salt length: it would let bytes move between salt and event
 */
export function viewHash(salt: Uint8Array, event: Uint8Array): Hash {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt has 32 bytes');
  return native.sha256(salt, event);
}

/** Can these be the views of one leaf: at least one, each a hash, none twice? To be asked of hashes that came from elsewhere. */
export function isViewSet(viewHashes: readonly Hash[]): boolean {
  const sorted = viewHashes.toSorted(bytewise);
  return sorted.length > 0 && sorted.every((hash, i) => hash.length === HASH_BYTES && (i === 0 || !isSameHash(hash, sorted[i - 1]!)));
}

/**
 * The 32 bytes that stand in the public log. Sorted, so that the order tells nobody who was concerned first.
 *
 * @throws RangeError where `isViewSet` says no
 * @see protocol.md 7: SHA-256(3 ‖ view hashes, sorted bytewise, concatenated)
 */
export function leafData(viewHashes: readonly Hash[]): Uint8Array {
  if (!isViewSet(viewHashes)) throw new RangeError('the views of a leaf are distinct hashes, at least one');
  return native.sha256(LEAF_OF_VIEWS, ...viewHashes.toSorted(bytewise));
}

/** One authority's own view, with the bare hashes of the others. */
export interface OpenedView {
  readonly salt: Uint8Array;
  readonly event: Uint8Array;
  readonly others: readonly Hash[];
}

/** Is this view one of those that `data` commits to? False for any malformed argument too. */
export function verifyView(view: OpenedView, data: Uint8Array): boolean {
  if (view.salt.length !== SALT_BYTES) return false;
  const hashes = [viewHash(view.salt, view.event), ...view.others];
  return isViewSet(hashes) && isSameHash(leafData(hashes), data);
}

function bytewise(a: Uint8Array, b: Uint8Array): number {
  const i = a.findIndex((byte, at) => byte !== b[at]);
  return i === -1 ? a.length - b.length : a[i]! - (b[i] ?? -1);
}
