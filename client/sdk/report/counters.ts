/** What each exchange counts for (7.4), and of which table cells it is one. */
import { DAY_MS, parseInstant } from '../../../domain/time.js';
import { BLOCKS, counterpartOf, FINAL, type ExchangeStory, type Said } from './exchanges.js';
import type { Question } from './question.js';

/** Sources: R.33 made and received [M]; AMLD6 27(e)(f) [F:S19]; seed ¶17, 18, 22, 24, 43(j); the rest 7.4 [D]. */
export const COUNTERS = [
  'requests',
  'spontaneous',
  'acknowledgedInTime',
  'answeredFully',
  'answeredPartially',
  'answeredNegative',
  'refused',
  'postponed',
  'delayed',
  'withdrawn',
  'overdue',
  'consentsAsked',
  'consentsGranted',
  'consentsRefused',
  'informal',
  'matured',
  'feedback',
] as const;
export type Counter = (typeof COUNTERS)[number];

export const MEDIANS = ['daysToFirst', 'daysToFinal', 'daysToConsent'] as const;
export type Median = (typeof MEDIANS)[number];

export const DIMENSIONS = [
  'counterpart',
  'channel',
  'exchangeType',
  'legalBasis',
  'matterType',
  'assistanceType',
  'offence',
  'reason',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface Counted {
  readonly side: 'MADE' | 'RECEIVED';
  readonly counts: ReadonlySet<Counter>;
  readonly days: Readonly<Partial<Record<Median, number>>>;
  readonly categories: Readonly<Record<Dimension, readonly string[]>>;
}

/** before a formal request, and meant to lead to one or to spare it (seed ¶29-30) */
const INFORMAL: ReadonlySet<string> = new Set(['INFORMAL_CONSULTATION', 'EXTRADITION_CONSULTATION', 'ASSET_TRACING_REQUEST']);
const MATURED: ReadonlySet<string> = new Set(['MATURE', 'PROMOTE_TO_FORMAL', 'PROCEED']);

/** The category of whatever says nothing: every exchange stands in each table. */
const NONE = 'NOT_SAID';
const orNone = (values: readonly string[]): readonly string[] => (values.length === 0 ? [NONE] : [...new Set(values)]);

const has = ({ said }: ExchangeStory, sought: string): boolean => said.some(({ message }) => message === sought);
const hasAny = ({ said }: ExchangeStory, sought: ReadonlySet<string>): boolean => said.some(({ message }) => sought.has(message));

/** Many exchanges count alike: those share one set. By a bit for each counter. */
const alike = new Map<number, ReadonlySet<Counter>>();

function setOf(facts: Readonly<Record<Counter, boolean>>): ReadonlySet<Counter> {
  const bits = COUNTERS.reduce((sum, counter, at) => (facts[counter] ? sum | (1 << at) : sum), 0);
  const known = alike.get(bits);
  if (known !== undefined) return known;
  const made = new Set(COUNTERS.filter((counter) => facts[counter]));
  alike.set(bits, made);
  return made;
}

function countsOf(story: ExchangeStory): ReadonlySet<Counter> {
  const isConsent = story.type === 'CONSENT_REQUEST';
  const isSpontaneous = story.type === 'SPONTANEOUS_DISCLOSURE';
  const final = story.said.findLast(({ message }) => FINAL.has(message))?.message;
  const answeredAny = final !== undefined && !['REFUSE', 'NEGATIVE_REPLY', 'REFUSE_CONSENT', 'GRANT'].includes(final);
  const ackLate = story.missed.some(({ clock }) => clock.startsWith('ACK'));
  return setOf({
    requests: !isConsent && !isSpontaneous,
    spontaneous: isSpontaneous,
    acknowledgedInTime: has(story, 'ACKNOWLEDGE') && !ackLate,
    answeredFully: answeredAny,
    answeredPartially: !answeredAny && has(story, 'PARTIAL_REPLY'),
    answeredNegative: final === 'NEGATIVE_REPLY',
    refused: final === 'REFUSE',
    postponed: has(story, 'POSTPONE'),
    delayed: has(story, 'DELAY_NOTICE'),
    withdrawn: has(story, 'NO_LONGER_REQUIRED'),
    overdue: story.missed.length > 0,
    consentsAsked: isConsent,
    consentsGranted: isConsent && has(story, 'GRANT'),
    consentsRefused: isConsent && has(story, 'REFUSE_CONSENT'),
    informal: INFORMAL.has(story.type),
    matured: INFORMAL.has(story.type) && (hasAny(story, MATURED) || outcomeOf(story) === 'PROCEED_MLA'),
    feedback: story.type === 'FEEDBACK' || has(story, 'FEEDBACK'),
  });
}

const outcomeOf = ({ said }: ExchangeStory): string => said.findLast(({ message }) => message === 'CONCLUDE')?.details[0] ?? '';

/** Whole days since it was sent; absent where it did not come. */
function daysOf({ type, said, requested, openedAt }: ExchangeStory): Counted['days'] {
  const days: Partial<Record<Median, number>> = {};
  const opened = parseInstant(openedAt);
  const put = (median: Median, answer: Said | undefined): void => {
    if (answer === undefined) return;
    const came = parseInstant(answer.at);
    if (opened.ok && came.ok) days[median] = Math.floor((came.value - opened.value) / DAY_MS);
  };
  const first = said.find(({ by }) => by === requested);
  const final = said.findLast(({ by, message }) => by === requested && FINAL.has(message));
  put('daysToFirst', first);
  put(type === 'CONSENT_REQUEST' ? 'daysToConsent' : 'daysToFinal', final);
  return days;
}

/** Grounds of refusal, postponement and delay, as A.9 names them. */
const reasonsOf = ({ said }: ExchangeStory): string[] =>
  said
    .filter(({ message }) => message === 'REFUSE' || message === 'REFUSE_CONSENT' || message === 'DELAY_NOTICE' || BLOCKS.has(message))
    .flatMap(({ details }) => details);

export function countExchange(story: ExchangeStory, { authority, offenceOf }: Question): Counted {
  const { about, legalBasis, type } = story;
  const offence = offenceOf(story.id);
  return {
    side: story.requesting === authority ? 'MADE' : 'RECEIVED',
    counts: countsOf(story),
    days: daysOf(story),
    categories: {
      counterpart: [counterpartOf(story, authority)],
      channel: orNone(about === undefined ? [] : [about.profile]),
      exchangeType: [type],
      // a treaty with its reference is counted by its kind
      legalBasis: orNone(legalBasis.map((basis) => basis.split(':')[0] ?? basis)),
      matterType: orNone(about === undefined ? [] : [about.matterType]),
      assistanceType: orNone(about?.assistanceTypes ?? []),
      offence: orNone(offence === null ? [] : [offence]),
      reason: orNone(reasonsOf(story)),
    },
  };
}
