/** What was said of a source and shown once stays with the reader: a gateway that keeps it back afterwards shows nothing. */
import { expect, it } from 'vitest';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let isLying = false;

const { ee, ng } = await openTown({ ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'] }, (real) => async (input, init) => {
  const answer = await real(input, init);
  if (!isLying || !String(input).endsWith('/v1/access')) return answer;
  return Response.json({ ...((await answer.json()) as object), sourceLabels: [] }, { status: answer.status });
});

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

it('a caveat on a source that was shown once is not kept back', async () => {
  const note = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === note.digest);
  const source = await ng.client.open({ item: note.items[0]!.statement.digest, via: note.digest, ...READ });
  const draft = noteTo(ng.client, ee.client);
  const sent = await ng.client.send({ ...draft, items: [{ ...draft.items[0]!, sources: [source] }] });
  await waitFor(ee.client, ({ statement }) => statement?.digest === sent.digest);
  const reading = { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ };
  await ee.client.open(reading);
  const caveats = [{ code: 'NO_EXPORT' as const, by: ee.client.authority }];
  await ee.client.addCaveat(source.item.digest, { ...source.label, caveats });
  isLying = true;
  await ee.client.open(reading);
  isLying = false;
  expect((await ee.client.open(reading)).label.caveats).toEqual(expect.arrayContaining(caveats));
  isLying = true;
  await expect(ee.client.open(reading)).rejects.toMatchObject({ check: 'LABEL' });
});
