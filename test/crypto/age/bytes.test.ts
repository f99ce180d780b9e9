import { expect, it } from 'vitest';
import { isSameBytes } from '../../../crypto/age/bytes.js';

it('compares by content and length', () => {
  expect(isSameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(isSameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(isSameBytes(Uint8Array.of(1, 0), Uint8Array.of(1))).toBe(false);
  expect(isSameBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
});
