/** What the log says of a message to the two whose message it is. */
import { expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { ownViewOf } from '../../gateway/read/views.js';
import { uuidFrom } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import { labelOf, makeEnvelope, makeItem, requestBody, REQUEST_FORM } from '../support/letters.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';

it('is the sender’s own case, and the first of the days by which something of it is to be destroyed', async () => {
  const gateway = createTestGateway(451);
  const { walk, store, desk } = gateway;
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const inDays = (days: number): string => formatInstant(plusMs(desk().at, days * DAY_MS));
  const opening = (destroyBy: string | null, more: object = {}) =>
    makeItem(fia, [fix, fia], 'who is it?', desk(), { label: labelOf(fia, { destroyBy }), ...more });
  const seenOf = async (days: readonly (string | null)[]) => {
    const form = await opening(null, { itemRole: 'FORM', form: REQUEST_FORM });
    const items = [form, ...(await Promise.all(days.map((day) => opening(day))))];
    const body = { ...requestBody(fix, form.digest), ownCase: 'case-7' };
    const request = makeEnvelope({ from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', items, body }, desk());
    expect(codesOf(await walk.acceptStatement(request.submission, fia.caller))).toEqual(['ALLOW']);
    const leaf = await store.leafOf(request.digest, 'accepted');
    return [fia, fix].map(({ id }) => {
      const { about, destroyBy } = JSON.parse(ownViewOf(leaf!, id)!.event) as { about: { ownCase?: string }; destroyBy?: string };
      return [about.ownCase, destroyBy];
    });
  };
  const [sooner, later] = [inDays(40), inDays(60)];
  expect(await seenOf([later, null, sooner])).toEqual([fia, fix].map(() => ['case-7', sooner]));
  expect(await seenOf([null])).toEqual([fia, fix].map(() => ['case-7', undefined]));
});
