/** Handing a statement in: its bytes are made once and stay the same over every retry. */
import { encodeBase64url } from '../../crypto/base64url.js';
import type { Digest } from '../../domain/ids.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import { SELF_SIGNED, type Statement } from '../../domain/statement.js';
import { accepted } from '../../domain/wire/http-answers.js';
import type { Submission } from '../../domain/wire/submission.js';
import type { ClientContext } from './context.js';
import { NotAnswered, ParleyError, PolicyRefusal } from './error.js';
import type { PreparedItem } from './draft.js';
import { receiptOf, verifyReceipt } from './receipt.js';
import { readStatement } from './statements.js';
import { forgetUploads } from './upload.js';
import type { Seal } from '../../crypto/seal.js';

export interface Sent {
  readonly digest: Digest;
  readonly receipt: Receipt;
  readonly receiptBody: ReceiptBody;
}

export interface SealFor {
  readonly item: Digest;
  readonly seal: Seal;
}

const utf8 = new TextEncoder();
/** where a key store keeps what has no answer yet, by digest */
export const OUTBOX = 'outbox/';

export function submissionOf(statement: Statement, items: readonly PreparedItem[] = [], seals: readonly SealFor[] = []): Submission {
  return {
    statement: statement.compact,
    ...(items.length === 0 ? {} : { items: items.map((item) => item.statement.compact), bodies: items.map(bodyOf) }),
    ...(seals.length === 0 ? {} : { seals: seals.map(({ item, seal }) => ({ item, kid: seal.kid, bytes: encodeBase64url(seal.bytes) })) }),
  };
}

const bodyOf = ({ statement, body }: PreparedItem) =>
  'upload' in body ? { item: statement.digest, upload: body.upload } : { item: statement.digest, bytes: encodeBase64url(body.bytes) };

/**
 * Hands a statement in. What has no answer yet stays in the outbox of the key store, so that a later process can send the same
 * bytes again and get the same receipt.
 *
 * @throws PolicyRefusal with every violation, ParleyError `RECEIPT_INVALID` where the gateway's receipt does not verify; where nobody
 * knows whether it was accepted, such as `GATEWAY_UNREACHABLE` or `ANSWER_UNREADABLE`, the next step is `resend`
 */
export async function submit(context: ClientContext, statement: Statement, submission: Submission): Promise<Sent> {
  const bytes = utf8.encode(JSON.stringify(submission));
  await context.store.write(`${OUTBOX}${statement.digest}`, bytes);
  return deliver(context, statement.digest, bytes, !SELF_SIGNED.has(statement.typ));
}

/** @throws as `submit` */
export async function deliver(context: ClientContext, digest: Digest, bytes: Uint8Array, signed: boolean): Promise<Sent> {
  // a receipt that the gateway did not sign settles nothing
  const taken = async () => believedReceipt(context, digest, receiptIn(await context.door.post('/v1/statements', bytes, signed)));
  const believed = await settle(context, digest, taken).catch((error: unknown) => {
    throw mayHaveArrived(error, digest, bytes);
  });
  await forgetUploads(context, uploadsIn(submissionIn(bytes)));
  if (believed.receiptBody.outcome !== 'ALLOW')
    throw new ParleyError('RECEIPT_INVALID', 'The gateway took it and its receipt says that it did not.', 'Keep it and ask the operator.');
  return { digest, ...believed };
}

const uploadsIn = ({ bodies = [] }: Submission): string[] => bodies.flatMap((body) => ('upload' in body ? [body.upload] : []));

function receiptIn(answer: unknown): Receipt {
  const read = accepted.safeParse(answer);
  if (read.success) return receiptOf(read.data.receipt);
  throw new ParleyError('ANSWER_UNREADABLE', 'The gateway’s answer holds no receipt.', 'Ask the operator.');
}

/** Nobody knows whether it arrived: sealed anew it would be another one, beside the first. */
function mayHaveArrived(error: unknown, digest: Digest, bytes: Uint8Array): unknown {
  if (!(error instanceof ParleyError) || error instanceof PolicyRefusal) return error;
  const wait = error instanceof NotAnswered && error.waitS !== null ? `Try again in ${error.waitS} s. ` : '';
  const read = readStatement(submissionIn(bytes).statement);
  const of = read.ok && read.value.typ === 'parley-envelope+json' ? ` of exchange ${read.value.payload.exchange}` : '';
  const next = `${wait}It may have arrived, as ${digest}${of}. Hand in the same bytes again, and nothing new: parley resend`;
  return new ParleyError(error.code, error.what, next, { cause: error, inOutbox: digest });
}

/** An answer of either kind ends the outbox record; no answer leaves it. */
export async function settle<T>(context: ClientContext, digest: Digest, send: () => Promise<T>): Promise<T> {
  try {
    const answer = await send();
    await context.store.remove(`${OUTBOX}${digest}`);
    return answer;
  } catch (error) {
    if (error instanceof PolicyRefusal) await context.store.remove(`${OUTBOX}${digest}`);
    throw error;
  }
}

export async function believedReceipt(
  context: ClientContext,
  digest: Digest,
  receipt: Receipt,
): Promise<{ readonly receipt: Receipt; readonly receiptBody: ReceiptBody }> {
  const body = await verifyReceipt(receipt, context.gateway, digest);
  if (!body.ok)
    throw new ParleyError('RECEIPT_INVALID', `The gateway’s receipt does not verify: ${body.error}.`, 'Keep it and ask the operator.');
  return { receipt, receiptBody: body.value };
}

/** @param bytes of a record of the outbox */
export const submissionIn = (bytes: Uint8Array): Submission => JSON.parse(new TextDecoder().decode(bytes)) as Submission;
