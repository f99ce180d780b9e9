/**
 * Whose word is what came in? A line of the inbox is the gateway's, and names whom it likes: a consent, a retraction, a certificate that nobody
 * signed would be acted on.
 */
import type { Statement } from '../../domain/statement.js';
import { parseInstant } from '../../domain/time.js';
import type { ClientContext } from './context.js';
import { verifySigner } from './directory.js';
import { signerOf } from './evidence/check-statements.js';
import { certain } from '../../domain/result.js';
import { inboxPages, type InboxEntry } from './inbox.js';
import { viewThatKnows } from './key-history.js';
import { verifyReceipt } from './receipt.js';

/**
 * Signer and receipt of each, its key judged by the time in the receipt. Notices of clocks and what stands in the directory are nobody's word.
 *
 * @returns by place in the log, what is not verified and why
 */
export async function notVerified(
  context: ClientContext,
  entries: readonly Pick<InboxEntry, 'index' | 'statement' | 'receipt'>[],
): Promise<ReadonlyMap<number, string>> {
  const words = entries.flatMap(({ index, statement, receipt }) => {
    const signer = statement === null ? null : signerOf(statement);
    return statement === null || signer === null ? [] : [{ index, statement, receipt, by: signer }];
  });
  const doubts = new Map<number, string>();
  if (words.length === 0) return doubts;
  const view = await viewThatKnows(
    context,
    words.map(({ statement }) => statement.compact),
  );
  for (const { index, statement, receipt, by } of words) {
    const body = await verifyReceipt(receipt, context.gateway, statement.digest);
    const signer = body.ok ? await verifySigner(statement, by, view, certain(parseInstant(body.value.at))) : body;
    if (!body.ok) doubts.set(index, `its receipt does not verify: ${body.error}`);
    else if (!signer.ok) doubts.set(index, `it is not ${by}’s: ${signer.error}`);
    // one's own refusal is told to oneself, and nobody else's
    else if (body.value.outcome === 'DENY' && by !== context.identity.authority) doubts.set(index, 'its receipt says that it was refused');
  }
  return doubts;
}

/** From the inbox, which is read to its end, those that are wanted and whose word is verified. */
export async function* verifiedEntries(context: ClientContext, isWanted: (statement: Statement) => boolean): AsyncGenerator<InboxEntry> {
  for await (const page of inboxPages(context)) {
    const wanted = page.filter(({ statement, isLogged }) => isLogged && statement !== null && isWanted(statement));
    const doubts = await notVerified(context, wanted);
    yield* wanted.filter(({ index }) => !doubts.has(index));
  }
}
