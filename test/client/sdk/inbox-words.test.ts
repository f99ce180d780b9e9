/** Lines of the inbox are the gateway's until somebody's signature says that they are theirs. */
import { expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { certain } from '../../../domain/result.js';
import type { InboxEntry } from '../../../client/sdk/index.js';
import { decodeBase64url, encodeBase64url } from '../../../crypto/base64url.js';
import { batchReceipts, formatReceiptBatch } from '../../../crypto/receipt-batch.js';
import { digestOf, signStatement } from '../../../crypto/statement.js';
import { receiptText, type ReceiptBody } from '../../../domain/receipt.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

interface Wire {
  kind: string;
  statement?: string;
  receipt: { body: string; position: number; path: readonly string[]; batch: string };
}

let lie: ((entry: Wire) => void | Promise<void>) | null = null;

const { gateway, owner, holder } = await openTown(
  { owner: ['CH-FIN', 'FIU'], holder: ['EE-FIN', 'FIU'] },
  (real) => async (input, init) => {
    const answer = await real(input, init);
    if (lie === null || new URL(String(input)).pathname !== '/v1/inbox') return answer;
    const page = (await answer.json()) as { entries: Wire[] };
    for (const entry of page.entries) await lie(entry);
    return Response.json(page);
  },
);

const entries = async (): Promise<InboxEntry[]> => {
  const all: InboxEntry[] = [];
  for await (const entry of holder.client.inbox()) all.push(entry);
  return all;
};

it('are told apart: what nobody signed says why, and what came with a false receipt', async () => {
  const sent = await owner.client.send(noteTo(owner.client, holder.client));
  await waitFor(holder.client, ({ statement }) => statement?.digest === sent.digest);
  const { consent } = await owner.client.grantConsent({
    items: [sent.items[0]!.statement.digest],
    recipient: { authority: owner.client.authority, authorityType: 'FIU' },
    purposes: ['INTELLIGENCE'],
    until: plusMs(clock.now(), DAY_MS),
    holder: holder.client.authority,
  });
  await waitFor(holder.client, ({ statement }) => statement?.digest === consent);
  const honest = await entries();
  expect(honest.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['envelope', 'consent']));
  expect([...(await holder.client.notVerified(honest))]).toEqual([]);

  lie = async (entry) => {
    if (entry.kind !== 'consent' || entry.statement === undefined) return;
    const [header, payload, signature] = entry.statement.split('.') as [string, string, string];
    const words = JSON.parse(new TextDecoder().decode(certain(decodeBase64url(payload)))) as object;
    entry.statement = [header, encodeBase64url(new TextEncoder().encode(JSON.stringify({ ...words, purposes: ['TAX'] }))), signature].join(
      '.',
    );
    // the operator has the key that signs receipts
    const body = receiptText({ ...(JSON.parse(entry.receipt.body) as ReceiptBody), statement: digestOf(entry.statement) });
    const { batch, paths } = batchReceipts('parley.test/log', [new TextEncoder().encode(body)]);
    const signed = await signStatement('parley-receipts+json', formatReceiptBatch(batch), gateway.key);
    entry.receipt = { body, position: 0, path: paths[0]!.hashes, batch: signed };
  };
  const forged = await entries();
  const [place, why] = [...(await holder.client.notVerified(forged))][0]!;
  expect([forged.find(({ index }) => index === place)?.kind, why]).toEqual(['consent', expect.stringMatching(/CH-FIN/)]);

  lie = (entry) => {
    if (entry.kind === 'envelope') entry.receipt = { ...entry.receipt, body: entry.receipt.body.replace('"DONE"', '"ALLOW"') };
  };
  expect((await holder.client.notVerified(await entries())).size).toBe(1);
  lie = null;
});
