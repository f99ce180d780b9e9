/** Clocks in the walk: each alarm once, whoever looks for work; silence takes its step, and a date in doubt takes none. */
import { describe, expect, it } from 'vitest';
import { certain } from '../../domain/result.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { parseUuid, type ExchangeId } from '../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createExchangeReader } from '../../gateway/read/exchanges.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import type { RunningWalk } from '../../gateway/walk.js';
import type { Message } from '../../domain/vocabulary.js';
import { answered, codesOf } from '../support/answered.js';
import { entry, uuidFrom, type Actor } from '../support/actors.js';
import { testCalendars } from '../support/calendars.js';
import { faulty } from '../support/faulty.js';
import { makeAnswer, makeConsent, makeEnvelope, makeItem, makeRelease, makeRequest } from '../support/letters.js';
import { open, say as says, setStage, settle } from '../domain/machines/stage.js';
import { createCast, createTestGateway, enrol, openWalk, type TestGateway } from '../support/test-gateway.js';

interface Notice {
  readonly view: string;
  readonly action: string;
  readonly code: string;
}
const text = new TextDecoder();

const idOf = (id: string): ExchangeId => certain(parseUuid(id));

/** Every notice that stands in somebody's inbox, in the order of the log. */
async function noticesOf({ store }: TestGateway): Promise<readonly Notice[]> {
  const leaves = await store.leaves(0, 10_000);
  return leaves
    .filter(({ stage }) => stage === 'noticed')
    .map((leaf) => {
      const own = leaf.views.find(({ view }) => view === leaf.mailbox);
      const { action, codes } = JSON.parse(text.decode(own?.event)) as AuditEvent;
      return { view: String(leaf.mailbox), action, code: codes[0] ?? '' };
    });
}

/** @param own of the requested authority's entry */
async function asked(seed: number, own: object = {}, over: Parameters<typeof createTestGateway>[1] = {}) {
  const gateway = createTestGateway(seed, over);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  if (Object.keys(own).length > 0) await declare(gateway, fix, own, 2);
  const { signed, exchange, item } = await makeRequest(fia, fix, gateway.desk());
  await accept(gateway, signed.submission, fia);
  await gateway.walk.deliverDue();
  return { gateway, fia, fix, exchange: idOf(exchange), item };
}

async function accept({ walk }: Pick<TestGateway, 'walk'>, submission: Parameters<RunningWalk['acceptStatement']>[0], by: Actor) {
  const answer = await walk.acceptStatement(submission, by.caller);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
}

async function declare(gateway: TestGateway, actor: Actor, own: object, seq: number) {
  const { chance, at } = gateway.desk();
  const answer = await gateway.walk.acceptStatement(entry(actor, at, chance, { seq, ...own }).submission, null);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
}

/** Hour by hour, as a worker would look. */
async function pass(gateway: TestGateway, days: number, walks: readonly RunningWalk[] = [gateway.walk]) {
  for (let hour = 0; hour < days * 24; hour += 1) {
    gateway.world.clock.advance(HOUR_MS);
    for (let settled = 1; settled > 0;) settled = (await Promise.all(walks.map((walk) => walk.deliverDue()))).reduce((a, b) => a + b, 0);
  }
}

const say = (from: Actor, to: Actor, exchange: string, message: Message, body: object, gateway: TestGateway) =>
  makeEnvelope({ from, to, exchange, message, body }, gateway.desk()).submission;

