/** What an integrator installs: whatever a program in the package loads is in the package, or in a package that comes with it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, normalize } from 'node:path';
import { beforeAll, expect, it } from 'vitest';

interface Manifest {
  readonly bin: { readonly parley: string };
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly imports: { readonly '#native': Readonly<Record<string, string>> };
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const plain = (path: string): string => path.replace(/^\.\//, '');

let there: ReadonlySet<string>;
beforeAll(() => {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  // an array, or by name, as the version of npm has it
  const [pack] = Object.values(JSON.parse(said) as object) as { readonly files: readonly { readonly path: string }[] }[];
  there = new Set(pack!.files.map(({ path }) => path));
});

/** What these begin with: in what `exports` names, in the command, and in each program that is started as a process or a thread of its own. */
const entries = [
  ...Object.values(manifest.exports).flatMap((one) => (typeof one === 'string' ? [one] : [one.types, one.default])),
  ...Object.values(manifest.imports['#native']),
  manifest.bin.parley,
  'dist/client/cli/main.js',
  'dist/gateway/main.js',
  'dist/gateway/main-backup.js',
  'dist/adapters/store-prisma/sqlite/thread.js',
].map(plain);

const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*['"]([\w@#./-]+)['"]/g;

/** @returns every file that is loaded, and every name of a package */
function loadedFrom(first: readonly string[]): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const [files, packages] = [new Set(first), new Set<string>()];
  for (const file of files) {
    if (!/\.(?:m?js|d\.ts)$/.test(file)) continue;
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
      const path = normalize(join(file, '..', name)).replaceAll('\\', '/');
      if (name.startsWith('.')) files.add(file.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path);
      else if (!name.startsWith('#')) packages.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    }
  }
  return { files, packages };
}

it('has all that it loads', () => {
  const { files, packages } = loadedFrom(entries);
  expect([...files].filter((file) => !there.has(file))).toEqual([]);
  expect(files.size).toBeGreaterThan(600);
  const bare = [...packages].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  expect(bare.filter((name) => !Object.hasOwn(manifest.dependencies, name))).toEqual([]);
});

it('has the migrations of both databases, and nothing that only those need who work on it', () => {
  const paths = [...there];
  for (const database of ['sqlite', 'postgresql'])
    expect(paths).toContain(`prisma/${database}/migrations/20261125000000_first/migration.sql`);
  expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'NOTICE', 'README.md', 'docs/INTEGRATING.md', 'examples/case-system.mjs']));
  const forWork = paths.filter((file) => /^(?:test|demo|bench|testing|dist\/(?:test|demo|bench|testing))\/|tsconfig|eslint/.test(file));
  // an auditor checks a file of evidence by these, without a line of ours
  expect(forWork).toEqual(['test/oracle/formats.py', 'test/oracle/verify_evidence.py']);
});

it('has every page and program that its README links to', () => {
  const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([\w./-]+?)\/?(?:#[\w-]+)?\)/g)].map(([, path]) => path!);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((path) => ![...there].some((file) => file === path || file.startsWith(`${path}/`)))).toEqual([]);
});
