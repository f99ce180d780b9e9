import { expect, it } from 'vitest';
import { shortened } from '../../../domain/wire/problem.js';

it('a text that has room stands whole, and of a longer one its beginning, which says that there was more', () => {
  expect([shortened('', 3), shortened('abc', 3), shortened('abcd', 3)]).toEqual(['', 'abc', 'ab…']);
});
