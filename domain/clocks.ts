/** Due dates: which clocks an exchange runs, and what a step does to them. Overdue is derived, never a state. */
import type { Suspension } from './calendar/count.js';
import type { LocalCalendar } from './calendar/local-calendar.js';
import { countClock, counted, isRunning, type RunningClock } from './calendar/running-clock.js';
import { STANDING_CLOCKS } from './calendar/second-stage.js';
import type { Transition } from './machine.js';
import type { Profile, ProfileClock } from './profiles/profile.js';
import type { Silence } from './silences.js';
import { civilDateAt, instantFromMs, plusDays, type Instant } from './time.js';
import type { AuthorityType, DelayCode, ExchangeType, Urgency } from './vocabulary.js';

export interface ClockContext {
  readonly now: Instant;
  readonly profile: Pick<Profile, 'clocks' | 'suspendsOnClarification'>;
  readonly exchangeType: ExchangeType;
  /** as what the requested authority is asked */
  readonly askedAs: AuthorityType;
  /** of the requested authority: its calendar counts, not the asker's (A.7) */
  readonly calendar: LocalCalendar;
  /** the exchange's version after the step */
  readonly version: number;
  /** of the request */
  readonly urgency: Urgency;
  /** the day that the message names for itself: of a postponement, of a delay notice */
  readonly statedDay: string | null;
  /** parts that the message is about; empty: the request has none, or nobody's message takes the step */
  readonly about: readonly string[];
  /** parts that are owed after the step */
  readonly owed: readonly string[];
  /** of a delay notice: why; null: the step is none */
  readonly delayedFor: DelayCode | null;
  /** of a leg outside this gateway: by word of mouth, or to whoever asked, so that it is no copy of the request; absent: it is one, or the step is none */
  readonly isNoCopy?: true;
  /** until when a measure lasts that the message reports */
  readonly statedUntil: Instant | null;
  /** until when who asked would have it; null: it named no date */
  readonly deadline: Instant | null;
}

type Taken = Pick<Transition, 'step' | 'clock'>;

/**
 * Which kinds a step meets. Who asks back has received, an answer is more than an acknowledgement, and an end meets whatever was still
 * owed for it.
 */
const MEETS: Readonly<Partial<Record<NonNullable<Transition['clock']>, readonly RunningClock['kind'][]>>> = {
  ACK: ['ACK'],
  SUSPEND: ['ACK'],
  FIRST: ['ACK', 'FIRST'],
  MET: ['ACK', 'FIRST', 'FINAL', 'REVIEW', 'CLARIFICATION', 'RESUBMISSION', 'CONSULTATION'],
};

function started(row: ProfileClock, step: Transition['step'], context: ClockContext): RunningClock {
  const { code, kind, amount, unit, source, binding } = row;
  const clock = {
    ...{ code, kind, amount, unit, source, binding },
    owes: row.owes ?? ('Q' as const),
    statedDay: unit === 'STATED' ? statedFor(row, context) : null,
    statedUntil: unit === 'STATED' && row.starts !== undefined ? context.statedUntil : null,
    metBy: row.metBy ?? null,
    urgencies: row.urgency ?? null,
    lapses: row.lapses ?? false,
    extension: row.extension ?? null,
    startedAt: context.now,
    startedBy: step,
    metAt: null,
    suspendedAt: null,
    suspensions: [],
    armed: context.version,
    // a day is named for the parts that the message is about
    ...(unit === 'STATED' && row.starts !== undefined && context.about.length > 0 ? { parts: context.about } : {}),
  };
  return counted(clock, context.calendar);
}

/** A row that starts with receipt takes its day from the request, any other from the message that starts it. */
const statedFor = (row: ProfileClock, { statedDay, deadline, calendar }: ClockContext): string | null =>
  row.starts !== undefined ? statedDay : deadline === null ? null : civilDateAt(deadline, calendar.timeZone);

const isStated = (row: ProfileClock, context: ClockContext): boolean =>
  statedFor(row, context) !== null || (row.starts !== undefined && context.statedUntil !== null);

/** Reopened, an exchange is answered anew within the profile's time; it has been received, and a day that has passed is no date any more. */
const isOwedAnew = ({ kind, unit }: ProfileClock, { deadline, now }: ClockContext): boolean =>
  kind !== 'ACK' && (unit !== 'STATED' || deadline === null || deadline > now);

function startsNow(row: ProfileClock, { step, clock }: Taken, context: ClockContext): boolean {
  const { exchangeType, askedAs, urgency } = context;
  const begins = row.starts === undefined ? clock === 'START' || (clock === 'ANEW' && isOwedAnew(row, context)) : row.starts.includes(step);
  const concerned = row.on.includes(exchangeType) && (row.askedAs === undefined || row.askedAs.includes(askedAs));
  const pressing = row.urgency === undefined || row.urgency.includes(urgency);
  // an answer to one part of several leaves the next word with the requested authority
  const answered = row.kind !== 'SILENCE' || clock === 'MET';
  return begins && concerned && pressing && answered && (row.unit !== 'STATED' || isStated(row, context));
}

