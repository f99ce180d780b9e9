/** What decides that content goes rests on who has it, now and until the commit; and what is gone is given to nobody. */
import { describe, expect, it } from 'vitest';
import type { CommitRow, Store } from '../../domain/ports.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { GRACE_MS, RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { clockRow } from '../../gateway/rows/clock-row.js';
import { uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import {
  makeAccess,
  makeAnswer,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeItem,
  makeLabel,
  makeRelease,
  makeRequest,
  sentAgain,
  type Item,
} from '../support/letters.js';
import { refuseWith } from '../support/refusing.js';
import { doneBy, leftOf, RETRACT } from '../support/retained.js';
import { createTestGateway, openWalk, walkConfig } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

const text = new TextDecoder();

const erases = ({ bumps }: CommitRow): boolean => bumps.some((key) => key.startsWith('erased:'));

/** A gateway whose every decision that something goes, or another one, is overtaken by what a second process accepts just before it. */
async function overtaken(seed: number, over: object = {}, overtakes = erases) {
  const { store: kept, blobs } = createWorld(seed);
  let meanwhile: (() => Promise<unknown>) | null = null;
  const store: Store = {
    ...kept,
    async commitBatch(rows, now) {
      const run = rows.some(overtakes) ? meanwhile : null;
      if (run !== null) {
        meanwhile = null;
        await run();
      }
      return kept.commitBatch(rows, now);
    },
  };
  // keys do not live for five years
  const config = { ...walkConfig(createTestGateway(1).operator), retention: { ...RETENTION, reviewYears: 0, deleteYears: 0 } };
  const scene = await answered(seed, over, { store, blobs, config });
  const { walk: other } = openWalk(scene.world, scene.operator, scene.keys, kept, { blobs, config });
  const before = (signed: Signed, who: typeof scene.fia) => {
    meanwhile = async () => expect(codesOf(await other.acceptStatement(signed.submission, who.caller))).toEqual(['ALLOW']);
  };
  const beforeIt = (work: () => Promise<unknown>): void => void (meanwhile = work);
  return { ...scene, other, before, beforeIt, isTaken: () => meanwhile === null };
}

/** Read, closed, and the years and days after that over: what its timers do next is let go. */
async function lapsing(seed: number, overtakes = erases) {
  const scene = await overtaken(seed, {}, overtakes);
  const { accept, fia, fix, found, reply, request, say, desk, world } = scene;
  await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia);
  await accept(makeAccess(fix, request.item.digest, request.signed.digest, desk()), fix);
  await accept(makeDeletion(fia, request.item.digest, desk()), fia);
  await accept(makeDeletion(fix, request.item.digest, desk()), fix);
  await accept(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix);
  await accept(makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'CLOSE' }, desk()), fia);
  const another = await makeRequest(fia, fix, desk());
  await accept(another.signed, fia);
  await work(scene);
  const again = { from: fix, to: fia, exchange: another.exchange };
  const received = { body: { receivedAt: '2026-01-05T09:00:00Z' } };
  expect(codesOf(await accept(makeEnvelope({ ...again, ...received, message: 'ACKNOWLEDGE' }, desk()), fix))).toEqual(['ALLOW']);
  world.clock.advance(91 * DAY_MS);
  return { ...scene, again };
}

type Scene = Pick<Awaited<ReturnType<typeof answered>>, 'accept' | 'fia' | 'fix' | 'desk' | 'store'>;

async function close({ accept, fia, fix, desk }: Scene, exchange: string): Promise<void> {
  expect(codesOf(await accept(await makeAnswer({ from: fix, to: fia, exchange, message: 'FINAL_REPLY' }, desk()), fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeEnvelope({ from: fia, to: fix, exchange, message: 'CLOSE' }, desk()), fia))).toEqual(['ALLOW']);
}

/** Everything that the gateway's own leaves name as a reason. */
async function codesSaid({ store }: Scene): Promise<readonly string[]> {
  const leaves = await store.leaves(0, await store.leafCount());
  return leaves.flatMap(({ views }) => views.flatMap(({ event }) => (JSON.parse(text.decode(event)) as AuditEvent).codes));
}

