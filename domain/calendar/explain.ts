/** A date that explains itself: where it comes from, since when, on which calendar, what was left out and why. */
import type { Step } from '../machine.js';
import { present } from '../present.js';
import { civilDateAt, type Instant } from '../time.js';
import type { Skipped, Suspension } from './count.js';
import type { Doubt, LocalCalendar } from './local-calendar.js';
import { countClock, type RunningClock } from './running-clock.js';

export interface ClockExplanation {
  readonly code: string;
  readonly kind: RunningClock['kind'];
  readonly owes: RunningClock['owes'];
  readonly amount: number;
  readonly unit: RunningClock['unit'];
  readonly source: string;
  readonly binding: RunningClock['binding'];
  readonly startedAt: Instant;
  readonly startedBy: Step;
  /** the local day of its start, which is not counted */
  readonly startedOn: string;
  readonly due: Instant;
  /** the last local day */
  readonly dueOn: string;
  readonly timeZone: string;
  /** version of the calendar that the date was counted on */
  readonly calendar: string;
  /** why the date is provisional; empty: it is firm */
  readonly doubts: readonly Doubt[];
  /** days on which nobody works there, each with its reason */
  readonly skipped: readonly Skipped[];
  /** `to` is null while it stands still */
  readonly suspensions: readonly { readonly from: Instant; readonly to: Instant | null }[];
  readonly metAt: Instant | null;
  readonly endedBy?: 'NO_LONGER_REQUIRED';
  /** of the request, for which alone it runs; absent: for the whole */
  readonly parts?: readonly string[];
  readonly isOverdue: boolean;
}

/** @param clock as `calendar` counts it, which is that of the requested authority as it stands now */
export function explainClock(clock: RunningClock, calendar: LocalCalendar, now: Instant): ClockExplanation {
  const { timeZone } = calendar;
  const open: readonly { readonly from: Instant; readonly to: null }[] =
    clock.suspendedAt === null ? [] : [{ from: clock.suspendedAt, to: null }];
  const ended: readonly Suspension[] = clock.suspensions;
  const { code, kind, owes, amount, unit, source, binding, startedAt, startedBy, due, metAt } = clock;
  return {
    ...{ code, kind, owes, amount, unit, source, binding, startedAt, startedBy, due, timeZone, metAt },
    startedOn: civilDateAt(startedAt, timeZone),
    dueOn: civilDateAt(due, timeZone),
    calendar: clock.calendar,
    doubts: clock.provisional ? calendar.doubts(unit, civilDateAt(due, timeZone)) : [],
    skipped: countClock(clock, calendar).skipped,
    suspensions: [...ended, ...open],
    ...present({ endedBy: clock.endedBy, parts: clock.parts }),
    isOverdue: (metAt ?? clock.suspendedAt ?? now) > due,
  };
}
