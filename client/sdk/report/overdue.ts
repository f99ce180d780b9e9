/** Dates that passed without what was owed, and exchanges in which one side waits. */
import { DAY_MS, parseInstant } from '../../../domain/time.js';
import { BLOCKS, counterpartOf, ENDS, storiesOf, type ExchangeStory, type Missed, type Said } from './exchanges.js';
import { isWithin, type Question, type ReportKind, type Row } from './question.js';

const MET_BY_ACK: ReadonlySet<string> = new Set(['ACKNOWLEDGE']);

/** What the clock waited for, where it came after all, or the withdrawal that ended it; null: neither came. */
function endOf({ said }: ExchangeStory, { clock, at }: Missed): Said | null {
  const meets = clock.startsWith('ACK') ? MET_BY_ACK : ENDS;
  return said.find((one) => one.at > at && (meets.has(one.message) || ENDS.has(one.message))) ?? null;
}

const stateOf = (end: Said | null): string => (end === null ? 'OVERDUE' : end.message === 'NO_LONGER_REQUIRED' ? 'WITHDRAWN' : 'MET_LATE');

function missedRows(story: ExchangeStory, question: Question): Row[] {
  return story.missed
    .filter(({ at }) => isWithin(at, question))
    .map((missed) => {
      const end = endOf(story, missed);
      return {
        at: missed.at,
        exchange: story.id,
        kind: story.type,
        counterpart: counterpartOf(story, question.authority),
        clock: missed.clock,
        due: missed.due,
        state: stateOf(end),
        last: end?.at ?? '',
        details: story.said.at(-1)?.message ?? '',
        place: missed.place,
      };
    });
}

function blockedRow(story: ExchangeStory, { authority, to }: Question): Row[] {
  const last = story.said.at(-1);
  if (last === undefined || !BLOCKS.has(last.message) || (to !== null && last.at >= to)) return [];
  return [
    {
      at: last.at,
      exchange: story.id,
      kind: story.type,
      counterpart: counterpartOf(story, authority),
      state: 'BLOCKED',
      details: [last.message, ...last.details],
      place: last.place,
    },
  ];
}

/** Whole days from one RFC 3339 time to another, rounded down. */
export const daysBetween = (from: string, to: number): number => {
  const start = parseInstant(from);
  return start.ok ? Math.floor((to - start.value) / DAY_MS) : 0;
};

export const OVERDUE: ReportKind = {
  code: 'OVERDUE',
  columns: ['state', 'at', 'exchange', 'kind', 'counterpart', 'clock', 'due', 'last', 'details', 'place'],
  rows: (question) => storiesOf(question).flatMap((story) => [...missedRows(story, question), ...blockedRow(story, question)]),
};
