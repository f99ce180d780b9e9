/** A receipt is the gateway's word: what it says of time puts nothing off for ever. */
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { systemChance as chance, systemClock } from '../../../client/cli/clock-system.js';
import { ParleyClient, type Opened } from '../../../client/sdk/index.js';
import type { Clock } from '../../../domain/ports.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../../domain/time.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';
import { receiptBy } from './receipts.js';

let client: ParleyClient;
let aheadMs = 0;
let change: Partial<ReceiptBody> = {};
const clock: Clock = { now: () => plusMs(systemClock.now(), aheadMs), sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) };

/** What the operator signs anew: it has the key. */
async function resigned({ receipt, ...answer }: { readonly receipt: { readonly body: string } }) {
  return { ...answer, receipt: await receiptBy(gateway.key, { ...(JSON.parse(receipt.body) as ReceiptBody), ...change }) };
}

const lying: typeof fetch = async (input, init) => {
  const { pathname } = new URL(String(input));
  if (pathname.startsWith('/v1/log/proof/')) return Response.json({ code: 'NOT_FOUND' }, { status: 404 });
  // the gateway's own clock stands still here
  if (pathname === '/v1/sessions' && aheadMs > 0)
    return Response.json({ session: 's', key: 'A'.repeat(43), until: formatInstant(plusMs(clock.now(), HOUR_MS)) });
  const answer = await fetch(input, init);
  if (pathname !== '/v1/access') return answer;
  return Response.json(await resigned((await answer.json()) as Parameters<typeof resigned>[0]), { status: answer.status });
};

const { gateway, owner, reader } = await openTown({ owner: ['CH-FIN', 'FIU'], reader: ['EE-FIN', 'FIU'] });

beforeAll(async () => {
  client = await ParleyClient.connect({ origin: gateway.origin, fetch: lying, clock, chance, triesMax: 2, store: reader.store });
});
beforeEach(() => {
  [aheadMs, change] = [0, {}];
});

async function opened(): Promise<Opened> {
  const sent = await owner.client.send(noteTo(owner.client, reader.client));
  await waitFor(reader.client, ({ statement }) => statement?.digest === sent.digest);
  const item = sent.items[0]!.statement.digest;
  return client.open({ item, via: sent.digest, purpose: 'INTELLIGENCE', justification: 'CASE_WORK' });
}

it.each([
  ['a delay of centuries', { proofDelayMsMax: 6_000_000_000_000 }],
  ['a time to come', { at: '2199-01-01T00:00:00.000Z' }],
])('%s puts off no alarm about a reading that the log does not prove', async (_what, said) => {
  change = said;
  const { access } = await opened();
  expect((await client.checkProofs()).alarms.map(({ statement }) => statement)).not.toContain(access.digest);
  aheadMs = DAY_MS + HOUR_MS;
  expect((await client.checkProofs()).alarms.map(({ statement }) => statement)).toContain(access.digest);
});

it('a time to come makes no label young', async () => {
  change = { at: '2199-01-01T00:00:00.000Z' };
  const holding = await opened();
  aheadMs = 2 * HOUR_MS;
  const draft = { to: 'CH-FIN', toType: 'FIU' as const, purpose: 'INTELLIGENCE' as const, legalBasis: 'DOMESTIC_LAW:1' };
  await expect(client.release(holding, { ...draft, basis: { consents: [] }, until: plusMs(clock.now(), DAY_MS) })).rejects.toMatchObject({
    code: 'LABEL_TOO_OLD',
  });
});

it('a delay of centuries keeps nobody waiting for evidence', async () => {
  const { exchange } = await owner.client.send(noteTo(owner.client, reader.client));
  await waitFor(reader.client, (entry) => entry.exchange === exchange);
  change = { proofDelayMsMax: 6_000_000_000_000 };
  const unproved: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname === '/v1/checkpoint') return Response.json({ code: 'NOT_FOUND' }, { status: 404 });
    const answer = await fetch(input, init);
    if (!pathname.endsWith('/evidence')) return answer;
    const page = (await answer.json()) as { entries: Parameters<typeof resigned>[0][] };
    return Response.json({ ...page, entries: await Promise.all(page.entries.map(resigned)) });
  };
  let sleptMs = 0;
  const sleep: Clock['sleep'] = async (ms) => {
    sleptMs += ms;
    if (sleptMs > DAY_MS) throw new Error('waited for a day');
  };
  const options = { origin: gateway.origin, fetch: unproved, clock: { ...clock, sleep }, chance, triesMax: 2, store: reader.store };
  await expect((await ParleyClient.connect(options)).makeEvidence(exchange)).rejects.toMatchObject({ code: 'NOT_PROVED_YET' });
  expect(sleptMs).toBeLessThanOrEqual(HOUR_MS);
});