describe('an alarm', () => {
  const ALL = [
    { view: 'VG-FIX', action: 'CLOCK_DUE', code: 'ACK_DEFAULT' },
    { view: 'NG-FIA', action: 'CLOCK_ESCALATE', code: 'ACK_DEFAULT' },
    { view: 'VG-FIX', action: 'CLOCK_REMIND', code: 'BVI_21D' },
    { view: 'VG-FIX', action: 'CLOCK_DUE', code: 'BVI_21D' },
    { view: 'NG-FIA', action: 'CLOCK_ESCALATE', code: 'BVI_21D' },
  ];

  it('reminds who owes, tells it that the date has passed, and tells who waits: each once', async () => {
    const { gateway } = await asked(41);
    await pass(gateway, 26);
    expect(await noticesOf(gateway)).toEqual(ALL);
    // and both see in their streams what the other was told
    const told = (await gateway.store.leaves(0, 10_000)).filter(({ stage }) => stage === 'noticed');
    for (const { views } of told) expect(views.map(({ view }) => view).toSorted()).toEqual(['NG-FIA', 'VG-FIX']);
  });

  it('tells who waits nothing of what was answered by then, though late', async () => {
    const { gateway, fia, fix, exchange } = await asked(55);
    gateway.world.clock.advance(3 * DAY_MS);
    await gateway.walk.deliverDue();
    expect(await noticesOf(gateway)).toEqual(ALL.slice(0, 1));
    const receivedAt = formatInstant(gateway.world.clock.now());
    await accept(gateway, say(fix, fia, exchange, 'ACKNOWLEDGE', { receivedAt }, gateway), fix);
    await pass(gateway, 5);
    expect(await noticesOf(gateway)).toEqual(ALL.slice(0, 1));
  });

  it('is settled by one of two gateways, and by the next where one stopped', async () => {
    const { gateway } = await asked(42);
    const other = openWalk(gateway.world, gateway.operator, gateway.keys, gateway.store).walk;
    await pass(gateway, 10, [gateway.walk, other]);
    // both are gone; a third one starts
    await pass(gateway, 16, [openWalk(gateway.world, gateway.operator, gateway.keys, gateway.store).walk]);
    expect(await noticesOf(gateway)).toEqual(ALL);
  });

  it.each(['throw-before', 'throw-after'] as const)('comes again after a commit that failed (%s), and is told once', async (fault) => {
    const { gateway } = await asked(53);
    let failures = 0;
    const plan = (method: string) => (method === 'commitBatch' && failures++ === 0 ? fault : 'pass');
    const broken = openWalk(gateway.world, gateway.operator, gateway.keys, faulty(gateway.store, plan)).walk;
    gateway.world.clock.advance(3 * DAY_MS);
    await expect(broken.deliverDue()).rejects.toThrow('STORE_UNAVAILABLE');
    await pass(gateway, 1);
    expect(await noticesOf(gateway)).toEqual(ALL.slice(0, 2));
  });

  it('says nothing of what was done in time', async () => {
    const { gateway, fia, fix, exchange } = await asked(43);
    const receivedAt = formatInstant(gateway.world.clock.now());
    await accept(gateway, say(fix, fia, exchange, 'ACKNOWLEDGE', { receivedAt }, gateway), fix);
    await pass(gateway, 5);
    expect(await noticesOf(gateway)).toEqual([]);
  });

  it('says nothing either of what was done in that very moment', async () => {
    const { gateway, fia, fix, exchange } = await asked(57);
    gateway.world.clock.advance(3 * DAY_MS);
    const receivedAt = formatInstant(gateway.world.clock.now());
    let isDone = false;
    const commitBatch: typeof gateway.store.commitBatch = async (...batch) => {
      if (!isDone) {
        isDone = true;
        await accept(gateway, say(fix, fia, exchange, 'ACKNOWLEDGE', { receivedAt }, gateway), fix);
      }
      return gateway.store.commitBatch(...batch);
    };
    await openWalk(gateway.world, gateway.operator, gateway.keys, { ...gateway.store, commitBatch }).walk.deliverDue();
    expect([isDone, await noticesOf(gateway)]).toEqual([true, []]);
  });

  it('reaches the desk as ids, a code and dates, and its receipt holds', async () => {
    const { gateway, fix, exchange } = await asked(44);
    await pass(gateway, 3);
    const { walk, store } = gateway;
    const { entries } = await createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf)).page(fix.id, 0, 50);
    const notice = entries.find(({ kind }) => kind === 'notice');
    expect(notice).toMatchObject({
      exchange,
      items: [],
      notice: { action: 'CLOCK_DUE', clock: 'ACK_DEFAULT', due: '2026-01-07T23:59:59.999Z' },
    });
    expect(notice).not.toHaveProperty('statement');
  });
});

