/** While an authority is suspended: what was accepted before, the times that run against either side, and what its officers may still do. */
import { expect, it } from 'vitest';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { moveClocks, silenced } from '../../domain/clocks.js';
import { DAY_MS, formatInstant, HOUR_MS } from '../../domain/time.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import type { Courier } from '../../domain/ports.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { answered, codesOf } from '../support/answered.js';
import type { Actor } from '../support/actors.js';
import { testCalendars } from '../support/calendars.js';
import {
  makeAccess,
  makeConsent,
  makeDeletion,
  makeEnvelope,
  makeInability,
  makeItem,
  makeLabel,
  makeRelease,
  makeRequest,
  makeRevocation,
} from '../support/letters.js';
import { parseUuid } from '../../domain/ids.js';
import { certain } from '../../domain/result.js';
import { designate, openWalk, type TestGateway } from '../support/test-gateway.js';
import { clockContext, ZONE } from '../domain/clock-context.js';

async function exchangeOf(id: string, store: TestGateway['store']) {
  return readExchange(certain(parseUuid(id)), store);
}

async function recounted(gateway: TestGateway, actor: Actor, over: object): Promise<void> {
  await designate(gateway, actor, over);
  await gateway.walk.recountClocks();
}
const SUSPENDED = { status: 'SUSPENDED', reason: 'SECURITY_AT_RISK' };
const suspend = (gateway: TestGateway, actor: Actor) => recounted(gateway, actor, SUSPENDED);
const restore = (gateway: TestGateway, actor: Actor) => recounted(gateway, actor, {});

/** Hour by hour, as a worker would look. */
async function pass({ world, walk }: TestGateway, hours: number) {
  for (let hour = 0; hour < hours; hour += 1) {
    world.clock.advance(HOUR_MS);
    while ((await walk.deliverDue()) > 0);
  }
}
async function inboxOf({ store, walk }: TestGateway, { id }: Actor, from = 0) {
  const { entries } = await createInboxReader(store, walk.library, walk.receiptOf).page(id, from, 200);
  return entries.map(({ kind, notice }) => [kind, ...(notice === undefined ? [] : [notice.action, notice.clock])].join(' '));
}

it('what gives it something waits until it is back, and is received only then; what binds or ends arrives all the same', async () => {
  const scene = await answered(801);
  const { accept, fia, fix, efcx, found, request, store, desk } = scene;
  const grant = makeConsent(fix, fia, efcx, [found.digest], desk());
  expect(codesOf(await accept(grant, fix))).toEqual(['ALLOW']);
  await scene.walk.deliverDue();
  const before = await store.leafCount();
  const later = await makeRequest(fix, fia, desk());
  expect(codesOf(await accept(later.signed, fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(await makeRelease(fia, efcx, found, [grant.digest], desk()), fia))).toEqual(['ALLOW']);
  await suspend(scene, fia);
  await suspend(scene, efcx);
  expect(codesOf(await accept(makeRevocation(fix, fia, grant.digest, desk()), fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
  await pass(scene, 48);
  expect((await inboxOf(scene, fia, before)).filter((kind) => !kind.startsWith('receipt'))).toEqual(['revocation', 'label']);
  expect(await inboxOf(scene, efcx, before)).toEqual(['revocation', 'label']);
  const waits = (await exchangeOf(later.exchange, store))!;
  expect([waits.state, waits.clocks]).toEqual(['SUBMITTED', []]);
  await restore(scene, fia);
  await restore(scene, efcx);
  await pass(scene, 1);
  expect((await inboxOf(scene, fia, before)).slice(-2).toSorted()).toEqual(['consent', 'envelope']);
  expect((await inboxOf(scene, efcx, before)).at(-1)).toBe('release');
  const arrived = (await exchangeOf(later.exchange, store))!;
  expect([arrived.state, arrived.deliveredAt, arrived.clocks[0]?.startedAt]).toEqual([
    'DELIVERED',
    scene.world.clock.now(),
    scene.world.clock.now(),
  ]);
  expect(request.exchange).not.toBe(later.exchange);
});

it.each(['fia', 'fix'] as const)(
  'what practice or we count stands still in its exchanges, whichever side %s is, and goes on where it stood',
  async (who) => {
    const scene = await answered(802);
    const { store, request } = scene;
    const other = who === 'fia' ? scene.fix : scene.fia;
    const from = await store.leafCount();
    const clock = async () => (await exchangeOf(request.exchange, store))!.clocks.find(({ code }) => code === 'BVI_21D')!;
    const { due } = await clock();
    await suspend(scene, scene[who]);
    expect(await clock()).toMatchObject({ suspendedAt: scene.world.clock.now(), due, isSilenced: true });
    expect(await inboxOf(scene, other, from)).toEqual(['notice CLOCK_STOPPED BVI_21D']);
    await pass(scene, 40 * 24);
    await restore(scene, scene[who]);
    const after = await clock();
    expect(after).toMatchObject({ suspendedAt: null, metAt: null, suspensions: [{ to: scene.world.clock.now() }] });
    expect(after).not.toHaveProperty('isSilenced');
    expect(formatInstant(after.due)).toBe(formatInstant((due + 40 * DAY_MS) as typeof due));
    // nobody was late, and who owes is told of its new date
    expect((await inboxOf(scene, scene.fix, from)).filter((line) => line.startsWith('notice')).at(-1)).toBe('notice CLOCK_MOVED BVI_21D');
    expect((await inboxOf(scene, scene.fia, from)).join()).not.toContain('CLOCK_ESCALATE');
  },
);

it('silence that it cannot break ends nothing: its question stays open, and the rest of its time is left to it afterwards', async () => {
  const scene = await answered(803);
  const { accept, fia, fix, say, store, request, desk } = scene;
  const item = await makeItem(fix, [fia, fix], 'which company?', desk());
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'CLARIFICATION_REQUEST', items: [item], body: {} }, desk()), fix))).toEqual([
    'ALLOW',
  ]);
  // the alarm that is due finds it suspended, before anything was counted again
  await designate(scene, fia, SUSPENDED);
  await pass(scene, 30 * 24);
  expect((await exchangeOf(request.exchange, store))!.state).toBe('CLARIFICATION_PENDING');
  await restore(scene, fia);
  const text = await makeItem(fia, [fia, fix], 'the one of Tortola', desk());
  const reply = makeEnvelope(
    { from: fia, to: fix, exchange: request.exchange, message: 'CLARIFICATION_REPLY', items: [text], body: {} },
    desk(),
  );
  expect(codesOf(await accept(reply, fia))).toEqual(['ALLOW']);
  const stopped = (await exchangeOf(request.exchange, store))!.clocks.map(({ suspendedAt }) => suspendedAt);
  expect(new Set(stopped)).toEqual(new Set([null]));
});