async function work({ walk }: Pick<Awaited<ReturnType<typeof answered>>, 'walk'>): Promise<void> {
  while ((await walk.deliverDue()) > 0);
}

describe('a copy that would go', () => {
  it('stays where somebody is given the item, by envelope or release, before its last holder’s word is committed', async () => {
    for (const by of ['envelope', 'release'] as const) {
      const scene = await overtaken(331);
      const { accept, before, isTaken, fia, fix, efcx, found, say, desk } = scene;
      const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
      await accept(consent, fix);
      const [last, first] = by === 'envelope' ? [fix, fia] : [fia, fix];
      await accept(makeDeletion(first, found.digest, desk()), first);
      const given =
        by === 'envelope'
          ? sentAgain({ ...say, message: 'INTERIM_REPLY' }, found, desk())
          : await makeRelease(fia, efcx, found, [consent.digest], desk());
      before(given, last);
      expect(codesOf(await accept(makeDeletion(last, found.digest, desk()), last))).toEqual(['ALLOW']);
      await work(scene);
      expect(isTaken()).toBe(true);
      const reader = by === 'envelope' ? fia : efcx;
      expect(codesOf(await accept(makeAccess(reader, found.digest, given.digest, desk()), reader))).toEqual(['ALLOW']);
    }
  });

  it('stays where what a timer decided is overtaken by a hold, a release, one more envelope or a reopening', async () => {
    for (const by of ['envelope', 'release', 'hold', 'reopening'] as const) {
      const scene = await lapsing(332);
      const { accept, before, isTaken, fia, fix, efcx, found, reply, request, again, desk } = scene;
      const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
      expect(codesOf(await accept(consent, fix))).toEqual(['ALLOW']);
      if (by === 'release') before(await makeRelease(fia, efcx, found, [consent.digest], desk()), fia);
      else if (by === 'hold') before(makeInability(fia, found.digest, desk()), fia);
      else if (by === 'reopening')
        before(await makeAnswer({ from: fia, to: fix, exchange: request.exchange, message: 'REOPEN' }, desk()), fia);
      else before(sentAgain({ ...again, message: 'INTERIM_REPLY' }, found, desk()), fix);
      await work(scene);
      expect(isTaken()).toBe(true);
      expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    }
  });
});

describe('a copy that went by a timer', () => {
  it('is given to nobody whose reading was decided just before', async () => {
    const scene = await lapsing(336, ({ statement }) => statement?.typ === 'parley-access+json');
    const { accept, other, beforeIt, isTaken, fia, found, reply, desk } = scene;
    beforeIt(() => work({ walk: other }));
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['NOT_FOUND']);
    expect(isTaken()).toBe(true);
  });
});

describe('a closed request', () => {
  it('is opened again while something that it brought is left, and then no more', async () => {
    const scene = await answered(332);
    const { accept, fia, fix, request, found, say, desk } = scene;
    const mine = { from: fia, to: fix, exchange: request.exchange };
    expect(codesOf(await accept(sentAgain({ ...say, message: 'FINAL_REPLY' }, found, desk()), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeEnvelope({ ...mine, message: 'CLOSE' }, desk()), fia))).toEqual(['ALLOW']);
    const takesBack = async (who: Actor, item: Item) => {
      for (const word of [makeLabel(who, item, desk(), RETRACT), makeDeletion(who, item.digest, desk())])
        expect(codesOf(await accept(word, who))).toEqual(['ALLOW']);
      await work(scene);
    };
    const reopen = async () => accept(await makeAnswer({ ...mine, message: 'REOPEN', body: {} }, desk()), fia);
    await takesBack(fia, request.item);
    await takesBack(fix, found);
    const refused = await reopen();
    expect(codesOf(refused)).toEqual(['STEP_NOT_ALLOWED']);
    expect(wordsOf(refused)).toContain('erased');
  });

  it('stays closed where the last of what it brought goes before that is committed', async () => {
    const scene = await overtaken(335, {}, ({ exchange }) => exchange !== null);
    const { accept, before, isTaken, fia, fix, found, request, say, desk } = scene;
    const mine = { from: fia, to: fix, exchange: request.exchange };
    expect(codesOf(await accept(sentAgain({ ...say, message: 'FINAL_REPLY' }, found, desk()), fix))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeEnvelope({ ...mine, message: 'CLOSE' }, desk()), fia))).toEqual(['ALLOW']);
    for (const [who, item] of [[fia, request.item] as const, [fix, found] as const])
      expect(codesOf(await accept(makeLabel(who, item, desk(), RETRACT), who))).toEqual(['ALLOW']);
    expect(codesOf(await accept(makeDeletion(fia, request.item.digest, desk()), fia))).toEqual(['ALLOW']);
    await work(scene);
    before(makeDeletion(fix, found.digest, desk()), fix);
    expect(codesOf(await accept(await makeAnswer({ ...mine, message: 'REOPEN', body: {} }, desk()), fia))).toEqual(['STEP_NOT_ALLOWED']);
    expect(isTaken()).toBe(true);
  });
});

