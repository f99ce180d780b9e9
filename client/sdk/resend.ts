/** What a crash or a lost answer left in the outbox: the same bytes once more, and each act as far as `send` brings it. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { parseDigest, parseKeyId, type Digest, type ExchangeId } from '../../domain/ids.js';
import { SELF_SIGNED, type StatementOf } from '../../domain/statement.js';
import type { Message } from '../../domain/vocabulary.js';
import type { Submission } from '../../domain/wire/submission.js';
import { deliverCertificate } from './after-delivery.js';
import type { ClientContext } from './context.js';
import { listRevocations, type NotListed } from './enrol.js';
import { keepOwnCopy } from './envelope.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { HELD } from './holding.js';
import { certain } from '../../domain/result.js';
import { keepOtherSide } from './other-side.js';
import { confirmSent, forgetSent } from './sent-drafts.js';
import { readStatement, readStatementOf } from './statements.js';
import { deliver, submissionIn, type Sent } from './submit.js';
import { OUTBOX, readWaiting } from './waiting.js';

export interface Resent extends Sent {
  /** both null: it is no envelope */
  readonly exchange: ExchangeId | null;
  readonly message: Message | null;
}

export interface Resending {
  readonly sent: readonly Resent[];
  /** out of the outbox too: an answer that is no is an answer */
  readonly refused: readonly { readonly digest: Digest; readonly error: PolicyRefusal }[];
  /** of a key's revocation: why no entry lists it yet; null: one does, which was published for it. Absent: none was sent */
  readonly notListed?: NotListed | null;
}

/** Of one at least nobody knows whether it arrived; what became of the others is said all the same. */
export class ResendUnanswered extends ParleyError {
  constructor(
    first: ParleyError,
    readonly answered: Resending,
  ) {
    super(first.code, first.what, first.next, { cause: first, inOutbox: first.inOutbox });
    this.name = 'ResendUnanswered';
  }
}

/**
 * Sends again what never had an answer; the gateway gives each its one receipt. One that fails keeps none of the others back.
 *
 * @throws ResendUnanswered with what was thrown first, once each was tried
 */
export async function resendOutbox(context: ClientContext): Promise<Resending> {
  const sent: Resent[] = [];
  const refused: Resending['refused'][number][] = [];
  const unanswered: ParleyError[] = [];
  let endedKey = false;
  for (const name of await context.store.names(OUTBOX)) {
    const digest = certain(parseDigest(name.slice(OUTBOX.length)));
    try {
      const bytes = await readWaiting(context.store, name);
      if (bytes === null) continue;
      sent.push(await handIn(context, digest, bytes));
      endedKey ||= readStatementOf('parley-revocation+json', submissionIn(bytes).statement).ok;
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      // the outbox has it no more: another program took its sender for dead
      if (error.code === 'SENT_BEFORE') continue;
      if (error instanceof PolicyRefusal) refused.push({ digest, error });
      else unanswered.push(error);
    }
  }
  const answered = { sent, refused, ...(endedKey ? { notListed: await listRevocations(context) } : {}) };
  const [first] = unanswered;
  if (first !== undefined) throw new ResendUnanswered(first, answered);
  return answered;
}

async function handIn(context: ClientContext, digest: Digest, bytes: Uint8Array): Promise<Resent> {
  const submission = submissionIn(bytes);
  const statement = readStatement(submission.statement);
  if (statement.ok && statement.value.typ === 'parley-deletion+json')
    return { ...(await deliverCertificate(context, statement.value, bytes)), exchange: null, message: null };
  const send = () => deliver(context, digest, bytes, !statement.ok || !SELF_SIGNED.has(statement.value.typ));
  if (!statement.ok || statement.value.typ !== 'parley-envelope+json') return { ...(await send()), exchange: null, message: null };
  const { exchange, message, to, sentAt } = statement.value.payload;
  await confirmSent(context.store, exchange, digest);
  await keepOtherSide(context.store, exchange, to);
  const sent = await send().catch(async (error: unknown) => {
    if (error instanceof PolicyRefusal) await forgetSent(context.store, digest);
    throw error;
  });
  for (const item of itemsIn(submission)) {
    // it may have arrived long ago: what was learnt of its label since stands, and else the label is as old as the envelope
    if ((await context.store.read(`${HELD}${item.statement.digest}`)) !== null) continue;
    await keepOwnCopy(context, { ...item, label: item.statement.payload.label }, { via: digest, labelAt: sentAt });
  }
  return { ...sent, exchange, message };
}

/** The items that were made for it, each with its seals. */
function itemsIn({ items = [], seals = [] }: Submission) {
  const read = items.map((compact) => readStatementOf('parley-item+json', compact));
  return read
    .flatMap((one): StatementOf<'parley-item+json'>[] => (one.ok ? [one.value] : []))
    .map((statement) => ({
      statement,
      seals: seals
        .filter(({ item }) => item === statement.digest)
        .map(({ kid, bytes }) => ({ kid: certain(parseKeyId(kid)), bytes: certain(decodeBase64url(bytes)) })),
    }));
}
