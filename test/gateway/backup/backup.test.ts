/** Backup while the gateway serves, and back into an empty place: on both databases. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArchive } from '../../../adapters/archive-tar/read.js';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import { assertEmpty, loadSnapshot, takeSnapshot } from '../../../adapters/store-prisma/snapshot/snapshot.js';
import { PART_BYTES, partHash } from '../../../crypto/part-tree.js';
import type { ArchiveEntry } from '../../../domain/backup.js';
import { Failure } from '../../../domain/failure.js';
import { parseUuid } from '../../../domain/ids.js';
import type { Blobs } from '../../../domain/ports.js';
import { certain } from '../../../domain/result.js';
import { DATABASE_ENTRY, MANIFEST_ENTRY } from '../../../gateway/backup/back-up.js';
import { ORIGIN } from '../../support/actors.js';
import { backupCast, play, send, wrongWith, type Scene } from '../../support/backup-scene.js';
import { archiveOf, createPlace, restoreInto, verifierOf } from '../../support/backups.js';
import { makeAccess, makeDeletion, makeLabel } from '../../support/letters.js';
import { doneBy, leftOf, RETRACT } from '../../support/retained.js';
import { codesOf } from '../../support/answered.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../../support/postgres.js';
import { createGatewayKeys, createTestGateway, enrol, openWalk } from '../../support/test-gateway.js';

const { fia, fix } = backupCast;

describe('a snapshot of libsql', () => {
  it('has no byte of a session’s key, not even where it was deleted', async () => {
    const scene = await play();
    const { store, world } = scene.gateway;
    const key = world.chance.bytes(32);
    await store.putSession({ id: 'session', authority: fia.id, officer: 'o-1', key, until: world.clock.now() });
    const file = join(scene.place.folder, 'copy');
    const snapshot = await takeSnapshot(scene.place.url, file, process.env);
    expect(readFileSync(file).includes(Buffer.from(key))).toBe(false);
    await snapshot.close();
    await store.close();
    scene.place.remove();
  });

  it.each(['-wal', '-shm'])('is not brought back beside an old %s file, which would be replayed into it', async (suffix) => {
    const target = createPlace();
    const old = join(target.folder, `parley.db${suffix}`);
    writeFileSync(old, 'old');
    expect(await message(loadSnapshot(target.url, join(target.folder, 'copy'), process.env))).toBe(
      `${old} is there already: move it away, or restore into a new place`,
    );
    expect(readFileSync(old, 'utf8')).toBe('old');
    target.remove();
  });
});

describe('a database that cannot be opened', () => {
  it.each(['file', 'server'])('is told with its code, and nothing is copied: a %s', async (kind) => {
    const place = createPlace(kind === 'file' ? undefined : 'postgresql://nobody@127.0.0.1:1/none');
    writeFileSync(join(place.folder, 'parley.db'), 'no database at all'.repeat(100));
    const said = await message(takeSnapshot(place.url, join(place.folder, 'copy'), process.env));
    expect(said).toBe(`the database could not be opened: ${kind === 'file' ? 'SQLITE_NOTADB' : 'ECONNREFUSED'}`);
    expect(existsSync(join(place.folder, 'copy'))).toBe(false);
    place.remove();
  });
});

describe('an upload that is dropped while it is archived', () => {
  const bytes = [40, 9, 3].map((size, n) => new Uint8Array(size).fill(n + 1));

  /** Three parts, whose bytes go after the first was archived; the last upload of all. */
  async function dropping() {
    const scene = await play();
    const { store, world } = scene.gateway;
    const upload = certain(parseUuid('ffffffff-ffff-4fff-bfff-ffffffffffff'));
    await store.putUpload({ id: upload, owner: fia.id, sizeBytes: 52, createdAt: world.clock.now(), claimedBy: null });
    for (const [n, part] of bytes.entries()) {
      await scene.place.blobs.putPart(upload, n, part);
      await store.putPart(upload, { n, sizeBytes: part.length, leafHash: partHash(part) });
    }
    const readPart: Blobs['readPart'] = async (id, n, from, length) => {
      if (id === upload && n === 1) await scene.place.blobs.drop(upload);
      return scene.place.blobs.readPart(id, n, from, length);
    };
    return { ...scene, store, upload, readPart };
  }

  it('is no more in what is brought back, neither its row, which goes a moment after its bytes, nor the parts that came before', async () => {
    const { gateway, place, archive, store, upload, readPart } = await dropping();
    const over = { blobs: { readPart }, pause: () => store.dropUpload(upload) };
    expect(await archiveOf(place, archive, gateway.keys, gateway.world, over)).toMatchObject({ parts: 1, dropped: [upload] });
    await store.close();
    const target = createPlace();
    const back = await restoreInto(target, archive, gateway.keys, gateway.world);
    expect([back.restored.parts, await back.store.upload(upload), await target.blobs.readPart(upload, 0, 0, 40)]).toEqual([1, null, null]);
    await back.store.close();
    for (const { remove } of [place, target]) remove();
  });

  it('is a body that its item has lost: nobody is given the item again, and what is archived next can be brought back as well', async () => {
    const { gateway, place, archive, upload: sent } = await play();
    const { keys, world, walk, desk } = gateway;
    const [body] = sent.submission.bodies!;
    const item = { digest: body!.item, compact: sent.submission.items![0]! };
    const readPart: Blobs['readPart'] = async (id, n, from, length) => {
      for (const word of [makeLabel(fia, item as never, desk(), RETRACT), makeDeletion(fia, item.digest as never, desk())])
        expect(await walk.acceptStatement(word.submission, fia.caller)).toMatchObject({ ok: true });
      while ((await walk.deliverDue()) > 0);
      return place.blobs.readPart(id, n, from, length);
    };
    expect((await archiveOf(place, archive, keys, world, { blobs: { readPart } })).dropped).toHaveLength(1);
    await gateway.store.close();

    const [target, last] = [createPlace(), createPlace()];
    const { store } = await restoreInto(target, archive, keys, world);
    // before and after the worker has erased what is left of it
    const [early, late] = ['early.tar', 'late.tar'].map((name) => join(target.folder, name)) as [string, string];
    expect(await archiveOf(target, early, keys, world)).toMatchObject({ dropped: [], parts: 0 });
    const again = openWalk(world, gateway.operator, keys, store, { blobs: target.blobs });
    const read = makeAccess(fix, item.digest as never, sent.digest, desk());
    expect(codesOf(await again.walk.acceptStatement(read.submission, fix.caller))).toEqual(['NOT_FOUND']);
    while ((await again.walk.deliverDue()) > 0);
    expect(await leftOf({ store }, sent, item.digest)).toEqual([0, 0]);
    expect((await doneBy({ store }, 'ERASE')).map(({ object }) => object.item)).toEqual([item.digest]);
    await archiveOf(target, late, keys, world);
    await store.close();
    for (const next of [early, late]) {
      const back = await restoreInto(last, next, keys, world);
      await back.store.close();
      last.remove();
      mkdirSync(join(last.folder, 'blobs'), { recursive: true });
    }
    for (const { remove } of [place, target, last]) remove();
  });

  it('is missing where its row stays', async () => {
    const { gateway, place, archive, store, upload, readPart } = await dropping();
    let pauses = 0;
    const over = { blobs: { readPart }, pause: () => Promise.resolve(void (pauses += 1)) };
    const said = await message(archiveOf(place, archive, gateway.keys, gateway.world, over));
    expect([said, pauses > 0]).toEqual([`part 1 of ${upload} is missing or altered`, true]);
    // and nothing of the archive is left
    expect(readdirSync(place.folder).filter((name) => name.startsWith('archive.tar'))).toEqual([]);
    await store.close();
    place.remove();
  });
});

