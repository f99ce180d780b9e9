import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isViewSet, leafData, verifyView, viewHash } from '../../crypto/views.js';
import { sha256 } from './merkle/model.js';

const salt = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const event = (text: string): Uint8Array => new TextEncoder().encode(text);
const [a, b, c] = [1, 2, 3].map((n) => viewHash(salt(n), event(`{"v":${n}}`))) as [Uint8Array, Uint8Array, Uint8Array];

describe('a view', () => {
  it('hashes salt and event together', () => {
    expect(a).toEqual(sha256(salt(1), event('{"v":1}')));
  });

  it('takes a salt of 32 bytes and no other', () => {
    expect(() => viewHash(new Uint8Array(31), event('x'))).toThrow(RangeError);
    expect(() => viewHash(new Uint8Array(33), event('x'))).toThrow(RangeError);
  });
});

describe('the data of a leaf', () => {
  it('is the hash of 3 and the sorted view hashes', () => {
    const sorted = [a, b, c].map((hash) => Buffer.from(hash)).sort((x, y) => Buffer.compare(x, y));
    expect(leafData([a, b, c])).toEqual(sha256(Uint8Array.of(3), ...sorted));
    expect(leafData([a])).toEqual(sha256(Uint8Array.of(3), a));
  });

  it('does not tell the order in which the views came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([a, b, c], { minLength: 3 }), (views) => {
        expect(leafData(views)).toEqual(leafData([a, b, c]));
      }),
    );
  });

  it('sorts by every byte, where the first ones are the same', () => {
    const [low, high] = [0, 255].map((last) => Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? last : 7)));
    expect(leafData([high!, low!])).toEqual(sha256(Uint8Array.of(3), low!, high!));
    expect(leafData([low!, high!])).toEqual(sha256(Uint8Array.of(3), low!, high!));
  });

  it('has 32 bytes, which mark an event', () => {
    expect(leafData([a, b]).length).toBe(32);
  });

  it.each([
    ['no view', []],
    ['one view twice', [a, b, a.slice()]],
    ['a hash too short', [a, b.slice(0, 31)]],
    ['the beginning of another', [a, a.slice(0, 31)]],
    ['nothing beside nothing', [new Uint8Array(0), a]],
  ])('is refused for %s', (_, views) => {
    expect(isViewSet(views)).toBe(false);
    expect(isViewSet(views.toReversed())).toBe(false);
    expect(() => leafData(views)).toThrow(RangeError);
  });
});

describe('an opened view', () => {
  const view = { salt: salt(1), event: event('{"v":1}'), others: [c, b] };
  const data = leafData([a, b, c]);

  it('is found in its leaf', () => {
    expect(verifyView(view, data)).toBe(true);
  });

  it('is not found once anything of it is altered', () => {
    expect(verifyView({ ...view, salt: salt(9) }, data)).toBe(false);
    expect(verifyView({ ...view, event: event('{"v":2}') }, data)).toBe(false);
    expect(verifyView({ ...view, others: [b] }, data)).toBe(false);
    expect(verifyView(view, leafData([a, b]))).toBe(false);
  });

  it('is not found where it is malformed or its own hash comes again among the others', () => {
    expect(verifyView({ ...view, salt: new Uint8Array(16) }, data)).toBe(false);
    expect(verifyView({ ...view, others: [a, b, c] }, data)).toBe(false);
    expect(verifyView({ ...view, others: [new Uint8Array(3)] }, data)).toBe(false);
  });
});
