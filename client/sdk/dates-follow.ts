/** Do the dates that the gateway shows follow: from which act, by which row of the channel's table, over which days? */
import { countClock, type RunningClock } from '../../domain/calendar/running-clock.js';
import { endOfDay } from '../../domain/calendar/count.js';
import { localCalendar, type LocalCalendar } from '../../domain/calendar/local-calendar.js';
import type { TerritoryCalendar } from '../../domain/calendar/territory.js';
import type { Exchange } from '../../domain/exchange.js';
import { DAY_MS, HOUR_MS, isTimeZone, MINUTE_MS, parseInstant, plusMs, SECOND_MS, type Instant } from '../../domain/time.js';
import type { ClockAnswer } from '../../domain/wire/http-answers.js';
import { certain } from '../../domain/result.js';
import { EARLIEST } from './replay.js';
import type { Evidence, Shown, StandingCheck } from './standing-check.js';

/** the log's time may run back by as much */
const BACK_MS = 5 * SECOND_MS;
/** no session begins between clocks that differ by more than a minute */
const APART_MS = 2 * MINUTE_MS;
/** Whoever counts in another time zone has another end of the day; one day a year has an hour more. */
const ZONES_MS = DAY_MS + HOUR_MS;
/** No signature of a side says when: the gateway's own steps. */
const HIDDEN: ReadonlySet<string> = new Set(['DELIVERY_RECEIPT', 'LAPSE']);

/** @param ways in which the exchange may stand as it is shown */
export function datesMisfits({ dates, summary }: Shown, ways: readonly Exchange[], evidence: Evidence): StandingCheck {
  const aligned = ways.filter(({ clocks }) => clocks.length === dates.length && clocks.every((clock, i) => isOfRow(clock, dates[i]!)));
  if (aligned.length === 0) {
    const codes = [...new Set(ways.map(({ clocks }) => clocks.map(({ code }) => code).join(', ') || 'none'))];
    return { contradicted: [], unchecked: [`the dates that are shown are not those of this client’s tables (${codes.join('; or ')})`] };
  }
  const each = aligned.map(({ clocks }) => clocks.map((clock, i) => misfitOf(clock, dates[i]!, summary, evidence)));
  // it stands in one of these ways: what is wrong in the best of them is wrong in each
  const amiss = each.toSorted((a, b) => wrongIn(a) - wrongIn(b))[0]!;
  const told = dates.map((date, i) => amiss[i] ?? countMisfit(date, evidence));
  const off = dates.filter((date, i) => told[i] === null && !isCountedBy(date, evidence));
  const kept = off.filter((date) => isKept(date, summary, evidence));
  const ofOthers = off.filter((date) => !isOfEntry(date, evidence) && !kept.includes(date));
  const ofZones = off.filter((date) => isOfEntry(date, evidence) && !isOfZone(date, evidence));
  const wrong = off.filter((date) => ![...kept, ...ofOthers, ...ofZones].includes(date));
  return {
    contradicted: [
      ...dates.flatMap((date, i) => named(date, told[i]!)),
      ...wrong.flatMap((date) => named(date, 'it is not what the days that were left out give')),
    ],
    unchecked: [
      ...kept.flatMap((date) => named(date, 'it is later than the newest entry gives, as one may be that was counted by an earlier entry')),
      ...ofOthers.flatMap((date) => named(date, 'it was counted by another directory entry than the one that this client believes')),
      ...ofZones.flatMap((date) => named(date, 'it may have been counted by other tables of time zones than those of this machine')),
    ],
  };
}

const wrongIn = (whys: readonly (string | null)[]): number => whys.filter((why) => why !== null).length;

const named = ({ code }: ClockAnswer, why: string | null): readonly string[] => (why === null ? [] : [`${code}: ${why}`]);

const isOfRow = ({ code, kind, extension }: RunningClock, date: ClockAnswer): boolean =>
  kind === date.kind && (date.code === code || date.code === extension?.code);

