/** Events past their years leave the log; proofs, receipts and what is held back stay. */
import { describe, expect, it } from 'vitest';
import { verifyInclusion, leafHash } from '../../crypto/merkle.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { parseCheckpoint } from '../../crypto/checkpoint.js';
import { parseNote } from '../../crypto/note.js';
import type { Stage } from '../../domain/ports.js';
import { AGAIN_MS, RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createAuditReader } from '../../gateway/read/audit-events.js';
import { createServed } from '../../gateway/read/served.js';
import { createLogReader } from '../../gateway/read/log.js';
import { OPERATOR, ORIGIN, type Signed } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { doneBy, logins, RETRACT, work } from '../support/retained.js';
import { checkStreams, checkTree } from '../support/log-checks.js';
import {
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeItem,
  makeLabel,
  makeRevocation,
} from '../support/letters.js';
import { makeConsultation, makeNotice } from '../support/notices.js';
import { createGatewayKeys, createTestGateway, openWalk, walkConfig, type TestGateway } from '../support/test-gateway.js';
import { openWitnessTown } from '../support/witness-town.js';
import { createWorld } from '../support/world.js';

describe('events past their years', () => {
  /** 300 old events of one authority under a checkpoint, after what was said before. */
  async function aged(scene: Awaited<ReturnType<typeof answered>>) {
    const { fia, walk } = scene;
    await logins(scene, fia.id, 6);
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

  const pastYears = ({ world }: Pick<TestGateway, 'world'>) => yearsAfter(world.clock.now(), RETENTION.auditYearsMax);

  /** What was told goes with the next checkpoint, and not before a day is over. */
  async function taken(scene: TestGateway): Promise<void> {
    await scene.walk.publishCheckpoint();
    scene.world.clock.advance(DAY_MS);
    await work(scene);
  }

  it('leave the log, while every proof and every receipt comes out as before, and everybody concerned is told which', async () => {
    const scene = await aged(await answered(321));
    const { store, walk, world, fia, request } = scene;
    const receipt = await walk.receiptFor(request.signed.digest, 'accepted');
    const index = (await store.leafOf(request.signed.digest, 'accepted'))!.index;
    expect(await walk.takeAway()).toBe(0);
    world.clock.advance(pastYears(scene) - world.clock.now());
    // what no checkpoint covers stays, however old
    expect(await walk.takeAway()).toBeGreaterThanOrEqual(250);
    const isGone = async () => (await store.leaves(0, 256)).every(({ views }) => views.length === 0);
    // told, and still there: who looks now has the texts, and who looks later the word
    world.clock.advance(DAY_MS);
    await work(scene);
    expect(await isGone()).toBe(false);
    await walk.publishCheckpoint();
    world.clock.advance(HOUR_MS);
    await work(scene);
    expect(await isGone()).toBe(true);
    expect((await store.leaves(256, 290)).every(({ views, data }) => views.length > 0 || data.length !== 32)).toBe(true);
    await walk.takeAway();
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
    expect(Math.min(...page.events.map(({ index: at }) => at))).toBeGreaterThanOrEqual(256);
    expect(page.events).not.toEqual([]);
    expect(page.erased?.length).toBeGreaterThan(200);
  });

  const gone = async ({ store }: Pick<TestGateway, 'store'>) =>
    (await store.leaves(0, 256)).filter(({ views }) => views.length === 0).length;
  const told = async (scene: TestGateway): Promise<number> => {
    const { world, walk } = scene;
    world.clock.advance(pastYears(scene) - world.clock.now());
    await walk.takeAway();
    await walk.publishCheckpoint();
    return gone(scene);
  };

  it('go a day after they are told of, though a checkpoint shows it at once, and what tells of what is gone stays', async () => {
    const first = await answered(329);
    const { accept, fix, found, desk } = first;
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())])
      expect(codesOf(await accept(word, fix))).toEqual(['ALLOW']);
    await work(first);
    const scene = await aged(first);
    const erased = await doneBy(scene, 'ERASE');
    expect(erased).toHaveLength(1);
    const before = await told(scene);
    scene.world.clock.advance(DAY_MS - 1);
    await work(scene);
    expect(await gone(scene)).toBe(before);
    scene.world.clock.advance(1);
    await work(scene);
    expect(await gone(scene)).toBeGreaterThan(250);
    expect(await doneBy(scene, 'ERASE')).toEqual(erased);
  });

  it('stay until a checkpoint that the witnesses cosigned says that they go', async () => {
    const world = createWorld(330);
    const town = openWitnessTown(createGatewayKeys(1_000_004), world.clock);
    const over = { ...world, witnessing: { policy: town.policy, witnesses: town.witnesses } };
    const scene = await aged({ ...(await answered(330, {}, over)), world });
    const { walk } = scene;
    const cosign = () => Promise.all(walk.witnesses.map((name) => walk.askWitness(name)));
    await cosign();
    const before = await told(scene);
    world.clock.advance(DAY_MS);
    await work(scene);
    expect(await gone(scene)).toBe(before);
    await cosign();
    world.clock.advance(HOUR_MS);
    await work(scene);
    expect(await gone(scene)).toBeGreaterThan(250);
  });

  it('stay where something is held back, and go by the next process where one died before it took them', async () => {
    const { store: kept, ...world } = createWorld(322);
    let dies = true;
    const store = {
      ...kept,
      pruneViews: (indexes: readonly number[]) => (dies ? Promise.reject(new Error('died')) : kept.pruneViews(indexes)),
    };
    const before = await answered(322, {}, { store, blobs: world.blobs });
    const { walk, accept, fia, fix, efcx, found, reply, request, desk } = before;
    const [held, other] = [
      makeAccess(fia, found.digest, reply.digest, desk()),
      makeAccess(fix, request.item.digest, request.signed.digest, desk()),
    ];
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    for (const [signed, who] of [
      [consent, fix],
      [held, fia],
      [other, fix],
      [makeInability(fia, found.digest, desk(), { until: formatInstant(plusMs(pastYears(before), 3 * DAY_MS)) }), fia],
    ] as const)
      expect(codesOf(await accept(signed, who))).toEqual(['ALLOW']);
    await work(before);
    const scene = await aged(before);
    const { clock } = scene.world;
    clock.advance(pastYears(scene) - clock.now());
    expect(await walk.takeAway()).toBeGreaterThan(200);
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
    await expect(taken(scene)).rejects.toThrow('died');
    dies = false;
    clock.advance(31_000);
    await work(scene);
    await walk.takeAway();
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
    const isLeft = async ({ digest }: Signed, stage: Stage) => (await kept.leafOf(digest, stage))!.views.length > 0;
    expect([await isLeft(held, 'accessed'), await isLeft(other, 'accessed')]).toEqual([true, false]);
    // what carried it, what was agreed to of it, and what says no item itself
    expect(await Promise.all([isLeft(reply, 'accepted'), isLeft(reply, 'delivered'), isLeft(consent, 'accepted')])).toEqual([
      true,
      true,
      true,
    ]);
    expect(await Promise.all([isLeft(request.signed, 'accepted'), isLeft(request.signed, 'delivered')])).toEqual([false, false]);
    expect((await kept.leaves(40, 256)).every(({ views }) => views.length === 0)).toBe(true);
    // let go later, it stays all the same until its content was erased
    clock.advance(3 * DAY_MS);
    await walk.takeAway();
    await taken(scene);
    expect(await isLeft(held, 'accessed')).toBe(true);
  });

  it('are told of to everybody who has one, those too whose only one is held back when it is told', async () => {
    const first = await aged(await answered(324));
    const { walk, accept, store, fia, fix, found, reply, desk, world } = first;
    const read = makeAccess(fix, found.digest, reply.digest, desk());
    expect(codesOf(await accept(read, fix))).toEqual(['ALLOW']);
    const { index } = (await store.leafOf(read.digest, 'accessed'))!;
    // let go between word and deed
    const until = formatInstant(plusMs(pastYears(first), HOUR_MS));
    expect(codesOf(await accept(makeInability(fia, found.digest, desk(), { until }), fia))).toEqual(['ALLOW']);
    const scene = await aged(first);
    world.clock.advance(pastYears(scene) - world.clock.now());
    await walk.takeAway();
    await taken(scene);
    expect([index > 255 && index < 512, (await store.leaf(index))!.views.length]).toEqual([true, 0]);
    const leaves = await store.leaves(512, await store.leafCount());
    const told = leaves.filter(({ views }) => views.some(({ event }) => Buffer.from(event).includes('LEAVES 256 TO 511')));
    expect(told.map(({ views }) => views.map(({ view }) => view).toSorted())).toEqual([[fia.id, fix.id, OPERATOR].toSorted()]);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
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
    const late = makeDeletion(fia, found.digest, desk());
    await accept(late, fia);
    await work(scene);
    world.clock.advance(AGAIN_MS);
    await work(scene);
    expect(await doneBy(scene, 'PRUNE')).toEqual([]);
    world.clock.advance(yearsAfter(world.clock.now(), 1) - world.clock.now());
    await work(scene);
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
    const leaf = async (signed: Signed) => (await store.leafOf(signed.digest, 'accessed'))!;
    expect((await leaf(read)).views.length).toBeGreaterThan(0);
    // nobody publishes, and nothing goes
    world.clock.advance(DAY_MS);
    await work(scene);
    expect((await leaf(read)).views.length).toBeGreaterThan(0);
    await walk.publishCheckpoint();
    world.clock.advance(HOUR_MS);
    await work(scene);
    expect([(await leaf(read)).views.length, (await leaf(read)).erased.length > 0]).toEqual([0, true]);
    expect((await leaf(other)).views.length).toBeGreaterThan(0);
    expect(await doneBy(scene, 'ERASE')).toHaveLength(1);
    // what no checkpoint covered then is looked at again
    const isLateLeft = async () => (await store.leaf((await store.statement(late.digest))!.index))!.views.length > 0;
    expect(await isLateLeft()).toBe(true);
    world.clock.advance(AGAIN_MS);
    await work(scene);
    expect(await isLateLeft()).toBe(true);
    await taken(scene);
    expect(await isLateLeft()).toBe(false);
    expect((await leaf(other)).views.length).toBeGreaterThan(0);
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(2);
    world.clock.advance(AGAIN_MS);
    await work(scene);
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(2);
    // nothing is left, and it comes no more
    const open = await store.claim(plusMs(world.clock.now(), AGAIN_MS), 1, 1_000);
    expect(open.filter(({ kind }) => kind === 'prune')).toEqual([]);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
  });

  it('are told of once by two processes that look at the same time', async () => {
    const scene = await aged(await answered(329));
    const { walk, world, operator, keys, store } = scene;
    world.clock.advance(yearsAfter(world.clock.now(), RETENTION.auditYearsMax) - world.clock.now());
    const other = openWalk(world, operator, keys, store);
    await Promise.all([walk.takeAway(), other.walk.takeAway()]);
    expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
  });

  it('are those too of a consent that ended and of the words on a notice', async () => {
    const config = { ...walkConfig(createTestGateway(1).operator), retention: { ...RETENTION, auditYearsAfterErasure: 1 } };
    const scene = await answered(326, {}, { config });
    const { accept, walk, store, world, fia, fix, efcx, found, desk } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    const end = makeRevocation(fix, fia, consent.digest, desk());
    const urgent = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
    const notice = makeNotice(fia, efcx, found.digest, desk(), urgent);
    const word = makeConsultation(fix, notice.digest, 'NO_OBJECTION', desk());
    const gone = [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())];
    for (const one of [consent, end, notice, word, ...gone])
      expect(codesOf(await accept(one, one === notice ? fia : fix))).toEqual(['ALLOW']);
    await work(scene);
    await walk.publishCheckpoint();
    world.clock.advance(yearsAfter(world.clock.now(), 1) - world.clock.now());
    await work(scene);
    await taken(scene);
    const leaves = await Promise.all([consent, end, notice, word].map(({ digest }) => store.leafOf(digest, 'accepted')));
    expect(leaves.map((leaf) => leaf!.views.length)).toEqual([0, 0, 0, 0]);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
  });

  it('are those of a consent to several items, and of its end, with the last of them', async () => {
    const config = { ...walkConfig(createTestGateway(1).operator), retention: { ...RETENTION, auditYearsAfterErasure: 1 } };
    const scene = await answered(327, {}, { config });
    const { accept, walk, store, world, fia, fix, efcx, found, say, desk } = scene;
    const more = await makeItem(fix, [fia, fix], 'what else was found', desk());
    const items = [found.digest, more.digest];
    const consent = makeConsent(fix, fia, efcx, items, desk());
    const end = makeRevocation(fix, fia, consent.digest, desk());
    for (const one of [makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), consent, end])
      expect(codesOf(await accept(one, fix))).toEqual(['ALLOW']);
    const isLeft = async () =>
      Promise.all([consent, end].map(async ({ digest }) => (await store.leafOf(digest, 'accepted'))!.views.length > 0));
    const left: boolean[][] = [];
    for (const item of [found, more]) {
      for (const word of [makeLabel(fix, item, desk(), RETRACT), makeDeletion(fix, item.digest, desk())])
        expect(codesOf(await accept(word, fix))).toEqual(['ALLOW']);
      await work(scene);
      await walk.publishCheckpoint();
      world.clock.advance(yearsAfter(world.clock.now(), 1) - world.clock.now());
      await work(scene);
      await taken(scene);
      left.push(await isLeft());
    }
    expect(left).toEqual([
      [true, true],
      [false, false],
    ]);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
  });

  it('are told of a few at a time, each once, and taken, however many are about one item and whatever dies between', async () => {
    const config = { ...walkConfig(createTestGateway(1).operator), retention: { ...RETENTION, auditYearsAfterErasure: 1 } };
    const scene = await answered(328, {}, { config });
    const { accept, walk, store, world, operator, keys, fia, fix, found, reply, desk } = scene;
    const reads = Array.from({ length: 90 }, () => makeAccess(fia, found.digest, reply.digest, desk()));
    for (const read of reads) expect(codesOf(await accept(read, fia))).toEqual(['ALLOW']);
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await accept(word, fix);
    await work(scene);
    await walk.publishCheckpoint();
    world.clock.advance(yearsAfter(world.clock.now(), 1) - world.clock.now());
    const placesTold = async () => (await doneBy(scene, 'PRUNE')).flatMap(({ basis }) => basis?.match(/\d+/g)?.map(Number) ?? []);
    // whoever looks tells of a few, and dies once that is written
    const died = () => Promise.reject(new Error('died'));
    let looks = 0;
    for (let told = -1, now = 0; told < now; looks += 1) {
      told = now;
      const dying = { ...store, retry: died, rest: died, claim: store.claim.bind(store) };
      const other = openWalk(world, operator, keys, dying, { config, onFailure: () => undefined });
      await other.walk.deliverDue().catch(() => 0);
      now = (await placesTold()).length;
      expect(now - told).toBeLessThanOrEqual(64);
      world.clock.advance(31_000);
    }
    expect(looks).toBeGreaterThan(2);
    const places = await placesTold();
    expect(new Set(places).size).toBe(places.length);
    const indexes = await Promise.all(reads.map(async ({ digest }) => (await store.leafOf(digest, 'accessed'))!.index));
    expect(indexes.filter((index) => !places.includes(index))).toEqual([]);
    await taken(scene);
    expect((await Promise.all(indexes.map((index) => store.leaf(index)))).filter((leaf) => leaf!.views.length > 0)).toEqual([]);
    await walk.publishCheckpoint();
    expect(await wrongWith(scene)).toEqual([]);
  });
});
