/**
 * With whom each exchange is. The gateway names the envelope that opened it, and whoever goes on writes to that one's other side: so the other
 * side is remembered at first sight. A second opening of the same exchange, signed by whoever works with the operator, changes nothing.
 */
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { firstRecord, readRecord, type KeyStore } from './key-store.js';

const nameOf = (exchange: ExchangeId): string => `exchanges/${exchange}`;

export const isKnown = async (store: KeyStore, exchange: ExchangeId): Promise<boolean> => (await store.read(nameOf(exchange))) !== null;

/** @throws ParleyError `OTHER_SIDE_CHANGED` where this client knows the exchange as one with somebody else */
export async function keepOtherSide(store: KeyStore, exchange: ExchangeId, other: AuthorityId): Promise<void> {
  const name = nameOf(exchange);
  // where another program was faster, its is the first sight
  const known = ((await readRecord(store, name)) ?? (await firstRecord(store, name, { other }))) as { readonly other: string };
  if (known.other !== other)
    throw new ParleyError(
      'OTHER_SIDE_CHANGED',
      `Exchange ${exchange} was with ${known.other}, and the gateway shows it as one with ${other}.`,
      `Nothing was sealed. Tell ${known.other} by another way, and the operator.`,
    );
}
