/** Receipts as the operator can sign them, who has the log's key. */
import { batchReceipts, formatReceiptBatch } from '../../../crypto/receipt-batch.js';
import { signStatement } from '../../../crypto/statement.js';
import type { SigningKey } from '../../../crypto/signing-key.js';
import { receiptText, type ReceiptBody } from '../../../domain/receipt.js';
import { readStatement } from '../../../client/sdk/statements.js';

const LOG = 'parley.test/log';

export async function receiptBy(key: SigningKey, said: ReceiptBody) {
  const body = receiptText(said);
  const { batch, paths } = batchReceipts(LOG, [new TextEncoder().encode(body)]);
  const signed = await signStatement('parley-receipts+json', formatReceiptBatch(batch), key);
  return { body, position: 0, path: paths[0]!.hashes, batch: signed };
}

/** The no to what was handed in, signed as the log signs it. @param submission as it was posted */
export async function refusalBy(key: SigningKey, submission: Uint8Array, change: Partial<ReceiptBody> = {}): Promise<Response> {
  const { statement } = JSON.parse(new TextDecoder().decode(submission)) as { statement: string };
  const read = readStatement(statement);
  if (!read.ok) throw new Error(read.error);
  const { digest } = read.value;
  const receipt = await receiptBy(key, {
    v: 1,
    log: LOG,
    statement: digest,
    stage: 'refused',
    outcome: 'DENY',
    index: 7,
    leaf: digest,
    version: 0,
    at: '2026-11-01T00:00:00.000Z',
    proofDelayMsMax: 1_000,
    ...change,
  });
  return Response.json({ code: 'POLICY', detail: 'no', violations: [], receipt }, { status: 403 });
}
