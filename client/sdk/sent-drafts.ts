/** What was handed in once from this key store, a draft file or words that were typed, so that it opens no second exchange unnoticed. */
import { parseUuid, type Digest, type ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { certain } from './ids.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';

const nameOf = (once: Digest): string => `drafts/${once}`;

/**
 * @param once digest of what the draft says
 * @throws ParleyError `SENT_BEFORE` naming the exchange that it opened
 */
export async function refuseSecond(store: KeyStore, once: Digest): Promise<void> {
  const before = (await readRecord(store, nameOf(once))) as { readonly exchange: string } | null;
  if (before === null) return;
  const exchange = certain(parseUuid(before.exchange));
  throw new ParleyError(
    'SENT_BEFORE',
    `The same was handed in before, as exchange ${exchange}.`,
    `Look at that one: parley show ${exchange}. If it is to be asked once more, in an exchange of its own, add --again.`,
  );
}

/** Before it is handed in: whoever dies in between has it in the outbox. */
export const noteSent = (store: KeyStore, once: Digest, exchange: ExchangeId): Promise<void> =>
  writeRecord(store, nameOf(once), { exchange });

export const forgetSent = (store: KeyStore, once: Digest): Promise<void> => store.remove(nameOf(once));
