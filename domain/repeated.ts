/**
 * How often what starts a clock, or proposes terms, may be said in one exchange: whoever looks at the exchange reads all its clocks, and
 * none is ever taken away. Each such step is one side's alone, so that nobody uses up what the other has [D].
 */
import type { Talks } from './consultation.js';
import type { RunningClock } from './calendar/running-clock.js';
import type { Step } from './machine.js';

/** clocks that one step starts, proposals and consultations, in one exchange */
export const SAME_STEP_MAX = 40;
/** clocks in one exchange after which it is not reopened any more; what the requested authority alone says never reaches it */
export const CLOCKS_TO_REOPEN_MAX = 500;
/** What starts a clock and may be said again and again. What ends an exchange starts one too, once for each time that it was reopened. */
export const REPEATED: readonly Step[] = [
  'DELAY_NOTICE',
  'POSTPONE',
  'CLARIFICATION_REQUEST',
  'UNDECIPHERABLE',
  'MEASURE_TAKEN',
  'PROVISIONAL_MEASURE_LIFT_NOTICE',
  'PRE_REFUSAL_CONSULTATION',
  'CONDITIONS_PROPOSED',
  'REOPEN',
];

interface Said extends Talks {
  readonly clocks: readonly Pick<RunningClock, 'startedBy'>[];
}

/** @param exchange as it stands before `step` */
export function tooOften({ clocks, agreements, consultations }: Said, step: Step): boolean {
  if (!REPEATED.includes(step)) return false;
  const talked = step === 'CONDITIONS_PROPOSED' ? agreements.length : step === 'PRE_REFUSAL_CONSULTATION' ? consultations.length : 0;
  const started = clocks.filter(({ startedBy }) => startedBy === step).length;
  return Math.max(talked, started) >= SAME_STEP_MAX || (step === 'REOPEN' && clocks.length >= CLOCKS_TO_REOPEN_MAX);
}
