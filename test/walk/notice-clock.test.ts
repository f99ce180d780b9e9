/** A notice after the fact is owed with a second person's approval: when its time passes without, its holder is told, and every originator. */
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../domain/audit-event.js';
import { parseOfficerId } from '../../domain/ids.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { answered, codesOf } from '../support/answered.js';
import { createActor, entry, type Actor } from '../support/actors.js';
import { certain } from '../../domain/result.js';
import { labelOf, makeLabel } from '../support/letters.js';
import { makeApproval, makeNotice } from '../support/notices.js';
import { openWalk } from '../support/test-gateway.js';
import { createChance, WORLD_START } from '../support/world.js';

const EMERGENCY = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };

const officersOf = (actor: Actor): object[] => {
  const { submission } = entry(actor, WORLD_START, createChance(1));
  return (JSON.parse(Buffer.from(submission.statement.split('.')[1]!, 'base64url').toString()) as { officers: object[] }).officers;
};

/** fia, which answers around the clock unless it says otherwise, disclosed what fix gave, so many hours before its notice. */
async function disclosed(seed: number, hoursBefore: number, calendar: object = { roundTheClock: true }) {
  const scene = await answered(seed);
  const { accept, walk, store, world, fia, efcx, found, desk } = scene;
  const second = createActor(fia.id, 'FIU', createChance(seed + 1_000));
  const officers = [...officersOf(fia), ...officersOf(second).map((one) => ({ ...one, officer: 'o2' }))];
  const declare = async (seq: number, declared: object): Promise<void> => {
    const anew = await walk.acceptStatement(entry(fia, desk().at, desk().chance, { seq, calendar: declared, officers }).submission, null);
    if (!anew.ok) throw new Error(JSON.stringify(anew.error));
  };
  await declare(2, calendar);
  const over = { ...EMERGENCY, disclosedAt: formatInstant(plusMs(desk().at, -hoursBefore * HOUR_MS)) };
  const notice = makeNotice(fia, efcx, found.digest, desk(), over);
  expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
  const settle = async (): Promise<void> => {
    while ((await walk.deliverDue()) > 0);
  };
  const pass = async (ms: number): Promise<void> => {
    world.clock.advance(ms);
    await settle();
  };
  await settle();
  const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
  const told = async (who: Actor): Promise<string[]> =>
    (await inbox.page(who.id, 0, 200)).entries
      .filter(({ statement, notice: news }) => statement === notice.submission.statement && news !== undefined)
      .map(({ notice: news }) => `${news!.action} ${news!.clock}`);
  const approve = async () => {
    const caller = { ...fia.caller, officer: certain(parseOfficerId('o2')) };
    const answer = await walk.acceptStatement(makeApproval(fia, second.signing, notice.digest, desk()).submission, caller);
    expect(codesOf(answer)).toEqual(['ALLOW']);
  };
  return { ...scene, told, pass, approve, declare };
}

const DUE = 'CLOCK_DUE EMERGENCY_NOTICE_24H';
const ESCALATED = 'CLOCK_ESCALATE EMERGENCY_NOTICE_24H';

describe('a notice after the fact', () => {
  it('that no second person approved within a day is told to its holder, and then to every originator', async () => {
    const { told, pass, fia, fix } = await disclosed(501, 1);
    await pass(23 * HOUR_MS);
    expect([await told(fia), await told(fix)]).toEqual([[], []]);
    await pass(1);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], [ESCALATED]]);
    await pass(10 * DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], [ESCALATED]]);
  });

  it('that was approved in time rings no bell', async () => {
    const { told, pass, approve, fia, fix } = await disclosed(502, 1);
    await pass(22 * HOUR_MS);
    await approve();
    await pass(DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[], []]);
  });

  it('that is approved in the very moment in which its time passes rings none either', async () => {
    const { told, approve, store, world, operator, keys, fia, fix } = await disclosed(506, 1);
    let isApproved = false;
    const commitBatch: typeof store.commitBatch = async (...batch) => {
      if (!isApproved) {
        isApproved = true;
        await approve();
      }
      return store.commitBatch(...batch);
    };
    const late = openWalk(world, operator, keys, { ...store, commitBatch }).walk;
    world.clock.advance(23 * HOUR_MS + 1);
    await late.deliverDue();
    expect([isApproved, await told(fia), await told(fix)]).toEqual([true, [], []]);
  });

  it('that comes late is escalated at once, as its holder sees too', async () => {
    const { told, store, fia, fix } = await disclosed(503, 25);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], [ESCALATED]]);
    const { views } = (await store.leaf((await store.leafCount()) - 1))!;
    const seen = views.map(({ view, event }) => [view, (JSON.parse(new TextDecoder().decode(event)) as AuditEvent).action]);
    expect(Object.fromEntries(seen)).toEqual({ [fia.id]: 'CLOCK_ESCALATE', [fix.id]: 'CLOCK_ESCALATE' });
  });

  it('reminds its holder of a date that is provisional, and accuses nobody', async () => {
    const { told, pass, fia, fix } = await disclosed(504, 1, {});
    await pass(10 * DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], []]);
  });

  it('waits longer where the holder’s calendar says so meanwhile', async () => {
    const { told, pass, declare, fia, fix } = await disclosed(505, 1);
    await declare(3, { officeHours: { opens: '09:00', closes: '17:00' } });
    await pass(DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[], []]);
    await pass(3 * DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], [ESCALATED]]);
  });

  it('waits longer also where another process took in that calendar just now', async () => {
    const { told, pass, declare, store, world, operator, keys, fia, fix } = await disclosed(507, 1);
    const other = openWalk(world, operator, keys, store);
    world.clock.advance(23 * HOUR_MS + 1);
    await other.directory.current();
    await declare(3, { officeHours: { opens: '09:00', closes: '17:00' } });
    await other.walk.deliverDue();
    expect([await told(fia), await told(fix)]).toEqual([[], []]);
    await pass(DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[], []]);
    await pass(2 * DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], [ESCALATED]]);
  });

  it('is told once to a holder who is an originator too', async () => {
    const { told, pass, accept, desk, found, fia, fix } = await disclosed(508, 1);
    const label = labelOf(fix, { originators: [fia.id, fix.id] });
    expect(codesOf(await accept(makeLabel(fix, found, desk(), { label }), fix))).toEqual(['ALLOW']);
    await pass(10 * DAY_MS);
    expect([await told(fia), await told(fix)]).toEqual([[DUE], [ESCALATED]]);
  });
});
