import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  resolve: { alias: { '#native': fileURLToPath(new URL('./crypto/native/node.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // every file alone in a worker of its own loads the whole product anew, which took longer than the tests themselves
    isolate: false,
    maxWorkers: '100%',
    // `npm run rules` looks over the rules' shoulders
    setupFiles: process.env['PARLEY_RULE_LOG'] === undefined ? [] : ['test/support/record-rules.ts'],
    coverage: {
      provider: 'v8',
      reporter: [['text', { skipFull: true }]],
      include: ['domain/**/*.ts', 'policies/**/*.ts', 'crypto/**/*.ts'],
      exclude: ['test/**'],
      thresholds: { branches: 100 },
    },
  },
});
