const shipped = 'tsconfig.json';
/** What ships, and the programs under test/ that are run as processes of their own. */
const withPrograms = 'tsconfig.programs.json';

/**
 * What `node tools/ready.mjs TASK` runs: `module` is imported in the same process after `project` has been compiled,
 * and finds `args`, then those of the command line, in `process.argv`.
 */
export const tasks = {
  start: { module: 'dist/demo/main.js', project: shipped },
  test: { module: 'tools/run-tests.mjs', project: withPrograms },
  coverage: {
    module: 'tools/run-tests.mjs',
    project: withPrograms,
    args: ['--coverage', 'test/domain', 'test/policies', 'test/crypto', 'test/vectors'],
  },
  story: { module: 'dist/demo/story.js', project: shipped },
  machines: { module: 'dist/test/domain/machines/main.js', project: withPrograms },
  sim: { module: 'dist/test/sim/main.js', project: withPrograms },
  crash: { module: 'dist/test/crash/main.js', project: withPrograms },
  tamper: { module: 'dist/test/tamper/main.js', project: withPrograms },
  adversary: { module: 'dist/test/adversary/main.js', project: withPrograms },
  canary: { module: 'dist/test/canary/main.js', project: withPrograms },
  bench: { module: 'dist/bench/main.js', project: shipped },
  docs: { module: 'tools/docs.mjs', project: shipped },
  mutation: { module: 'tools/mutation.mjs', project: shipped },
  rules: { module: 'tools/rules.mjs', project: shipped },
  walls: { module: 'tools/walls.mjs', project: shipped },
};
