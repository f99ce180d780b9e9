/** Who holds an item back: a line of the inbox that nobody signed is nobody's hold, and ends none. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holdsOn } from '../../../client/sdk/held-back.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let gateway: LiveGateway;
let [ee, ng]: Member[] = [];
let forge: ((entry: { kind: string; statement?: string }) => object) | null = null;

beforeAll(async () => {
  gateway = await openGateway((real) => async (input, init) => {
    const answer = await real(input, init);
    if (forge === null || !String(input).includes('/v1/inbox')) return answer;
    const page = (await answer.json()) as { entries: { kind: string; statement?: string }[] };
    return Response.json({ ...page, entries: page.entries.map(forge) });
  });
  ee = await gateway.join('EE-FIN', 'FIU');
  ng = await gateway.join('NG-FIA', 'FIU');
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());

it('is what the holder signed, and nothing else', async () => {
  const note = await ee!.client.send(noteTo(ee!.client, ng!.client));
  await waitFor(ng!.client, ({ statement }) => statement?.digest === note.digest);
  const item = note.items[0]!.statement.digest;
  const held = await ng!.client.sayInability(item, 'LEGAL_HOLD');
  await waitFor(ee!.client, ({ statement }) => statement?.digest === held.digest);
  const { context } = ee!.client as unknown as { context: Parameters<typeof holdsOn>[0] };
  expect(await holdsOn(context, item)).toMatchObject([{ holder: 'NG-FIA', code: 'LEGAL_HOLD' }]);
  forge = (entry) => (entry.kind === 'inability' ? { ...entry, statement: entry.statement!.replace(/[^.]+$/, 'A'.repeat(86)) } : entry);
  expect(await holdsOn(context, item)).toEqual([]);
});
