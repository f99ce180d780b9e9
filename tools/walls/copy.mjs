import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shipped } from './folders.mjs';

/** A copy of the sources, with the packages linked, in a folder that the caller removes. */
export function copyTree(root) {
  const copy = mkdtempSync(join(tmpdir(), 'parley-walls-'));
  for (const name of [...shipped, 'package.json']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

/** @param files source text by path; a file that exists already is never overwritten */
export function writeFiles(copy, files) {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), source, { flag: 'wx' });
  }
}

/** @returns every source file below the shipped folders, counted without the checker, in its notation */
export function sourcesOnDisk(root) {
  return shipped
    .filter((name) => existsSync(join(root, name)))
    .flatMap((name) => readdirSync(join(root, name), { recursive: true }).map((path) => `${name}/${path.replaceAll('\\', '/')}`))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .sort();
}