const message = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.detail : `not a failure: ${String(error)}`),
  );

let server: TestPostgres | null = null;
beforeAll(async () => {
  server = await postgresUrl(undefined, false);
});
afterAll(async () => {
  await server?.stop();
});

const ABSENT = hasPostgres() ? '' : ' (skipped: no PostgreSQL on this machine)';

describe.each(['libsql', 'PostgreSQL'] as const)('a backup of %s', (kind) => {
  const isThere = kind === 'libsql' || hasPostgres();
  const fresh = async (): Promise<string | undefined> => (kind === 'libsql' ? undefined : (await postgresUrl(server!.url))!.url);

  it.skipIf(!isThere)(
    `holds all that was acknowledged before it began, while messages go on; restored, the log tells everybody${isThere ? '' : ABSENT}`,
    async () => {
      const scene = await play(createPlace(await fresh()));
      const { gateway, place, archive } = scene;
      const before = await Promise.all([send(gateway), send(gateway)]);
      const [manifest, ...during] = await Promise.all([
        archiveOf(place, archive, gateway.keys, gateway.world),
        ...Array.from({ length: 8 }, () => send(gateway)),
      ]);
      expect(during).toHaveLength(8);
      const receipt = await gateway.walk.receiptFor(before[0], 'accepted');
      await gateway.store.close();

      const target = createPlace(await fresh());
      const { store, restored } = await restoreInto(target, archive, gateway.keys, gateway.world);
      expect(restored).toMatchObject({ size: manifest.size, parts: 1 });
      for (const digest of before) expect((await store.statement(digest))?.digest).toBe(digest);
      const told = await store.leaf(manifest.size);
      expect(told?.views.map(({ view }) => view).toSorted()).toEqual([fia.id, fix.id, gateway.deps.config.operator.authority].toSorted());
      for (const { event } of told?.views ?? [])
        expect(JSON.parse(Buffer.from(event).toString())).toMatchObject({
          action: 'RESTORED',
          basis: `SIZE ${manifest.size} ROOT ${manifest.root}`,
        });

      const { walk } = openWalk(gateway.world, gateway.operator, gateway.keys, store, { blobs: target.blobs });
      expect(await walk.receiptFor(before[0], 'accepted')).toEqual(receipt);
      expect(await walk.publishCheckpoint()).not.toBeNull();
      expect(await wrongWith(store, gateway)).toEqual([]);
      const [part] = readdirSync(join(target.folder, 'blobs'), { recursive: true }).filter((name) => String(name).endsWith('/0'));
      expect(readFileSync(join(target.folder, 'blobs', String(part)))).toEqual(readFileSync(join(place.folder, 'blobs', String(part))));
      await store.close();
      for (const { remove } of [place, target]) remove();
    },
  );
});

