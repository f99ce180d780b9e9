import { expect, it } from 'vitest';
import { certain, no, ok } from '../../domain/result.js';

it('gives what cannot be otherwise, and never goes on where it is', () => {
  expect(certain(ok(7))).toBe(7);
  expect(() => certain(no('not a digest'))).toThrow(new RangeError('not a digest'));
});
