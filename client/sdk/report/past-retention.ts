/**
 * What is held longer than it should be: the originator's date first, then the defaults of 9.3 [D] (review a year after the exchange closed,
 * delete or say again why after five); of what came by releases alone, their end. What was certified as deleted is not held.
 */
import { DAY_MS, formatInstant, parseInstant, plusMs } from '../../../domain/time.js';
import type { AuditRead } from '../audit.js';
import { ENDS, foldExchanges, type ExchangeStory } from './exchanges.js';
import { isAsked, itemsOf, type Question, type ReportKind, type Row } from './question.js';

const YEAR_DAYS = 365;
const REVIEW_YEARS = 1;
const DELETE_YEARS = 5;

interface Held {
  readonly item: string;
  readonly gotAt: string;
  readonly place: number;
  /** what gave it */
  readonly statement: string;
  readonly from: string;
  readonly exchange: string;
  readonly destroyBy: string;
  /** when the last release ends by which it is held; empty: it came by envelope too, and has no such end */
  readonly until: string;
}

const givenBy = ({ event, index }: AuditRead, item: string): Held => ({
  item,
  gotAt: event.at,
  place: index,
  statement: event.object.statement ?? '',
  from: event.actor.authority,
  exchange: event.object.exchange ?? '',
  destroyBy: event.destroyBy ?? '',
  until: event.action === 'RELEASE' ? (event.until ?? '') : '',
});

/** A release of what came by envelope takes nothing from that, and the longest of several holds. */
function heldBy(before: Held | undefined, given: Held): Held {
  if (before === undefined || given.until === '') return given;
  return before.until === '' || before.until > given.until ? before : given;
}

function heldItems(question: Question): Held[] {
  const { events, authority } = question;
  const held = new Map<string, Held>();
  // what it sent is its own, whoever hands it back
  const own = new Set<string>();
  for (const read of events) {
    const { event } = read;
    if (event.outcome !== 'ALLOW') continue;
    const isSent = event.action === 'SEND';
    if (isSent && event.actor.authority === authority) for (const item of itemsOf(event)) own.add(item);
    const gives = isSent || (event.action === 'RELEASE' && event.basis !== 'RESEAL');
    if (gives && event.counterparty === authority && isAsked(read, question))
      for (const item of itemsOf(event)) if (!own.has(item)) held.set(item, heldBy(held.get(item), givenBy(read, item)));
    if (event.action !== 'DELETE' || event.actor.authority !== authority) continue;
    held.delete(event.object.item ?? '');
    own.delete(event.object.item ?? '');
  }
  return [...held.values()];
}

const later = (at: string, years: number): string => {
  const from = parseInstant(at);
  return from.ok ? formatInstant(plusMs(from.value, years * YEAR_DAYS * DAY_MS)) : '';
};

const closedAt = (story: ExchangeStory | undefined): string | null => story?.said.findLast(({ message }) => ENDS.has(message))?.at ?? null;

function dueOf(held: Held, closed: string | null, now: string): { readonly due: string; readonly state: string } | null {
  if (held.destroyBy !== '') return held.destroyBy < now ? { due: held.destroyBy, state: 'DESTROY_BY' } : null;
  if (held.until !== '') return held.until < now ? { due: held.until, state: 'RELEASE_ENDED' } : null;
  if (closed === null) return null;
  const review = later(closed, REVIEW_YEARS);
  // of most it is not even time to look again
  if (review >= now) return null;
  const end = later(closed, DELETE_YEARS);
  return end < now ? { due: end, state: 'DELETE_OR_REJUSTIFY' } : { due: review, state: 'REVIEW' };
}

export const PAST_RETENTION: ReportKind = {
  code: 'PAST_RETENTION',
  columns: ['state', 'due', 'item', 'by', 'exchange', 'at', 'statement', 'place'],
  rows: (question) => {
    const stories = foldExchanges(question.events);
    const now = question.to ?? formatInstant(question.now);
    return heldItems(question).flatMap((held): Row[] => {
      const due = dueOf(held, closedAt(stories.get(held.exchange)), now);
      const { item, from: by, exchange, gotAt: at, place, statement } = held;
      return due === null ? [] : [{ ...due, item, by, exchange, at, place, statement }];
    });
  },
};
