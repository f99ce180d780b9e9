/** Whose root was never compared gives nothing that is shown: then no reading is stated, for none would happen. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let gateway: LiveGateway;
let giver: Member;
let reader: Member;
const stated: string[] = [];
/** the last statement that was shown, and what is shown of whichever is asked for */
let shown = '';
let instead: string | null = null;

beforeAll(async () => {
  gateway = await openGateway((real) => async (url, init) => {
    const path = new URL(url instanceof Request ? url.url : url).pathname;
    if (init?.method === 'POST') stated.push(path);
    if (instead !== null && path.startsWith('/v1/statements/')) return new Response(instead);
    const answer = await real(url, init);
    if (path.startsWith('/v1/statements/')) shown = await answer.clone().text();
    return answer;
  });
  giver = await gateway.join('CH-FIN', 'FIU');
  reader = await gateway.join('EE-FIN', 'FIU');
  await giver.client.pinRoot(reader.client.authority, reader.client.identity.root!.kid);
});
afterAll(() => gateway.running.drain());

it('is refused before it is stated, and is stated and shown once the roots were compared', async () => {
  const sent = await giver.client.send(noteTo(giver.client, reader.client));
  await waitFor(reader.client, ({ statement }) => statement?.digest === sent.digest);
  const reading = { item: sent.items[0]!.statement.digest, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
  stated.length = 0;
  await expect(reader.client.open(reading)).rejects.toMatchObject({ code: 'ROOT_NOT_COMPARED' });
  expect(stated).not.toContain('/v1/access');
  await reader.client.pinRoot(giver.client.authority, giver.client.identity.root!.kid);
  expect((await reader.client.open(reading)).content.role).toBe('FORM');
  expect(stated).toContain('/v1/access');
});

it('another statement than the one that was asked for says nothing of who gave it: no reading is stated', async () => {
  const stranger = await gateway.join('GG-FIU', 'FIU');
  await stranger.client.pinRoot(reader.client.authority, reader.client.identity.root!.kid);
  const known = await giver.client.send(noteTo(giver.client, reader.client));
  const sent = await stranger.client.send(noteTo(stranger.client, reader.client));
  await waitFor(reader.client, ({ statement }) => statement?.digest === sent.digest);
  const reading = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
  await reader.client.open({ ...reading, item: known.items[0]!.statement.digest, via: known.digest });
  instead = shown;
  stated.length = 0;
  const opening = reader.client.open({ ...reading, item: sent.items[0]!.statement.digest, via: sent.digest });
  await expect(opening).rejects.toMatchObject({ check: 'GIVER' });
  expect(stated).not.toContain('/v1/access');
});
