/**
 * What an exchange may have come to, taken step by step from what was signed. What the gateway does by itself nobody signs for the two sides: that
 * something arrived, that a time ran out. So this gives every way in which it may stand, and none in which it cannot.
 */
import type { LocalCalendar } from '../../domain/calendar/local-calendar.js';
import { isRunning, type RunningClock } from '../../domain/calendar/running-clock.js';
import { possibleSteps, type Exchange } from '../../domain/exchange.js';
import { takeStep } from '../../domain/exchange-step.js';
import type { Digest } from '../../domain/ids.js';
import type { Step } from '../../domain/machine.js';
import type { Said } from '../../domain/progress.js';
import { no, ok, type Result } from '../../domain/result.js';
import { DAY_MS, instantFromMs, type Instant } from '../../domain/time.js';

/** A statement that the log took in, and what it may have been to the exchange. */
export interface SignedStep {
  readonly statement: Digest;
  /** when the log took it in */
  readonly at: Instant;
  /** the exchange's version after it, as the log signed it */
  readonly version: number;
  readonly actor: 'R' | 'Q';
  /** one of these; of a consent only the gateway knows how much of what was asked it leaves */
  readonly steps: readonly Step[];
  /** null: no envelope takes it */
  readonly said: Said | null;
}

/** No day is left out and no date is certain: what is counted on it is no later than on any real calendar, but for where the days begin. */
export const EARLIEST: LocalCalendar = {
  version: '',
  timeZone: 'UTC',
  office: 'ALWAYS',
  dayOff: () => null,
  // so that no window counts as over: `asked` takes both ways
  doubts: () => ['NO_HOLIDAY_DATA'],
};
/** days begin up to fourteen hours before and twelve after those of UTC, at the start of a time and at each end of a suspension */
const SLACK_MS = 2 * DAY_MS;
/** beyond, this client gives up: each is one more order in which times may have run out */
const WAYS_MAX = 64;
const TOO_MANY = 'there are too many orders in which its times may have run out';

interface Way {
  readonly exchange: Exchange;
  /** not before */
  readonly since: Instant;
}

/**
 * @param opened as the opening envelope opens it, before its step
 * @param steps in the order of their versions
 * @param until the version that is shown, and when it was asked for
 * @returns each way in which it may stand; or why this client cannot tell
 */
export function waysOf(
  opened: Exchange,
  steps: readonly SignedStep[],
  until: { readonly version: number; readonly now: Instant },
): Result<readonly Exchange[], string> {
  let ways: readonly Way[] = [{ exchange: opened, since: steps[0]?.at ?? until.now }];
  let version = 0;
  for (const step of steps) {
    if (!(step.version > version)) return no(`${step.statement} is signed as version ${step.version}, and so is another`);
    const before = waited(ways, step.version - version - 1, step.at);
    if (before.length > WAYS_MAX) return no(TOO_MANY);
    ways = distinct(before.flatMap((way) => taken(way, step)));
    if (ways.length === 0)
      return no(`by this client’s tables ${step.steps.join(' or ')} (${step.statement}) does not follow what was signed before it`);
    ({ version } = step);
  }
  const all = waited(ways, until.version - version, until.now);
  return all.length > WAYS_MAX ? no(TOO_MANY) : ok(all.map(({ exchange }) => exchange));
}

/** With up to so many steps of the gateway's own; it counts a clock again as one that moves nothing. */
function waited(ways: readonly Way[], steps: number, until: Instant): readonly Way[] {
  let [all, newest] = [ways, ways];
  for (let left = steps; left > 0 && newest.length > 0 && all.length <= WAYS_MAX; left -= 1) {
    newest = newest.flatMap((way) => moved(way, until));
    all = distinct([...all, ...newest]);
  }
  return all;
}

function moved({ exchange, since }: Way, until: Instant): Way[] {
  const steps = new Set(possibleSteps(exchange.type, exchange.state, 'S'));
  return [...steps].flatMap((step) => {
    const at = step === 'LAPSE' ? lapsedAt(exchange, since) : since;
    if (at === null || at - SLACK_MS > until) return [];
    const after = takeStep({ current: exchange, step, actor: 'S', said: null }, { now: at, calendar: EARLIEST, silences: [], last: null });
    return after.ok ? [{ exchange: after.value, since: at }] : [];
  });
}

/** @returns when a time can have run out at the earliest; null: none that ends anything runs */
function lapsedAt({ clocks }: Exchange, since: Instant): Instant | null {
  const ends = clocks.filter((clock) => clock.lapses && isRunning(clock)).map(({ due }) => due + 1);
  return ends.length === 0 ? null : instantFromMs(Math.max(since, Math.min(...ends)));
}

function taken({ exchange }: Way, { steps, actor, said, at, version, statement }: SignedStep): Way[] {
  const context = { now: at, calendar: EARLIEST, silences: [], last: said === null ? null : statement };
  const before = steps.includes('DELAY_NOTICE') ? asked(exchange).flatMap((current) => timely(current, at)) : asked(exchange);
  return before.flatMap((current) =>
    steps.flatMap((step) => {
      const after = takeStep({ current, step, actor, said }, context);
      return after.ok ? [{ exchange: { ...after.value, version }, since: at }] : [];
    }),
  );
}

/** Whoever was asked about a refusal may still answer, or its time is over: when it ends, a calendar says. */
function asked(exchange: Exchange): readonly Exchange[] {
  const heard = exchange.consultations.filter(({ answeredAt }) => answeredAt !== null);
  return heard.length === exchange.consultations.length ? [exchange] : [exchange, { ...exchange, consultations: heard }];
}

/** On the last day of a time a notice of delay comes before its end or after it: where that day ends, a zone says. */
function timely(exchange: Exchange, at: Instant): readonly Exchange[] {
  const isNear = ({ due, metAt }: RunningClock): boolean => metAt === null && Math.abs(due - at) <= SLACK_MS;
  const late = exchange.clocks.map((clock) => (isNear(clock) ? { ...clock, due: instantFromMs(at - 1) } : clock));
  return exchange.clocks.some(isNear) ? [exchange, { ...exchange, clocks: late }] : [exchange];
}

function distinct(ways: readonly Way[]): readonly Way[] {
  const keyOf = ({ exchange: { state, parts, consultations, clocks } }: Way): string =>
    JSON.stringify([
      state,
      parts,
      consultations,
      clocks.map(({ code, startedAt, due, metAt, suspendedAt }) => [code, startedAt, due, metAt, suspendedAt]),
    ]);
  return [...new Map(ways.map((way) => [keyOf(way), way])).values()];
}
