import { expect, it } from 'vitest';
import { createKeyCache } from '../../../crypto/native/key-cache.js';

const counted = (entriesMax: number) => {
  const made: string[] = [];
  const keyOf = createKeyCache<string | null>(entriesMax, (raw) => {
    made.push(String(raw));
    return raw[0] === 0 ? null : `key ${raw}`;
  });
  return { made, keyOf };
};

it('makes a key once, also from another array of the same bytes, also where it is refused', () => {
  const { made, keyOf } = counted(2);
  expect(keyOf(Uint8Array.of(1, 2))).toBe('key 1,2');
  expect(keyOf(Uint8Array.of(1, 2))).toBe('key 1,2');
  expect(keyOf(Uint8Array.of(0))).toBeNull();
  expect(keyOf(Uint8Array.of(0))).toBeNull();
  expect(made).toEqual(['1,2', '0']);
});

it('lets the longest unused go once it is full', () => {
  const { made, keyOf } = counted(2);
  for (const first of [1, 2, 1, 3, 1, 2]) keyOf(Uint8Array.of(first));
  expect(made).toEqual(['1', '2', '3', '2']);
});

it('gives the key of the bytes as they are now, not of the array', () => {
  const { keyOf } = counted(2);
  const reused = Uint8Array.of(7);
  keyOf(reused);
  reused[0] = 8;
  expect(keyOf(reused)).toBe('key 8');
});
