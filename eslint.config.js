// The habits of the house that a machine can keep. Each ban says where to get the thing instead.
import tseslint from 'typescript-eslint';
import { bans, imports } from './tools/lint/bans.mjs';

const sources = ['domain', 'policies', 'crypto', 'gateway', 'adapters', 'client', 'console', 'demo', 'testing', 'bench'].map(
  (name) => `${name}/**/*.{ts,tsx}`,
);
const restricted = (...kinds) => ({ 'no-restricted-syntax': ['error', ...kinds.flatMap((kind) => bans[kind])] });

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '**/generated/', '.parley/', 'reports/', '.stryker-tmp/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/only-throw-error': 'error',
      // A non-null assertion beside an index that was just checked says more than a branch that cannot be reached.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', imports],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50 }],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    rules: {
      'no-unused-vars': 'error',
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50 }],
    },
  },
  // A later entry replaces an earlier one's list, so each says all that is banned there.
  { files: sources, rules: restricted('defaultExport', 'forgedIds', 'time', 'chance', 'environment', 'timers') },
  { files: ['domain/ids.ts', 'domain/wire/**/*.ts'], rules: restricted('defaultExport', 'time', 'chance', 'environment', 'timers') },
  { files: ['crypto/**/*.ts'], rules: restricted('defaultExport', 'forgedIdsButDigests', 'time', 'chance', 'environment', 'timers') },
  { files: ['domain/time.ts'], rules: restricted('defaultExport', 'chance', 'environment', 'timers') },
  // The one place where rows of our own database become types again.
  { files: ['adapters/store-prisma/rows.ts'], rules: restricted('defaultExport', 'time', 'chance', 'environment', 'timers') },
  { files: ['adapters/clock-system.ts'], rules: restricted('defaultExport', 'forgedIds', 'chance', 'environment') },
  { files: ['gateway/main*.ts', 'testing/**/*.ts'], rules: restricted('defaultExport', 'forgedIds', 'timers') },
  { files: ['client/cli/**/*.ts'], rules: restricted('defaultExport', 'forgedIds', 'timers', 'unworded') },
  { files: ['client/cli/clock-system.ts'], rules: restricted('defaultExport', 'forgedIds') },
  { files: ['client/sdk/**/*.ts'], rules: restricted('defaultExport', 'forgedIds', 'time', 'chance', 'environment', 'timers', 'unworded') },
  { files: ['demo/**/*.ts', 'bench/**/*.ts', 'testing/postgres.ts'], rules: restricted('defaultExport', 'forgedIds') },
  { files: ['gateway/main*.ts', 'testing/**/*.ts', 'client/cli/**/*.ts', 'demo/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  // A `describe` holds many tests, and a test may throw what a library would.
  {
    files: ['test/**/*.ts'],
    rules: {
      ...restricted('defaultExport'),
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  // Tests share their workers (vitest.config.ts): what one replaces there, others would meet.
  {
    files: ['test/**/*.ts'],
    ignores: ['test/**/*.mocked.test.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'vi', property: 'mock', message: 'Name the file *.mocked.test.ts: it runs alone.' }],
    },
  },
);
