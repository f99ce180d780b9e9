/**
 * Applies the migrations of `prisma/<provider>/migrations` at start-up, in Prisma's own book-keeping. The Prisma command line would
 * need an engine that it downloads, which closed networks do not reach.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../domain/failure.js';

/** A connection that holds the database's migration lock. */
export interface MigrationTarget {
  applied(): Promise<readonly { readonly name: string; readonly checksum: string }[]>;
  /** Runs `script` and `record` as one transaction. */
  apply(script: string, record: string): Promise<void>;
}

export const BOOK = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMP, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMP, started_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
export const APPLIED =
  'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name';

/** @throws Failure `CONFIG_INVALID` when the database is newer than this program or its history differs */
export async function migrate(provider: 'sqlite' | 'postgresql', target: MigrationTarget): Promise<void> {
  const known = readMigrations(provider);
  const applied = await target.applied();
  const newer = applied.find(({ name }) => !known.some((migration) => migration.name === name));
  if (newer)
    throw new Failure(
      'CONFIG_INVALID',
      `the database has a newer schema than this program knows: ${newer.name}. Start the newer program again, or restore a backup from before it`,
    );
  for (const { name, checksum, sql } of known) {
    const done = applied.find((migration) => migration.name === name);
    if (done && done.checksum !== checksum)
      throw new Failure('CONFIG_INVALID', `migration ${name} was altered after it was applied: install this program anew`);
    if (done) continue;
    await target.apply(
      sql,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ('${checksum.slice(0, 36)}', '${checksum}', '${name}', CURRENT_TIMESTAMP, 1)`,
    );
  }
}

function readMigrations(provider: string): { name: string; checksum: string; sql: string }[] {
  const folder = migrationsFolder(provider, dirname(fileURLToPath(import.meta.url)));
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** The nearest one above: this file runs from the source tree and from dist/. */
function migrationsFolder(provider: string, from: string): string {
  const folder = join(from, 'prisma', provider, 'migrations');
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Failure('INVARIANT_BROKEN', `no migrations for ${provider}`);
  return migrationsFolder(provider, dirname(from));
}
