/** Handing a statement in: its bytes are made once and stay the same over every retry. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { groundsOf } from '../../domain/before-the-law.js';
import type { Digest } from '../../domain/ids.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import { SELF_SIGNED, type Statement } from '../../domain/statement.js';
import { accepted } from '../../domain/wire/http-answers.js';
import { SUBMISSION_BYTES_MAX, type Submission } from '../../domain/wire/submission.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import { NotAnswered, ParleyError, PolicyRefusal } from './error.js';
import type { PreparedItem } from './draft.js';
import { forgetSeals } from './holding.js';
import { expectProof } from './proofs.js';
import { receiptOf, verifyReceipt } from './receipt.js';
import { readStatement } from './statements.js';
import { forgetUploads } from './upload.js';
import { keepDone, OUTBOX, refuseDone, refuseWhileWaiting } from './waiting.js';
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

const NOT_SIGNED = 'REFUSAL_NOT_SIGNED';
const utf8 = new TextEncoder();

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
 * Hands a statement in. What has no answer that the gateway signed stays in the outbox of the key store, so that a later process can send
 * the same bytes again and get the same receipt.
 *
 * @param again the same was done before, and is to be done once more
 * @throws PolicyRefusal with every violation, and of an officer's statement with a receipt that verifies; where nobody knows whether it was
 * accepted, such as `GATEWAY_UNREACHABLE`, `ANSWER_UNREADABLE`, `RECEIPT_INVALID` or `REFUSAL_NOT_SIGNED`, the next step is `resend`; `WAITING`, `DONE_BEFORE`
 */
export async function submit(context: ClientContext, statement: Statement, submission: Submission, again = false): Promise<Sent> {
  const bytes = await keepInOutbox(context, statement, submission, again);
  return deliver(context, statement.digest, bytes, !SELF_SIGNED.has(statement.typ));
}

/** The first half of `submit`: durable when it resolves. @returns what `deliver` hands in @throws PolicyRefusal `TOO_LARGE`; ParleyError `WAITING`, `DONE_BEFORE` */
export async function keepInOutbox(
  context: ClientContext,
  statement: Statement,
  submission: Submission,
  again = false,
): Promise<Uint8Array> {
  const bytes = utf8.encode(JSON.stringify(submission));
  // the gateway would not read it, and sign nothing
  if (bytes.length > SUBMISSION_BYTES_MAX)
    throw new PolicyRefusal('TOO_LARGE', `It is longer than ${SUBMISSION_BYTES_MAX} bytes.`, 0, [], null, groundsOf('TOO_LARGE'));
  const refuseSecond = async (): Promise<void> => {
    await refuseWhileWaiting(context.store, statement);
    if (!again) await refuseDone(context, statement);
  };
  await refuseSecond();
  const name = `${OUTBOX}${statement.digest}`;
  await context.store.write(name, bytes);
  // once more, as others see it now: of two programs that do the same at once none, or one, goes on
  await refuseSecond().catch(async (error: unknown) => {
    await context.store.remove(name);
    throw error;
  });
  return bytes;
}

/**
 * @param signed by an officer, whose session the request carries: then a refusal is owed a receipt too
 * @throws as `submit`
 */
export async function deliver(context: ClientContext, digest: Digest, bytes: Uint8Array, signed: boolean): Promise<Sent> {
  const name = `${OUTBOX}${digest}`;
  try {
    const receipt = receiptIn(await context.door.post('/v1/statements', bytes, signed));
    const believed = await believedReceipt(context, digest, receipt);
    const isAllowed = believed.receiptBody.outcome === 'ALLOW';
    const submission = submissionIn(bytes);
    await forgetUploads(context, uploadsIn(submission));
    const read = readStatement(submission.statement);
    if (isAllowed && read.ok) await keepAccepted(context, read.value, believed.receipt);
    // last: what was cut off before is handed in again, and gets the same receipt
    await context.store.remove(name);
    if (isAllowed) return { digest, ...believed };
  } catch (error) {
    if (!(error instanceof PolicyRefusal)) throw mayHaveArrived(error, digest, bytes);
    // who refuses without a signature may have taken it: sealed anew it would be a second one
    if (signed && !(await isSigned(error, context, digest))) throw mayHaveArrived(notSigned(error), digest, bytes);
    await context.store.remove(name);
    throw error;
  }
  throw new ParleyError('RECEIPT_INVALID', 'The gateway took it and its receipt says that it did not.', 'Keep it and ask the operator.');
}

async function keepAccepted(context: ClientContext, statement: Statement, receipt: Receipt): Promise<void> {
  await keepDone(context.store, statement);
  if (statement.typ === 'parley-deletion+json') await forgetSeals(context.store, statement.payload.item);
  await expectProof(context, statement, receipt);
}

async function isSigned({ receipt }: PolicyRefusal, { gateway }: ClientContext, digest: Digest): Promise<boolean> {
  const body = receipt === null ? null : await verifyReceipt(receipt, gateway, digest);
  return body?.ok === true && body.value.outcome === 'DENY';
}

const notSigned = (refusal: PolicyRefusal): ParleyError =>
  new ParleyError(NOT_SIGNED, `It was refused (${refusal.codes.join(', ')}), and no receipt of the log says so.`, '', {
    cause: refusal,
  });

const uploadsIn = ({ bodies = [] }: Submission): string[] => bodies.flatMap((body) => ('upload' in body ? [body.upload] : []));

function receiptIn(answer: unknown): Receipt {
  return receiptOf(readAnswer(accepted, answer, 'receipt').receipt);
}

/** Nobody knows whether it arrived: sealed anew it would be another one, beside the first. */
function mayHaveArrived(error: unknown, digest: Digest, bytes: Uint8Array): unknown {
  if (!(error instanceof ParleyError)) return error;
  const wait = error instanceof NotAnswered && error.waitS !== null ? `Try again in ${error.waitS} s. ` : '';
  const read = readStatement(submissionIn(bytes).statement);
  const of = read.ok && read.value.typ === 'parley-envelope+json' ? ` of exchange ${read.value.payload.exchange}` : '';
  const end =
    error.code === NOT_SIGNED ? `; if it stays so, and the operator says that it has none: parley resend --give-up ${digest}` : '';
  const next = `${wait}It may have arrived, as ${digest}${of}. Hand in the same bytes again, and nothing new: parley resend${end}`;
  return new ParleyError(error.code, error.what, next, { cause: error, inOutbox: digest });
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

/**
 * Takes out of the outbox what the gateway refuses without a receipt each time, or what can be read no more: whether it was taken in stays unknown.
 *
 * @throws ParleyError `NOT_WAITING`
 */
export async function giveUp({ store }: ClientContext, digest: Digest): Promise<void> {
  const name = `${OUTBOX}${digest}`;
  // not read: it may be damaged
  if (!(await store.names(name)).includes(name))
    throw new ParleyError('NOT_WAITING', `Nothing waits in the outbox as ${digest}.`, 'See what does: parley resend');
  await store.remove(name);
}

/** @param bytes of a record of the outbox */
export const submissionIn = (bytes: Uint8Array): Submission => JSON.parse(new TextDecoder().decode(bytes)) as Submission;
