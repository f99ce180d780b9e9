/** A database that still has the log's root is brought back only where all that was signed is there. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatEpochLeaf } from '../../../crypto/epoch-leaf.js';
import { leafHash } from '../../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier } from '../../../crypto/merkle/append.js';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import { leafData } from '../../../crypto/views.js';
import { Failure } from '../../../domain/failure.js';
import type { Digest } from '../../../domain/ids.js';
import type { Submission } from '../../../domain/wire/submission.js';
import { verifyLog } from '../../../gateway/backup/verify-restored.js';
import { viewHashesOf } from '../../../gateway/read/views.js';
import { bytesOf, NOW, rowOf } from '../../contract/store-rows.js';
import { backupCast, play, send, type Scene } from '../../support/backup-scene.js';
import { archiveOf, createPlace, restoreInto } from '../../support/backups.js';
import { enclosing, makeDeletion, makeItem, makeLabel, makeRelease, makeRequest } from '../../support/letters.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { RETRACT } from '../../support/retained.js';

const { fia, fix } = backupCast;
const text = new TextDecoder();
/** the first of a base64url text is another */
const altered = (bytes: string): string => (bytes.startsWith('A') ? 'B' : 'A') + bytes.slice(1);

describe('an archive of a database in which somebody changed', () => {
  let scene: Scene;
  let inline: Digest;
  let rounds = 0;
  beforeAll(async () => {
    scene = await play();
    inline = await send(scene.gateway);
  });
  afterAll(async () => {
    await scene.gateway.store.close();
    scene.place.remove();
  });

  /** @returns why it is not brought back */
  async function restored(): Promise<string> {
    const { gateway, place } = scene;
    const target = createPlace();
    const archive = join(place.folder, `archive-${(rounds += 1)}.tar`);
    await archiveOf(place, archive, gateway.keys, gateway.world);
    const said = await restoreInto(target, archive, gateway.keys, gateway.world).then(
      ({ store }) => store.close().then(() => 'done'),
      (error: unknown) => (error instanceof Failure ? error.detail : String(error)),
    );
    target.remove();
    return said;
  }

  async function restoredWith(digest: Digest, change: (submission: Submission) => object): Promise<string> {
    const { store } = scene.gateway;
    const { raw } = (await store.statement(digest))!;
    const other = new TextEncoder().encode(JSON.stringify(change(JSON.parse(text.decode(raw)) as Submission)));
    expect(await store.eraseContent(digest, raw, other)).toBe(true);
    const said = await restored();
    expect(await store.eraseContent(digest, other, raw)).toBe(true);
    return said;
  }

  it('an item’s statement is refused', async () => {
    const other = await makeItem(fia, [fia], 'another', scene.gateway.desk(), {});
    for (const items of [[], [other.compact]])
      expect(await restoredWith(inline, (all) => ({ ...all, items }))).toMatch(/^item \S+ of \S+ is missing or altered$/);
  });

  it('nothing is brought back whole, also where an item came with another statement than the one that hands it on', async () => {
    const { walk, desk } = scene.gateway;
    const { item, signed } = await makeRequest(fia, fix, desk());
    expect(await walk.acceptStatement(signed.submission, fia.caller)).toMatchObject({ ok: true });
    const own = await makeRelease(fix, fix, item, [], desk(), { basis: { reseal: true } });
    expect(await walk.acceptStatement(own.submission, fix.caller)).toMatchObject({ ok: true });
    expect(await restored()).toBe('done');
  });

  it('a statement is refused, though it is one that somebody signed', async () => {
    const { statement } = scene.upload.submission;
    expect(await restoredWith(inline, (all) => ({ ...all, statement }))).toMatch(/^the statement of leaf \d+ is missing or altered$/);
  });

  it('an inline body or a seal is refused', async () => {
    const body = /^the body of \S+ is missing or altered$/;
    expect(await restoredWith(inline, ({ bodies: _, ...rest }) => rest)).toMatch(body);
    const bodies = (all: Submission) => all.bodies!.map((one) => ('bytes' in one ? { ...one, bytes: altered(one.bytes) } : one));
    expect(await restoredWith(inline, (all) => ({ ...all, bodies: bodies(all) }))).toMatch(body);
    const seals = (all: Submission) => all.seals!.map((one) => ({ ...one, bytes: altered(one.bytes) }));
    expect(await restoredWith(inline, (all) => ({ ...all, seals: seals(all) }))).toMatch(/^a seal of \S+ is altered$/);
  });

  it('the rows of an upload are refused, and nothing where its item was erased by its issuer’s order', async () => {
    const { gateway, upload } = scene;
    expect(await restored()).toBe('done');
    const { bodies = [], items = [] } = upload.submission;
    const [body] = bodies;
    if (body === undefined || !('upload' in body)) throw new Error('no upload');
    await gateway.store.dropUpload(body.upload);
    expect(await restored()).toBe(`the body of ${body.item} is missing or altered`);

    const item = { digest: body.item, compact: items[0]! };
    const [order, certificate] = [makeLabel(fia, item as never, gateway.desk(), RETRACT), makeDeletion(fia, body.item, gateway.desk())];
    for (const { submission } of [order, certificate])
      expect(await gateway.walk.acceptStatement(submission, fia.caller)).toMatchObject({ ok: true });
    // what an older gateway kept beside a statement that hands nothing over is not looked at
    const stray = enclosing([await makeItem(fia, [fia], 'another', gateway.desk(), {})]);
    expect(await restoredWith(order.digest, (all) => ({ ...all, ...stray }))).toBe('done');
    // decided, and then done
    expect(await restored()).toBe('done');
    while ((await gateway.walk.deliverDue()) > 0);
    expect(await restored()).toBe('done');
  });
});

