import { describe, expect, it } from 'vitest';
import { closingLine, countResults } from '../../tools/run-tests/count.mjs';

const moduleOf = (states: string[], errors = 0, suiteErrors = 0) => ({
  children: {
    allTests: () => states.map((state) => ({ result: () => ({ state }) })),
    allSuites: () => [{ errors: () => Array.from({ length: suiteErrors }) }],
  },
  errors: () => Array.from({ length: errors }),
});

describe('the closing line of the tests', () => {
  it('counts each test once, and one that never ran as skipped', () =>
    expect(closingLine(countResults([moduleOf(['passed', 'failed']), moduleOf(['passed', 'skipped', 'pending'])]))).toBe(
      '2 passed, 1 failed, 2 skipped',
    ));

  it('counts a file that could not be loaded, and a group that could not be set up, as failures', () =>
    expect(countResults([moduleOf([], 1), moduleOf(['skipped'], 0, 1)])).toEqual({ passed: 0, failed: 2, skipped: 1 }));
});
