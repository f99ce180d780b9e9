/**
 * The map of an epoch: an RFC 6962 tree over fixed slots. Authority i has two, given at enrolment: 2i binds its stream head
 * and is opened for itself and, access by access, for its readers; 2i + 1 binds its directory entry, opened for anyone.
 */
import { native } from '#native';
import type { AuthorityId } from '../domain/ids.js';
import { isSameHash, leafHash, verifyInclusion, type Hash } from './merkle.js';
import { createTree } from './merkle/tree.js';
import { SALT_BYTES } from './views.js';

/** What stands in a slot that nobody has. */
export const EMPTY_SLOT: Uint8Array = new Uint8Array(32);

const utf8 = new TextEncoder();
// Our reading of `authority ‖ …`: authority ‖ 0 ‖ …. No authority id holds a zero byte, so no two pairs give the same bytes.
const named = (authority: AuthorityId): Uint8Array => utf8.encode(`${authority}\0`);

/** Slot 2i. The salt keeps who may see the map from guessing which streams stood still. */
export function streamSlot(salt: Uint8Array, authority: AuthorityId, head: Hash): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt has 32 bytes');
  return native.sha256(salt, named(authority), head);
}

/** Slot 2i + 1. @param entry the 32 bytes of the directory entry's digest */
export const entrySlot = (authority: AuthorityId, entry: Hash): Uint8Array => native.sha256(named(authority), entry);

export interface SlotOpening {
  readonly slot: number;
  /** from the slot's sibling up */
  readonly path: readonly Hash[];
}

export interface EpochMap {
  readonly slots: number;
  readonly root: Hash;
  /** @throws RangeError where there is no such slot */
  open(slot: number): SlotOpening;
}

/** @param values one for each slot, null where it is empty */
export function createEpochMap(values: readonly (Uint8Array | null)[]): EpochMap {
  const tree = createTree(values.map((value) => leafHash(value ?? EMPTY_SLOT)));
  return { slots: tree.size, root: tree.root, open: (slot) => ({ slot, path: tree.path(slot) }) };
}

const nobody = createEpochMap([null, null]);

/** Had the authority of this place no slots in that epoch: not designated yet? A map has one pair at least, and before the first designation it is nobody's. */
export const isBefore = (place: number, { slots, mapRoot }: { readonly slots: number; readonly mapRoot: Hash }): boolean =>
  slots <= 2 * place || (slots === nobody.slots && isSameHash(mapRoot, nobody.root));

/**
 * Does `value` stand in this slot of the epoch's map? Whoever asks computes the slot number itself: an opening of another
 * authority's slot would verify too.
 */
export const verifyOpening = (
  opening: SlotOpening,
  value: Uint8Array,
  epoch: { readonly slots: number; readonly mapRoot: Hash },
): boolean => verifyInclusion(leafHash(value), opening.slot, epoch.slots, opening.path, epoch.mapRoot);
