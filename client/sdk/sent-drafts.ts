/** What was handed in once from this key store, a draft file or words that were typed, so that it opens no second exchange unnoticed. */
import { parseUuid, type Digest, type ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { certain } from './ids.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import { isKnown } from './other-side.js';
import { OUTBOX } from './submit.js';

const nameOf = (once: Digest): string => `drafts/${once}`;

interface Noted {
  readonly exchange: string;
  /** absent: noted by an older version of this client */
  readonly statement?: string;
}

/**
 * @param once digest of what the draft says
 * @throws ParleyError `SENT_BEFORE` naming the exchange that it opened
 */
export async function refuseSecond(store: KeyStore, once: Digest): Promise<void> {
  const before = (await readRecord(store, nameOf(once))) as Noted | null;
  if (before === null) return;
  const exchange = certain(parseUuid(before.exchange));
  if (before.statement !== undefined && !(await wasKept(store, exchange, before.statement))) return;
  throw new ParleyError(
    'SENT_BEFORE',
    `The same was handed in before, as exchange ${exchange}.`,
    `Look at that one: parley show ${exchange}. If it is to be asked once more, in an exchange of its own, add --again.`,
  );
}

/** Whoever died between the note and the outbox has handed nothing in. The exchange is written before a statement leaves the outbox. */
const wasKept = async (store: KeyStore, exchange: ExchangeId, statement: string): Promise<boolean> =>
  (await isKnown(store, exchange)) || (await store.read(`${OUTBOX}${statement}`)) !== null;

/** Before it is put into the outbox. */
export const noteSent = (store: KeyStore, once: Digest, exchange: ExchangeId, statement: Digest): Promise<void> =>
  writeRecord(store, nameOf(once), { exchange, statement } satisfies Noted);

export const forgetSent = (store: KeyStore, once: Digest): Promise<void> => store.remove(nameOf(once));