describe('what its exchange’s years let go', () => {
  it('stays while the exchange is open again, and while another that it came with goes on or ended too short ago', async () => {
    const scene = await lapsing(334);
    const { accept, walk, fia, fix, found, reply, again, request, desk, world } = scene;
    const mine = { from: fia, to: fix, exchange: request.exchange };
    const read = async () => codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia));
    expect(codesOf(await accept(await makeAnswer({ ...mine, message: 'REOPEN' }, desk()), fia))).toEqual(['ALLOW']);
    await work(scene);
    expect(await read()).toEqual(['ALLOW']);
    expect(await codesSaid(scene)).toContain('OPEN_EXCHANGE');
    expect(walk.commits.waiting).toBe(0);

    // closed anew: the old alarm comes again in a year, and the other exchange has it by then
    expect(codesOf(await accept(sentAgain({ ...again, message: 'INTERIM_REPLY' }, found, desk()), fix))).toEqual(['ALLOW']);
    await close(scene, request.exchange);
    world.clock.advance(91 * DAY_MS);
    await work(scene);
    expect(await read()).toEqual(['ALLOW']);
    await close(scene, again.exchange);
    await work(scene);
    world.clock.advance(89 * DAY_MS);
    await work(scene);
    expect(await read()).toEqual(['ALLOW']);
    world.clock.advance(2 * DAY_MS);
    await work(scene);
    expect(await read()).toEqual(['NOT_FOUND']);
  });

  it('stays for its years from when it ended anew, though the alarm of its first end comes again', async () => {
    const scene = await lapsing(337);
    const { accept, fia, fix, found, reply, request, desk, world } = scene;
    const left = () => leftOf(scene, reply, found.digest);
    const reopening = { from: fia, to: fix, exchange: request.exchange, message: 'REOPEN' as const };
    expect(codesOf(await accept(await makeAnswer(reopening, desk()), fia))).toEqual(['ALLOW']);
    await work(scene);
    world.clock.advance(300 * DAY_MS);
    await close(scene, request.exchange);
    await work(scene);
    // a year after it first came
    world.clock.advance(70 * DAY_MS);
    await work(scene);
    expect(await left()).toEqual([2, 1]);
    world.clock.advance(30 * DAY_MS);
    await work(scene);
    expect(await left()).toEqual([0, 0]);
  });

  it('is to be looked through since one day, of which both desks are told, however late', async () => {
    const scene = await answered(337);
    const { accept, fia, fix, found, request, desk, world, say } = scene;
    await accept(sentAgain({ ...say, message: 'FINAL_REPLY' }, found, desk()), fix);
    await accept(makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'CLOSE' }, desk()), fia);
    await work(scene);
    const due = yearsAfter(world.clock.now(), RETENTION.reviewYears);
    world.clock.advance(due + 365 * DAY_MS - world.clock.now());
    await work(scene);
    const told = (await doneBy(scene, 'RETENTION_REVIEW')).map(({ tells, basis }) => [tells, basis]);
    expect(told).toEqual([fia.id, fix.id].map((id) => [id, `DUE ${formatInstant(due)}`]));
  });

  it('stays for ninety days after the second desk was told, however long nobody told it', async () => {
    const scene = await answered(336);
    const { accept, walk, fia, fix, found, reply, request, desk, world, say } = scene;
    await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia);
    await accept(sentAgain({ ...say, message: 'FINAL_REPLY' }, found, desk()), fix);
    await accept(makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'CLOSE' }, desk()), fia);
    await work(scene);
    const told = async () => (await doneBy(scene, 'RETENTION_DUE')).map(({ tells, basis }) => [tells, basis]);
    const goesOn = () => `DUE ${formatInstant(plusMs(world.clock.now(), GRACE_MS))}`;
    // the gateway stood still on the day, and again when it had told one of them
    world.clock.advance(yearsAfter(world.clock.now(), RETENTION.deleteYears) + 100 * DAY_MS - world.clock.now());
    while ((await told()).length === 0) await walk.deliverDue();
    const first = [fia.id, goesOn()];
    expect(await told()).toEqual([first]);
    world.clock.advance(100 * DAY_MS);
    await work(scene);
    expect(await told()).toEqual([first, [fix.id, goesOn()]]);
    world.clock.advance(89 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([2, 1]);
    world.clock.advance(2 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, reply, found.digest)).toEqual([0, 0]);
  });
});

