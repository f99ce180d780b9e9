/** A process may die between the commit and the claim of an upload: what a statement took is kept all the same. */
import { describe, expect, it } from 'vitest';
import type { Uuid } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import { DAY_MS, HOUR_MS } from '../../domain/time.js';
import { digest } from '../support/ids.js';
import { opened } from '../support/opened.js';
import { partHash } from '../../crypto/part-tree.js';
import { createUploads } from '../../gateway/uploads.js';
import { codesOf } from '../support/answered.js';
import { makeDeletion, makeEnvelope, makeItem, makeLabel, REQUEST_FORM, requestBody, type Desk, type Item } from '../support/letters.js';
import { RETRACT, work } from '../support/retained.js';
import { submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';
import { createWorld, WORLD_START } from '../support/world.js';

/** A request whose form's body came as this upload. */
function letterWith(upload: Uuid, item: Item, [from, to]: readonly [Actor, Actor], desk: Desk): Signed {
  const letter = { from, to, exchange: uuidFrom(desk.chance), message: 'SUBMIT' as const, items: [item] };
  const { statement, ...rest } = makeEnvelope({ ...letter, body: requestBody(to, item.digest) }, desk).submission;
  return submitted(statement, { ...rest, bodies: [{ item: item.digest, upload }] });
}

/** A message of FIA's whose body came by parts, and an upload that no statement takes. */
async function sendByParts(gateway: TestGateway, store: Store = gateway.store) {
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { world, walk, desk } = gateway;
  const uploads = createUploads({ store, blobs: world.blobs, clock: world.clock, chance: desk().chance });
  const item = await makeItem(fia, [fix, fia], 'by parts', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const { body } = item.sealed;
  const [{ upload }, stray] = [await opened(uploads, fia.id, body.length), await opened(uploads, fia.id, body.length)];
  for (const one of [upload, stray.upload]) expect((await uploads.put(fia.id, one, 0, body)).ok).toBe(true);
  const sent = letterWith(upload, item, [fia, fix], desk());
  expect(codesOf(await walk.acceptStatement(sent.submission, fia.caller))).toEqual(['ALLOW']);
  return { fia, uploads, upload, stray, sent, body };
}

it('counts a body no longer among those that nobody took, once a statement did', async () => {
  const gateway = createTestGateway(40);
  const { fia, upload, sent } = await sendByParts(gateway);
  expect((await gateway.store.upload(upload))?.claimedBy).toBe(sent.digest);
  expect(await gateway.store.openUploads(fia.id, WORLD_START)).toBe(1);
});

it('does not sweep the body of a statement that was committed and never claimed it', async () => {
  const { store: kept } = createWorld(41);
  const store = { ...kept, claimUpload: () => Promise.resolve() };
  const gateway = createTestGateway(41, { store });
  const { uploads, upload, stray, sent, body } = await sendByParts(gateway, kept);
  gateway.world.clock.advance(2 * DAY_MS);
  await uploads.sweep();
  expect((await kept.upload(upload))?.claimedBy).toBe(sent.digest);
  expect(await kept.upload(stray.upload)).toBeNull();
  expect(await uploads.read(upload, 0, 0, body.length)).toEqual(body);
});

it('drops all parts of what nobody took, and of what is erased, however many pieces that takes', async () => {
  const gateway = createTestGateway(50);
  const { fia, uploads, upload, stray, sent } = await sendByParts(gateway);
  const { world, walk, desk, store } = gateway;
  for (const one of [upload, stray.upload]) for (const n of [1, 2]) await world.blobs.putPart(one, n, new Uint8Array(5));
  const left = (one: Uuid) => Promise.all([0, 1, 2].map((n) => world.blobs.readPart(one, n, 0, 1)));
  world.clock.advance(2 * DAY_MS);
  await uploads.sweep();
  expect([await left(stray.upload), (await left(upload)).includes(null)]).toEqual([[null, null, null], false]);
  const item = { digest: sent.submission.bodies![0]!.item, compact: sent.submission.items![0]! } as Item;
  for (const word of [makeLabel(fia, item, desk(), RETRACT), makeDeletion(fia, item.digest, desk())])
    expect(codesOf(await walk.acceptStatement(word.submission, fia.caller))).toEqual(['ALLOW']);
  await work(gateway);
  expect([await left(upload), await store.upload(upload)]).toEqual([[null, null, null], null]);
});

it('accepts no body that another authority brought, that is not whole, or that another statement took', async () => {
  const gateway = createTestGateway(49);
  const { fia, uploads, upload: taken } = await sendByParts(gateway);
  const { fix } = createCast(7);
  const { walk, desk } = gateway;
  const item = await makeItem(fia, [fix, fia], 'once more', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const { body } = item.sealed;
  const [theirs, empty, own] = [
    await opened(uploads, fix.id, body.length),
    await opened(uploads, fia.id, body.length),
    await opened(uploads, fia.id, body.length),
  ];
  expect((await uploads.put(fix.id, theirs.upload, 0, body)).ok).toBe(true);
  expect((await uploads.put(fia.id, own.upload, 0, body)).ok).toBe(true);
  const sends = async (upload: Uuid, one = item) =>
    codesOf(await walk.acceptStatement(letterWith(upload, one, [fia, fix], desk()).submission, fia.caller));
  for (const upload of [theirs.upload, empty.upload, taken]) expect(await sends(upload)).toEqual(['BODY_MISMATCH']);
  expect(await sends(own.upload)).toEqual(['ALLOW']);
  // the very same bytes as another item: what erases the one would take the other's
  const { ciphertext, keyCommitment } = item.sealed;
  const over = { itemRole: 'FORM', form: REQUEST_FORM, ciphertext, keyCommitment, size: body.length };
  const twin = { ...(await makeItem(fia, [fix, fia], 'once more', desk(), over)), sealed: item.sealed };
  expect(await sends(own.upload, twin)).toEqual(['BODY_MISMATCH']);
  // whole and its own, and of another length than was signed
  const size = body.length + 1;
  const longer = await makeItem(fia, [fix, fia], 'once more', desk(), { itemRole: 'FORM', form: REQUEST_FORM, size });
  const { upload } = await opened(uploads, fia.id, body.length);
  expect((await uploads.put(fia.id, upload, 0, longer.sealed.body)).ok).toBe(true);
  expect(await sends(upload, longer)).toEqual(['BODY_MISMATCH']);
});

it('accepts no body that a sweep is about to drop: what is accepted stays readable', async () => {
  const gateway = createTestGateway(44);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { world, walk, desk, store } = gateway;
  let meanwhile = (): Promise<unknown> => Promise.resolve();
  // the statement comes between the sweep's look at who took the upload and its deed
  const linked: typeof store.linked = async (kind, ...rest) => {
    const found = await store.linked(kind, ...rest);
    if (kind === 'ciphertext') await meanwhile();
    return found;
  };
  const uploads = createUploads({ store: { ...store, linked }, blobs: world.blobs, clock: world.clock, chance: desk().chance });
  const item = await makeItem(fia, [fix, fia], 'by parts', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const { body } = item.sealed;
  const { upload } = await opened(uploads, fia.id, body.length);
  await uploads.put(fia.id, upload, 0, body);
  world.clock.advance(DAY_MS + 1);
  const sent = letterWith(upload, item, [fia, fix], desk());
  let answer: string[] = [];
  meanwhile = async () => {
    meanwhile = () => Promise.resolve();
    answer = codesOf(await walk.acceptStatement(sent.submission, fia.caller));
  };
  await uploads.sweep();
  expect(answer).toEqual(['BODY_MISMATCH']);
  expect(await store.statement(sent.digest)).toBeNull();
});

it('takes a part that comes again while it is still written, as after a cut', async () => {
  const world = createWorld(51);
  const { fia } = createCast(7);
  const uploads = createUploads(world);
  const { upload } = await opened(uploads, fia.id, 8);
  const puts = await Promise.all([0, 1].map(() => uploads.put(fia.id, upload, 0, new Uint8Array(8))));
  expect([puts.map(({ ok }) => ok), (await world.store.parts(upload)).length]).toEqual([[true, true], 1]);
});

it('keeps the bytes that its row names, where two processes are sent different ones for one part', async () => {
  const world = createWorld(45);
  const { fia } = createCast(7);
  // both look for the part before either has written it, and the second one's row comes first
  const rows: (() => void)[] = [];
  const slow = {
    ...world.store,
    putPart: (...part: Parameters<typeof world.store.putPart>) =>
      new Promise<void>((done) => rows.push(() => void world.store.putPart(...part).then(done))),
  };
  const both = [createUploads({ ...world, store: slow }), createUploads({ ...world, store: slow })] as const;
  const { upload } = await opened(both[0], fia.id, 8);
  const puts = both.map((one, n) => one.put(fia.id, upload, 0, new Uint8Array(8).fill(n)));
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  for (const row of rows.toReversed()) row();
  const answers = await Promise.all(puts);
  const [part] = await world.store.parts(upload);
  expect(partHash(await both[0].read(upload, 0, 0, 8))).toEqual(part!.leafHash);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

it('takes no part of an upload that a sweep is about to drop, and leaves nothing of one: the client begins anew', async () => {
  const world = createWorld(46);
  const { fia } = createCast(7);
  let sweep = (): Promise<unknown> => Promise.resolve();
  // the sweep comes between the look at the upload and the bytes
  const putPart: typeof world.blobs.putPart = async (...part) => {
    await sweep();
    return world.blobs.putPart(...part);
  };
  const uploads = createUploads({ ...world, blobs: { ...world.blobs, putPart } });
  const { upload } = await opened(uploads, fia.id, 8);
  world.clock.advance(DAY_MS + 1);
  sweep = () => uploads.sweep();
  expect(await uploads.put(fia.id, upload, 0, new Uint8Array(8))).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  await uploads.sweep();
  expect([await world.store.upload(upload), await world.store.parts(upload)]).toEqual([null, []]);
  expect(await world.blobs.readPart(upload, 0, 0, 8)).toBeNull();
  expect(await uploads.list(fia.id, upload)).toBeNull();
});

it('reads what is asked of a part, or fails: a disk that lost the end of it gives no shorter one', async () => {
  const world = createWorld(48);
  const { fia } = createCast(7);
  const uploads = createUploads(world);
  const { upload } = await opened(uploads, fia.id, 8);
  await uploads.put(fia.id, upload, 0, new Uint8Array(8));
  expect(await uploads.read(upload, 0, 2, 6)).toEqual(new Uint8Array(6));
  await expect(uploads.read(upload, 0, 2, 7)).rejects.toMatchObject({ code: 'BLOBS_UNAVAILABLE' });
  await expect(uploads.read(upload, 1, 0, 8)).rejects.toMatchObject({ code: 'BLOBS_UNAVAILABLE' });
});

it('takes parts for the day that is promised, but for its last hour, and of what is claimed answers for ever', async () => {
  const world = createWorld(47);
  const { fia } = createCast(7);
  const uploads = createUploads(world);
  const [open, claimed] = [await opened(uploads, fia.id, 8), await opened(uploads, fia.id, 8)];
  world.clock.advance(DAY_MS - HOUR_MS);
  for (const { upload } of [open, claimed]) expect((await uploads.put(fia.id, upload, 0, new Uint8Array(8))).ok).toBe(true);
  await world.store.claimUpload(claimed.upload, digest('claimed'));
  world.clock.advance(1);
  expect([await uploads.expect(fia.id, open.upload, 0), (await uploads.list(fia.id, claimed.upload))?.parts.length]).toEqual([
    expect.objectContaining({ ok: false }),
    1,
  ]);
  expect(await uploads.sweep()).toBe(0);
});

describe('uploads that nobody claims', () => {
  const day = (seed: number) => {
    const world = createWorld(seed);
    return { world, uploads: createUploads(world), owner: createCast(7).fia.id };
  };

  it('are so many of one authority at most, until they are dropped', async () => {
    const { world, uploads, owner } = day(42);
    for (let n = 0; n < 500; n += 1) await opened(uploads, owner, 8);
    expect(await uploads.open(owner, 8)).toMatchObject({ ok: false, error: { code: 'LIMIT_REACHED' } });
    expect((await uploads.open(createCast(7).fix.id, 8)).ok).toBe(true);
    world.clock.advance(2 * DAY_MS);
    expect((await uploads.open(owner, 8)).ok).toBe(true);
  });

  it('are all gone after one sweep, however many they were', async () => {
    const { world, uploads, owner } = day(43);
    for (let n = 0; n < 350; n += 1) await opened(uploads, owner, 8);
    world.clock.advance(2 * DAY_MS);
    expect(await uploads.sweep()).toBe(350);
    expect(await world.store.staleUploads(world.clock.now(), 1)).toEqual([]);
  });
});
