import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

// The import rule stops at node_modules; a bundler for browsers follows every package to its end, and fails at the first `node:fs`.
it('bundles the SDK for browsers, packages included, with nothing of Node in it', async () => {
  const result = await build({
    entryPoints: [inRoot('client/sdk/index.ts')],
    alias: { '#native': inRoot('crypto/native/noble.ts') },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const inputs = Object.keys(result.metafile.inputs);
  expect(inputs.some((path) => path.endsWith('client/sdk/index.ts'))).toBe(true);
  expect(inputs.some((path) => path.includes('node_modules/openpgp/'))).toBe(true);
  expect(inputs.filter((path) => path.startsWith('node:'))).toEqual([]);
  expect(inputs.filter((path) => path.endsWith('crypto/native/node.ts'))).toEqual([]);
});