describe('silence about a consent', () => {
  /** fia asks fix whether it may hand on what fix found, and nobody says a word. */
  async function unanswered(seed: number, calendars = testCalendars()) {
    const scene = await answered(seed, {}, { calendars });
    const { fia, fix, efcx, found } = scene;
    const { chance, at } = scene.desk();
    const exchange = uuidFrom(chance);
    const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] };
    const consent = { items: [found.digest], recipient, until: formatInstant(plusMs(at, 30 * DAY_MS)) };
    const over = { exchangeType: 'CONSENT_REQUEST' };
    const request = makeEnvelope({ from: fia, to: fix, exchange, message: 'SUBMIT', body: { consent }, over }, scene.desk());
    expect((await scene.accept(request, fia)).ok).toBe(true);
    await scene.walk.deliverDue();
    await pass(scene, 10);
    const release = await makeRelease(fia, efcx, found, [], scene.desk());
    return { ...scene, exchange: idOf(exchange), released: codesOf(await scene.accept(release, fia)) };
  }

  it('lapses and escalates, and is no consent', async () => {
    const scene = await unanswered(51);
    expect(await readExchange(scene.exchange, scene.store)).toMatchObject({ state: 'LAPSED' });
    expect((await noticesOf(scene)).filter(({ code }) => code === 'CONSENT_5BD')).toEqual([
      { view: 'VG-FIX', action: 'CLOCK_REMIND', code: 'CONSENT_5BD' },
      { view: 'VG-FIX', action: 'CLOCK_LAPSE', code: 'CONSENT_5BD' },
      { view: 'NG-FIA', action: 'CLOCK_ESCALATE', code: 'CONSENT_5BD' },
    ]);
    expect(scene.released).toContain('NO_THIRD_PARTY_CONSENT');
    // a late word still counts
    const late = makeConsent(scene.fix, scene.fia, scene.efcx, [scene.found.digest], scene.desk());
    expect(codesOf(await scene.accept(late, scene.fix))).toEqual(['ALLOW']);
  });

  it('escalates and lapses nothing where the territory has no calendar', async () => {
    const scene = await unanswered(52, { version: 'nothing', of: () => null });
    expect(await readExchange(scene.exchange, scene.store)).toMatchObject({ state: 'DELIVERED' });
    expect((await noticesOf(scene)).filter(({ code }) => code === 'CONSENT_5BD').map(({ action }) => action)).toEqual([
      'CLOCK_REMIND',
      'CLOCK_DUE',
      'CLOCK_ESCALATE',
    ]);
    expect(scene.released).toContain('NO_THIRD_PARTY_CONSENT');
  });
});

describe('an exchange that is opened again', () => {
  it('is to be answered within the profile’s time once more, and who owes the answer is told when it is not', async () => {
    const scene = await answered(54);
    const { accept: send, fia, fix, request, desk } = scene;
    const exchange = idOf(request.exchange);
    const mine = { from: fia, to: fix, exchange };
    const done = async () => (await readExchange(exchange, scene.store))!;
    const answer = await makeAnswer({ from: fix, to: fia, exchange, message: 'FINAL_REPLY' }, desk());
    expect(codesOf(await send(answer, fix))).toEqual(['ALLOW']);
    expect(codesOf(await send(makeEnvelope({ ...mine, message: 'CLOSE' }, desk()), fia))).toEqual(['ALLOW']);
    const met = (await done()).clocks.map(({ metAt }) => metAt !== null);
    expect(new Set(met)).toEqual(new Set([true]));
    // it says why: A.3
    expect(codesOf(await send(makeEnvelope({ ...mine, message: 'REOPEN' }, desk()), fia))).toEqual(['MISSING_FIELD']);
    expect(codesOf(await send(await makeAnswer({ ...mine, message: 'REOPEN' }, desk()), fia))).toEqual(['ALLOW']);
    const running = (await done()).clocks.filter(({ metAt }) => metAt === null);
    expect(running.map(({ code, startedBy }) => [code, startedBy])).toEqual([['BVI_21D', 'REOPEN']]);
    const before = (await noticesOf(scene)).length;
    await pass(scene, 23);
    expect((await noticesOf(scene)).slice(before)).toEqual([
      { view: 'VG-FIX', action: 'CLOCK_REMIND', code: 'BVI_21D' },
      { view: 'VG-FIX', action: 'CLOCK_DUE', code: 'BVI_21D' },
      { view: 'NG-FIA', action: 'CLOCK_ESCALATE', code: 'BVI_21D' },
    ]);
  });
});

describe('silence about what could not be opened', () => {
  it('is told to who would have to seal it anew, and to who waits; nothing lapses by it', async () => {
    const { gateway, fia, fix, exchange, item } = await asked(48);
    const unread = { item: item.digest, proof: item.sealed.seals[0]!.digest };
    await accept(gateway, say(fix, fia, exchange, 'UNDECIPHERABLE', unread, gateway), fix);
    await pass(gateway, 9);
    expect(await readExchange(exchange, gateway.store)).toMatchObject({ state: 'UNDECIPHERABLE' });
    expect(await noticesOf(gateway)).toEqual([
      { view: 'NG-FIA', action: 'CLOCK_REMIND', code: 'RESUBMIT_5BD' },
      { view: 'NG-FIA', action: 'CLOCK_DUE', code: 'RESUBMIT_5BD' },
      { view: 'VG-FIX', action: 'CLOCK_ESCALATE', code: 'RESUBMIT_5BD' },
    ]);
  });
});

