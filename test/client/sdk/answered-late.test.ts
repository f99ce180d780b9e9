/** The answer to a reading was lost on the way, and is asked for once more: the same reading, and whatever was said of the item meanwhile. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let gateway: LiveGateway;
let [ee, ng, late]: Member[] = [];
/** once, behind a reading that is logged, whose answer is lost then */
let meanwhile: (() => Promise<unknown>) | null = null;

beforeAll(async () => {
  gateway = await openGateway((real) => async (input, init) => {
    const answer = await real(input, init);
    if (meanwhile === null || !String(input).endsWith('/v1/access')) return answer;
    const act = meanwhile;
    meanwhile = null;
    await act();
    throw new TypeError('cut');
  });
  ee = await gateway.join('EE-FIN', 'FIU');
  ng = await gateway.join('NG-FIA', 'FIU');
  late = await gateway.join('LV-FIU', 'FIU');
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());

it('is proved to those who were originators when it was logged, and not to one that was named since', async () => {
  const note = await ee!.client.send(noteTo(ee!.client, ng!.client));
  await waitFor(ng!.client, ({ statement }) => statement?.digest === note.digest);
  const reading = { item: note.items[0]!.statement.digest, via: note.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
  const { label } = await ee!.client.open(reading);
  const originators = [ee!.client.authority, late!.client.authority].sort();
  meanwhile = () => ee!.client.addCaveat(reading.item, { ...label, originators, caveats: [] });
  const opened = await ng!.client.open(reading);
  expect([opened.labelEpoch, opened.label.originators]).toEqual([1, originators]);
  let report = await ng!.client.checkProofs();
  for (let tries = 0; report.waiting > 0 && tries < 100; tries++) {
    await clock.sleep(100);
    report = await ng!.client.checkProofs();
  }
  expect(report).toEqual({ proved: 1, waiting: 0, alarms: [] });
});
