/** When the log took a statement in, as the pinned gateway signed it: "its key was good then" is judged at this time, not at its own word. */
import type { Digest } from '../../domain/ids.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Instant } from '../../domain/time.js';
import { parseInstant } from '../../domain/time.js';
import { ReadingRefused } from './error.js';
import { certain } from '../../domain/result.js';
import { isAcceptance, receiptOf, verifyReceipt, type PinnedGateway } from './receipt.js';

export interface Logged {
  readonly at: Instant;
  /** place in the log */
  readonly index: number;
  /** the exchange's after it; 0: it moved none */
  readonly version: number;
}

export interface LoggedAt {
  /** @returns the time of a statement; of one without a receipt, `otherwise` */
  (digest: string): Instant;
  /** @returns its place in the log; null: no receipt says it */
  readonly place: (digest: string) => number | null;
}

export interface LoggedTimes extends LoggedAt {
  /** @returns what the log signed of it; null: no receipt says that the log took it in */
  readonly of: (digest: string) => Logged | null;
}

/**
 * @param otherwise when the reader asked: what no receipt vouches for is judged now
 * @throws ReadingRefused `RECEIPT` where one does not verify: a gateway that serves false receipts is not read on
 */
export async function loggedTimes(
  receipts: readonly Parameters<typeof receiptOf>[0][],
  gateway: PinnedGateway,
  otherwise: Instant,
): Promise<LoggedTimes> {
  const logged = new Map<string, Logged>();
  for (const receipt of receipts) {
    const body = await verifyReceipt(receiptOf(receipt), gateway);
    if (!body.ok) throw new ReadingRefused('RECEIPT', `A receipt that came with the item does not verify: ${body.error}.`);
    const { statement, at, index, version } = body.value;
    if (isAcceptance(body.value)) logged.set(statement, { at: certain(parseInstant(at)), index, version });
  }
  const timeOf = (digest: string): Instant => logged.get(digest)?.at ?? otherwise;
  return Object.assign(timeOf, {
    place: (digest: string) => logged.get(digest)?.index ?? null,
    of: (digest: string) => logged.get(digest) ?? null,
  });
}

/** @returns null where it is no receipt of the log's that it took this statement in */
export async function acceptedAt(receipt: Receipt, gateway: PinnedGateway, statement: Digest): Promise<Logged | null> {
  const body = await verifyReceipt(receipt, gateway, statement);
  if (!body.ok || !isAcceptance(body.value)) return null;
  const { at, index, version } = body.value;
  return { at: certain(parseInstant(at)), index, version };
}
