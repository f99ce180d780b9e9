/** `npm run mutation`: is there a change to the law, the consents, the labels, the machines or the clocks that no test notices? */
export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.mjs' },
  coverageAnalysis: 'perTest',
  // what runs once when a file is loaded (tables, sentences) is held by the machines', profiles' and rule book's own checks
  ignoreStatic: true,
  mutate: [
    'domain/{consent,consultation,parts,label,label-change,handed-on,made-from,basis,exemption,lawful-way,clocks,exchange,authority}.ts',
    'domain/calendar/*.ts',
    'policies/**/*.ts',
  ],
  reporters: ['progress', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  incremental: true,
  incrementalFile: 'reports/mutation-incremental.json',
  concurrency: 2,
  timeoutMS: 60_000,
  thresholds: { high: 95, low: 90, break: 90 },
};
