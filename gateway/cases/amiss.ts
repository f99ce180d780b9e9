/** What a message says of its exchange that the exchange does not bear out: a part it has not, a proposal that does not stand. */
import { advance, actorOf, type Exchange } from '../../domain/exchange.js';
import { MACHINES } from '../../domain/machines/index.js';
import { SAME_STEP_MAX, tooOften } from '../../domain/repeated.js';
import { isOwed, partsAmiss } from '../../domain/parts.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { StatementOf } from '../../domain/statement.js';
import { saidIn } from '../../domain/said.js';

type Envelope = StatementOf<'parley-envelope+json'>;

const doubled = (ids: readonly string[]): readonly string[] => ids.filter((id, at) => ids.indexOf(id) !== at);

/** What a consultation on a person's access to data comes to, and no other. Any may be withdrawn. */
const ON_ACCESS: ReadonlySet<string> = new Set(['DISCLOSED', 'DISCLOSED_IN_PART', 'ANSWERED_NEUTRALLY']);

/** Before it was acknowledged nothing can have come of it. */
const UNHEARD: ReadonlySet<string> = new Set(['SUBMITTED', 'UNDECIPHERABLE', 'DELIVERED']);

function strangeOutcome({ message, body, exchangeType }: Envelope['payload'], { state }: Exchange): string | null {
  if (message !== 'CONCLUDE' || body.outcome === 'WITHDRAWN') return null;
  if (UNHEARD.has(state)) return `${body.outcome} is no outcome of what was not acknowledged yet; its author may withdraw it: WITHDRAWN`;
  const isOwn = ON_ACCESS.has(body.outcome) === (exchangeType === 'SUBJECT_ACCESS_CONSULTATION');
  return isOwn ? null : `${body.outcome} is no outcome of ${exchangeType}; those of a person’s access: ${[...ON_ACCESS].join(', ')}`;
}

const listed = (ids: readonly string[]): string => ids.slice(0, LISTED_MAX).join(', ') || 'none';
/** what a detail spells out */
const LISTED_MAX = 8;

/** @param exchange as it stands before the message; a fresh one where the message opens it */
export function amiss(envelope: Envelope, exchange: Exchange): Refusal | null {
  const { from, message } = envelope.payload;
  const twice = doubled(exchange.parts.map(({ id }) => id));
  if (twice.length > 0) return refusal('MALFORMED', `one part named twice: ${twice.join(', ')}`);
  const strange = strangeOutcome(envelope.payload, exchange);
  if (strange !== null) return refusal('STEP_NOT_ALLOWED', strange);
  const { parts, proposal } = saidIn(envelope);
  if (tooOften(exchange, message)) return refusal('LIMIT_REACHED', `${message} is said at most ${SAME_STEP_MAX} times in one exchange`);
  const actor = actorOf(exchange, from);
  const row = actor === null ? null : advance(exchange.type, exchange.state, message, actor);
  if (row === null || !row.ok) return null;
  const unknown = partsAmiss(exchange.parts, parts ?? [], row.value);
  const owed = listed(exchange.parts.filter(isOwed).map(({ id }) => id));
  if (unknown.length > 0 && exchange.parts.length === 0)
    return refusal(
      'STEP_NOT_ALLOWED',
      `it was asked for as a whole and not by parts: leave out ${listed(unknown)}, and say it of the whole`,
    );
  if (unknown.length > 0)
    return refusal('STEP_NOT_ALLOWED', `no such part, or nothing is owed for it: ${listed(unknown)}; owed now: ${owed}`);
  const isLeft = parts !== undefined && exchange.parts.some((part) => isOwed(part) && !parts.includes(part.id));
  if (isLeft && exchange.state === MACHINES[exchange.type].opened)
    return refusal('STEP_NOT_ALLOWED', `it has not arrived yet: withdraw the whole now, or a part of it after its delivery`);
  const stands = exchange.agreements.some((one) => one.proposal === proposal && !one.isAccepted);
  if (proposal === null || stands) return null;
  const standing = listed(exchange.agreements.flatMap((one) => (one.isAccepted ? [] : [one.proposal])));
  return refusal('STEP_NOT_ALLOWED', `${proposal} is not a proposal that stands; standing now: ${standing}`);
}
