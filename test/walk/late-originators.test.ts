/** An originator that its issuer names after the item was given is told of what becomes of it as the first ones are. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { createStatementReader } from '../../gateway/read/statements.js';
import { createActor, entry } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeAccess, makeAnswer, makeDeletion, makeInability, makeLabel } from '../support/letters.js';
import { makeNotice } from '../support/notices.js';
import { createCast, enrol } from '../support/test-gateway.js';
import { createChance, WORLD_START } from '../support/world.js';

const DESTROY_BY = plusMs(WORLD_START, 40 * DAY_MS);

/** fix gave an item to fia, which answers around the clock, and named ZZ-LATE as one of its originators since. ZZ-SPY is no such name. */
async function named(seed: number, over: object = {}) {
  const scene = await answered(seed, over);
  const { accept, walk, store, fia, fix, found, desk } = scene;
  const [late, spy] = ['ZZ-LATE', 'ZZ-SPY'].map((code, n) => createActor(code, 'FIU', createChance(90 + n)));
  await enrol(scene, [late!, spy!]);
  await walk.acceptStatement(entry(fia, desk().at, desk().chance, { seq: 2, calendar: { roundTheClock: true } }).submission, null);
  const label = { ...(found.label as object), originators: [fix.id, late!.id] };
  expect(codesOf(await accept(makeLabel(fix, found, desk(), { label }), fix))).toEqual(['ALLOW']);
  const settle = async (): Promise<void> => {
    while ((await walk.deliverDue()) > 0);
  };
  const seenBy = async (who: string): Promise<string[]> =>
    (await store.leaves(0, await store.leafCount()))
      .flatMap(({ views }) => views.filter(({ view }) => view === who))
      .map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as { action: string; object: { item?: string } })
      .flatMap(({ action, object }) => (object.item === found.digest ? [action] : []));
  return { ...scene, late: late!, spy: spy!, settle, seenBy };
}

describe('an originator that came to light later', () => {
  it('is told that it was named', async () => {
    const { late, spy, seenBy } = await named(705);
    expect(await seenBy(late.id)).toEqual(['LABEL_CHANGE']);
    expect(await seenBy(spy.id)).toEqual([]);
  });

  it('is told where a notice after the fact was not approved in time', async () => {
    const { accept, world, fia, efcx, late, found, settle, seenBy, desk } = await named(701);
    const over = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE', disclosedAt: formatInstant(desk().at) };
    expect(codesOf(await accept(makeNotice(fia, efcx, found.digest, desk(), over), fia))).toEqual(['ALLOW']);
    await settle();
    world.clock.advance(25 * HOUR_MS);
    await settle();
    expect(await seenBy(late.id)).toContain('CLOCK_ESCALATE');
  });

  it('sees that the gateway’s copy went, and that a holder’s did', async () => {
    const { accept, fia, fix, late, spy, found, settle, seenBy, desk } = await named(702);
    for (const holder of [fia, fix]) {
      expect(codesOf(await accept(makeDeletion(holder, found.digest, desk()), holder))).toEqual(['ALLOW']);
      await settle();
    }
    expect((await seenBy(late.id)).filter((action) => action === 'ERASE')).toHaveLength(2);
    expect(await seenBy(spy.id)).toEqual([]);
  });

  it('sees that its label’s day let it go', async () => {
    const label = { destroyBy: formatInstant(DESTROY_BY) };
    const scene = await named(703, { label: labelOf(createCast(7).fix, label) });
    const { accept, world, fia, fix, late, found, reply, say, settle, seenBy, desk } = scene;
    await settle();
    expect(codesOf(await accept(makeAccess(fia, found.digest, reply.digest, desk()), fia))).toEqual(['ALLOW']);
    expect(codesOf(await accept(await makeAnswer({ ...say, message: 'FINAL_REPLY' }, desk()), fix))).toEqual(['ALLOW']);
    world.clock.advance(41 * DAY_MS);
    await settle();
    expect(await seenBy(late.id)).toEqual(expect.arrayContaining(['RETENTION_DUE', 'ERASE']));
  });

  it('may fetch what holders say of it, and nobody else may', async () => {
    const { accept, walk, store, fia, fix, efcx, late, spy, found, desk } = await named(704);
    const reader = createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage));
    const over = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
    const said = [
      makeNotice(fia, efcx, found.digest, desk(), over),
      makeInability(fia, found.digest, desk()),
      makeDeletion(fix, found.digest, desk()),
    ];
    for (const [n, one] of said.entries()) {
      expect(codesOf(await accept(one, n === 2 ? fix : fia))).toEqual(['ALLOW']);
      expect((await reader.statement(late.id, one.digest))?.statement).toBe(one.submission.statement);
      expect(await reader.statement(spy.id, one.digest)).toBeNull();
    }
  });
});
