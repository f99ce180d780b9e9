/**
 * What came last in an exchange, as whoever answers signs it: the gateway names it, and a name alone would leave evidence that proves nothing,
 * or that says of a message that it was seen.
 */
import { parseInstant } from '../../domain/time.js';
import type { Digest } from '../../domain/ids.js';
import { statementAnswer } from '../../domain/wire/http-answers.js';
import { understood } from './answers.js';
import type { ClientContext } from './context.js';
import { verifySigner } from './directory.js';
import type { Envelope } from './reading-order.js';
import { nullIfRefused, ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { viewThatKnows } from './key-history.js';
import { isAcceptance, receiptOf, verifyReceipt } from './receipt.js';
import { readStatementOf } from './statements.js';

/** @param opening verified @throws ParleyError `LAST_NOT_VERIFIED` where `last` is no logged envelope of that exchange, to this authority or from it */
export async function requireLast(context: ClientContext, opening: Envelope, last: Digest): Promise<void> {
  if (last === opening.digest) return;
  const why = await whyNot(context, opening, last);
  if (why === null) return;
  throw new ParleyError(
    'LAST_NOT_VERIFIED',
    `What the gateway names as the newest message of exchange ${opening.payload.exchange} is not verified: ${why}.`,
    'Nothing was sealed or signed. Look at the exchange, and tell the operator.',
  );
}

async function whyNot(context: ClientContext, opening: Envelope, last: Digest): Promise<string | null> {
  const answer = await context.door.get(`/v1/statements/${last}`).catch(nullIfRefused);
  const shown = understood(statementAnswer, answer);
  const read = shown === null ? null : readStatementOf('parley-envelope+json', shown.statement);
  if (shown === null || !read?.ok || read.value.digest !== last) return 'it does not show it';
  const { exchange, from, to } = read.value.payload;
  const isOurs = [from, to].includes(context.identity.authority);
  if (exchange !== opening.payload.exchange || !isOurs) return 'it is of another exchange';
  const receipt = await verifyReceipt(receiptOf(shown.receipt), context.gateway, last);
  if (!receipt.ok) return receipt.error;
  if (!isAcceptance(receipt.value)) return 'its receipt does not say that the log took it in';
  const view = await viewThatKnows(context, [read.value.compact]);
  const signer = await verifySigner(read.value, from, view, certain(parseInstant(receipt.value.at)));
  return signer.ok ? null : signer.error;
}
