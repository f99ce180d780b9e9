/**
 * A PostgreSQL server that fails, seen through the network. A connection whose other end is gone says nothing, for ever, or breaks in the middle of
 * anything: whoever used it hears of it, others are not held up, and the next one is served.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgresql } from '../../../adapters/store-prisma/postgresql/open.js';
import { epoch } from '../../contract/store-publication.contract.js';
import { digestOf, NOW, rowOf, uuidOf, A } from '../../contract/store-rows.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../../support/postgres.js';

let server: TestPostgres | null = null;
let pairs: (readonly [Socket, Socket])[] = [];
/** what a server that dies just then never answers */
let dyingAt: string | null = null;
/** a firewall between the gateway and the database */
const between = createServer((from) => {
  const to = connect(Number(new URL(server!.url).port), '127.0.0.1');
  for (const socket of [from, to]) socket.on('error', () => undefined);
  from.on('data', (bytes: Buffer) => {
    if (dyingAt !== null && bytes.includes(dyingAt)) for (const socket of [from, to]) socket.destroy();
  });
  from.pipe(to).pipe(from);
  pairs.push([from, to]);
});
const through = (): string => {
  const url = new URL(server!.url);
  url.port = String((between.address() as AddressInfo).port);
  return url.href;
};
/** longer than a busy machine takes to answer */
const QUERY_MS_MAX = 5_000;

describe.skipIf(!hasPostgres())('a store on PostgreSQL', () => {
  beforeAll(async () => {
    server = await postgresUrl(undefined, false);
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    pairs = [];
    dyingAt = null;
  });
  afterAll(async () => {
    between.close();
    await server?.stop();
  });

  it('answers again after its connections were forgotten by a firewall', async () => {
    const store = await openPostgresql(through(), undefined, QUERY_MS_MAX);
    await store.commitBatch([rowOf('a')], NOW);
    // what is open goes silent; what is opened from now on works
    for (const [from, to] of pairs)
      for (const socket of [from, to]) {
        socket.unpipe();
        socket.resume();
      }
    await expect(store.statement(digestOf('a'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      detail: 'statement: Query read timeout',
    });
    expect((await store.statement(digestOf('a')))?.index).toBe(0);
    await store.commitBatch([rowOf('b')], NOW);
    expect(await store.leafCount()).toBe(2);
    await store.close();
    for (const socket of pairs.flat()) socket.destroy();
  });

  it('outlives a server that dies within a transaction', async () => {
    const store = await openPostgresql(through());
    dyingAt = 'BEGIN';
    await expect(store.publish(epoch(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    dyingAt = null;
    expect(await store.publish(epoch(1))).toBe(true);
    await store.close();
  });

  it('takes events away though every connection is busy for a while', async () => {
    const database = await postgresUrl(server!.url);
    const store = await openPostgresql(database!.url);
    await store.commitBatch([rowOf('a'), rowOf('b')], NOW);
    const other = new pg.Client({ connectionString: database!.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT * FROM leaf FOR UPDATE');
    // more than there are connections, and each that is taken waits
    const pruned = Promise.allSettled(Array.from({ length: 12 }, () => store.pruneViews([0, 1])));
    // longer than Prisma waits for one
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await other.query('COMMIT');
    await other.end();
    expect((await pruned).filter(({ status }) => status === 'rejected')).toEqual([]);
    expect((await store.leaves(0, 2)).map(({ views, erased }) => [views.length, erased.length > 0])).toEqual([
      [0, true],
      [0, true],
    ]);
    await store.close();
    await database!.stop();
  });

  it('says that it waits while another process migrates, and opens afterwards', async () => {
    const database = await postgresUrl(server!.url);
    const other = new pg.Client({ connectionString: database!.url });
    await other.connect();
    await other.query('SELECT pg_advisory_lock(72707369)');
    const said: string[] = [];
    const opening = openPostgresql(database!.url, ({ message }) => said.push(message));
    await expect.poll(() => said).toEqual([expect.stringContaining('another process migrates this database')]);
    await other.query('SELECT pg_advisory_unlock(72707369)');
    const store = await opening;
    await store.commitBatch([rowOf('a')], NOW);
    await store.close();
    // nobody is said to migrate where nobody does: both gave the lock back
    const again: string[] = [];
    await (await openPostgresql(database!.url, ({ message }) => again.push(message))).close();
    expect(again.filter((message) => message.includes('migrates'))).toEqual([]);
    await other.end();
    await database!.stop();
  });

  it('says the server’s own code for what it could not do, whoever asked it', async () => {
    const store = await openPostgresql(server!.url);
    const admin = new pg.Client({ connectionString: server!.url });
    await admin.connect();
    const name = `"${new URL(server!.url).pathname.slice(1)}"`;
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    // what is connected anew takes it
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    try {
      await expect
        .poll(() => store.commitBatch([rowOf('c')], NOW).catch((error: unknown) => error))
        .toMatchObject({
          code: 'STORE_UNAVAILABLE',
          detail: 'commitBatch: 25006',
        });
      await expect(store.claim(NOW, 1, 1)).rejects.toMatchObject({ detail: 'claim: 25006' });
      await expect(store.putUpload({ id: uuidOf('u'), owner: A, sizeBytes: 1, createdAt: NOW, claimedBy: null })).rejects.toMatchObject({
        detail: 'putUpload: 25006',
      });
    } finally {
      await admin.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
      await admin.end();
      await store.close();
    }
  });
});
