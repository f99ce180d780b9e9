/** Clocks of two machines are never the same: a client's may be ahead of the gateway's, and of its partners', by all that a session allows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemChance as chance, systemClock } from '../../../client/cli/clock-system.js';
import { ParleyClient, type Clock } from '../../../client/sdk/index.js';
import { plusMs } from '../../../domain/time.js';
import { requestTo } from './drafts.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';

const ahead: Clock = { now: () => plusMs(systemClock.now(), 50_000), sleep: (ms, signal) => systemClock.sleep(ms, signal) };

let gateway: LiveGateway;
let vg: Member;
let ng: Member;
beforeAll(async () => {
  gateway = await openGateway();
  vg = await gateway.join('VG-FIX', 'FIU');
  ng = await gateway.join('NG-FIA', 'FIU');
  await gateway.compareAll();
});
afterAll(() => gateway.running.drain());

it.each(['age-pq-1', 'openpgp-4'] as const)(
  'desk keys of a client that is ahead are taken, and sealed to at once: %s',
  async (suite) => {
    const client = await ParleyClient.connect({ origin: gateway.origin, fetch, store: ng.store, clock: ahead, chance });
    const { receiptBody } = await client.turnDeskKey();
    expect(receiptBody.outcome).toBe('ALLOW');
    const sent = await vg.client.send({ ...requestTo(vg.client, client), suites: [suite] });
    const { entries } = await client.inboxPage({ after: (await client.readCursor()) ?? undefined, waitS: 10 });
    const { items, cursor } = entries.find(({ exchange }) => exchange === sent.exchange)!;
    await client.keepCursor(cursor);
    const asked = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
    expect((await client.open({ item: items[0]!.digest, via: sent.digest, ...asked })).content.role).toBe('FORM');
  },
  60_000,
);
