import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import { createEpochMap, EMPTY_SLOT, entrySlot, isBefore, streamSlot, verifyOpening } from '../../crypto/epoch-map.js';
import { parseAuthorityId, type AuthorityId } from '../../domain/ids.js';
import { mth, sha256 } from './merkle/model.js';

const authority = (text: string): AuthorityId => certain(parseAuthorityId(text));
const FIX = authority('VG-FIX');
const SALT = new Uint8Array(32).fill(5);
const HEAD = sha256(Uint8Array.of(1));
const utf8 = new TextEncoder();

describe('a slot', () => {
  it('binds salt, authority and stream head', () => {
    expect(streamSlot(SALT, FIX, HEAD)).toEqual(sha256(SALT, utf8.encode('VG-FIX\0'), HEAD));
    expect(() => streamSlot(SALT.slice(1), FIX, HEAD)).toThrow(RangeError);
  });

  it('binds authority and directory entry, without salt, for anyone', () => {
    expect(entrySlot(FIX, HEAD)).toEqual(sha256(utf8.encode('VG-FIX\0'), HEAD));
  });

  it('is another for another authority with the same head', () => {
    expect(streamSlot(SALT, authority('VG-FI'), HEAD)).not.toEqual(streamSlot(SALT, FIX, HEAD));
    expect(entrySlot(authority('VG-FI'), HEAD)).not.toEqual(entrySlot(FIX, HEAD));
  });
});

describe('the map of an epoch', () => {
  const values = Array.from({ length: 24 }, (_, slot) => (slot % 5 === 0 ? null : sha256(Uint8Array.of(slot))));
  const map = createEpochMap(values);
  const epoch = { slots: map.slots, mapRoot: map.root };

  it('is an RFC 6962 tree in which an empty slot holds 32 zero bytes', () => {
    expect(EMPTY_SLOT).toEqual(new Uint8Array(32));
    expect(map.root).toEqual(mth(values.map((value) => value ?? new Uint8Array(32))));
  });

  it('opens every slot, an empty one too', () => {
    values.forEach((value, slot) => expect(verifyOpening(map.open(slot), value ?? EMPTY_SLOT, epoch)).toBe(true));
  });

  it('opens no slot with another value, at another number, or in a map of another size', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(23), (slot, other) => {
        fc.pre(slot !== other);
        const value = values[slot] ?? EMPTY_SLOT;
        expect(verifyOpening(map.open(slot), sha256(value), epoch)).toBe(false);
        expect(verifyOpening({ ...map.open(slot), slot: other }, value, epoch)).toBe(false);
        // a wider map has longer paths
        expect(verifyOpening(map.open(slot), value, { ...epoch, slots: 64 })).toBe(false);
      }),
    );
  });

  it('has no slots for an authority that was designated later, and before the first for nobody', () => {
    expect([0, 11, 12].map((place) => isBefore(place, epoch))).toEqual([false, false, true]);
    const empty = createEpochMap([null, null]);
    expect([0, 1].map((place) => isBefore(place, { slots: 2, mapRoot: empty.root }))).toEqual([true, true]);
    expect(isBefore(0, { slots: 2, mapRoot: createEpochMap([null, values[1]!]).root })).toBe(false);
    // a map of more slots has another root: who claims both is not believed that one had none
    expect(isBefore(0, { slots: 4, mapRoot: empty.root })).toBe(false);
  });

  it('has no slot beyond its size', () => {
    expect(() => map.open(24)).toThrow(RangeError);
  });
});
