import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

describe('the SDK in a browser', () => {
  it('bundles under the default condition, and reaches nothing of Node', async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [at('client/sdk/index.ts')],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      conditions: ['default'],
      alias: { '#native': at('crypto/native/noble.ts') },
      logLevel: 'silent',
    });
    const imports = Object.values(metafile.inputs).flatMap(({ imports: found }) => found.map(({ path }) => path));
    expect(imports.filter((path) => path.startsWith('node:'))).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((path) => path.includes('crypto/native/node.ts'))).toEqual([]);
    expect(outputFiles[0]!.text).not.toMatch(/from\s*["']node:/);
  });
});
