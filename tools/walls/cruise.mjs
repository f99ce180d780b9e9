// A child process: `cruise.mjs FOLDER CONDITION…` reads the tree in FOLDER as Node (`node`) or a bundler for browsers (`default`) would,
// and prints {modules, violations} as JSON. A process each, because the checker keeps its resolver for as long as it lives.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.mjs';
import { shipped } from './folders.mjs';

const [folder, condition] = process.argv.slice(2);
process.chdir(folder);

const resolving = {
  exportsFields: ['exports'],
  conditionNames: ['types', 'import', ...(condition === 'node' ? ['node'] : ['browser']), 'default'],
  // package.json points at compiled files; the walls are about sources
  alias: { '#native': join(process.cwd(), `crypto/native/${condition === 'node' ? 'node' : 'noble'}.ts`) },
  symlinks: false,
};
// Under the `node` condition crypto/native/ itself reaches Node, and may.
const isMeant = (rule) => condition === 'default' || rule.name !== 'browsers-reach-no-node';
const options = { ...config.options, validate: true, ruleSet: { forbidden: config.forbidden.filter(isMeant) } };

const { output } = await cruise(
  shipped.filter((name) => existsSync(name)),
  options,
  resolving,
);
const modules = output.modules.filter(({ coreModule, couldNotResolve }) => !coreModule && !couldNotResolve).map(({ source }) => source);
const violations = output.summary.violations.map(({ from, to, rule, via }) => ({
  from,
  to,
  rule: rule.name,
  via: (via ?? []).map(({ name }) => name),
}));
process.stdout.write(JSON.stringify({ modules, violations }));
