/** What was handed in once from this key store, a draft file or words that were typed, so that it opens no second exchange unnoticed. */
import { parseDigest, parseUuid, type Digest, type ExchangeId } from '../../domain/ids.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { createRecord, firstRecord, readRecord, type KeyStore } from './key-store.js';
import { isKnown } from './other-side.js';
import { OUTBOX } from './waiting.js';

/** @param of digest of what a draft says; of a statement, where whoever takes its sender for dead comes after it, and itself once it is confirmed */
const nameOf = (of: string): string => `drafts/${of}`;

interface Noted {
  readonly exchange: string;
  /** absent: noted by an older version of this client */
  readonly statement?: string;
}

/** The note that counts: that of whoever came last, after others that died. */
interface Last {
  readonly noted: Noted | null;
  /** by whoever made it: it is in the outbox, or left it */
  readonly isConfirmed: boolean;
  /** where the next one would stand: of several that come after the same one, one is first */
  readonly next: string;
}

async function lastNoted(store: KeyStore, once: Digest): Promise<Last> {
  let noted: Noted | null = null;
  for (let next = nameOf(once); ;) {
    const there = (await readRecord(store, next)) as Noted | null;
    if (there === null) return { noted, isConfirmed: false, next };
    const after = there.statement === undefined ? next : nameOf(there.statement);
    if (after === next) return { noted: there, isConfirmed: true, next };
    [noted, next] = [there, after];
  }
}

/**
 * @param once digest of what the draft says
 * @throws ParleyError `SENT_BEFORE` naming the exchange that it opened
 */
export const refuseSecond = async (store: KeyStore, once: Digest): Promise<void> => requireDead(store, await lastNoted(store, once));

async function requireDead(store: KeyStore, { noted, isConfirmed }: Last): Promise<void> {
  if (noted === null) return;
  const { exchange, statement } = noted;
  if (statement !== undefined && (await store.read(`${OUTBOX}${statement}`)) !== null)
    throw stillWaits(exchange, certain(parseDigest(statement)));
  // whoever died between the note and the outbox has handed nothing in: the exchange is written before a statement leaves the outbox
  if (isConfirmed || (await isKnown(store, certain(parseUuid(exchange))))) throw sentBefore(noted);
}

/**
 * Before it is put into the outbox: of several programs that seal it at once, one goes on. Who had noted it before, and was only slow, is told so
 * by `confirmSent`.
 *
 * @returns where the note stands, for `forgetSent`
 * @throws ParleyError `SENT_BEFORE`
 */
export async function noteSent(store: KeyStore, once: Digest, exchange: ExchangeId, statement: Digest): Promise<string> {
  for (;;) {
    const before = await lastNoted(store, once);
    await requireDead(store, before);
    if (!(await createRecord(store, before.next, { exchange, statement } satisfies Noted))) continue;
    // it may just have got there, and goes no further
    if (before.noted !== null) await store.remove(`${OUTBOX}${before.noted.statement}`);
    return before.next;
  }
}

/** To be called once it is in the outbox, before it leaves. @throws ParleyError `SENT_BEFORE` where another program took this one for dead: it is in the outbox no more */
export async function confirmSent(store: KeyStore, exchange: ExchangeId, statement: Digest): Promise<void> {
  const own = { exchange, statement } satisfies Noted;
  const taken = await firstRecord<Noted>(store, nameOf(statement), own);
  if (taken.statement === statement) return;
  await store.remove(`${OUTBOX}${statement}`);
  throw sentBefore(taken);
}

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

/** What was refused may be sent anew. @param notedAt absent: of another program's draft nobody here knows that, and each note is looked at */
export async function forgetSent(store: KeyStore, statement: Digest, notedAt?: string): Promise<void> {
  const names = notedAt === undefined ? await store.names(nameOf('')) : [notedAt, nameOf(statement)];
  for (const name of names) if (((await readRecord(store, name)) as Noted | null)?.statement === statement) await store.remove(name);
}
