import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What an installation depends on beside the lockfile: native packages are chosen by these. */
const machine = { platform: process.platform, arch: process.arch, abi: process.versions.modules };

const hash = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/**
 * Changes whenever `node_modules` may no longer be what the lockfile asks for. npm's own hidden lockfile is part of it:
 * `npm prune` or `npm install x` by hand rewrites that file.
 * @param {string} root
 * @param {{ platform: string, arch: string, abi: string }} on
 */
export function installStamp(root, on = machine) {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return hash([
    textOf(join(root, 'package-lock.json')),
    { dependencies, devDependencies, optionalDependencies },
    on,
    textOf(join(root, 'node_modules/.package-lock.json')),
  ]);
}

/** Contents of every Prisma schema, of the script that joins them, and of the installation that turns them into clients. */
export function schemaStamp(root) {
  const files = filesUnder(join(root, 'prisma'), (name) => /\.(prisma|mjs)$/.test(name));
  return hash([files.map((file) => [file, readFileSync(file, 'utf8')]), textOf(join(root, 'node_modules/.package-lock.json'))]);
}

/** Times and sizes, not contents: this runs before every command, and `tsc -b` itself decides what a touched file costs. */
export function sourceStamp(root, folders) {
  const sources = folders.flatMap((folder) => filesUnder(join(root, folder), (name) => /\.tsx?$/.test(name)));
  const settings = readdirSync(root).filter((name) => /^(tsconfig.*|package)\.json$/.test(name));
  return hash([...sources, ...settings.map((name) => join(root, name))].map((file) => [file, statSync(file).mtimeMs, statSync(file).size]));
}

/** A stamp is the last thing written after a piece of set-up, so a run that was killed half-way leaves none. */
export const isFresh = (file, stamp) => textOf(file) === stamp;

export function writeStamp(file, stamp) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}

export const dropStamp = (file) => rmSync(file, { force: true });

function filesUnder(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path, wanted);
      return wanted(entry.name) ? [path] : [];
    })
    .sort();
}
