/** Whom a label names as originator is asked and is told: nobody can be, who is in no directory. */
import { expect, it } from 'vitest';
import { createActor, uuidFrom } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeEnvelope, makeItem, REQUEST_FORM, requestBody } from '../support/letters.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

it('an item does not come whose label names an originator that does not exist', async () => {
  const { accept, fia, fix, desk, store } = await answered(701);
  const sending = async (originators: readonly string[]) => {
    const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const label = labelOf(fia, { originators: originators.toSorted() });
    const record = await makeItem(fia, [fix, fia], 'a record', desk(), { kind: 'PUBLIC_RECORD', label });
    const body = requestBody(fix, form.digest);
    return makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', items: [form, record], body }, desk());
  };
  const before = await store.leafCount();
  expect(codesOf(await accept(await sending([fia.id, 'ZZ-NOBODY']), fia))).toEqual(['MALFORMED']);
  const views = (await store.leaves(before, await store.leafCount())).flatMap((leaf) => leaf.views.map(({ view }) => view));
  expect(views).not.toContain('ZZ-NOBODY');
  expect(codesOf(await accept(await sending([fia.id]), fia))).toEqual(['ALLOW']);
});

it('nor one that names a participant who gave nothing of it, and would see it read and could take it back', async () => {
  const scene = await answered(702);
  const { accept, fia, fix, found, desk } = scene;
  const spy = createActor('ZZ-SPY', 'FIU', createChance(99));
  await enrol(scene, [spy]);
  const sending = async (over: object) => {
    const form = await makeItem(fia, [fix, fia], 'request', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
    const record = await makeItem(fia, [fix, fia], 'a record', desk(), over);
    const body = requestBody(fix, form.digest);
    return makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', items: [form, record], body }, desk());
  };
  const named = labelOf(fia, { originators: [fia.id, spy.id] });
  expect(codesOf(await accept(await sending({ kind: 'PUBLIC_RECORD', label: named }), fia))).toEqual(['MALFORMED']);
  // who gave what it is made from did give something
  const caveats = [fia, fix].map(({ id }) => ({ code: 'NO_THIRD_PARTY', by: id }));
  const label = labelOf(fia, { originators: [fia.id, fix.id], caveats });
  expect(codesOf(await accept(await sending({ kind: 'EXTRACT', derivedFrom: [found.digest], label }), fia))).toEqual(['ALLOW']);
});