describe('silence about a clarification', () => {
  it('gives the exchange back to who asked for it, with the requested authority’s clocks running again', async () => {
    const { gateway, fia, fix, exchange } = await asked(45);
    const receivedAt = formatInstant(gateway.world.clock.now());
    await accept(gateway, say(fix, fia, exchange, 'ACKNOWLEDGE', { receivedAt }, gateway), fix);
    const item = await makeItem(fix, [fia, fix], 'which company?', gateway.desk());
    const question = makeEnvelope(
      { from: fix, to: fia, exchange, message: 'CLARIFICATION_REQUEST', items: [item], body: {} },
      gateway.desk(),
    );
    await accept(gateway, question.submission, fix);
    await pass(gateway, 16);
    expect(await readExchange(exchange, gateway.store)).toMatchObject({ state: 'IN_PROGRESS' });
    expect((await noticesOf(gateway)).filter(({ code }) => code === 'CLARIFICATION_10BD')).toEqual([
      { view: 'NG-FIA', action: 'CLOCK_REMIND', code: 'CLARIFICATION_10BD' },
      { view: 'NG-FIA', action: 'CLOCK_LAPSE', code: 'CLARIFICATION_10BD' },
      { view: 'VG-FIX', action: 'CLOCK_ESCALATE', code: 'CLARIFICATION_10BD' },
    ]);
  });

  it('changes nothing where the territory has no calendar: the date is provisional', async () => {
    const { gateway, fia, fix, exchange } = await asked(46, {}, { calendars: { version: 'nothing', of: () => null } });
    const item = await makeItem(fix, [fia, fix], 'which company?', gateway.desk());
    const question = makeEnvelope(
      { from: fix, to: fia, exchange, message: 'CLARIFICATION_REQUEST', items: [item], body: {} },
      gateway.desk(),
    );
    await accept(gateway, question.submission, fix);
    await pass(gateway, 16);
    expect(await readExchange(exchange, gateway.store)).toMatchObject({ state: 'CLARIFICATION_PENDING' });
    expect((await noticesOf(gateway)).map(({ action }) => action)).toEqual(['CLOCK_REMIND', 'CLOCK_DUE', 'CLOCK_ESCALATE']);
  });

  it('ends a wait all the same where the authority that counts has declared its weekend and closing days, and not at once', async () => {
    const { gateway, fia, fix, exchange } = await asked(46, {}, { calendars: { version: 'nothing', of: () => null } });
    const item = await makeItem(fix, [fia, fix], 'which company?', gateway.desk());
    const message = 'CLARIFICATION_REQUEST' as const;
    await accept(gateway, makeEnvelope({ from: fix, to: fia, exchange, message, items: [item], body: {} }, gateway.desk()).submission, fix);
    await pass(gateway, 15);
    expect(await readExchange(exchange, gateway.store)).toMatchObject({ state: 'CLARIFICATION_PENDING' });
    await declare(gateway, fix, { calendar: { weekend: ['SAT', 'SUN'], closingDays: ['2026-12-25'] } }, 2);
    await gateway.walk.recountClocks();
    await pass(gateway, 13);
    expect(await readExchange(exchange, gateway.store)).toMatchObject({ state: 'CLARIFICATION_PENDING' });
    await pass(gateway, 2);
    expect(await readExchange(exchange, gateway.store)).toMatchObject({ state: 'IN_PROGRESS' });
  });
});

