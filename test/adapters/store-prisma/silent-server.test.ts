/** A connection whose other end is gone says nothing, for ever: whoever waits for it gives it up, and others are not held up with it. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresql } from '../../../adapters/store-prisma/postgresql/open.js';
import { digestOf, NOW, rowOf } from '../../contract/store-rows.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../../support/postgres.js';

let server: TestPostgres | null = null;
const pairs: (readonly [Socket, Socket])[] = [];
/** a firewall between the gateway and the database */
const between = createServer((from) => {
  const to = connect(Number(new URL(server!.url).port), '127.0.0.1');
  for (const socket of [from, to]) socket.on('error', () => undefined);
  from.pipe(to).pipe(from);
  pairs.push([from, to]);
});

beforeAll(async () => {
  server = await postgresUrl(undefined, false);
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  between.close();
  for (const socket of pairs.flat()) socket.destroy();
  await server?.stop();
});

it.skipIf(!hasPostgres())(
  'a store on PostgreSQL answers again after its connections were forgotten by a firewall',
  async () => {
    const url = new URL(server!.url);
    url.port = String((between.address() as AddressInfo).port);
    // longer than a busy machine takes to answer
    const store = await openPostgresql(url.href, undefined, 5_000);
    await store.commitBatch([rowOf('a')], NOW);
    // what is open goes silent; what is opened from now on works
    for (const [from, to] of pairs)
      for (const socket of [from, to]) {
        socket.unpipe();
        socket.resume();
      }
    await expect(store.statement(digestOf('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect((await store.statement(digestOf('a')))?.index).toBe(0);
    await store.commitBatch([rowOf('b')], NOW);
    expect(await store.leafCount()).toBe(2);
    await store.close();
  },
  60_000,
);
