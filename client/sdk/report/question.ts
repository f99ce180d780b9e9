/** What a report is asked, and what it is made of: pure functions over one authority's events. Codes, ids, dates and numbers go in; so they come out. */
import type { AuditEvent } from '../../../domain/audit-event.js';
import type { AuthorityId } from '../../../domain/ids.js';
import type { ReportCode } from '../../../domain/oversight.js';
import type { Instant } from '../../../domain/time.js';
import type { AuditRead } from '../audit.js';

/** A cell's codes stay codes in every language; several are several lines. */
export type Cell = string | number | readonly string[];

export const COLUMNS = [
  'at',
  'place',
  'statement',
  'action',
  'outcome',
  'by',
  'officer',
  'to',
  'item',
  'exchange',
  'kind',
  'purpose',
  'justification',
  'legalBasis',
  'basis',
  'consents',
  'codes',
  'details',
  'times',
  'last',
  'until',
  'daysLeft',
  'uses',
  'clock',
  'due',
  'state',
  'counterpart',
  'requesting',
  'requested',
  'reference',
  'subject',
  'measures',
  'keptUntil',
  'figure',
  'of',
  'value',
  'dimension',
  'category',
  'counter',
] as const;
export type Column = (typeof COLUMNS)[number];
export type Row = Readonly<Partial<Record<Column, Cell>>>;

export interface Question {
  /** one authority's whole view, in log order: what stands in an exchange may have begun before the time that is asked about */
  readonly events: readonly AuditRead[];
  /** whose view it is */
  readonly authority: AuthorityId;
  /** RFC 3339 with milliseconds, as the log writes it; null: from the first */
  readonly from: string | null;
  /** exclusive; null: to the newest */
  readonly to: string | null;
  readonly now: Instant;
  /** digest; only rows about it */
  readonly item: string | null;
  /** only rows in which this authority has a part */
  readonly counterpart: string | null;
  /** an authority as its own entry calls itself; null: no entry is known */
  readonly nameOf: (authority: string) => string | null;
  /** offence of an exchange, from the asker's own records; the log has none, since the form is sealed */
  readonly offenceOf: (exchange: string) => string | null;
}

/** One report; a further one is a file and a row of `table.ts`. */
export interface ReportKind {
  readonly code: ReportCode;
  readonly columns: readonly Column[];
  /** @returns pure, in the order in which they are shown */
  rows(question: Question): readonly Row[];
}

export const isWithin = (at: string, { from, to }: Pick<Question, 'from' | 'to'>): boolean =>
  (from === null || at >= from) && (to === null || at < to);

/** Does the event concern what the question is narrowed to? */
export const isAsked = ({ event }: AuditRead, { item, counterpart }: Pick<Question, 'item' | 'counterpart'>): boolean =>
  (item === null || isAbout(event, item)) &&
  (counterpart === null || event.actor.authority === counterpart || event.counterparty === counterpart);

/**
 * The events that a report shows of, in log order. A log is long and most reports show little of it: of what is not `shown`, nothing further
 * is looked at, and nothing kept.
 */
export const asked = (question: Question, shown: (read: AuditRead) => boolean = () => true): AuditRead[] =>
  question.events.filter((read) => shown(read) && isWithin(read.event.at, question) && isAsked(read, question));

/** One for all: rows are many, and few have something to list. */
export const NONE: readonly never[] = [];

/** Stands for the items of an event that had no room for them. */
const NOT_LISTED = ['NOT_LISTED'];

/** An event about one item names it, however little room there is. */
export const itemsOf = ({ object, cut }: AuditEvent): readonly string[] =>
  object.items ?? (object.item !== undefined ? [object.item] : cut === true ? NOT_LISTED : NONE);

/** One that had no room for its items may be about any. */
export function isAbout(event: AuditEvent, item: string): boolean {
  const items = itemsOf(event);
  return items === NOT_LISTED || items.includes(item);
}

/** Who did it, what and when, as most reports show it. */
export const commonOf = ({ index, event }: AuditRead): Row => ({
  at: event.at,
  place: index,
  // what evidence and later commands name it by; empty: the gateway did it by itself
  statement: event.object.statement ?? '',
  action: event.action,
  outcome: event.outcome,
  by: event.actor.authority,
  officer: event.actor.officer ?? '',
  to: event.counterparty ?? '',
  item: itemsOf(event),
  exchange: event.object.exchange ?? '',
  purpose: event.purpose ?? '',
  justification: event.justification ?? '',
  legalBasis: event.legalBasis,
  basis: event.basis ?? '',
  consents: event.consents,
  codes: event.codes,
  details: event.details ?? NONE,
});
