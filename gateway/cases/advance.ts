/** May this step follow, and how does the exchange stand after it? */
import type { Exchange, NotPossible } from '../../domain/exchange.js';
import { takeStep, type ExchangeStep } from '../../domain/exchange-step.js';
import { localCalendar, type LocalCalendar } from '../../domain/calendar/local-calendar.js';
import type { RunningClock } from '../../domain/calendar/running-clock.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Calendars } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, type Result } from '../../domain/result.js';
import type { Directory } from '../../domain/authority.js';
import { joined, type Silence } from '../../domain/silences.js';
import type { Instant } from '../../domain/time.js';

/** What a date is counted by: the territories' days, and what authorities declare of their own. */
export interface Almanac {
  readonly calendars: Calendars;
  readonly directory: Directory;
}

/** The requested authority's calendar counts, whoever owes the next word (A.7; rulings 6). */
export const calendarOf = ({ requested }: Pick<Exchange, 'requested'>, { calendars, directory }: Almanac): LocalCalendar =>
  localCalendar(calendars, directory.authorities.get(requested)?.entry ?? null);

/** When one of its two was suspended, or is: neither could say anything to the other. */
export const silencesOf = (
  { requesting, requested }: Pick<Exchange, 'requesting' | 'requested'>,
  { directory }: Almanac,
): readonly Silence[] => joined([requesting, requested].flatMap((party) => directory.suspensions.get(party) ?? []));

/** Who is told of a date that moved: who owes; where that one is suspended, the other side, which waits for it. */
export function toldOf({ owes }: RunningClock, { requesting, requested }: Exchange, { directory }: Almanac): AuthorityId {
  const [who, other] = owes === 'Q' ? [requested, requesting] : [requesting, requested];
  return directory.authorities.get(who)?.standing === 'SUSPENDED' ? other : who;
}

/** What may follow, and whose step each is, from the machine's table: both sides know it. */
function wordsOf({ step, state, possible }: NotPossible, { requesting, requested }: Exchange): string {
  const names = { R: requesting, Q: requested, S: 'the gateway' };
  const told = (['R', 'Q', 'S'] as const).flatMap((actor) =>
    possible[actor].length === 0 ? [] : [`to ${names[actor]}: ${possible[actor].join(', ')}`],
  );
  return `${step} does not follow ${state}; possible now: ${told.join('; ') || 'nothing'}`;
}

/** @param last the envelope that takes the step; null where the gateway or a consent takes it */
export function advanceExchange(step: ExchangeStep, last: Digest | null, world: Almanac, now: Instant): Result<Exchange, Refusal> {
  const { current } = step;
  const taken = takeStep(step, { now, last, calendar: calendarOf(current, world), silences: silencesOf(current, world) });
  return taken.ok ? taken : no(refusal('STEP_NOT_ALLOWED', wordsOf(taken.error, current)));
}
