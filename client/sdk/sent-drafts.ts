/** What was handed in once from this key store, a draft file or words that were typed, so that it opens no second exchange unnoticed. */
import { parseDigest, parseUuid, type Digest, type ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { createRecord, readRecord, type KeyStore } from './key-store.js';
import { isKnown } from './other-side.js';
import { OUTBOX } from './waiting.js';

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
  const { exchange, statement } = before;
  if (statement !== undefined && (await store.read(`${OUTBOX}${statement}`)) !== null)
    throw stillWaits(exchange, certain(parseDigest(statement)));
  if (statement === undefined || (await isKnown(store, certain(parseUuid(exchange))))) throw sentBefore(before);
  // whoever died between the note and the outbox has handed nothing in: the exchange is written before a statement leaves the outbox
  await forgetSent(store, once);
}

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
    `Look at that one: parley show ${exchange}. To ask once more on purpose, in an exchange of its own: --again; in a program, without “once”.`,
  );

const stillWaits = (exchange: string, statement: Digest): ParleyError =>
  new ParleyError(
    'SENT_BEFORE',
    `The same waits in the outbox as ${statement}, of exchange ${exchange}, and may have arrived.`,
    'Nothing new was handed in. Hand in the same bytes again: parley resend',
    { inOutbox: statement },
  );

export const forgetSent = (store: KeyStore, once: Digest): Promise<void> => store.remove(nameOf(once));
