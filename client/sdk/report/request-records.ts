/**
 * Records of information requests: the fields that Directive (EU) 2019/1153 art 17 lists [F:S25], kept five years. The log is pseudonymous:
 * an organisation stands by its code and the name in its own entry, a staff member by the pseudonym in that authority's own view, the subject
 * by the digest of the sealed request. Who holds the request can open it; whoever holds this record cannot.
 */
import { formatInstant, parseInstant } from '../../../domain/time.js';
import { storiesBegun, type ExchangeStory, type Said } from './exchanges.js';
import type { Question, ReportKind, Row } from './question.js';

const KEPT_YEARS = 5;

/** The same day five years on; 29 February becomes 1 March. */
function keptUntil(at: string): string {
  const created = parseInstant(at);
  if (!created.ok) return '';
  const text = formatInstant(created.value);
  const year = String(Number(text.slice(0, 4)) + KEPT_YEARS);
  // of two years that are five apart, one has no leap day
  return text.slice(4, 10) === '-02-29' ? `${year}-03-01${text.slice(10)}` : `${year}${text.slice(4)}`;
}

function person(authority: string, said: readonly Said[], { nameOf }: Question): string[] {
  const name = nameOf(authority);
  const officers = new Set<string>();
  for (const { by, officer } of said) if (by === authority && officer !== '') officers.add(officer);
  return [authority, ...(name === null ? [] : [name]), ...officers];
}

function rowOf(story: ExchangeStory, question: Question): Row {
  const { about, said } = story;
  const measures = said.filter(({ by, message }) => by === story.requested || message !== 'SUBMIT');
  const refs = [about?.ownCase, about?.pairCase, ...said.map(({ handlerRef }) => handlerRef)].filter((ref) => ref !== undefined);
  return {
    at: story.openedAt,
    exchange: story.id,
    requesting: person(story.requesting, said, question),
    requested: person(story.requested, said, question),
    reference: [...new Set(refs)],
    kind: [story.type, ...[about?.matterType ?? []].flat(), ...(about?.assistanceTypes ?? [])],
    purpose: story.purpose,
    legalBasis: story.legalBasis,
    subject: story.statement,
    measures: measures.map(({ at, by, message, details }) => [at.slice(0, 10), by, message, ...details].join(' ')),
    keptUntil: keptUntil(story.openedAt),
    place: story.place,
  };
}

export const REQUEST_RECORDS: ReportKind = {
  code: 'REQUEST_RECORDS',
  columns: [
    'at',
    'requesting',
    'requested',
    'reference',
    'kind',
    'purpose',
    'legalBasis',
    'subject',
    'measures',
    'keptUntil',
    'exchange',
    'place',
  ],
  rows: (question) => storiesBegun(question).map((story) => rowOf(story, question)),
};
