import { expect, it } from 'vitest';
import { Failure } from '../../domain/failure.js';
import { wordsOf } from '../../gateway/main-words.js';

it('says in a line what an operator can mend, and of anything else where it came from', () => {
  expect(wordsOf(new Failure('LOG_BEHIND', 'w1'))).toBe('LOG_BEHIND: w1');
  for (const code of ['ENOSPC', 'SQLITE_FULL'])
    expect(wordsOf(Object.assign(new Error('x'), { code }))).toBe(
      `STORE_UNAVAILABLE: the disk is full (${code}): make room, and run this again`,
    );
  const bug = new TypeError('x');
  expect([wordsOf(bug), wordsOf('x')]).toEqual([bug, 'x']);
});
