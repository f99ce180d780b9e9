// `npm run walls`: the tree keeps every wall of .dependency-cruiser.mjs, and each wall notices when it is broken.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import config from '../.dependency-cruiser.mjs';
import { inRoot } from './ready/paths.mjs';
import { copyTree, sourcesOnDisk, writeFiles } from './walls/copy.mjs';
import { judge } from './walls/judge.mjs';
import { seeds, targets } from './walls/seeds.mjs';

/** A checker that reads nothing finds nothing; it did so, and exited 0, under a compiler that it did not know. */
const modulesMin = 250;
const conditions = ['node', 'default'];
const outputBytesMax = 64 * 1024 * 1024;

const print = (line) => process.stdout.write(`${line}\n`);
const run = promisify(execFile);

async function cruise(folder) {
  const reports = conditions.map(async (condition) => {
    const script = inRoot('tools/walls/cruise.mjs');
    const { stdout } = await run(process.execPath, [script, folder, condition], { maxBuffer: outputBytesMax });
    return [condition, JSON.parse(stdout)];
  });
  return Object.fromEntries(await Promise.all(reports));
}

async function cruiseSeeded() {
  const copy = copyTree(inRoot());
  try {
    const files = Object.assign({}, targets, ...seeds.map(({ path, source, also }) => ({ [path]: source, ...also })));
    writeFiles(copy, files);
    return await cruise(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

// Listed first: whoever saves a new file meanwhile is told nothing about it, rather than something wrong.
const onDisk = sourcesOnDisk(inRoot());
const tree = await cruise(inRoot());
const seeded = await cruiseSeeded();
const walls = config.forbidden.map(({ name }) => name);
const verdict = judge({ tree, seeded, seeds, walls, onDisk, modulesMin });

const width = Math.max(...walls.map((name) => name.length));
for (const { wall, path, caught, note } of verdict.rows) print(`${caught ? 'caught' : 'MISSED'}  ${wall.padEnd(width)}  ${path}${note}`);
for (const { condition, read } of verdict.read) print(`${read} modules read under '${condition}', at least ${modulesMin} expected`);
print(`${walls.length} walls, ${verdict.rows.length} seeded violations, ${verdict.rows.filter(({ caught }) => caught).length} caught`);
for (const problem of verdict.problems) print(`PROBLEM  ${problem}`);
process.exit(verdict.problems.length > 0 ? 1 : 0);
