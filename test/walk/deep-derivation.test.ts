/** However far something is from what it was made from, and on however many ways, it is judged by it, at a price that grows with its sources alone. */
import { describe, expect, it } from 'vitest';
import { ANCESTORS_MAX } from '../../domain/made-from.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { createActor } from '../support/actors.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import { labelOf, makeEnvelope, makeItem, makeLabel, makeRequest, type Item } from '../support/letters.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

/** Beyond any depth at which one might stop looking. */
const STEPS = 20;

async function derived(seed: number) {
  const scene = await answered(seed);
  const { accept, fia, fix, request, say, desk } = scene;
  const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id })).toSorted((a, b) => (a.by < b.by ? -1 : 1));
  const label = labelOf(fix, { caveats, originators: [fia.id, fix.id].toSorted() });
  const derive = (from: readonly Item[], text: string) =>
    makeItem(fix, [fia, fix], text, desk(), { label, kind: 'EXTRACT', derivedFrom: from.map(({ digest }) => digest) });
  const send = async (...items: Item[]) => codesOf(await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items }, desk()), fix));
  const takeBack = async () => codesOf(await accept(makeLabel(fia, request.item, desk(), { change: 'RETRACT', label: undefined }), fia));
  return { ...scene, derive, send, takeBack };
}

describe('what is made from what was made from something', () => {
  it('is taken back with it, however many steps lie between', async () => {
    const { request, derive, send, takeBack } = await derived(401);
    let last: Item = request.item;
    for (let step = 0; step < STEPS; step += 1) {
      last = await derive([last], `extract ${step}`);
      expect(await send(last)).toEqual(['ALLOW']);
    }
    expect(await takeBack()).toEqual(['ALLOW']);
    expect(await send(await derive([last], 'one more'))).toEqual(expect.arrayContaining(['ITEM_RETRACTED']));
  });

  it('is looked at once, on however many ways it is reached: a braid of twelve rows has as many ways as 3 to the 12th', async () => {
    const { request, derive, send, takeBack } = await derived(402);
    let row: readonly Item[] = [request.item];
    for (let step = 0; step < 12; step += 1) {
      const above = row;
      row = await Promise.all([0, 1, 2].map((place) => derive(above, `row ${step}, ${place}`)));
      expect(await send(...row)).toEqual(['ALLOW']);
    }
    expect(await takeBack()).toEqual(['ALLOW']);
    expect(await send(await derive(row, 'the last'))).toEqual(expect.arrayContaining(['ITEM_RETRACTED']));
  });

  it('is taken while it is made from no more than can be looked at, all steps together, and refused from there on', async () => {
    const { request, derive, send } = await derived(403);
    let row: readonly Item[] = [request.item];
    // one, and eight rows of 32: each column by itself, and all of them one too many
    for (let step = 0; step < 8; step += 1) {
      const above = row;
      row = await Promise.all(Array.from({ length: 32 }, (_, place) => derive([above[place % above.length]!], `row ${step}, ${place}`)));
      expect(await send(...row)).toEqual(['ALLOW']);
    }
    expect(1 + 8 * 32).toBe(ANCESTORS_MAX + 1);
    expect(await send(await derive(row, 'from all of them'))).toEqual(['LIMIT_REACHED']);
    expect(await send(await derive(row.slice(0, 31), 'from all but one'))).toEqual(['ALLOW']);
  });

  it('tells nobody how much lies behind what it was never given: that is as if it did not exist', async () => {
    const scene = await derived(404);
    const { accept, fia, request, derive, send, desk } = scene;
    let row: readonly Item[] = [request.item];
    for (let step = 0; step < 8; step += 1) {
      const above = row;
      row = await Promise.all(Array.from({ length: 32 }, (_, place) => derive([above[place % above.length]!], `row ${step}, ${place}`)));
      expect(await send(...row)).toEqual(['ALLOW']);
    }
    const third = createActor('NG-NFIU', 'FIU', createChance(9));
    await enrol(scene, [third]);
    const asked = await makeRequest(fia, third, desk());
    expect(codesOf(await accept(asked.signed, fia))).toEqual(['ALLOW']);
    const say = { from: third, to: fia, exchange: asked.exchange };
    await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), third);
    const made = async (derivedFrom: readonly string[]) => {
      const item = await makeItem(third, [fia, third], 'made', desk(), { kind: 'EXTRACT', derivedFrom });
      const answer = await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, desk()), third);
      return [codesOf(answer), wordsOf(answer).replaceAll(item.digest, 'ITEM')];
    };
    const { chance } = desk();
    const none = row.map(() => encodeDigest(chance.bytes(32)));
    const theirs = row.map(({ digest }) => digest);
    const said = await made(none);
    expect(said[0]).not.toContain('ALLOW');
    expect(await made(theirs)).toEqual(said);
  });
});
