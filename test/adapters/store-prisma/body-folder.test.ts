/** Which folder a backup takes the bodies from: a database that does not say so is not one that names none. */
import { expect, it } from 'vitest';
import { readSnapshot, type Query } from '../../../adapters/store-prisma/snapshot/read.js';
import { Failure } from '../../../domain/failure.js';

const failing: Query = () => Promise.reject(new Failure('STORE_UNAVAILABLE', '57P01'));
const snapshotOf = (migration: string, live: Query) =>
  readSnapshot({
    database: 'postgresql',
    query: (sql) => Promise.resolve(sql.includes('_prisma_migrations') ? [{ name: migration }] : []),
    live,
    close: () => Promise.resolve(),
  });

it('passes on what went wrong where the name was asked for', async () => {
  const snapshot = await snapshotOf('20261127000010_silenced_clocks', failing);
  await expect(snapshot.bodyFolder()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('asks no database that an older version wrote', async () => {
  const snapshot = await snapshotOf('20261127000006_before', failing);
  expect(await snapshot.bodyFolder()).toBeNull();
});
