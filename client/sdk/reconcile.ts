/**
 * Pairwise reconciliation: what A sent to B is what B received from A, each side from its own proven stream. Neither shows its list: the
 * file holds keyed hashes, from which the other side recognises what it has itself, and counts the rest.
 */
import { native } from '#native';
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import type { AuthorityId } from '../../domain/ids.js';
import { formatInstant, parseInstant, type Instant } from '../../domain/time.js';
import { reconciliation, type Reconciliation } from '../../domain/wire/reconciliation.js';
import { OWN_VIEW, readLog, type AuditRead } from './audit.js';
import { isLogAlarm, trustCheckpoint } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { proveStream, type StreamProof } from './stream.js';
import { trustedTree } from './trusted-epoch.js';

export interface Period {
  /** events at or after; absent: from the first */
  readonly from?: Instant | undefined;
  /** events before; absent: to the last that is proved */
  readonly to?: Instant | undefined;
}

export interface SeenHere {
  readonly index: number;
  readonly at: string;
  readonly statement: string;
}

export interface Direction {
  /** in both lists */
  readonly both: number;
  /** that the other side does not list */
  readonly onlyHere: readonly SeenHere[];
  /** how many the other side lists that are not here: which, it must say itself */
  readonly onlyThere: number;
}

export interface Reconciled {
  readonly with: AuthorityId;
  /** the last leaf that both proofs cover */
  readonly upTo: number;
  readonly agrees: boolean;
  /** from here to the other side, and from the other side to here */
  readonly sent: Direction;
  readonly received: Direction;
}

const utf8 = new TextEncoder();
const SALT_BYTES = 32;
/** what both sides have in their view, with the same statement: envelopes and releases */
const EXCHANGED: ReadonlySet<string> = new Set(['SEND', 'RELEASE']);

/** @throws ParleyError `STREAM_NOT_PROVED`: an unproved list would make the other side look for what the gateway hid here */
export async function exportReconciliation(context: ClientContext, other: AuthorityId, { from, to }: Period): Promise<object> {
  const { events, proof } = await provenEvents(context);
  const me = context.identity.authority;
  const salt = context.chance.bytes(SALT_BYTES);
  const macs = (sender: AuthorityId, addressee: AuthorityId): string[] =>
    between(events, sender, addressee, { from, to, upTo: proof.upTo })
      .map(({ statement }) => macOf(salt, sender, statement))
      .sort();
  return {
    v: 1,
    kind: 'parley-reconciliation',
    log: context.gateway.origin,
    by: me,
    with: other,
    ...(from === undefined ? {} : { from: formatInstant(from) }),
    ...(to === undefined ? {} : { to: formatInstant(to) }),
    upTo: proof.upTo,
    checkpoint: proof.checkpoint!.note,
    salt: encodeBase64url(salt),
    sent: macs(me, other),
    received: macs(other, me),
  };
}

/**
 * @param file as the other side exported it; it must have come from there by a way that is trusted, since nothing in it is signed by them
 * @throws ParleyError `RECONCILIATION_MALFORMED`, `LOG_FORKED`, `CHECKPOINT_NOT_TRUSTED`, `STREAM_NOT_PROVED`, `RECONCILIATION_NEWER`
 */
export async function compareReconciliation(context: ClientContext, file: unknown): Promise<Reconciled> {
  const theirs = await readFile(context, file);
  const { events, proof } = await provenEvents(context);
  if (proof.upTo < theirs.upTo)
    throw new ParleyError(
      'RECONCILIATION_NEWER',
      `The file covers the log up to leaf ${theirs.upTo}, and what can be proved here ends at ${proof.upTo}.`,
      'Compare again when the next checkpoint is published.',
    );
  const salt = certain(decodeBase64url(theirs.salt));
  const me = context.identity.authority;
  const period = { from: theirs.from, to: theirs.to, upTo: theirs.upTo };
  const direction = (sender: AuthorityId, addressee: AuthorityId, listed: readonly string[]): Direction => {
    const there = new Set(listed);
    const here = between(events, sender, addressee, period).map((one) => ({ ...one, mac: macOf(salt, sender, one.statement) }));
    const both = here.filter(({ mac }) => there.has(mac));
    const onlyHere = here.filter(({ mac }) => !there.has(mac)).map(({ index, at, statement }) => ({ index, at, statement }));
    return { both: both.length, onlyHere, onlyThere: there.size - both.length };
  };
  const sent = direction(me, theirs.by, theirs.received);
  const received = direction(theirs.by, me, theirs.sent);
  const agrees = [sent, received].every(({ onlyHere, onlyThere }) => onlyHere.length + onlyThere === 0);
  return { with: theirs.by, upTo: theirs.upTo, agrees, sent, received };
}

/** The file, and that its checkpoint is of the log that is shown here. */
async function readFile(context: ClientContext, file: unknown): Promise<Reconciliation> {
  const read = reconciliation.safeParse(file);
  const { gateway, identity } = context;
  const wrong = !read.success
    ? `not a reconciliation: ${read.error.issues.map(({ path }) => path.join('.')).join(', ')}`
    : read.data.log !== gateway.origin
      ? `of another log (${read.data.log})`
      : read.data.with !== identity.authority
        ? `made for ${read.data.with}`
        : null;
  if (!read.success || wrong !== null)
    throw new ParleyError('RECONCILIATION_MALFORMED', `The file is ${wrong}.`, 'Ask the other side for one that was exported for you.');
  // one's own first: a client that has seen none yet would take the file's for the beginning
  const own = await trustedTree(context);
  const trusted = own.ok ? await trustCheckpoint(context, read.data.checkpoint) : own;
  if (trusted.ok) return read.data;
  if (isLogAlarm(trusted.error))
    throw new ParleyError(
      'LOG_FORKED',
      `The other side was shown another log: ${trusted.error}.`,
      'Keep the file and this key store: both notes are signed by the gateway. Tell the operator and the other side.',
    );
  throw new ParleyError('CHECKPOINT_NOT_TRUSTED', `The file’s checkpoint: ${trusted.error}.`, 'Ask the other side for a newer file.');
}

async function provenEvents(context: ClientContext): Promise<{ readonly events: readonly AuditRead[]; readonly proof: StreamProof }> {
  const reading = await readLog(context, OWN_VIEW);
  const proof = await proveStream(context, reading);
  if (proof.isComplete && proof.checkpoint !== null) return { events: reading.events, proof };
  const why = proof.misfits.map(({ check, why }) => `${check}: ${why}`).join('; ');
  throw new ParleyError('STREAM_NOT_PROVED', `One’s own stream is not proved: ${why}.`, 'See parley audit; tell the operator.');
}

function between(
  events: readonly AuditRead[],
  sender: AuthorityId,
  addressee: AuthorityId,
  { from, to, upTo }: Period & { readonly upTo: number },
): SeenHere[] {
  return events
    .filter(({ index, event }) => {
      const at = certain(parseInstant(event.at));
      return index <= upTo && (from === undefined || at >= from) && (to === undefined || at < to) && event.outcome === 'ALLOW';
    })
    .filter(({ event }) => EXCHANGED.has(event.action) && event.actor.authority === sender && event.counterparty === addressee)
    .flatMap(({ index, event }) => (event.object.statement ? [{ index, at: event.at, statement: event.object.statement }] : []));
}

const macOf = (salt: Uint8Array, sender: AuthorityId, statement: string): string =>
  encodeBase64url(native.hmacSha256(salt, utf8.encode(`parley/reconcile/v1\0${sender}\0${statement}`)));
