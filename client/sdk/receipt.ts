/** What the gateway says it did: checked offline, with the gateway's pinned key and nothing else. */
import type { VerifierKey } from '../../crypto/note-key.js';
import { parseReceiptBatch, verifyBatchPath } from '../../crypto/receipt-batch.js';
import { parseStatement } from '../../crypto/statement.js';
import { parseDigest } from '../../domain/ids.js';
import { certain, no, ok, type Result } from '../../domain/result.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import { receiptText } from '../../domain/receipt.js';
import { parseInstant } from '../../domain/time.js';
import type { Level } from '../../domain/vocabulary.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { isSignedBy } from './statements.js';

/** The log that this client believes: pinned at enrolment. */
export interface PinnedGateway {
  /** origin of the log, `aud` of every statement */
  readonly origin: string;
  /** 32 bytes, Ed25519: signs receipts and checkpoints */
  readonly publicKey: Uint8Array;
  /** whose cosignatures count; absent: nobody's, and the log is believed unwitnessed */
  readonly witnesses?: readonly VerifierKey[];
  /** how many of them must have seen a checkpoint */
  readonly quorum?: number;
  /** the gateway’s word: it carries nothing above; absent: it does not say */
  readonly levelMax?: Level;
}

/** A receipt as an answer carries it. @throws RangeError where its path holds no digests */
export const receiptOf = (answer: { body: string; position: number; path: readonly string[]; batch: string }): Receipt => ({
  ...answer,
  path: answer.path.map((hash) => certain(parseDigest(hash))),
});

const RECEIPTS = 'parley-receipts+json';
const utf8 = new TextEncoder();

/**
 * Did the pinned gateway sign this receipt?
 *
 * @param statement digest that the receipt must be about
 * @returns its body, or which link is missing
 */
export async function verifyReceipt(receipt: Receipt, gateway: PinnedGateway, statement?: string): Promise<Result<ReceiptBody, string>> {
  const batch = parseStatement(receipt.batch);
  if (!batch.ok) return no(`the batch is no statement: ${batch.error}`);
  if (batch.value.typ !== RECEIPTS) return no('the batch is not of receipts');
  if (!(await isSignedBy(receipt.batch, gateway.publicKey))) return no('the batch is not signed by the pinned gateway');
  const signed = parseReceiptBatch(batch.value.payload);
  if (!signed.ok) return signed;
  const bytes = utf8.encode(receipt.body);
  if (!verifyBatchPath(bytes, { index: receipt.position, hashes: receipt.path }, signed.value))
    return no('the receipt is not in the signed batch');
  const body = receiptBodyIn(receipt.body);
  if (body === null) return no('the body is not spelled as a receipt');
  if (body.log !== signed.value.log || body.log !== gateway.origin) return no('a receipt of another log');
  return statement === undefined || body.statement === statement ? ok(body) : no('a receipt of another statement');
}

/** The log took the statement in; a refusal, or a delivery, bears its signature too. */
export const isAcceptance = ({ stage, outcome }: ReceiptBody): boolean => stage === 'accepted' && outcome === 'ALLOW';

/** In the one spelling: members, their order and their types at once. Who signed it is not looked at. @returns null: it is none */
export function receiptBodyIn(text: string): ReceiptBody | null {
  const json = parseJsonStrict(utf8.encode(text));
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return null;
  const body = json.value as ReceiptBody;
  const texts = [body.statement, body.leaf, body.at].every((one) => typeof one === 'string');
  if (receiptText(body) !== text || !texts || ![body.index, body.version, body.proofDelayMsMax].every(Number.isSafeInteger)) return null;
  return parseDigest(body.leaf).ok && parseInstant(body.at).ok ? body : null;
}
