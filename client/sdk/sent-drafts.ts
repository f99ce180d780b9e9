/** Which draft files were handed in from this key store, so that none of them opens a second exchange unnoticed. */
import { parseUuid, type Digest, type ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { certain } from './ids.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';

const nameOf = (file: Digest): string => `drafts/${file}`;

/**
 * @param file digest of what the draft file says
 * @throws ParleyError `SENT_BEFORE` naming the exchange that it opened
 */
export async function refuseSecond(store: KeyStore, file: Digest): Promise<void> {
  const before = (await readRecord(store, nameOf(file))) as { readonly exchange: string } | null;
  if (before === null) return;
  const exchange = certain(parseUuid(before.exchange));
  throw new ParleyError(
    'SENT_BEFORE',
    `This draft was handed in before, as exchange ${exchange}.`,
    `Look at that one: parley show ${exchange}. If the same is to be asked once more, in an exchange of its own: parley send DRAFT --again`,
  );
}

/** Before it is handed in: whoever dies in between has it in the outbox. */
export const noteSent = (store: KeyStore, file: Digest, exchange: ExchangeId): Promise<void> =>
  writeRecord(store, nameOf(file), { exchange });

export const forgetSent = (store: KeyStore, file: Digest): Promise<void> => store.remove(nameOf(file));
