import { expect, it } from 'vitest';
import { makeSubmissions } from '../../bench/submissions.js';
import { submission } from '../../domain/wire/submission.js';
import { requestTo } from '../client/sdk/drafts.js';
import { openTown } from '../client/sdk/live-gateway.js';

const { gateway, sender, recipient } = await openTown({ sender: ['NG-FIA', 'FIU'], recipient: ['VG-FIX', 'FIU'] });

it('what the bench hands in is made as the client makes it, each anew', async () => {
  const records = new Map<string, Uint8Array>();
  for (const name of await sender.store.names('')) records.set(name, (await sender.store.read(name))!);
  const draft = requestTo(sender.client, recipient.client);
  const made = await makeSubmissions({ url: gateway.origin, records, draft, count: 3 });
  const statements = made.map((bytes) => submission.parse(JSON.parse(Buffer.from(bytes).toString())).statement);
  expect(new Set(statements).size).toBe(3);
});
