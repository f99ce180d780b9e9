/** Whose root was never compared gives nothing that is shown: then no reading is stated, for none would happen. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

let gateway: LiveGateway;
let giver: Member;
let reader: Member;
const stated: string[] = [];

beforeAll(async () => {
  gateway = await openGateway((real) => (url, init) => {
    if (init?.method === 'POST') stated.push(new URL(url instanceof Request ? url.url : url).pathname);
    return real(url, init);
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
