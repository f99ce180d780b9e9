/** What was handed in once from this key store, a draft file or words that were typed, so that it opens no second exchange unnoticed. */
import { parseUuid, type Digest, type ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { certain } from './ids.js';
import { createRecord, readRecord, type KeyStore } from './key-store.js';
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
  const before = await readNoted(store, once);
  if (before === null) return;
  if (before.statement === undefined || (await wasKept(store, before.exchange, before.statement))) throw sentBefore(before);
  await forgetSent(store, once);
}

/** Whoever died between the note and the outbox has handed nothing in. The exchange is written before a statement leaves the outbox. */
const wasKept = async (store: KeyStore, exchange: string, statement: string): Promise<boolean> =>
  (await isKnown(store, certain(parseUuid(exchange)))) || (await store.read(`${OUTBOX}${statement}`)) !== null;

/**
 * Before it is put into the outbox: of two programs that seal it at once, one goes on.
 *
 * @throws ParleyError `SENT_BEFORE`
 */
export async function noteSent(store: KeyStore, once: Digest, exchange: ExchangeId, statement: Digest): Promise<void> {
  if (await createRecord(store, nameOf(once), { exchange, statement } satisfies Noted)) return;
  throw sentBefore((await readNoted(store, once)) ?? { exchange });
}

const readNoted = async (store: KeyStore, once: Digest): Promise<Noted | null> => (await readRecord(store, nameOf(once))) as Noted | null;

const sentBefore = ({ exchange }: Noted): ParleyError =>
  new ParleyError(
    'SENT_BEFORE',
    `The same was handed in before, as exchange ${exchange}.`,
    `Look at that one: parley show ${exchange}. If it is to be asked once more, in an exchange of its own, add --again.`,
  );

export const forgetSent = (store: KeyStore, once: Digest): Promise<void> => store.remove(nameOf(once));