it('a word after its return is counted from there though nothing was counted again meanwhile; what starts while one is silent stands still', async () => {
  const scene = await answered(804);
  const { accept, fia, fix, say, store, request, desk } = scene;
  const later = await makeRequest(fia, fix, desk());
  await accept(later.signed, fia);
  await suspend(scene, fia);
  await scene.walk.deliverDue();
  const arrived = (await exchangeOf(later.exchange, store))!;
  expect([arrived.state, ...arrived.clocks.map(({ isSilenced }) => isSilenced)]).toEqual(['DELIVERED', true, true]);
  await pass(scene, 24);
  await designate(scene, fia, {});
  const more = await makeItem(fix, [fia, fix], 'more', desk());
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [more] }, desk()), fix))).toEqual(['ALLOW']);
  const open = (await exchangeOf(request.exchange, store))!.clocks.filter(({ metAt }) => metAt === null);
  expect(open.map(({ suspendedAt }) => suspendedAt)).toEqual(open.map(() => null));
});

it('what stood still in a suspension that began and ended between two looks goes on', async () => {
  const scene = await answered(806);
  const { accept, fia, fix, store, walk, desk } = scene;
  const later = await makeRequest(fia, fix, desk());
  await accept(later.signed, fia);
  await walk.recountClocks();
  await designate(scene, fia, SUSPENDED);
  await walk.deliverDue();
  const clocks = async () => (await exchangeOf(later.exchange, store))!.clocks;
  expect((await clocks()).map(({ isSilenced }) => isSilenced)).toEqual([true, true]);
  await designate(scene, fia, {});
  await walk.recountClocks();
  expect((await clocks()).map(({ suspendedAt }) => suspendedAt)).toEqual([null, null]);
});

it('however long it lasts, no look at what is held is an attempt to bring it', async () => {
  let isAway = true;
  const courier: Courier = { carry: () => Promise.resolve(isAway ? { kind: 'later', why: 'away' } : { kind: 'delivered' }) };
  const scene = await answered(807);
  const { accept, fia, fix, store, world, operator, keys, desk } = scene;
  const { walk } = openWalk(world, operator, keys, store, { courier });
  const later = await makeRequest(fix, fia, desk());
  expect(codesOf(await accept(later.signed, fix))).toEqual(['ALLOW']);
  await suspend(scene, fia);
  await pass({ ...scene, walk }, 48);
  await restore(scene, fia);
  await pass({ ...scene, walk }, 1);
  isAway = false;
  await pass({ ...scene, walk }, 1);
  expect((await exchangeOf(later.exchange, store))!.state).toBe('DELIVERED');
});

it('it reads and sends nothing, and still certifies what it deleted, says what it cannot delete, and ends what it granted', async () => {
  const scene = await answered(805);
  const { accept, fia, fix, found, reply, say, request, desk } = scene;
  await suspend(scene, fia);
  expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['PARTICIPANT_SUSPENDED']);
  const back = { from: fia, to: fix, exchange: request.exchange };
  expect(codesOf(await accept(makeEnvelope({ ...back, message: 'NO_LONGER_REQUIRED', body: {} }, desk()), fia))).toContain(
    'PARTICIPANT_SUSPENDED',
  );
  expect(codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [found] }, desk()), fix))).toContain(
    'PARTICIPANT_SUSPENDED',
  );
  expect(codesOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeInability(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeDeletion(fia, found.digest, desk()), fia))).toEqual(['ALLOW']);
});

it('a time that the law gives runs on, and a day that was named stays that day', () => {
  const context = clockContext({ profile: PROFILES.EU_FIU });
  const [law] = moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, context).filter(({ binding }) => binding === 'law');
  const counting = { now: context.now, version: 3, calendar: localCalendar(testCalendars(), { territory: 'VG', timeZone: ZONE, seq: 1 }) };
  const lasting = [{ from: context.now, to: null }];
  expect(silenced(law!, lasting, counting)).toBe(law);
  const named = { ...law!, binding: 'internal target' as const, unit: 'STATED' as const };
  expect(silenced(named, lasting, counting)).toBe(named);
  const asked = { ...law!, binding: 'practice' as const };
  const still = silenced(asked, lasting, counting);
  expect(still).toMatchObject({ suspendedAt: context.now });
  expect(silenced(still, lasting, counting)).toBe(still);
  expect(silenced(asked, [], counting)).toBe(asked);
  // a question that is open keeps it standing when the suspension ends
  const questioned = { ...asked, suspendedAt: context.now };
  expect(silenced(silenced(questioned, lasting, counting), [], counting)).toBe(questioned);
});