describe('a database server into which a restore failed', () => {
  const objects = async (url: string): Promise<number> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const there = `SELECT count(*) AS n FROM (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT oid FROM pg_type WHERE typnamespace = 'public'::regnamespace
      UNION ALL SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace) one`;
    return client.query<{ n: string }>(there).then(
      ({ rows }) => client.end().then(() => Number(rows[0]!.n)),
      (error: unknown) => client.end().then(() => Promise.reject(error as Error)),
    );
  };

  it.skipIf(!hasPostgres())(`is as empty as before, whatever was in the dump, and whatever did not verify${ABSENT}`, async () => {
    const [source, target] = [await postgresUrl(server!.url), await postgresUrl(server!.url)].map((made) => made!.url) as [string, string];
    const client = new pg.Client({ connectionString: source });
    await client.connect();
    await client.query(
      `CREATE TYPE mood AS ENUM ('a'); CREATE TYPE pair AS (a int, b mood); CREATE DOMAIN small AS int CHECK (VALUE < 9); CREATE TYPE span AS RANGE (subtype = int);
       CREATE SEQUENCE counter; CREATE TABLE one (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood); CREATE VIEW seen AS SELECT * FROM one;
       CREATE MATERIALIZED VIEW kept AS SELECT * FROM seen; CREATE FUNCTION feel(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1'`,
    );
    await client.end();
    const place = createPlace(target);
    const dump = join(place.folder, 'dump');
    execFileSync('pg_dump', ['--format=custom', `--file=${dump}`, source]);
    await expect(loadSnapshot(target, dump, process.env)).rejects.toThrow('_prisma_migrations');
    expect(await objects(target)).toBe(0);

    const scene = await play(createPlace((await postgresUrl(server!.url))!.url));
    await archiveOf(scene.place, scene.archive, scene.gateway.keys, scene.gateway.world);
    await scene.gateway.store.close();
    const behind = () => Promise.reject(new Failure('CONFIG_INVALID', 'a newer one is known'));
    const again = restoreInto(place, scene.archive, scene.gateway.keys, scene.gateway.world, { mayGoOn: behind });
    expect(await message(again)).toBe('a newer one is known');
    expect(await objects(target)).toBe(0);
    for (const { remove } of [scene.place, place]) remove();
  });

  it.skipIf(!hasPostgres())(`is refused before where it holds anything, even without a table${ABSENT}`, async () => {
    const target = (await postgresUrl(server!.url))!.url;
    await assertEmpty(target);
    const client = new pg.Client({ connectionString: target });
    await client.connect();
    await client.query('CREATE SEQUENCE counter');
    await client.end();
    expect(await message(assertEmpty(target))).toBe('the database is not empty: restore into a new one');
  });
});

