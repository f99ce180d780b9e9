/**
 * Counts single tests. A file that could not even be loaded has no tests to fail, so it counts as one failure itself.
 * @param modules vitest's `TestModule`s after a run
 */
export function countResults(modules) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) counts[test.result().state === 'pending' ? 'skipped' : test.result().state] += 1;
    if (module.errors().length > 0) counts.failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed += 1;
  }
  return counts;
}

export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
