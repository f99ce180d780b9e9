import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether somebody has already installed exactly what the lockfile asks for (by `npm ci` itself), so that installing again
 * would only cost time. A package that is optional for another platform may be absent; nothing else may.
 * @param {string} root
 * @param {{ platform: string, arch: string }} on
 */
export function isInstalled(root, on = process) {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const have = packagesOf(hidden);
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json'))).filter(([path]) => path !== '');
  return wanted.every(([path, entry]) => {
    const found = have[path];
    if (found) return found.version === entry.version && found.integrity === entry.integrity;
    return entry.optional === true && !isMeantFor(entry, on);
  });
}

/** Of Linux's two C libraries only one is ever installed, and a child of a package for elsewhere names no platform at all. */
function isMeantFor(entry, { platform, arch }) {
  if (!entry.os && !entry.cpu) return false;
  const libcHere = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  const suits = (list, value) => !list || list.includes(value);
  return suits(entry.os, platform) && suits(entry.cpu, arch) && (platform !== 'linux' || suits(entry.libc, libcHere));
}
