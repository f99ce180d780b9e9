/** When the log took a statement in, as the pinned gateway signed it: "its key was good then" is judged at this time, not at its own word. */
import type { Instant } from '../../domain/time.js';
import { parseInstant } from '../../domain/time.js';
import { ReadingRefused } from './error.js';
import { certain } from './ids.js';
import { receiptOf, verifyReceipt, type PinnedGateway } from './receipt.js';

/** @returns the time of a statement; of one without a receipt, `otherwise` */
export type LoggedAt = (digest: string) => Instant;

/**
 * @param otherwise when the reader asked: what no receipt vouches for is judged now
 * @throws ReadingRefused `RECEIPT` where one does not verify: a gateway that serves false receipts is not read on
 */
export async function loggedTimes(
  receipts: readonly Parameters<typeof receiptOf>[0][],
  gateway: PinnedGateway,
  otherwise: Instant,
): Promise<LoggedAt> {
  const times = new Map<string, Instant>();
  for (const receipt of receipts) {
    const body = await verifyReceipt(receiptOf(receipt), gateway);
    if (!body.ok) throw new ReadingRefused('RECEIPT', `A receipt that came with the item does not verify: ${body.error}.`);
    const { statement, stage, outcome, at } = body.value;
    if (stage === 'accepted' && outcome === 'ALLOW') times.set(statement, certain(parseInstant(at)));
  }
  return (digest) => times.get(digest) ?? otherwise;
}
