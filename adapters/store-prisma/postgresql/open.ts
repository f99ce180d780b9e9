/** PostgreSQL: several gateway processes on one database. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Failure } from '../../../domain/failure.js';
import type { Store } from '../../../domain/ports.js';
import { instantFromMs } from '../../../domain/time.js';
import { PrismaClient } from '../generated/postgresql/client.js';
import type { RawQueries } from '../hot-reads.js';
import { APPLIED, BOOK, migrate } from '../migrate.js';
import { prismaStore } from '../prisma-store.js';
import type { RawRow } from '../rows.js';
import { placeBatchOn } from './commit-batch.js';

const CONNECTIONS_MAX = 8;
/** a plan that was made while a table was young is kept while it grows: reading the whole table must never be it */
const INDEX_ALONE = '-c enable_seqscan=off';
/** whatever the database's own default is: the commit looks anew after it has the lock, and elsewhere it would fail whenever two processes write */
const READ_COMMITTED = '-c default_transaction_isolation=read\\ committed';
/** an answer says that what was committed is on disk, also where server, database, role or URL would not have it wait for that */
const DURABLE = '-c synchronous_commit=on';
const SETTINGS = [INDEX_ALONE, READ_COMMITTED, DURABLE].join(' ');
/**
 * What a server that answers never takes. A connection that a firewall forgot, or whose server is gone, says nothing for ever, and whoever waits
 * for it would hold up everybody; a process that stands still within a transaction would hold up the others.
 */
const QUERY_MS_MAX = 120_000;
const CONNECT_MS_MAX = 30_000;
/** a migration copies tables, and waits for another process's */
const MIGRATION_MS_MAX = 86_400_000;
/** the number that Prisma's own migrations lock, so that the two exclude each other */
const MIGRATION_LOCK = 72_707_369;

/**
 * @param doubt called where the server itself does not keep what it acknowledges, and while another process migrates
 * @param queryMsMax after which a connection that does not answer is given up; what was asked may have been done all the same
 */
export async function openPostgresql(
  url: string,
  doubt: (said: Failure) => void = () => undefined,
  queryMsMax = QUERY_MS_MAX,
): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: withSettings(url),
    max: CONNECTIONS_MAX,
    options: SETTINGS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: queryMsMax,
    idle_in_transaction_session_timeout: queryMsMax,
  });
  // a connection that breaks while idle is replaced at the next query, which reports what is still wrong
  pool.on('error', () => undefined);
  // one that breaks within a transaction says so to its query too, and unheard it would end the process
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await migrateOn(pool, doubt);
    await doubtServer(pool, doubt);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return prismaStore(db, {
    provider: 'postgresql',
    raw: rawOn(pool),
    place: placeBatchOn(pool),
    async serverTime() {
      const { rows } = await pool.query<{ ms: string }>('SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS ms');
      return instantFromMs(Number(rows[0]!.ms));
    },
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  });
}

/** Options of a URL would stand in the place of ours: ours follow them, and the last one counts. */
const withSettings = (url: string): string => url.replace(/[?&]options=[^&#]*/, (theirs) => `${theirs}%20${encodeURIComponent(SETTINGS)}`);

/** What a server forgets when its machine stops no client can make it keep. */
async function doubtServer(pool: pg.Pool, doubt: (said: Failure) => void): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name",
  );
  if (rows.length === 0) return;
  const off = rows.map(({ name }) => `${name}=off`).join(' and ');
  doubt(new Failure('CONFIG_INVALID', `PostgreSQL runs with ${off}: when its machine stops, what was acknowledged may be lost or damaged`));
}

const rawOn = (pool: pg.Pool): RawQueries => ({
  query: async (name, text, values) => (await pool.query<RawRow>({ name, text, values: [...values] })).rows,
  async transact(writes) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      for (const { name, sql: text, values } of writes) await client.query({ name, text, values: [...values] });
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      // the transaction ends with its connection
      client.release(true);
      throw error;
    }
  },
  oneOf: (column) => `${column} = ANY ($1)`,
});

/** pg's types do not know that a query may have its own limit */
const patient = (text: string): pg.QueryConfig & { readonly query_timeout: number } => ({ text, query_timeout: MIGRATION_MS_MAX });

async function migrateOn(pool: pg.Pool, tell: (said: Failure) => void): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${MIGRATION_LOCK}) AS free`);
    if (!rows[0]!.free) {
      tell(new Failure('STORE_UNAVAILABLE', 'another process migrates this database: this one waits until that has ended'));
      await client.query(patient(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`));
    }
    await client.query(patient(BOOK));
    await migrate('postgresql', {
      applied: async () => (await client.query<{ name: string; checksum: string }>(patient(APPLIED))).rows,
      // several statements in one simple query are one transaction
      apply: async (script, record) => void (await client.query(patient(`BEGIN;\n${script}\n${record};\nCOMMIT;`))),
    });
    await client.query(patient(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`));
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
