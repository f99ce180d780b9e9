/**
 * What is held longer than it should be: the originator's date first, then the defaults of 9.3 [D] (review a year after the exchange closed,
 * delete or say again why after five). What was certified as deleted is not held.
 */
import { DAY_MS, formatInstant, parseInstant, plusMs } from '../../../domain/time.js';
import { ENDS, foldExchanges, type ExchangeStory } from './exchanges.js';
import { isAsked, itemsOf, type Question, type ReportKind, type Row } from './question.js';

const YEAR_DAYS = 365;
const REVIEW_YEARS = 1;
const DELETE_YEARS = 5;

interface Held {
  readonly item: string;
  readonly gotAt: string;
  readonly place: number;
  readonly from: string;
  readonly exchange: string;
  readonly destroyBy: string;
}

function heldItems(question: Question): Held[] {
  const held = new Map<string, Held>();
  for (const read of question.events) {
    const { event, index } = read;
    const gives = event.action === 'SEND' || event.action === 'RELEASE';
    if (gives && event.outcome === 'ALLOW' && event.counterparty === question.authority && isAsked(read, question))
      for (const item of itemsOf(event))
        held.set(item, {
          item,
          gotAt: event.at,
          place: index,
          from: event.actor.authority,
          exchange: event.object.exchange ?? '',
          destroyBy: event.destroyBy ?? '',
        });
    if (event.action === 'DELETE' && event.outcome === 'ALLOW' && event.actor.authority === question.authority)
      held.delete(event.object.item ?? '');
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
  if (closed === null) return null;
  const review = later(closed, REVIEW_YEARS);
  // of most it is not even time to look again
  if (review >= now) return null;
  const end = later(closed, DELETE_YEARS);
  return end < now ? { due: end, state: 'DELETE_OR_REJUSTIFY' } : { due: review, state: 'REVIEW' };
}

export const PAST_RETENTION: ReportKind = {
  code: 'PAST_RETENTION',
  columns: ['state', 'due', 'item', 'by', 'exchange', 'at', 'place'],
  rows: (question) => {
    const stories = foldExchanges(question.events);
    const now = question.to ?? formatInstant(question.now);
    return heldItems(question).flatMap((held): Row[] => {
      const due = dueOf(held, closedAt(stories.get(held.exchange)), now);
      return due === null ? [] : [{ ...due, item: held.item, by: held.from, exchange: held.exchange, at: held.gotAt, place: held.place }];
    });
  },
};
