/** What is said of an item between a reading and its answer, which came late, or was lost and asked for once more. */
import { expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { keepShown } from '../../../client/sdk/told.js';
import { openTown } from './live-gateway.js';
import { givenNote, noteTo, READ, waitFor } from './notes.js';

/** once, behind a reading that is logged */
let meanwhile: (() => Promise<unknown>) | null = null;
/** its answer is lost then */
let isLost = false;

const { ee, ng, late } = await openTown(
  { ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'], late: ['LV-FIU', 'FIU'] },
  (real) => async (input, init) => {
    const answer = await real(input, init);
    if (meanwhile === null || !String(input).endsWith('/v1/access')) return answer;
    const act = meanwhile;
    meanwhile = null;
    await act();
    if (isLost) throw new TypeError('cut');
    return answer;
  },
);

const given = () => givenNote(ee.client, ng.client);

it('does not have to be in that answer, where another window has read of it by then', async () => {
  const reading = await given();
  const { label } = await ee.client.open(reading);
  isLost = false;
  meanwhile = async () => {
    await ee.client.addCaveat(reading.item, { ...label, caveats: [{ code: 'NO_EXPORT', by: ee.client.authority }] });
    expect((await ng.client.open(reading)).labelEpoch).toBe(1);
  };
  expect((await ng.client.open(reading)).labelEpoch).toBe(0);
  expect((await ng.client.open(reading)).labelEpoch).toBe(1);
});

it('of a source does not have to be in the answer to who reads an extract either', async () => {
  const first = await given();
  const source = await ng.client.open(first);
  const draft = noteTo(ng.client, ee.client);
  const sent = await ng.client.send({ ...draft, items: [{ ...draft.items[0]!, sources: [source] }] });
  await waitFor(ee.client, ({ statement }) => statement?.digest === sent.digest);
  const reading = { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ };
  isLost = false;
  meanwhile = async () => {
    const caveats = [{ code: 'NO_EXPORT' as const, by: ee.client.authority }];
    const { digest } = await ee.client.addCaveat(first.item, { ...source.label, caveats });
    await keepShown(ee.store, first.item, [digest]);
  };
  expect((await ee.client.open(reading)).item.digest).toBe(reading.item);
});

it('is proved to those who were originators when it was logged, and not to one that was named since', async () => {
  const reading = await given();
  const { label } = await ee.client.open(reading);
  const originators = [ee.client.authority, late.client.authority].sort();
  isLost = true;
  meanwhile = () => ee.client.addCaveat(reading.item, { ...label, originators, caveats: [] });
  const opened = await ng.client.open(reading);
  expect([opened.labelEpoch, opened.label.originators]).toEqual([1, originators]);
  let report = await ng.client.checkProofs();
  for (let tries = 0; report.waiting > 0 && tries < 100; tries++) {
    await clock.sleep(100);
    report = await ng.client.checkProofs();
  }
  expect(report).toMatchObject({ waiting: 0, alarms: [] });
});
