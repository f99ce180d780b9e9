/** What goes out as a problem, whatever was put into the refusal or the failure. */
import { expect, it } from 'vitest';
import { Failure } from '../../../domain/failure.js';
import { refusal } from '../../../domain/refusal.js';
import { DETAIL_CHARS_MAX, problem } from '../../../domain/wire/problem.js';
import { problemOf, problemOfFailure } from '../../../gateway/http/problem.js';

it('has a detail that is no longer than the published shape says', () => {
  const detailOf = (detail: string) =>
    problem.parse(problemOf({ refusal: refusal('LIMIT_REACHED', detail), receipt: null }).problem).detail;
  expect(detailOf('a'.repeat(DETAIL_CHARS_MAX))).toHaveLength(DETAIL_CHARS_MAX);
  expect(detailOf('a'.repeat(DETAIL_CHARS_MAX + 1))).toBe(`${'a'.repeat(DETAIL_CHARS_MAX - 1)}…`);
});

it('asks to try again soon where that may help, and not where the log lacks what witnesses saw', () => {
  const retryOf = (code: Failure['code']) => problemOfFailure(new Failure(code, '')).headers;
  for (const code of ['OVERLOADED', 'DRAINING', 'STORE_UNAVAILABLE', 'BLOBS_UNAVAILABLE'] as const)
    expect(retryOf(code)).toEqual({ 'Retry-After': '1' });
  expect(retryOf('LOG_BEHIND')).toEqual({});
});
