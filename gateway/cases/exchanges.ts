/** Exchanges as stored, and the step that a statement would take in one. */
import { actorOf, type Exchange } from '../../domain/exchange.js';
import { MACHINES } from '../../domain/machines/index.js';
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import type { ExchangeRow, Store } from '../../domain/ports.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Step } from '../../domain/machine.js';
import type { Part } from '../../domain/parts.js';
import type { Said } from '../../domain/progress.js';
import type { ExchangeStep } from '../plan.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

export const encodeExchange = ({ version, id, ...body }: Exchange): ExchangeRow => ({
  id,
  version,
  body: utf8.encode(JSON.stringify(body)),
});

/** Our own bytes, so that their shape is trusted; the version is the row's. */
const decodeExchange = (row: ExchangeRow): Exchange => ({
  // of an exchange that was opened before they were kept, none are known
  intended: [],
  ...(JSON.parse(text.decode(row.body)) as Omit<Exchange, 'id' | 'version' | 'intended'> & Partial<Pick<Exchange, 'intended'>>),
  id: row.id,
  version: row.version,
});

export async function readExchange(id: ExchangeId, store: Store): Promise<Exchange | null> {
  const row = await store.exchange(id);
  return row === null ? null : decodeExchange(row);
}

/** The exchange that an opening envelope would open: in its machine's first state, version 0. */
export function opened({ digest, payload }: StatementOf<'parley-envelope+json'>): Exchange {
  return {
    id: payload.exchange,
    version: 0,
    type: payload.exchangeType,
    profile: payload.profile,
    state: MACHINES[payload.exchangeType].states[0]!,
    requesting: payload.from,
    requestingType: payload.fromType,
    requested: payload.to,
    requestedType: payload.toType,
    opening: digest,
    last: digest,
    openedAt: payload.sentAt,
    urgency: payload.urgency,
    deadline: payload.deadline ?? null,
    deliveredAt: null,
    clocks: [],
    parts: partsOf(payload),
    intended: namedIn(payload).map((one) => ({ ...one, last: null })),
    consultations: [],
    agreements: [],
  };
}

type Envelope = StatementOf<'parley-envelope+json'>;

const namedIn = ({ body }: Envelope['payload']) => ('intendedRecipients' in body ? (body.intendedRecipients ?? []) : []);

/** What an answer says of the recipients that the request named. */
const answersIn = ({ payload: { body } }: Envelope) =>
  'consentToIntendedRecipients' in body ? (body.consentToIntendedRecipients ?? []) : [];

const partsOf = ({ body }: Envelope['payload']): readonly Part[] => {
  const asked = 'parts' in body ? (body.parts ?? []) : [];
  return asked.flatMap((part) => (typeof part === 'string' ? [] : [{ ...part, state: 'OPEN' as const, expected: null }]));
};

/** They leave nothing in writing. */
const SPOKEN: ReadonlySet<string> = new Set(['TELEPHONE', 'IN_PERSON']);

/** What the exchange keeps of a message; a message without a body of its own says nothing that stays. */
export function saidIn(envelope: Envelope): Said {
  const {
    digest,
    payload: { message, body },
  } = envelope;
  const named = message === 'SUBMIT' || !('parts' in body) ? undefined : body.parts;
  const expected = 'reviewDate' in body ? body.reviewDate : 'newDate' in body ? body.newDate : null;
  const terms =
    message === 'CONDITIONS_PROPOSED'
      ? { texts: body.texts ?? [], notBefore: body.notBefore ?? null, proceedings: body.proceedings ?? [] }
      : null;
  return {
    statement: digest,
    parts: named,
    expected,
    ...('newDate' in body ? { delayedFor: body.code } : {}),
    answers: answersIn(envelope),
    terms,
    proposal: 'proposal' in body ? body.proposal : null,
    ...(message === 'EXTERNAL_LEG' && !SPOKEN.has(body.means) ? { written: body.direction } : {}),
    ...(message === 'MEASURE_TAKEN' ? { until: body.until } : {}),
    ...(message === 'URGENCY_NOT_ACCEPTED' ? { urgency: body.urgency } : {}),
  };
}

/**
 * @param said null: no envelope takes the step
 * @returns null where `who` is not a party: then there is no such exchange for it
 */
export function stepBy(exchange: Exchange, step: Step, who: AuthorityId, said: Said | null = null): ExchangeStep | null {
  const actor = actorOf(exchange, who);
  return actor === null ? null : { before: exchange, current: exchange, step, actor, said };
}