const timeOf = (text: string): Instant => certain(parseInstant(text));

function misfitOf(clock: RunningClock, date: ClockAnswer, { requesting, requested }: Shown['summary'], evidence: Evidence): string | null {
  if (date.startedBy !== clock.startedBy || !startsThen(clock, date, evidence))
    return `nothing that was signed starts it at ${date.startedAt}`;
  if (date.owes !== (clock.owes === 'Q' ? requested : requesting) || date.binding !== clock.binding)
    return 'it is not owed as its row says';
  if (!isMetThen(clock, date, evidence))
    return date.metAt === null ? 'what was signed has met it' : `nothing that was signed has met it at ${date.metAt}`;
  if (!isAsLong(clock, date, evidence)) return `${date.amount} ${date.unit} are not what its row says`;
  if (clock.binding === 'law' && !standsStill(clock, date, evidence)) return 'nothing that was signed stops a time of the law then';
  return isThatDay(clock, date) ? null : `${date.due} is not the day that the message named`;
}

const isSigned = ({ steps }: Evidence, at: Instant): boolean => steps.some((step) => step.at === at);

function startsThen(clock: RunningClock, { startedAt }: ClockAnswer, { steps, now }: Evidence): boolean {
  const at = timeOf(startedAt);
  if (!HIDDEN.has(clock.startedBy)) return at === clock.startedAt;
  // what was acted on had arrived
  const before = steps.find((step) => step.at > clock.startedAt)?.at ?? now + APART_MS;
  return at >= clock.startedAt - BACK_MS && at <= before + BACK_MS;
}

function isMetThen({ metAt }: RunningClock, date: ClockAnswer, evidence: Evidence): boolean {
  if (metAt === null || date.metAt === null) return metAt === date.metAt;
  return isSigned(evidence, metAt) ? timeOf(date.metAt) === metAt : timeOf(date.metAt) >= metAt - 2 * DAY_MS;
}

/** A reasoned delay notice in time carries it on; whether it came in time, a calendar says. */
function isAsLong({ amount, unit, extension }: RunningClock, date: ClockAnswer, { steps }: Evidence): boolean {
  if (date.amount === amount && date.unit === unit) return true;
  if (!steps.some((step) => step.steps.includes('DELAY_NOTICE'))) return false;
  if (date.unit !== 'STATED') return date.unit === unit && date.amount === extension?.amount;
  return steps.some(({ said }) => said !== null && said.expected !== null && isEndOf(said.expected, date.due));
}

/** What no law gives may stand still for a suspension too, of which nobody signs a word to the other side. */
function standsStill({ suspensions, suspendedAt }: RunningClock, date: ClockAnswer, evidence: Evidence): boolean {
  const spans = [...suspensions, ...(suspendedAt === null ? [] : [{ from: suspendedAt, to: null }])];
  return (
    spans.length === date.suspensions.length &&
    spans.every(({ from, to }, i) => {
      const shown = date.suspensions[i]!;
      if (timeOf(shown.from) !== from || (to === null) !== (shown.to === null)) return false;
      return to === null || !isSigned(evidence, to) || timeOf(shown.to!) === to;
    })
  );
}

/** Where the day ends, the zone of then says. */
const isEndOf = (day: string, due: string): boolean => Math.abs(timeOf(due) - endOfDay(day, 'UTC')) <= ZONES_MS;

function isThatDay({ unit, statedDay, statedUntil }: RunningClock, { due }: ClockAnswer): boolean {
  if (unit !== 'STATED') return true;
  return statedUntil === null ? statedDay !== null && isEndOf(statedDay, due) : timeOf(due) === statedUntil;
}