describe('a log that is brought back', () => {
  const epoch = (n: number) => formatEpochLeaf({ n, upTo: n, slots: 2, mapRoot: bytesOf('map') });
  const rootOf = (...leaves: Uint8Array[]) => rootOfFrontier(appendRun(EMPTY_FRONTIER, leaves.map(leafHash)).frontier);

  async function saidOf(data: readonly Uint8Array[], over: { size?: number; root?: Digest } = {}, published = rootOf(...data.slice(0, 2))) {
    const store = createMemoryStore();
    const rows = data.map((one, n) => rowOf(`${n}`, { statement: null, leaf: { data: one, views: [] } }));
    await store.commitBatch(rows, NOW);
    const manifest = { size: data.length, root: encodeDigest(rootOf(...data)), dropped: [], ...over };
    const verify = (from: typeof store) =>
      verifyLog(from, manifest, { size: 2, root: published }).then(
        () => 'holds',
        (error: unknown) => (error as Failure).detail,
      );
    const holed = {
      ...store,
      leaves: async (from: number, to: number) => (await store.leaves(from, to)).filter(({ index }) => index !== 1),
    };
    return { said: await verify(store), holed: await verify(holed) };
  }

  it('has the root of the newest checkpoint in it, and the one that was archived at its end', async () => {
    const leaves = [1, 2, 3].map(epoch);
    expect(await saidOf(leaves)).toEqual({ said: 'holds', holed: 'the log has a gap at 1' });
    // whoever writes an archive writes its manifest: what the log signed is another matter
    const { said } = await saidOf(leaves, {}, rootOf(epoch(1), epoch(4)));
    expect(said).toBe('the log has another root than its newest checkpoint');
    expect((await saidOf(leaves, { root: encodeDigest(rootOf(...leaves.slice(1))) })).said).toBe('the log has another root');
    expect((await saidOf(leaves, { size: 4 })).said).toBe('the log has 3 leaves, 4 were archived');
    expect((await saidOf([epoch(1), bytesOf('none', 40), epoch(2)])).said).toBe('leaf 1 is no epoch leaf');
  });

  it('has leaves that are made of their views, word for word', async () => {
    const { leaf } = rowOf('a');
    const data = leafData(viewHashesOf({ views: leaf.views, erased: [] }));
    const saidOfLeaf = async (views: typeof leaf.views): Promise<string> => {
      const store = createMemoryStore();
      await store.commitBatch([rowOf('a', { statement: null, leaf: { data, views } })], NOW);
      return verifyLog(store, { size: 1, root: encodeDigest(rootOf(data)), dropped: [] }, null).then(
        () => 'holds',
        (error: unknown) => (error as Failure).detail,
      );
    };
    expect(await saidOfLeaf(leaf.views)).toBe('holds');
    const [first, second] = leaf.views;
    for (const other of [
      { ...first!, event: bytesOf('other') },
      { ...first!, salt: bytesOf('other') },
    ])
      expect(await saidOfLeaf([other, second!])).toBe('leaf 0 is not made of its views');
    for (const left of [[first!], []]) expect(await saidOfLeaf(left)).toBe('leaf 0 is not made of its views');
  });
});
