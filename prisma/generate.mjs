/**
 * Writes both Prisma clients to adapters/store-prisma/generated/. Prisma reads one schema folder, our models are shared by two
 * databases: so each main.prisma is joined with models.prisma first. Node built-ins only, because set-up runs it.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'adapters', 'store-prisma', 'generated');

/** @param {'sqlite' | 'postgresql'} provider */
function generate(provider) {
  const schema = join(out, `${provider}.prisma`);
  writeFileSync(
    schema,
    [join(here, provider, 'main.prisma'), join(here, 'models.prisma')].map((path) => readFileSync(path, 'utf8')).join('\n'),
  );
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  const run = spawnSync(process.execPath, [prisma, 'generate', '--schema', schema, '--no-hints'], {
    cwd: join(here, '..'),
    encoding: 'utf8',
    // the real schema engine is a download that closed networks do not reach; generate does not need it, migrate must fail loudly
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  });
  if (run.status !== 0) throw new Error(`prisma generate (${provider}) failed:\n${run.stdout}${run.stderr}`);
}

export function generateClients() {
  mkdirSync(out, { recursive: true });
  generate('sqlite');
  generate('postgresql');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateClients();
