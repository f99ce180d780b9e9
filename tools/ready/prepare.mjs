import { existsSync } from 'node:fs';
import { isInstalled } from './adopt.mjs';
import { onChildren, runChild, runNode } from './child.mjs';
import { withLock } from './lock.mjs';
import { inRoot } from './paths.mjs';
import { dropStamp, installStamp, isFresh, schemaStamp, sourceStamp, writeStamp } from './stamp.mjs';

const say = (line) => process.stderr.write(`parley: ${line}\n`);

/** Beside what it vouches for: whoever removes `node_modules` or `dist` removes the stamp as well. */
const stampFile = {
  install: inRoot('node_modules/.parley-stamp'),
  schema: inRoot('dist/.ready/schema'),
  build: (project) => inRoot(`dist/.ready/${project}`),
};
const sourceFolders = ['domain', 'policies', 'crypto', 'gateway', 'adapters', 'client', 'testing', 'demo', 'bench', 'test'];
const databases = ['sqlite', 'postgresql'];

/**
 * Installs packages, generates the database clients and compiles, each only if it is not already done.
 * @param project the tsconfig to build: `tsconfig.json` for everything that ships, `tsconfig.programs.json` for test programs too
 * @returns when `node_modules` and `dist` are complete; several processes may call this at once
 */
export async function prepare(project) {
  const steps = [installStep, schemaStep, buildStep(project)];
  if (steps.every((step) => step.isDone())) return;
  const waiting = () => say('another command is setting up; waiting for it…');
  await withLock(inRoot('dist/.ready/lock'), (record) => takeEach(steps, record), waiting);
}

async function takeEach(steps, record) {
  onChildren(record);
  for (const step of steps) {
    if (step.isDone()) continue;
    say(`${step.doing}…`);
    const start = performance.now();
    await step.run();
    say(`${step.doing}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

const installStep = {
  doing: 'installing packages',
  isDone() {
    if (isFresh(stampFile.install, installStamp(inRoot()))) return true;
    if (existsSync(stampFile.install) || !isInstalled(inRoot())) return false;
    writeStamp(stampFile.install, installStamp(inRoot()));
    return true;
  },
  async run() {
    dropStamp(stampFile.install);
    // No package here needs its install script, and one of them would try to download a database engine.
    const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    if (npm?.endsWith('npm-cli.js')) await runChild(process.execPath, [npm, ...args]);
    else await runChild(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
    writeStamp(stampFile.install, installStamp(inRoot()));
  },
};

const generatedFor = (database) => inRoot(`adapters/store-prisma/generated/${database}`);

const schemaStep = {
  doing: 'generating database clients',
  isDone: () => databases.every((database) => existsSync(generatedFor(database))) && isFresh(stampFile.schema, schemaStamp(inRoot())),
  async run() {
    dropStamp(stampFile.schema);
    await runNode('prisma/generate.mjs', []);
    writeStamp(stampFile.schema, schemaStamp(inRoot()));
  },
};

const buildStep = (project) => ({
  doing: 'compiling',
  isDone: () => isFresh(stampFile.build(project), buildStamp()),
  async run() {
    dropStamp(stampFile.build(project));
    // Taken before compiling: a file saved meanwhile makes the next run compile again.
    const stamp = buildStamp();
    await runNode('node_modules/typescript/bin/tsc', ['-b', project]);
    writeStamp(stampFile.build(project), stamp);
  },
});

const buildStamp = () => `${sourceStamp(inRoot(), sourceFolders)} ${installStamp(inRoot())}`;
