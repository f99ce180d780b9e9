/** When the log took a statement in, as the pinned gateway signed it: "its key was good then" is judged at this time, not at its own word. */
import type { Instant } from '../../domain/time.js';
import { parseInstant } from '../../domain/time.js';
import { ReadingRefused } from './error.js';
import { certain } from './ids.js';
import { isAcceptance, receiptOf, verifyReceipt, type PinnedGateway } from './receipt.js';

export interface LoggedAt {
  /** @returns the time of a statement; of one without a receipt, `otherwise` */
  (digest: string): Instant;
  /** @returns its place in the log; null: no receipt says it */
  readonly place: (digest: string) => number | null;
}

/**
 * @param otherwise when the reader asked: what no receipt vouches for is judged now
 * @throws ReadingRefused `RECEIPT` where one does not verify: a gateway that serves false receipts is not read on
 */
export async function loggedTimes(
  receipts: readonly Parameters<typeof receiptOf>[0][],
  gateway: PinnedGateway,
  otherwise: Instant,
): Promise<LoggedAt> {
  const logged = new Map<string, { readonly at: Instant; readonly index: number }>();
  for (const receipt of receipts) {
    const body = await verifyReceipt(receiptOf(receipt), gateway);
    if (!body.ok) throw new ReadingRefused('RECEIPT', `A receipt that came with the item does not verify: ${body.error}.`);
    const { statement, at, index } = body.value;
    if (isAcceptance(body.value)) logged.set(statement, { at: certain(parseInstant(at)), index });
  }
  const timeOf = (digest: string): Instant => logged.get(digest)?.at ?? otherwise;
  return Object.assign(timeOf, { place: (digest: string) => logged.get(digest)?.index ?? null });
}
