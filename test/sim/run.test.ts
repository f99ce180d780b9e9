import { beforeAll, expect, it } from 'vitest';
import { runSeed } from './run.js';
import { signAtOnce } from './synchronous-signing.js';

beforeAll(signAtOnce);

it('finds nothing wrong in a few seeds, in which everything that can fail does', async () => {
  const outcomes = [];
  for (const seed of [1, 2, 3, 4]) outcomes.push(await runSeed(seed));
  expect(outcomes.flatMap(({ violations }) => violations)).toEqual([]);
  const faults = new Set(outcomes.flatMap((outcome) => Object.keys(outcome.faults)));
  expect([...faults].sort()).toEqual(
    ['courier failed', 'delay', 'duplicate', 'killed', 'slow courier', 'stale', 'throw-after', 'throw-before'].sort(),
  );
});

it('gives the same log for the same seed, and another for another', async () => {
  const [first, again, other] = [await runSeed(5), await runSeed(5), await runSeed(6)];
  expect(again).toEqual(first);
  expect(other.root).not.toBe(first.root);
});