/** Its time still runs, or stands still: something is owed. */
const isOpen = (clock: RunningClock): boolean => clock.metAt === null;

type Counting = Pick<ClockContext, 'now' | 'calendar' | 'version'>;

const entryOf = (version: string): string | undefined => version.split('; ').at(-1);

/** What one owes, counted by another entry than before of the other. */
const isByNewWord = ({ owes, calendar: before }: RunningClock, { version }: LocalCalendar): boolean =>
  owes === 'R' && entryOf(before) !== entryOf(version);

/**
 * What the side that asks owes is counted on the calendar of the other, which waits for it. By a new entry that one brings no date forward, and where it makes
 * one certain the time begins with the entry: before, nobody could say when it ends (docs/decisions/0037).
 * @param clock as it was counted last
 */
function countedAnew(clock: RunningClock, { now, calendar, version }: Counting): RunningClock {
  const anew = counted({ ...clock, armed: version }, calendar);
  if (!isByNewWord(clock, calendar)) return anew;
  const before = [{ from: clock.startedAt, to: clock.suspendedAt ?? now }];
  const begun = clock.provisional && !anew.provisional ? counted({ ...anew, suspensions: before }, calendar) : anew;
  if (begun.due >= clock.due) return begun;
  // later than a certain time from now on is certain too
  return begun.provisional ? clock : { ...clock, provisional: false, armed: version };
}

/** Of days that stood still before they had passed: those that were left then, on this calendar, from when they go on. */
function putOff({ due, unit }: RunningClock, { from, to }: Suspension, calendar: LocalCalendar): Instant {
  if (from > due) return due;
  const { timeZone } = calendar;
  let left = 0;
  for (let day = plusDays(civilDateAt(from, timeZone), 1); day <= civilDateAt(due, timeZone); day = plusDays(day, 1))
    if (unit !== 'BUSINESS_DAYS' || calendar.dayOff(day) === null) left += 1;
  const after = countClock({ amount: left, unit, statedDay: null, statedUntil: null, startedAt: to, suspensions: [] }, calendar).due;
  return instantFromMs(Math.max(due, after));
}

/** Its date as it goes on after standing still: by no new entry does the other side lose what was left to it. */
function wentOn(clock: RunningClock, span: Suspension, context: Counting): RunningClock {
  const due = isByNewWord(clock, context.calendar) ? putOff(clock, span, context.calendar) : clock.due;
  return countedAnew({ ...clock, due, suspensions: [...clock.suspensions, span], armed: context.version }, context);
}

/** @param to when it stood still no more */
function resumed(clock: RunningClock, context: Counting, to = context.now): RunningClock {
  if (clock.suspendedAt === null) return clock;
  const { isSilenced: _silenced, ...rest } = clock;
  return wentOn({ ...rest, suspendedAt: null }, { from: clock.suspendedAt, to }, context);
}

/**
 * While one of the two is suspended neither can say to the other here what the clock waits for: it stands still, from the first moment to the last, whenever
 * somebody looks. A time of the law runs on, since no law that was read stops it, a day that was named stays that day, and what has passed before is late
 * (docs/decisions/0035).
 * @param silences in order and apart
 * @returns the same object where nothing changes
 */
export function silenced(clock: RunningClock, silences: readonly Silence[], context: Counting): RunningClock {
  const after = silences.reduce((one, silence) => silencedBy(one, silence, context), clock);
  // by the clock of another process it may have begun to stand still when all was over
  return after.isSilenced === true && silences.at(-1)?.to !== null ? resumed(after, context) : after;
}

function silencedBy(clock: RunningClock, { from, to }: Silence, context: Counting): RunningClock {
  if (clock.isSilenced === true) return to !== null && to > clock.suspendedAt! ? resumed(clock, context, to) : clock;
  const since = instantFromMs(Math.max(from, clock.startedAt, clock.suspensions.at(-1)?.to ?? from));
  const waits = isRunning(clock) && clock.binding !== 'law' && clock.unit !== 'STATED' && since <= clock.due;
  if (!waits || (to !== null && to <= since)) return clock;
  if (to === null) return { ...clock, suspendedAt: since, isSilenced: true };
  // it is over, and nobody looked meanwhile
  const anew = wentOn(clock, { from: since, to }, context);
  return anew.due === clock.due ? clock : anew;
}