it('a log of which nothing was published is backed up and brought back, too', async () => {
  const [place, target] = [createPlace(), createPlace()];
  const gateway = createTestGateway(1, { store: await openStore(place.url), blobs: place.blobs });
  await enrol(gateway, [fia]);
  const archive = join(place.folder, 'archive.tar');
  const { size } = await archiveOf(place, archive, gateway.keys, gateway.world);
  await gateway.store.close();
  const back = await restoreInto(target, archive, gateway.keys, gateway.world);
  expect([back.restored.size, await back.store.latestCheckpoint()]).toEqual([size, null]);
  await back.store.close();
  for (const { remove } of [place, target]) remove();
});

describe('an archive that is not whole', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await play();
    await archiveOf(scene.place, scene.archive, scene.gateway.keys, scene.gateway.world);
    await scene.gateway.store.close();
  });
  afterAll(() => scene.place.remove());

  /** @returns why it was refused; nothing is left in the place */
  async function refusedAs(change: (copy: string) => void, over: Parameters<typeof restoreInto>[4] = {}): Promise<string> {
    const target = createPlace();
    const copy = join(target.folder, 'copy.tar');
    copyFileSync(scene.archive, copy);
    change(copy);
    const said = await message(restoreInto(target, copy, scene.gateway.keys, scene.gateway.world, over));
    expect([said, existsSync(join(target.folder, 'parley.db'))]).toEqual([said, false]);
    target.remove();
    return said;
  }
  const flip = (at: number) => (copy: string) => {
    const bytes = readFileSync(copy);
    bytes[at]! ^= 1;
    writeFileSync(copy, bytes);
  };

  it('is refused wherever it is cut', async () => {
    const { length } = readFileSync(scene.archive);
    for (const size of [0, 511, 512, 40_000, length - 4_096, length - 1_024, length - 512, length - 1])
      expect(await refusedAs((copy) => truncateSync(copy, size)), String(size)).toMatch(/^the archive is (cut|not whole)/);
    expect(await refusedAs((copy) => writeFileSync(copy, Buffer.concat([readFileSync(copy), Buffer.alloc(512)])))).toContain(
      'follows its end',
    );
  });

  it('is refused where a byte of a header, the database, a body or the manifest is another', async () => {
    const bytes = readFileSync(scene.archive);
    const body = bytes.indexOf('blobs/');
    const manifest = bytes.lastIndexOf('{"v":1');
    expect(await refusedAs(flip(3))).toContain('a header does not read');
    expect(await refusedAs(flip(512 + 20_000))).toContain('its database is altered');
    expect(await refusedAs(flip(body + 512 + 10))).toMatch(/^part 0 of \S+ is missing or altered$/);
    expect(await refusedAs(flip(body + 8))).toContain('a header does not read');
    for (const member of ['"size":', '"root":"', '"databaseDigest":"', '"parts":', '"schema":"', '"origin":"', '"key":"', '"checkpoint":"'])
      expect(await refusedAs(flip(bytes.indexOf(member, manifest) + member.length)), member).not.toBe('done');
  });

  it('is refused where an entry is missing, is there twice with other bytes, stands elsewhere or is none of a backup', async () => {
    const refusedWith = async (change: (entry: ArchiveEntry) => readonly ArchiveEntry[]): Promise<string> => {
      async function* entries(): AsyncGenerator<ArchiveEntry> {
        for await (const entry of readArchive(scene.archive)) {
          // read once, however often it is told of
          const bytes = entry.name === DATABASE_ENTRY ? null : await entry.bytes();
          yield* change(bytes === null ? entry : { ...entry, bytes: () => Promise.resolve(bytes) });
        }
      }
      return refusedAs(() => undefined, { entries: entries() });
    };
    const is = (kind: string) => (entry: ArchiveEntry) => entry.name.startsWith(kind);
    const [isPart, isManifest] = [is('blobs/'), is(MANIFEST_ENTRY)];
    const other = { name: 'other', sizeBytes: 1, bytes: () => Promise.resolve(new Uint8Array(1)), saveTo: () => Promise.resolve('') };
    const otherwise = (entry: ArchiveEntry) => ({ ...other, name: entry.name });
    expect(await refusedWith((entry) => (isPart(entry) ? [entry, otherwise(entry)] : [entry]))).toContain('it has a part twice');
    expect(await refusedWith((entry) => (isManifest(entry) ? [entry, other] : [entry]))).toContain('something follows its manifest');
    expect(await refusedWith((entry) => (isManifest(entry) ? [] : [entry]))).toContain('it has no manifest');
    expect(await refusedWith((entry) => (isManifest(entry) ? [other, entry] : [entry]))).toContain('an entry that no backup writes');
    expect(await refusedWith((entry) => (is(DATABASE_ENTRY)(entry) ? [other, entry] : [entry]))).toContain(
      'does not begin with a database',
    );
    const unpublished = (bytes: Uint8Array) => ({ ...(JSON.parse(new TextDecoder().decode(bytes)) as object), checkpoint: null });
    const retold = (entry: ArchiveEntry): ArchiveEntry => ({
      ...entry,
      bytes: async () => new TextEncoder().encode(JSON.stringify(unpublished(await entry.bytes()))),
    });
    expect(await refusedWith((entry) => [isManifest(entry) ? retold(entry) : entry])).toContain('not the one that its manifest tells of');
    const large = (entry: ArchiveEntry) => ({ ...entry, sizeBytes: PART_BYTES + 1 });
    expect(await refusedWith((entry) => [isPart(entry) ? large(entry) : entry])).toContain('an entry that no backup writes');
  });

  it('is refused under another gateway key, in a place that is not empty, by a clock behind the log, and where it may not go back', async () => {
    const { gateway, archive } = scene;
    const other = createGatewayKeys(99);
    expect(await refusedAs(() => undefined, { key: verifierOf(other) })).toContain('another gateway key');
    expect(await refusedAs(() => undefined, { key: { ...verifierOf(other), name: 'other.example' } })).toContain(`the log ${ORIGIN}`);
    const early = { ...gateway.world.clock, now: () => 1_000_000_000_000 as ReturnType<typeof gateway.world.clock.now> };
    expect(await refusedAs(() => undefined, { clock: early })).toContain('clock is behind');
    const behind = () => Promise.reject(new Failure('CONFIG_INVALID', 'a newer one is known'));
    expect(await refusedAs(() => undefined, { mayGoOn: behind })).toBe('a newer one is known');
    expect(await message(restoreInto(scene.place, archive, gateway.keys, gateway.world))).toContain('is there already');
  });
});
