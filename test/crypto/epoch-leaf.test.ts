import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEpochLeaf, isEpochLeaf, parseEpochLeaf, verifyEpochLeaf, verifyOlderEpochLeaf } from '../../crypto/epoch-leaf.js';
import { ok } from '../../domain/result.js';
import { mth, path, sha256 } from './merkle/model.js';

const text = new TextDecoder();
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const mapRoot = sha256(Uint8Array.of(1));
const ROOT = Buffer.from(mapRoot).toString('base64url');
const GOOD = `{"v":1,"n":7,"upTo":41,"slots":64,"mapRoot":"${ROOT}"}`;

describe('an epoch leaf', () => {
  it('has one spelling', () => {
    expect(text.decode(formatEpochLeaf({ n: 7, upTo: 41, slots: 64, mapRoot }))).toBe(GOOD);
    expect(parseEpochLeaf(bytes(GOOD))).toEqual(ok({ n: 7, upTo: 41, slots: 64, mapRoot }));
  });

  it('comes back as it was, and is never as long as an event', () => {
    const arbCount = fc.maxSafeNat();
    fc.assert(
      fc.property(arbCount, arbCount, fc.integer({ min: 1, max: 2 ** 50 }), (n, upTo, half) => {
        const leaf = { n, upTo, slots: 2 * half, mapRoot };
        const written = formatEpochLeaf(leaf);
        expect(isEpochLeaf(written)).toBe(true);
        expect(parseEpochLeaf(written)).toEqual(ok(leaf));
      }),
    );
  });

  it('counts from nought', () => {
    const first = { n: 0, upTo: 0, slots: 2, mapRoot };
    expect(parseEpochLeaf(formatEpochLeaf(first))).toEqual(ok(first));
  });

  it('is told from an event by its length', () => {
    expect(isEpochLeaf(new Uint8Array(32))).toBe(false);
    expect(parseEpochLeaf(new Uint8Array(32)).ok).toBe(false);
  });

  it.each([
    ['white space', GOOD.replace(':7', ': 7')],
    ['another order', `{"n":7,"v":1,"upTo":41,"slots":64,"mapRoot":"${ROOT}"}`],
    ['another version', GOOD.replace('"v":1', '"v":2')],
    ['a member more', GOOD.replace('}', ',"x":1}')],
    ['no map root', '{"v":1,"n":7,"upTo":41,"slots":64}'],
    ['a map root that is no digest', GOOD.replace(ROOT, 'AAAA')],
    ['a map root that is a number', GOOD.replace(`"${ROOT}"`, '5')],
    ['a negative number', GOOD.replace(':7', ':-7')],
    ['a negative place', GOOD.replace(':41', ':-41')],
    ['a negative count of slots', GOOD.replace(':64', ':-64')],
    ...[':7', ':41', ':64'].flatMap((number) =>
      ['null', 'true', '[]'].map((no) => [`${no} for ${number}`, GOOD.replace(number, `:${no}`)]),
    ),
    ['a fraction', GOOD.replace(':41', ':4.1')],
    ['a text for a number', GOOD.replace(':7', ':"7"')],
    ['half a pair of slots', GOOD.replace(':64', ':63')],
    ['no slots', GOOD.replace(':64', ':0')],
    ['slots that are a text', GOOD.replace(':64', ':"64"')],
    ['no object', 'null'],
    ['no JSON', '{'],
    ['more bytes than one has', GOOD.padEnd(200)],
  ])('is refused with %s', (_, leaf) => {
    expect(parseEpochLeaf(bytes(leaf)).ok).toBe(false);
  });
});

describe('the epoch of a checkpoint', () => {
  const events = Array.from({ length: 10 }, (_, i) => sha256(Uint8Array.of(i)));
  const epoch = (upTo: number): Uint8Array => formatEpochLeaf({ n: 1, upTo, slots: 64, mapRoot });
  const headOf = (leaves: Uint8Array[]) => ({ size: leaves.length, root: mth(leaves) });

  it('is its last leaf, which may follow leaves of the next epoch', () => {
    for (const upTo of [9, 7]) {
      const leaves = [...events, epoch(upTo)];
      expect(verifyEpochLeaf(epoch(upTo), path(10, leaves), headOf(leaves)).ok).toBe(true);
    }
  });

  it('is no older epoch, no event, and covers nothing from itself on', () => {
    const older = [...events, epoch(9), sha256(Uint8Array.of(99))];
    expect(verifyEpochLeaf(epoch(9), path(10, older), headOf(older)).ok).toBe(false);
    expect(verifyEpochLeaf(events[9]!, path(9, events), headOf(events)).ok).toBe(false);
    const boasting = [...events, epoch(10)];
    expect(verifyEpochLeaf(epoch(10), path(10, boasting), headOf(boasting)).ok).toBe(false);
  });
});

describe('an older epoch of a checkpoint', () => {
  const leaves = [
    ...Array.from({ length: 10 }, (_, i) => sha256(Uint8Array.of(i))),
    bytes(GOOD.replace('41', '9')),
    sha256(Uint8Array.of(99)),
  ];
  const head = { size: leaves.length, root: mth(leaves) };

  it('is a leaf of it wherever it stands', () => {
    expect(verifyOlderEpochLeaf(leaves[10]!, 10, path(10, leaves), head)).toMatchObject({ ok: true, value: { n: 7, upTo: 9 } });
  });

  it('is no event, nor a leaf of another place or tree, and covers nothing from itself on', () => {
    expect(verifyOlderEpochLeaf(leaves[9]!, 9, path(9, leaves), head).ok).toBe(false);
    expect(verifyOlderEpochLeaf(leaves[10]!, 11, path(11, leaves), head).ok).toBe(false);
    expect(verifyOlderEpochLeaf(leaves[10]!, 10, path(10, leaves), { ...head, root: leaves[0]! }).ok).toBe(false);
    for (const upTo of ['41', '10'])
      expect(verifyOlderEpochLeaf(bytes(GOOD.replace('41', upTo)), 10, path(10, leaves), head)).toMatchObject({
        error: 'an epoch covers leaves before its own only',
      });
  });
});
