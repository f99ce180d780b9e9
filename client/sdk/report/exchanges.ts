/** Exchanges, put together again from what the log says of their messages and clocks. One pass over the events. */
import type { Action, EventMatter } from '../../../domain/audit-event.js';
import type { AuditRead } from '../audit.js';
import { isWithin, NONE, type Question } from './question.js';

export interface Said {
  readonly at: string;
  readonly place: number;
  readonly message: string;
  readonly by: string;
  /** own officers alone */
  readonly officer: string;
  readonly details: readonly string[];
  readonly handlerRef: string | undefined;
}

export interface Missed {
  readonly clock: string;
  /** when it passed */
  readonly at: string;
  readonly due: string;
  readonly place: number;
}

export interface ExchangeStory {
  readonly id: string;
  readonly type: string;
  readonly openedAt: string;
  readonly place: number;
  readonly statement: string;
  readonly requesting: string;
  readonly requested: string;
  readonly purpose: string;
  readonly legalBasis: readonly string[];
  /** absent: its event had no room for it */
  readonly about: EventMatter | undefined;
  /** the opening first */
  readonly said: Said[];
  readonly missed: Missed[];
}

/** What the requested side says last of a request, whatever may follow. */
export const FINAL: ReadonlySet<string> = new Set([
  'FINAL_REPLY',
  'NEGATIVE_REPLY',
  'REFUSE',
  'CONCLUDE',
  'PROCEED',
  'NOT_PURSUED',
  'PROSECUTE_INSTEAD',
  'ACCEPT',
  'NOT_RELEVANT',
  'GRANT',
  'REFUSE_CONSENT',
]);
export const ENDS: ReadonlySet<string> = new Set([...FINAL, 'NO_LONGER_REQUIRED', 'CLOSE']);
/** After which the one side waits for the other, or for somebody else. */
export const BLOCKS: ReadonlySet<string> = new Set([
  'POSTPONE',
  'CLARIFICATION_REQUEST',
  'UNDECIPHERABLE',
  'CONDITIONS_PROPOSED',
  'PRE_REFUSAL_CONSULTATION',
]);

/** @param events one view, in log order; what was refused moves no exchange */
export function foldExchanges(events: readonly AuditRead[]): Map<string, ExchangeStory> {
  const stories = new Map<string, ExchangeStory>();
  for (const read of events) {
    const { action, outcome, object } = read.event;
    const moves = MOVES.get(action);
    if (moves === undefined || outcome === 'DENY' || object.exchange === undefined) continue;
    const story = stories.get(object.exchange);
    if (story !== undefined) moves(story, read);
    else if (action === 'SEND') stories.set(object.exchange, opened(object.exchange, read));
  }
  return stories;
}

export const counterpartOf = ({ requesting, requested }: ExchangeStory, authority: string): string =>
  requesting === authority ? requested : requesting;

/** Those with the counterpart that is asked about, whenever they were. */
export const storiesOf = ({ events, authority, counterpart }: Question): ExchangeStory[] =>
  [...foldExchanges(events).values()].filter((story) => counterpart === null || counterpartOf(story, authority) === counterpart);

/** Those of them that began in the time that is asked about. */
export const storiesBegun = (question: Question): ExchangeStory[] =>
  storiesOf(question).filter(({ openedAt }) => isWithin(openedAt, question));

/** What an event adds to an exchange that is open; grants and refusals move a consent request on, and are no envelopes. */
const MOVES: ReadonlyMap<Action, (story: ExchangeStory, read: AuditRead) => void> = new Map([
  ['SEND', (story, read) => story.said.push(saidIn(read, read.event.object.message ?? ''))],
  ['CONSENT_GRANT', (story, read) => story.said.push(saidIn(read, 'GRANT'))],
  ['CONSENT_REFUSE', (story, read) => story.said.push(saidIn(read, 'REFUSE_CONSENT'))],
  ['CONSENT_REVOKE', (story, read) => story.said.push(saidIn(read, 'REVOKE'))],
  ['CLOCK_DUE', (story, read) => story.missed.push(missedIn(read))],
  ['CLOCK_LAPSE', (story, read) => (isSilence(read.event.codes[0]) ? null : story.missed.push(missedIn(read)))],
]);

/** Silence after an answer closes a matter; nobody owed anything. */
const isSilence = (clock = ''): boolean => clock.startsWith('SILENCE_');

const opened = (id: string, read: AuditRead): ExchangeStory => {
  const { index, event } = read;
  return {
    id,
    type: event.object.exchangeType ?? '',
    openedAt: event.at,
    place: index,
    statement: event.object.statement ?? '',
    requesting: event.actor.authority,
    requested: event.counterparty ?? '',
    purpose: event.purpose ?? '',
    legalBasis: event.legalBasis,
    about: event.about,
    said: [saidIn(read, event.object.message ?? '')],
    missed: [],
  };
};

const saidIn = ({ index, event }: AuditRead, message: string): Said => ({
  at: event.at,
  place: index,
  message,
  by: event.actor.authority,
  officer: event.actor.officer ?? '',
  details: event.details ?? NONE,
  handlerRef: event.about?.handlerRef,
});

const missedIn = ({ index, event }: AuditRead): Missed => ({
  clock: event.codes[0] ?? '',
  at: event.at,
  due: dueOf(event.basis),
  place: index,
});

/** `DUE 2026-…Z WAS …`: the first date is the one that holds. */
const dueOf = (basis = ''): string => /^DUE (\S+)/.exec(basis)?.[1] ?? '';
