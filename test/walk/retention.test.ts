/** Retention and erasure: the originator's instruction first, a hold beats every timer, and what nobody has a right to is gone from disk and not from the proofs. */
import { describe, expect, it } from 'vitest';
import { yearsAfter } from '../../domain/retention.js';
import type { Store } from '../../domain/ports.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { opened } from '../support/opened.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createUploads } from '../../gateway/uploads.js';
import { submitted, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { doneBy, leftOf, RETRACT, work } from '../support/retained.js';
import {
  labelOf,
  REQUEST_FORM,
  makeAccess,
  makeAnswer,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeItem,
  makeLabel,
  makeRelease,
  requestBody,
  sentAgain,
  type Item,
} from '../support/letters.js';
import { createCast, createTestGateway, enrol, openWalk, type TestGateway } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

describe('a day to destroy by', () => {
  it('that its originator sets later ends it as one that it came with', async () => {
    const scene = await answered(333);
    const { accept, world, fia, fix, found, reply, say, desk } = scene;
    const label = { ...found.label, destroyBy: formatInstant(plusMs(desk().at, 40 * DAY_MS)) };
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label }), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix))).toEqual(['ALLOW']);
    world.clock.advance(39 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([2, 1]);
    world.clock.advance(2 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });

  it('waits for no sealing anew of what nobody could open', async () => {
    const gateway = createTestGateway(331);
    const { fia, fix } = createCast(7);
    await enrol(gateway, [fia, fix]);
    const destroyBy = formatInstant(plusMs(gateway.desk().at, 40 * DAY_MS));
    const form = { itemRole: 'FORM', form: REQUEST_FORM, label: labelOf(fia, { destroyBy }) };
    const item = await makeItem(fia, [fix, fia], 'request', gateway.desk(), form);
    const exchange = uuidFrom(gateway.desk().chance);
    const letter = { from: fia, to: fix, exchange, message: 'SUBMIT' as const, items: [item], body: requestBody(fix, item.digest) };
    const sent = makeEnvelope(letter, gateway.desk());
    const accept = async (signed: Signed, by: Actor) => codesOf(await gateway.walk.acceptStatement(signed.submission, by.caller));
    expect(await accept(sent, fia)).toEqual(['ALLOW']);
    await work(gateway);
    expect(await accept(makeAccess(fix, item.digest, sent.digest, gateway.desk()), fix)).toEqual(['ALLOW']);
    const body = { item: item.digest, proof: item.sealed.seals[0]!.digest };
    const unread = makeEnvelope({ from: fix, to: fia, exchange, message: 'UNDECIPHERABLE', body }, gateway.desk());
    expect(await accept(unread, fix)).toEqual(['ALLOW']);
    gateway.world.clock.advance(41 * DAY_MS);
    await work(gateway);
    expect(await leftOf(gateway, sent, item.digest)).toEqual([0, 0]);
  });
});

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
    // nor is it kept in memory
    const { submission } = (await walk.library.volume(reply.digest))!;
    expect([submission.seals, submission.bodies]).toEqual([[], []]);
    expect(await doneBy(scene, 'ERASE')).toMatchObject([
      { basis: `BODY ${found.sealed.size} SEALS 2`, object: { item: found.digest, statement: certificate.digest } },
    ]);
    expect((await walk.receiptFor(certificate.digest, 'noticed'))?.body).toContain('"outcome":"DONE"');
    expect(await walk.receiptFor(reply.digest, 'accepted')).toEqual(before);
    expect((await store.statement(reply.digest))?.digest).toBe(reply.digest);
  });

  it('goes item by item, a holder’s seals and all of it: what came in the same envelope stays, whoever erases at the same time', async () => {
    const { store: kept, blobs } = createWorld(335);
    let meanwhile = async (): Promise<void> => undefined;
    const eraseContent: Store['eraseContent'] = async (...content) => {
      const first = meanwhile;
      meanwhile = async () => undefined;
      await first();
      return kept.eraseContent(...content);
    };
    const scene = await answered(335, {}, { store: { ...kept, eraseContent }, blobs });
    const { accept, fia, fix, say, desk } = scene;
    const { walk: other } = openWalk(scene.world, scene.operator, scene.keys, kept, { blobs });
    const items = await Promise.all(['a', 'b', 'c'].map((text) => makeItem(fix, [fia, fix], text, desk())));
    const letter = makeEnvelope({ ...say, message: 'INTERIM_REPLY', items }, desk());
    const left = () => Promise.all(items.map(async ({ digest }) => (await leftOf(scene, letter, digest)).join('+')));
    const allowed = async (word: Signed, who: Actor) => expect(codesOf(await accept(word, who))).toEqual(['ALLOW']);
    const takesBack = async (item: Item) => {
      for (const word of [makeLabel(fix, item, desk(), RETRACT), makeDeletion(fix, item.digest, desk())]) await allowed(word, fix);
    };
    await allowed(letter, fix);
    await work(scene);
    await allowed(makeDeletion(fia, items[0]!.digest, desk()), fia);
    await work(scene);
    expect(await left()).toEqual(['1+1', '2+1', '2+1']);
    await takesBack(items[0]!);
    meanwhile = async () => {
      await takesBack(items[1]!);
      while ((await other.deliverDue()) > 0);
    };
    await work(scene);
    expect(await left()).toEqual(['0+0', '0+0', '2+1']);
    await allowed(makeAccess(fia, items[2]!.digest, letter.digest, desk()), fia);
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
    // each its own, whatever others certified before
    const seals = (await doneBy(scene, 'ERASE')).map(({ basis }) => basis);
    expect(seals.slice(0, 2)).toEqual(['BODY 0 SEALS 1', 'BODY 0 SEALS 1']);
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

  it('stays while one of two holders holds it back still', async () => {
    const scene = await answered(308);
    const { allowed, fia, fix, efcx, found, reply, desk, world } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await allowed(consent, fix);
    await allowed(await makeRelease(fia, efcx, found, [consent.digest], desk()), fia);
    for (const who of [fia, efcx]) await allowed(makeInability(who, found.digest, desk()), who);
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await allowed(word, fix);
    for (const [who, left] of [
      [fia, 1],
      [efcx, 0],
    ] as const) {
      world.clock.advance(60_000);
      await allowed(makeInability(who, found.digest, desk(), { until: formatInstant(world.clock.now()) }), who);
      await work(scene);
      expect(await leftOf(scene, reply, found.digest)).toEqual([left, left]);
    }
  });

  it('goes when a hold that names its end has ended', async () => {
    const scene = await answered(304);
    const { accept, fia, fix, found, reply, desk, world } = scene;
    const until = plusMs(world.clock.now(), 3 * DAY_MS);
    await accept(makeInability(fia, found.digest, desk(), { until: formatInstant(until) }), fia);
    for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await accept(word, fix);
    world.clock.advance(2 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([1, 1]);
    // unread by others or under the exchange's own clocks: its issuer's order yields to a hold alone
    world.clock.advance(DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });

  it('goes when its issuer takes back what it deleted before, and not under a hold', async () => {
    const scene = await answered(306);
    const { accept, fia, fix, found, request, reply, desk } = scene;
    for (const [word, who] of [
      [makeDeletion(fix, found.digest, desk()), fix],
      [makeDeletion(fia, request.item.digest, desk()), fia],
      [makeInability(fix, request.item.digest, desk()), fix],
    ] as const)
      expect(codesOf(await accept(word, who))).toEqual(['ALLOW']);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([1, 1]);
    const order = makeLabel(fix, found, desk(), RETRACT);
    expect(codesOf(await accept(order, fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeLabel(fia, request.item, desk(), RETRACT), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['NOT_FOUND']);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
    expect(await leftOf(scene, request.signed, request.item.digest)).toEqual([1, 1]);
    expect((await doneBy(scene, 'ERASE')).at(-1)).toMatchObject({ object: { item: found.digest, statement: order.digest } });
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
    const beside = await makeItem(fia, [fix, fia], 'beside it', desk());
    const [{ upload }, stays] = [await opened(uploads, fia.id, item.sealed.body.length), await opened(uploads, fia.id, beside.sealed.size)];
    await uploads.put(fia.id, upload, 0, item.sealed.body);
    await uploads.put(fia.id, stays.upload, 0, beside.sealed.body);
    const letter = { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const };
    const { statement, ...rest } = makeEnvelope(
      { ...letter, items: [item, beside], body: requestBody(fix, item.digest) },
      desk(),
    ).submission;
    const sent = submitted(statement, {
      ...rest,
      bodies: [
        { item: item.digest, upload },
        { item: beside.digest, upload: stays.upload },
      ],
    });
    const say = async (signed: Signed, who: Actor) =>
      expect(codesOf(await walk.acceptStatement(signed.submission, who.caller))).toEqual(['ALLOW']);
    await say(sent, fia);
    await say(makeLabel(fia, item, desk(), RETRACT), fia);
    await say(makeDeletion(fia, item.digest, desk()), fia);
    await expect(walk.deliverDue()).rejects.toThrow('died');
    expect(await doneBy(gateway, 'ERASE')).toEqual([]);
    dies = false;
    gateway.world.clock.advance(31_000);
    await work(gateway);
    expect([await world.blobs.readPart(upload, 0, 0, 1), await kept.upload(upload)]).toEqual([null, null]);
    expect(await uploads.read(stays.upload, 0, 0, beside.sealed.size)).toEqual(beside.sealed.body);
    expect(await leftOf(gateway, sent, item.digest)).toEqual([0, 0]);
    expect(await doneBy(gateway, 'ERASE')).toMatchObject([{ basis: `BODY ${item.sealed.size} SEALS 2` }]);
  });
});

describe('what the gateway says that it removed', () => {
  it('is what the holder was given since it last certified, though a process died between deed and word', async () => {
    const { store: kept, blobs } = createWorld(307);
    let dies = true;
    const store: Store = {
      ...kept,
      commitBatch: (rows, now) =>
        dies && rows.some(({ settles }) => settles?.key.startsWith('erase '))
          ? Promise.reject(new Error('died'))
          : kept.commitBatch(rows, now),
    };
    const scene = await answered(307, {}, { store, blobs });
    const { accept, fia, fix, found, reply, say, desk, world, walk } = scene;
    await accept(makeDeletion(fia, found.digest, desk()), fia);
    await expect(walk.deliverDue()).rejects.toThrow('died');
    expect(await leftOf(scene, reply, found.digest)).toEqual([1, 1]);
    dies = false;
    world.clock.advance(31_000);
    await work(scene);
    const said = async () => (await doneBy(scene, 'ERASE')).map(({ basis }) => basis);
    expect(await said()).toEqual(['BODY 0 SEALS 1']);
    expect(codesOf(await accept(sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk()), fix))).toEqual(['ALLOW']);
    await accept(makeDeletion(fia, found.digest, desk()), fia);
    await work(scene);
    expect(await said()).toEqual(['BODY 0 SEALS 1', 'BODY 0 SEALS 1']);
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
    await accept(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix);
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
    await accept(sentAgain({ ...say, message: 'FINAL_REPLY' }, found, desk()), fix);
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