describe('an exchange that silence ended', () => {
  it('ended with its clock’s date, which no envelope tells, and what came with it stays for its years', async () => {
    const scene = await lapsing(335);
    const { accept, store, fia, fix, found, reply, again, desk, world, deps } = scene;
    const read = async () => codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia));
    expect(codesOf(await accept(sentAgain({ ...again, message: 'INTERIM_REPLY' }, found, desk()), fix))).toEqual(['ALLOW']);
    world.clock.advance(60 * DAY_MS);
    const before = (await readExchange(again.exchange as never, store))!;
    const now = world.clock.now();
    const clock = { ...before.clocks[0]!, unit: 'STATED' as const, statedUntil: now, lapses: true, metAt: null, due: now };
    const after = { ...before, version: before.version + 1, type: 'CONSENT_REQUEST' as const, state: 'LAPSED', clocks: [clock] };
    const { retention, origin: log } = deps.config;
    const news = {
      action: 'CLOCK_LAPSE' as const,
      before,
      after,
      clock,
      was: null,
      tells: null,
      settles: null,
      next: null,
      retention,
      log,
      directoryVersion: await store.version('directory'),
    };
    expect(await store.commitBatch([clockRow(news, now, world.chance)], now)).toMatchObject([{ kind: 'committed' }]);
    // the other exchange lets it go, and so would the last envelope of this one
    world.clock.advance(31 * DAY_MS);
    await work(scene);
    expect(await read()).toEqual(['ALLOW']);
    world.clock.advance(91 * DAY_MS);
    await work(scene);
    expect(await read()).toEqual(['NOT_FOUND']);
  });
});

describe('an item whose copy is gone', () => {
  it('is in no envelope any more', async () => {
    const scene = await lapsing(333);
    const { accept, fix, found, again, desk } = scene;
    await work(scene);
    expect(codesOf(await accept(sentAgain({ ...again, message: 'INTERIM_REPLY' }, found, desk()), fix))).toEqual(['NOT_FOUND']);
  });

  it.each([false, true])('is handed on to nobody, be it gone while that is decided: %s', async (isMeanwhile) => {
    const scene = await lapsing(341);
    const { allowed, store, other, fia, fix, efcx, found, desk } = scene;
    const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
    await allowed(consent, fix);
    let isThere = true;
    const goes = async (): Promise<void> => {
      isThere = false;
      await work({ walk: other });
    };
    const version: Store['version'] = async (key) => {
      const before = await store.version(key);
      if (isThere && key === `erased:${found.digest}`) await goes();
      return before;
    };
    const { walk } = openWalk(scene.world, scene.operator, scene.keys, isMeanwhile ? { ...store, version } : store);
    if (!isMeanwhile) await goes();
    const release = await makeRelease(fia, efcx, found, [consent.digest], desk());
    expect(codesOf(await walk.acceptStatement(release.submission, fia.caller))).toEqual(['NOT_FOUND']);
    expect(isThere).toBe(false);
  });
});

