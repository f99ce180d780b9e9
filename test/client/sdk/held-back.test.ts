/** Who holds an item back: a line of the inbox that nobody signed is nobody's hold, and ends none. */
import { expect, it } from 'vitest';
import { holdsOn } from '../../../client/sdk/held-back.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let forge: ((entry: { kind: string; statement?: string }) => object) | null = null;

const { ee, ng } = await openTown({ ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'] }, (real) => async (input, init) => {
  const answer = await real(input, init);
  if (forge === null || !String(input).includes('/v1/inbox')) return answer;
  const page = (await answer.json()) as { entries: { kind: string; statement?: string }[] };
  return Response.json({ ...page, entries: page.entries.map(forge) });
});

it('is what the holder signed, and nothing else', async () => {
  const note = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === note.digest);
  const item = note.items[0]!.statement.digest;
  const held = await ng.client.sayInability(item, 'LEGAL_HOLD');
  await waitFor(ee.client, ({ statement }) => statement?.digest === held.digest);
  const { context } = ee.client as unknown as { context: Parameters<typeof holdsOn>[0] };
  expect(await holdsOn(context, item)).toMatchObject([{ holder: 'NG-FIA', code: 'LEGAL_HOLD' }]);
  forge = (entry) => (entry.kind === 'inability' ? { ...entry, statement: entry.statement!.replace(/[^.]+$/, 'A'.repeat(86)) } : entry);
  expect(await holdsOn(context, item)).toEqual([]);
});