function moved(clock: RunningClock, { step, clock: effect }: Taken, context: ClockContext): RunningClock {
  if (!isOpen(clock)) return clock;
  const kinds = effect === undefined ? [] : (MEETS[effect] ?? []);
  // one part of several withdrawn is no withdrawal, and not every leg outside a copy
  const isLess = (step === 'NO_LONGER_REQUIRED' && effect !== 'MET') || context.isNoCopy === true;
  const isSaid = clock.metBy?.includes(step) === true && !isLess;
  const left = clock.parts?.filter((id) => context.owed.includes(id) && !(isSaid && context.about.includes(id)));
  if (kinds.includes(clock.kind) || (left === undefined ? isSaid : left.length === 0)) {
    const isWithdrawn = step === 'NO_LONGER_REQUIRED' && clock.owes === 'Q';
    return { ...resumed(clock, context), metAt: context.now, ...(isWithdrawn ? { endedBy: step } : {}) };
  }
  if (effect === 'RESUME') return resumed(clock, context);
  if (effect === 'SUSPEND' && context.profile.suspendsOnClarification && clock.suspendedAt === null)
    return { ...clock, suspendedAt: context.now };
  if (step === 'DELAY_NOTICE' && context.now <= clock.due) return delayed(waitingFor(clock, left), context);
  return waitingFor(clock, left);
}

/** @param left of its parts; undefined: it is for the whole */
const waitingFor = (clock: RunningClock, left: readonly string[] | undefined): RunningClock =>
  left === undefined || left.length === clock.parts?.length ? clock : { ...clock, parts: left };

/** What is lifted once, notice of it was given once: the next measure's end is told anew. */
const spent = (clock: RunningClock, { step }: Taken): RunningClock =>
  step === 'MEASURE_LIFTED' && clock.kind === 'REASONS' ? { ...clock, isSpent: true } : clock;

/** A date that runs is carried as far as its profile lets it; what has passed is late, whatever is said of it afterwards (rulings 5). */
function delayed(clock: RunningClock, { profile, delayedFor, statedDay, version, calendar }: ClockContext): RunningClock {
  const row = profile.clocks.find(({ code }) => code === clock.code);
  const mayExceed = delayedFor !== null && row?.exceededFor?.includes(delayedFor) === true;
  if (mayExceed && statedDay !== null) return counted({ ...clock, amount: 0, unit: 'STATED', statedDay, armed: version }, calendar);
  return clock.extension === null ? clock : counted({ ...clock, ...clock.extension, extension: null, armed: version }, calendar);
}

const rowsOf = ({ profile: { clocks } }: ClockContext): readonly ProfileClock[] => [
  ...clocks,
  ...STANDING_CLOCKS.filter(({ code }) => !clocks.some((row) => row.code === code)),
];

/**
 * Asked as urgent and taken, with reasons, for less (A.7; model: 2024/2545 art 6 [F:S59]): a limit of the urgent ones gives way to the
 * one of its kind that holds now, counted from the same start. Where there is none, this word is what it waited for.
 */
function calmed(clocks: readonly RunningClock[], rows: readonly ProfileClock[], context: ClockContext): readonly RunningClock[] {
  return clocks.map((clock) => {
    if (!isOpen(clock) || clock.urgencies === null || clock.urgencies.includes(context.urgency)) return clock;
    const arrival = { step: clock.startedBy, clock: 'START' } as const;
    const calmer = rows.find(
      (row) => row.kind === clock.kind && startsNow(row, arrival, context) && !clocks.some(({ code }) => code === row.code),
    );
    if (calmer === undefined) return { ...resumed(clock, context), metAt: context.now };
    const { startedAt, suspendedAt, suspensions } = clock;
    return counted({ ...started(calmer, clock.startedBy, context), startedAt, suspendedAt, suspensions }, context.calendar);
  });
}

/** The clocks after a step. Those that it starts begin after it: a question is not answered by itself. */
export function moveClocks(clocks: readonly RunningClock[], taken: Taken, context: ClockContext): readonly RunningClock[] {
  const rows = rowsOf(context);
  const starting = rows.filter((row) => startsNow(row, taken, context)).map((row) => started(row, taken.step, context));
  // what could not be read was not received: its clocks never ran
  const kept = taken.clock === 'STOP' ? clocks.filter((clock) => !isOpen(clock)) : clocks;
  const after = [...kept.map((clock) => spent(moved(clock, taken, context), taken)), ...starting];
  return taken.step === 'URGENCY_NOT_ACCEPTED' ? calmed(after, rows, context) : after;
}

/**
 * The clock as this calendar counts it now: of the same version too, since how days are counted may have changed, or when they begin in a zone.
 * @param context its version is that of the exchange if it is written
 * @returns the same object where nothing about its date changes
 */
export function recounted(clock: RunningClock, context: Counting): RunningClock {
  if (!isOpen(clock)) return clock;
  const anew = countedAnew(clock, context);
  return anew.due === clock.due && anew.provisional === clock.provisional ? clock : anew;
}

/** Clocks that run and have passed their due date, and those met too late. */
export const overdue = (clocks: readonly RunningClock[], now: Instant): readonly RunningClock[] =>
  clocks.filter((clock) => (clock.metAt ?? clock.suspendedAt ?? now) > clock.due);
