import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSubmissions } from '../../bench/submissions.js';
import { submission } from '../../domain/wire/submission.js';
import { requestTo } from '../client/sdk/drafts.js';
import { openGateway, type LiveGateway, type Member } from '../client/sdk/live-gateway.js';

let gateway: LiveGateway;
let [sender, recipient]: Member[] = [];
beforeAll(async () => {
  gateway = await openGateway();
  sender = await gateway.join('NG-FIA', 'FIU');
  recipient = await gateway.join('VG-FIX', 'FIU');
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());

it('what the bench hands in is made as the client makes it, each anew', async () => {
  const records = new Map<string, Uint8Array>();
  for (const name of await sender!.store.names('')) records.set(name, (await sender!.store.read(name))!);
  const draft = requestTo(sender!.client, recipient!.client);
  const made = await makeSubmissions({ url: gateway.origin, records, draft, count: 3 });
  const statements = made.map((bytes) => submission.parse(JSON.parse(Buffer.from(bytes).toString())).statement);
  expect(new Set(statements).size).toBe(3);
});
