/** What an envelope says in clear that its exchange keeps: the exchange that it opens, or what its step goes by. */
import type { Exchange } from './exchange.js';
import { MACHINES } from './machines/index.js';
import type { Part } from './parts.js';
import type { Said } from './progress.js';
import type { StatementOf } from './statement.js';

type Envelope = StatementOf<'parley-envelope+json'>;

/** The exchange that an opening envelope would open: in its machine's first state, version 0. */
export function opened({ digest, payload }: Envelope): Exchange {
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
