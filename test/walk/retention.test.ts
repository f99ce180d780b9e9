/** Retention and erasure: the originator's instruction first, a hold beats every timer, and what nobody has a right to is gone from disk and not from the proofs. */
import { describe, expect, it } from 'vitest';
import { verifyInclusion, leafHash } from '../../crypto/merkle.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { parseCheckpoint } from '../../crypto/checkpoint.js';
import { parseNote } from '../../crypto/note.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { leafViews } from '../../gateway/audit/events.js';
import { createAuditReader } from '../../gateway/read/audit-events.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createServed } from '../../gateway/read/served.js';
import { createLogReader } from '../../gateway/read/log.js';
import { bareRow } from '../../gateway/rows/bare-row.js';
import { createUploads } from '../../gateway/uploads.js';
import { ORIGIN, submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { checkStreams, checkTree } from '../support/log-checks.js';
import {
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeItem,
  makeLabel,
  makeRelease,
  REQUEST_FORM,
  requestBody,
} from '../support/letters.js';
import { createCast, createTestGateway, enrol, walkConfig, type TestGateway } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

const text = new TextDecoder();
const RETRACT = { change: 'RETRACT', label: undefined };

/** What the gateway itself did, as whoever may see it reads it. */
async function doneBy({ store }: TestGateway, action: AuditEvent['action']): Promise<readonly (AuditEvent & { tells: string | null })[]> {
  const leaves = await store.leaves(0, await store.leafCount());
  return leaves.flatMap(({ views, mailbox }) => {
    const own = views.find(({ view }) => view === mailbox) ?? views[0];
    const event = own === undefined ? null : (JSON.parse(text.decode(own.event)) as AuditEvent);
    return event?.action === action ? [{ ...event, tells: mailbox }] : [];
  });
}

/** How much of an item's sealed bytes a stored submission still has. */
async function leftOf({ store }: TestGateway, statement: Signed, item: string) {
  const stored = await store.statement(statement.digest);
  const { seals = [], bodies = [] } = JSON.parse(text.decode(stored?.raw)) as { seals?: { item: string }[]; bodies?: { item: string }[] };
  return [seals, bodies].map((all) => all.filter((one) => one.item === item).length);
}

async function work({ walk }: TestGateway): Promise<void> {
  while ((await walk.deliverDue()) > 0);
}

describe('the gateway’s copy', () => {
  it('goes when its issuer took it back and deleted its own, and nobody is given the item again', async () => {
    const scene = await answered(301);
    const { accept, walk, store, fia, fix, found, reply, desk } = scene;
    const before = await walk.receiptFor(reply.digest, 'accepted');
    expect(codesOf(await accept(makeLabel(fix, found, desk(), RETRACT), fix))).toEqual(['ALLOW']);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([2, 1]);
    const certificate = makeDeletion(fix, found.digest, desk());
    expect(codesOf(await accept(certificate, fix))).toEqual(['ALLOW']);
    // decided: from here on nobody reads it, whether the bytes are there still or not
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['NOT_FOUND']);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
    expect(await doneBy(scene, 'ERASE')).toMatchObject([
      { basis: `BODY ${found.sealed.size} SEALS 2`, object: { item: found.digest, statement: certificate.digest } },
    ]);
    expect((await walk.receiptFor(certificate.digest, 'noticed'))?.body).toContain('"outcome":"DONE"');
    expect(await walk.receiptFor(reply.digest, 'accepted')).toEqual(before);
    expect((await store.statement(reply.digest))?.digest).toBe(reply.digest);
  });

  it('loses the seals of a holder who certifies, and the rest with the last right in it', async () => {
    const scene = await answered(302);
    const { accept, fia, fix, efcx, found, reply, desk } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await accept(consent, fix);
    const release = await makeRelease(fia, efcx, found, [consent.digest], desk());
    expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
    await work(scene);
    expect([await leftOf(scene, reply, found.digest), await leftOf(scene, release, found.digest)]).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(codesOf(await accept(makeAccess(fix, found.digest, reply.digest, desk()), fix))).toEqual(['ALLOW']);
    await accept(makeDeletion(fix, found.digest, desk()), fix);
    await work(scene);
    // not taken back: efcx has its right still
    expect(codesOf(await accept(makeAccess(efcx, found.digest, release.digest, desk()), efcx))).toEqual(['ALLOW']);
    await accept(makeDeletion(efcx, found.digest, desk()), efcx);
    await work(scene);
    expect([await leftOf(scene, reply, found.digest), await leftOf(scene, release, found.digest)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('stays under a holder’s hold, whoever orders it away, and goes when the hold is lifted', async () => {
    const scene = await answered(303);
    const { accept, fia, fix, found, reply, desk, world } = scene;
    const hold = makeInability(fia, found.digest, desk());
    expect(codesOf(await accept(hold, fia))).toEqual(['ALLOW']);
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await accept(word, fix);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([1, 1]);
    world.clock.advance(60_000);
    const lifted = makeInability(fia, found.digest, desk(), { until: formatInstant(world.clock.now()) });
    expect(codesOf(await accept(lifted, fia))).toEqual(['ALLOW']);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });

  it('goes when a hold that names its end has ended', async () => {
    const scene = await answered(304);
    const { accept, fia, fix, found, reply, desk, world } = scene;
    const until = plusMs(world.clock.now(), 3 * DAY_MS);
    await accept(makeInability(fia, found.digest, desk(), { until: formatInstant(until) }), fia);
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await accept(word, fix);
    await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia);
    world.clock.advance(2 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([1, 1]);
    // the exchange's own clocks stand in the way of a timer: it is looked at again
    world.clock.advance(DAY_MS);
    await work(scene);
    expect((await doneBy(scene, 'RETENTION_DUE')).at(-1)?.codes).toContain('OPEN_DEADLINE');
  });

  it('is removed from disk by the next process where one died half-way', async () => {
    const { store: kept, ...world } = createWorld(305);
    let dies = true;
    const store = {
      ...kept,
      eraseContent: (...args: Parameters<typeof kept.eraseContent>) =>
        dies ? Promise.reject(new Error('died')) : kept.eraseContent(...args),
    };
    const gateway = createTestGateway(305, { store, blobs: world.blobs });
    const { fia, fix } = createCast(7);
    await enrol(gateway, [fia, fix]);
    const { desk, walk } = gateway;
    const uploads = createUploads({ store: kept, blobs: world.blobs, clock: gateway.world.clock, chance: desk().chance });
    const item = await makeItem(fia, [fix, fia], 'by parts', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const { upload } = await uploads.open(fia.id, item.sealed.body.length);
    await uploads.put(fia.id, upload, 0, item.sealed.body);
    const letter = { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const };
    const { statement, ...rest } = makeEnvelope({ ...letter, items: [item], body: requestBody(fix, item.digest) }, desk()).submission;
    const sent = submitted(statement, { ...rest, bodies: [{ item: item.digest, upload }] });
    const say = async (signed: Signed, who: Actor) =>
      expect(codesOf(await walk.acceptStatement(signed.submission, who.caller, 'r'))).toEqual(['ALLOW']);
    await say(sent, fia);
    await say(makeLabel(fia, item, desk(), RETRACT), fia);
    await say(makeDeletion(fia, item.digest, desk()), fia);
    await expect(walk.deliverDue()).rejects.toThrow('died');
    expect(await doneBy(gateway, 'ERASE')).toEqual([]);
    dies = false;
    gateway.world.clock.advance(31_000);
    await work(gateway);
    expect([await world.blobs.readPart(upload, 0, 0, 1), await kept.upload(upload)]).toEqual([null, null]);
    expect(await leftOf(gateway, sent, item.digest)).toEqual([0, 0]);
    expect(await doneBy(gateway, 'ERASE')).toMatchObject([{ basis: `BODY ${item.sealed.size} SEALS 2` }]);
  });
});

describe('a timer', () => {
  const inboxOf = ({ store, walk }: TestGateway) => createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));

  it('brings the label’s day to every holder’s desk, and deletes nothing that is unread or has an open deadline', async () => {
    const destroyBy = formatInstant(plusMs(createWorld(1).clock.now(), 60 * DAY_MS));
    const scene = await answered(311, {
      label: {
        level: 'OFFICIAL',
        tlp: 'AMBER+STRICT',
        caveats: [{ code: 'NO_THIRD_PARTY', by: 'VG-FIX' }],
        purposes: ['INTELLIGENCE'],
        originators: ['VG-FIX'],
        destroyBy,
      },
    });
    const { accept, fia, fix, found, reply, desk, world, say } = scene;
    world.clock.advance(31 * DAY_MS);
    await work(scene);
    expect((await doneBy(scene, 'RETENTION_REVIEW')).map(({ tells, codes }) => [tells, codes])).toEqual([
      [fix.id, ['DESTROY_BY']],
      [fia.id, ['DESTROY_BY']],
    ]);
    const told = (await inboxOf(scene).page(fia.id, 0, 200)).entries.filter(({ notice }) => notice?.action === 'RETENTION_REVIEW');
    expect(told).toMatchObject([{ kind: 'notice', exchange: scene.request.exchange, notice: { clock: 'DESTROY_BY', due: destroyBy } }]);

    world.clock.advance(30 * DAY_MS);
    await work(scene);
    expect((await doneBy(scene, 'RETENTION_DUE')).map(({ codes }) => codes)).toEqual([
      ['DESTROY_BY', 'UNREAD', 'OPEN_DEADLINE'],
      ['DESTROY_BY', 'UNREAD', 'OPEN_DEADLINE'],
    ]);
    expect(await leftOf(scene, reply, found.digest)).toEqual([2, 1]);
    // the desk looked through it: it certifies, and answers what is open
    await accept(makeDeletion(fia, found.digest, desk()), fia);
    await accept(makeEnvelope({ ...say, message: 'FINAL_REPLY' }, desk()), fix);
    await accept(makeEnvelope({ from: fia, to: fix, exchange: scene.request.exchange, message: 'CLOSE' }, desk()), fia);
    world.clock.advance(31 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
    const count = (await doneBy(scene, 'RETENTION_DUE')).length;
    world.clock.advance(400 * DAY_MS);
    await work(scene);
    expect(await doneBy(scene, 'RETENTION_DUE')).toHaveLength(count);
  });

  it('asks for a review a year after the end, and lets go after five what nobody says is needed still', async () => {
    const scene = await answered(312);
    const { accept, fia, fix, found, reply, request, desk, world, say } = scene;
    const [read, asked] = [
      makeAccess(fia, found.digest, reply.digest, desk()),
      makeAccess(fix, request.item.digest, request.signed.digest, desk()),
    ];
    expect([codesOf(await accept(read, fia)), codesOf(await accept(asked, fix))]).toEqual([['ALLOW'], ['ALLOW']]);
    await accept(makeEnvelope({ ...say, message: 'FINAL_REPLY' }, desk()), fix);
    expect(codesOf(await accept(makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'CLOSE' }, desk()), fia))).toEqual([
      'ALLOW',
    ]);
    await work(scene);
    const closed = world.clock.now();
    const needed = makeInability(fia, found.digest, desk(), { code: 'STILL_NEEDED', until: formatInstant(yearsAfter(closed, 6)) });
    expect(codesOf(await accept(needed, fia))).toEqual(['ALLOW']);

    world.clock.advance(yearsAfter(closed, 1) - closed);
    await work(scene);
    expect((await doneBy(scene, 'RETENTION_REVIEW')).map(({ tells, codes }) => [tells, codes])).toEqual([
      [fia.id, ['REVIEW']],
      [fix.id, ['REVIEW']],
    ]);
    world.clock.advance(yearsAfter(closed, 5) - world.clock.now());
    await work(scene);
    expect((await doneBy(scene, 'RETENTION_DUE')).map(({ tells, codes }) => [tells, codes])).toEqual([
      [fia.id, ['DELETE']],
      [fix.id, ['DELETE']],
    ]);
    expect(await doneBy(scene, 'ERASE')).toEqual([]);
    world.clock.advance(91 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, request.signed, request.item.digest)).toEqual([0, 0]);
    expect(await leftOf(scene, reply, found.digest)).toEqual([2, 1]);
    expect((await doneBy(scene, 'RETENTION_DUE')).slice(-2).map(({ codes }) => codes)).toEqual([
      ['DELETE', 'STILL_NEEDED'],
      ['DELETE', 'STILL_NEEDED'],
    ]);
    world.clock.advance(yearsAfter(closed, 7) - world.clock.now());
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });
});

describe('events past their years', () => {
  /** 300 old events of one authority under a checkpoint, after what was said before. */
  async function aged(scene: Awaited<ReturnType<typeof answered>>) {
    const { store, world, fia, walk } = scene;
    for (let batch = 0; batch < 6; batch += 1) {
      const rows = Array.from({ length: 50 }, () => {
        const happening = {
          log: ORIGIN,
          at: world.clock.now(),
          outcome: 'DONE' as const,
          correlation: 'old',
          actor: { authority: fia.id, officer: null, role: null },
          statement: null,
          policy: null,
          rules: [],
          codes: [],
        };
        const leaf = leafViews(happening, { action: 'LOGIN', parties: [fia.id], originators: [] }, world.chance);
        return bareRow({ ...leaf, statement: null, stage: 'accepted', outcome: 'DONE', at: world.clock.now(), version: 0, mailbox: null });
      });
      await store.commitBatch(rows, world.clock.now());
    }
    await walk.publishCheckpoint();
    return scene;
  }
  const wrongWith = async ({ store, keys }: TestGateway): Promise<string[]> => {
    const said: string[] = [];
    const view = { origin: ORIGIN, store, leaves: await store.leaves(0, await store.leafCount()), keys };
    await checkTree(view, [], (violation) => said.push(violation));
    await checkStreams(view, (violation) => said.push(violation));
    return said;
  };

  it('leave the log, while every proof and every receipt comes out as before, and everybody concerned is told which', async () => {
    const scene = await aged(await answered(321));
    const { store, walk, world, fia, request } = scene;
    const receipt = await walk.receiptFor(request.signed.digest, 'accepted');
    const index = (await store.leafOf(request.signed.digest, 'accepted'))!.index;
    expect(await walk.takeAway()).toBe(0);
    world.clock.advance(yearsAfter(world.clock.now(), RETENTION.auditYearsMax) - world.clock.now());
    // what no checkpoint covers stays, however old
    expect(await walk.takeAway()).toBeGreaterThanOrEqual(250);
    expect((await store.leaves(0, 256)).every(({ views }) => views.length === 0)).toBe(true);
    expect((await store.leaves(256, 290)).every(({ views, data }) => views.length > 0 || data.length !== 32)).toBe(true);
    expect(await walk.takeAway()).toBe(0);
    expect(await doneBy(scene, 'PRUNE')).toMatchObject([{ basis: 'LEAVES 0 TO 255' }]);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
    expect(await walk.receiptFor(request.signed.digest, 'accepted')).toEqual(receipt);
    const proof = (await createLogReader(store, createServed(store, null)).proof(index, fia.caller))!;
    const note = parseNote(proof.checkpoint);
    const head = note.ok ? parseCheckpoint(note.value.text) : note;
    if (!head.ok) throw new Error(head.error);
    const data = Buffer.from(proof.data, 'base64url');
    expect(proof.view).toBeUndefined();
    expect(
      verifyInclusion(
        leafHash(data),
        index,
        proof.size,
        proof.path.map((hash) => decodeDigest(hash as never)),
        head.value.root,
      ),
    ).toBe(true);
    const page = await createAuditReader(store).page({ of: fia.id, from: null, to: null }, 0, 10);
    expect(page.events.every(({ index: at }) => at >= 256)).toBe(true);
    expect(page.erased?.length).toBeGreaterThan(200);
  });

  it('stay where something is held back, and go by the next process where one died before it took them', async () => {
    const { store: kept, ...world } = createWorld(322);
    let dies = true;
    const store = {
      ...kept,
      pruneViews: (indexes: readonly number[]) => (dies ? Promise.reject(new Error('died')) : kept.pruneViews(indexes)),
    };
    const before = await answered(322, {}, { store, blobs: world.blobs });
    const { walk, accept, fia, fix, found, reply, request, desk } = before;
    const [held, other] = [
      makeAccess(fia, found.digest, reply.digest, desk()),
      makeAccess(fix, request.item.digest, request.signed.digest, desk()),
    ];
    for (const [signed, who] of [
      [held, fia],
      [other, fix],
      [makeInability(fia, found.digest, desk()), fia],
    ] as const)
      expect(codesOf(await accept(signed, who))).toEqual(['ALLOW']);
    const scene = await aged(before);
    const { clock } = scene.world;
    clock.advance(yearsAfter(clock.now(), RETENTION.auditYearsMax) - clock.now());
    await expect(walk.takeAway()).rejects.toThrow('died');
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
    dies = false;
    expect(await walk.takeAway()).toBe(0);
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
    const viewsOf = async ({ digest }: Signed) => (await kept.leafOf(digest, 'accessed'))!.views.length;
    expect([(await viewsOf(held)) > 0, await viewsOf(other)]).toEqual([true, 0]);
    expect((await kept.leaves(40, 256)).every(({ views }) => views.length === 0)).toBe(true);
  });

  it('are those about an item some years after its content, and not those of others', async () => {
    const config = { ...walkConfig(createTestGateway(1).operator), retention: { ...RETENTION, auditYearsAfterErasure: 1 } };
    const scene = await answered(323, {}, { config });
    const { accept, walk, store, world, fia, fix, found, reply, request, desk } = scene;
    const read = makeAccess(fia, found.digest, reply.digest, desk());
    await accept(read, fia);
    const other = makeAccess(fix, request.item.digest, request.signed.digest, desk());
    await accept(other, fix);
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await accept(word, fix);
    await work(scene);
    await walk.publishCheckpoint();
    world.clock.advance(yearsAfter(world.clock.now(), 1) - world.clock.now());
    await work(scene);
    const leaf = async (signed: Signed) => (await store.leafOf(signed.digest, 'accessed'))!;
    expect([(await leaf(read)).views.length, (await leaf(read)).erased.length > 0]).toEqual([0, true]);
    expect((await leaf(other)).views.length).toBeGreaterThan(0);
    expect(await doneBy(scene, 'ERASE')).toHaveLength(1);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
  });
});
