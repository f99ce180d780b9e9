/** Exchanges, put together again from what the log says of their messages and clocks. One pass over the events. */
import type { EventMatter } from '../../../domain/audit-event.js';
import type { AuditRead } from '../audit.js';

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
  /** when it became available to whom it was sent; null: not yet */
  deliveredAt: string | null;
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

/** Grants and refusals move a consent request on, and are no envelopes. */
const CONSENT_STEPS: Readonly<Record<string, string>> = {
  CONSENT_GRANT: 'GRANT',
  CONSENT_REFUSE: 'REFUSE_CONSENT',
  CONSENT_REVOKE: 'REVOKE',
};

/** @param events one view, in log order; what was refused moves no exchange */
export function foldExchanges(events: readonly AuditRead[]): Map<string, ExchangeStory> {
  const stories = new Map<string, ExchangeStory>();
  const byOpening = new Map<string, ExchangeStory>();
  for (const read of events) {
    const { event } = read;
    if (event.outcome === 'DENY') continue;
    if (event.action === 'DELIVER') {
      const story = byOpening.get(event.object.statement ?? '');
      if (story !== undefined) story.deliveredAt ??= event.at;
      continue;
    }
    const id = event.object.exchange;
    if (id === undefined) continue;
    if (event.action === 'SEND') {
      const story = stories.get(id) ?? opened(id, read);
      if (story.said.length === 0) byOpening.set(story.statement, story);
      stories.set(id, story);
      story.said.push(saidIn(read, event.object.message ?? ''));
    } else if (event.action === 'CLOCK_DUE' || (event.action === 'CLOCK_LAPSE' && !isSilence(event.codes[0]))) {
      stories.get(id)?.missed.push({ clock: event.codes[0] ?? '', at: event.at, due: dueOf(event.basis), place: read.index });
    } else if (Object.hasOwn(CONSENT_STEPS, event.action)) {
      stories.get(id)?.said.push(saidIn(read, CONSENT_STEPS[event.action]!));
    }
  }
  return stories;
}

const opened = (id: string, { index, event }: AuditRead): ExchangeStory => ({
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
  said: [],
  missed: [],
  deliveredAt: null,
});

const saidIn = ({ index, event }: AuditRead, message: string): Said => ({
  at: event.at,
  place: index,
  message,
  by: event.actor.authority,
  officer: event.actor.officer ?? '',
  details: event.details ?? [],
  handlerRef: event.about?.handlerRef,
});

/** Silence after an answer closes a matter; nobody owed anything. */
const isSilence = (clock = ''): boolean => clock.startsWith('SILENCE_');

/** `DUE 2026-…Z WAS …`: the first date is the one that holds. */
const dueOf = (basis = ''): string => /^DUE (\S+)/.exec(basis)?.[1] ?? '';