describe('holders who are told in turn', () => {
  /** Its day has come, and fix alone was told: fia holds it back. */
  async function firstTold(seed: number) {
    const destroyBy = formatInstant(plusMs(createWorld(1).clock.now(), 60 * DAY_MS));
    const caveats = [{ code: 'NO_THIRD_PARTY' as const, by: 'VG-FIX' }];
    const scene = await answered(seed, {
      label: { level: 'OFFICIAL', tlp: 'AMBER+STRICT', caveats, purposes: ['INTELLIGENCE'], originators: ['VG-FIX'], destroyBy },
    });
    const { allowed, walk, fia, fix, found, reply, request, desk, world, say } = scene;
    await allowed(makeAccess(fia, found.digest, reply.digest, desk()), fia);
    await allowed(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix);
    await allowed(makeEnvelope({ from: fia, to: fix, exchange: request.exchange, message: 'CLOSE' }, desk()), fia);
    await allowed(makeInability(fia, found.digest, desk()), fia);
    world.clock.advance(61 * DAY_MS);
    const told = async () => (await doneBy(scene, 'RETENTION_DUE')).map(({ tells }) => tells);
    while ((await told()).length === 0) await walk.deliverDue();
    expect(await told()).toEqual([fix.id]);
    return { ...scene, told };
  }

  it('are all told before it goes, though what kept it goes in between', async () => {
    const scene = await firstTold(338);
    const { allowed, fia, fix, found, reply, desk, world, told } = scene;
    await allowed(makeInability(fia, found.digest, desk(), { until: formatInstant(world.clock.now()) }), fia);
    await work(scene);
    expect(await told()).toEqual([fix.id, fia.id]);
    expect(await leftOf(scene, reply, found.digest)).toEqual([2, 1]);
  });

  it('are told nothing once they hold it no more', async () => {
    const scene = await firstTold(339);
    const { allowed, fia, fix, found, desk, told } = scene;
    await allowed(makeDeletion(fia, found.digest, desk()), fia);
    await work(scene);
    expect(await told()).toEqual([fix.id]);
  });
});

describe('the text of a refusal of consent', () => {
  it('goes with the years of the exchange that it was said in', async () => {
    const scene = await answered(340);
    const { accept, allowed, fia, fix, efcx, found, desk, world } = scene;
    const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] };
    const body = { consent: { items: [found.digest], recipient, until: formatInstant(plusMs(desk().at, 30 * DAY_MS)) } };
    const letter = { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const, body };
    const request = makeEnvelope({ ...letter, over: { exchangeType: 'CONSENT_REQUEST' } }, desk());
    await allowed(request, fia);
    await work(scene);
    const why = await makeItem(fix, [fia, fix], 'because', desk());
    const refused = refuseWith(why, request.digest, { originator: fix, holder: fia, to: efcx }, found, desk());
    await allowed(refused, fix);
    expect(codesOf(await accept(makeAccess(fia, why.digest, refused.digest, desk()), fia))).toEqual(['ALLOW']);
    await work(scene);
    world.clock.advance(yearsAfter(world.clock.now(), RETENTION.deleteYears) + DAY_MS - world.clock.now());
    await work(scene);
    expect(await leftOf(scene, refused, why.digest)).toEqual([2, 1]);
    world.clock.advance(91 * DAY_MS);
    await work(scene);
    expect(await leftOf(scene, refused, why.digest)).toEqual([0, 0]);
    expect((await doneBy(scene, 'ERASE')).map(({ basis }) => basis)).toContain(`BODY ${why.sealed.size} SEALS 2`);
  });
});