function countMisfit(date: ClockAnswer, { now }: Evidence): string | null {
  const due = timeOf(date.due);
  const { unit } = date;
  if (!areSpans(date, now)) return 'it is shown as standing still at times that cannot be';
  if (unit !== 'STATED' && due < counted(date, EARLIEST) - ZONES_MS) return `${date.due} is before ${date.amount} ${unit} have passed`;
  const open = date.suspensions.at(-1);
  const at = date.metAt ?? (open?.to === null ? open.from : null);
  const isSure = at !== null || Math.abs(now - due) > APART_MS;
  return isSure && date.isOverdue !== (at === null ? now : timeOf(at)) > due ? `it is ${date.isOverdue ? 'not overdue' : 'overdue'}` : null;
}

/**
 * A date that is owed is what the days that were left out give. Which of them are holidays is the gateway's word, and shown. What was met was counted
 * on a calendar of then.
 */
const isCountedBy = (date: ClockAnswer, { entry }: Evidence): boolean =>
  date.metAt !== null || date.unit === 'STATED' || timeOf(date.due) === counted(date, calendarOf(date, entry));

/** What the side that asks owes, no newer entry of the other brings forward: it stays as one of before gave it (docs/decisions/0037), which is not at hand. */
const isKept = (date: ClockAnswer, { requesting }: Shown['summary'], { entry }: Evidence): boolean =>
  date.owes === requesting &&
  Number(/; entry (\d+)$/.exec(date.calendar)?.[1]) < (entry?.seq ?? 0) &&
  timeOf(date.due) > counted(date, calendarOf(date, entry));

/** One after another, since it began and until now: else counting over them would have no end. */
function areSpans({ startedAt, suspensions }: ClockAnswer, now: Instant): boolean {
  const times = suspensions.flatMap(({ from, to }) => (to === null ? [timeOf(from)] : [timeOf(from), timeOf(to)]));
  return [timeOf(startedAt), ...times, plusMs(now, APART_MS)].every((at, i, all) => i === 0 || all[i - 1]! <= at + BACK_MS);
}

/** @param off of the wall clock that is counted on, in milliseconds */
const counted = ({ amount, unit, startedAt, suspensions }: ClockAnswer, calendar: LocalCalendar, off = 0): Instant => {
  const at = (text: string): Instant => plusMs(timeOf(text), off);
  const ended = suspensions.flatMap(({ from, to }) => (to === null ? [] : [{ from: at(from), to: at(to) }]));
  return countClock({ amount, unit, statedDay: null, statedUntil: null, startedAt: at(startedAt), suspensions: ended }, calendar).due;
};

/** Of a territory this client knows no day off, and no weekend. */
const NO_DAYS: TerritoryCalendar = { weekend: [], lastDay: null, holidayOn: () => null };

/** Zone, hours and days off as the entry declares them; beside those the days off that are shown, where the entry does not say otherwise. */
function calendarOf({ skipped }: ClockAnswer, entry: Evidence['entry']): LocalCalendar {
  const own = localCalendar({ version: '', of: () => NO_DAYS }, entry);
  const declaresWeekend = entry?.calendar?.weekend !== undefined;
  const shown = new Map(skipped.map(({ day, why }) => [day, why]));
  return {
    ...own,
    dayOff(day) {
      const why = shown.get(day);
      return own.dayOff(day) ?? (why === 'HOLIDAY' || (why === 'WEEKEND' && !declaresWeekend) ? { why } : null);
    },
  };
}

/** Of an entry that this client has not seen it may rightly be counted otherwise. */
const isOfEntry = ({ calendar }: ClockAnswer, { entry }: Evidence): boolean => calendar.endsWith(`; entry ${entry?.seq ?? 0}`);

/** Tables of time zones are those of a runtime and differ with its age: some know a zone that others do not, or have its wall clock an hour off. */
function isOfZone(date: ClockAnswer, { entry }: Evidence): boolean {
  if (date.doubts.includes('NO_TIME_ZONE') || (entry !== null && !isTimeZone(entry.timeZone))) return false;
  const calendar = calendarOf(date, entry);
  return [-HOUR_MS, 0, HOUR_MS].every((off) => Math.abs(timeOf(date.due) - counted(date, calendar, off)) > HOUR_MS);
}