describe('a changed calendar', () => {
  const jubilee = testCalendars({ '2026-01-07': 'Jubilee' }, 'test 2');

  it('moves running dates, each with a leaf of the old and the new one, once', async () => {
    const { gateway, fix, exchange } = await asked(47);
    const [one, two] = [1, 2].map(
      () => openWalk(gateway.world, gateway.operator, gateway.keys, gateway.store, { calendars: jubilee }).walk,
    );
    const moved = await Promise.all([one!.recountClocks(), two!.recountClocks()]);
    expect(moved[0]! + moved[1]!).toBe(1);
    expect(await one!.recountClocks()).toBe(0);
    expect(await noticesOf(gateway)).toEqual([{ view: fix.id, action: 'CLOCK_MOVED', code: 'ACK_DEFAULT' }]);
    const leaf = (await gateway.store.leaves(0, 100)).find(({ stage }) => stage === 'noticed');
    expect(text.decode(leaf?.views[0]?.event)).toContain('DUE 2026-01-08T23:59:59.999Z WAS 2026-01-07T23:59:59.999Z BY test 2; entry 1');
    const [ack] = (await readExchange(exchange, gateway.store))!.clocks;
    expect(formatInstant(ack!.due)).toBe('2026-01-08T23:59:59.999Z');
    // the alarm of the old date says nothing, that of the new one rings
    await pass(gateway, 2, [one!]);
    expect(await noticesOf(gateway)).toHaveLength(1);
    await pass(gateway, 2, [one!]);
    expect((await noticesOf(gateway)).slice(1).map(({ action }) => action)).toEqual(['CLOCK_DUE', 'CLOCK_ESCALATE']);
  });

  it('is seen at the latest when the alarm rings: nobody is told of a date that is no longer one', async () => {
    const { gateway } = await asked(48);
    const next = openWalk(gateway.world, gateway.operator, gateway.keys, gateway.store, { calendars: jubilee }).walk;
    await pass(gateway, 3, [next]);
    expect((await noticesOf(gateway)).map(({ action }) => action)).toEqual(['CLOCK_MOVED']);
  });

  it('may be what the requested authority declares in its entry', async () => {
    const { gateway, fix, exchange } = await asked(49);
    await gateway.walk.recountClocks();
    await declare(gateway, fix, { calendar: { closingDays: ['2026-01-06'] } }, 2);
    expect(await gateway.walk.recountClocks()).toBe(1);
    const [ack] = (await readExchange(exchange, gateway.store))!.clocks;
    expect(ack).toMatchObject({ calendar: 'test 1; entry 2', due: Date.UTC(2026, 0, 8, 23, 59, 59, 999) });
  });
});

describe('the view of an exchange', () => {
  it('explains its dates to both parties, on the requested authority’s calendar', async () => {
    const { gateway, fia, exchange } = await asked(50, { calendar: { weekend: ['TUE'] }, timeZone: 'America/Tortola' });
    gateway.world.clock.advance(DAY_MS);
    const { store, walk, deps, directory, world } = gateway;
    const reader = createExchangeReader(store, walk.library, () => Promise.resolve(null), {
      clock: world.clock,
      calendars: deps.calendars,
      directory,
    });
    const found = await reader.exchange(fia.id, exchange, { from: 0, limit: 50 });
    expect(found?.dates[0]).toMatchObject({
      code: 'ACK_DEFAULT',
      owes: 'VG-FIX',
      dueOn: '2026-01-08',
      timeZone: 'America/Tortola',
      calendar: 'test 1; entry 2',
      skipped: [{ day: '2026-01-06', why: 'WEEKEND' }],
      isOverdue: false,
    });
    expect(found?.exchange.clocks[0]).toMatchObject({ provisional: false, isOverdue: false });
    gateway.world.clock.advance(4 * DAY_MS);
    const later = await reader.exchange(fia.id, exchange, { from: 0, limit: 50 });
    expect([later?.dates[0]?.isOverdue, later?.exchange.clocks[0]?.isOverdue]).toEqual([true, true]);
  });
});

describe('what is talked about', () => {
  it('is a first answer by whoever was asked, and none by whoever asks', async () => {
    const stage = await setStage('INFORMAL_CONSULTATION', 34);
    const run = await open(stage);
    await settle(stage);
    const isOwed = async () => {
      const { clocks } = (await readExchange(run.exchange, stage.gateway.store))!;
      return clocks.find(({ code }) => code === 'CONSULT_15BD')?.metAt === null;
    };
    expect(await says(run, 'Q', 'ACKNOWLEDGE', { receivedAt: '2026-01-05T09:00:00Z' })).toEqual(['ALLOW']);
    expect(await says(run, 'R', 'DISCUSS', {})).toEqual(['ALLOW']);
    expect(await isOwed()).toBe(true);
    expect(await says(run, 'Q', 'DISCUSS', {})).toEqual(['ALLOW']);
    expect(await isOwed()).toBe(false);
  });
});
