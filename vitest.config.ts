import { defineConfig } from 'vitest/config';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A module that a test replaces is replaced for whatever runs in its worker: such files run alone in theirs. */
const MOCKED = 'test/**/*.mocked.test.ts';

export default defineConfig({
  resolve: { alias: { '#native': fileURLToPath(new URL('./crypto/native/node.ts', import.meta.url)) } },
  test: {
    testTimeout: 90_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // a worker waits for a disk, a timer or another process a third of its time (docs/decisions/0043)
    maxWorkers: availableParallelism() + 1,
    // what was compiled is kept in node_modules, by its content, until the lock file changes
    experimental: { fsModuleCache: true },
    // `npm run rules` looks over the rules' shoulders; no PARLEY_ name, which a gateway that a test starts would refuse
    setupFiles: process.env['TESTS_RULE_LOG'] === undefined ? [] : ['test/support/record-rules.ts'],
    projects: [
      // every file alone in a worker of its own would load the whole product anew, which took longer than the tests themselves
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: [MOCKED], isolate: false } },
      { extends: true, test: { name: 'mocked', include: [MOCKED], isolate: true } },
    ],
    coverage: {
      provider: 'v8',
      reporter: [['text', { skipFull: true }]],
      include: ['domain/**/*.ts', 'policies/**/*.ts', 'crypto/**/*.ts'],
      exclude: ['test/**'],
      thresholds: { branches: 100 },
    },
  },
});
