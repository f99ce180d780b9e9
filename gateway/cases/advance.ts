/** May this step follow, and how does the exchange stand after it? */
import { advance, type Exchange, type NotPossible } from '../../domain/exchange.js';
import { localCalendar, type LocalCalendar } from '../../domain/calendar/local-calendar.js';
import type { RunningClock } from '../../domain/calendar/running-clock.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Calendars } from '../../domain/ports.js';
import { moveClocks, silenced } from '../../domain/clocks.js';
import { answeredOf } from '../../domain/intended.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { isOwed, partsMeant } from '../../domain/parts.js';
import { progress } from '../../domain/progress.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Directory } from '../../domain/authority.js';
import { joined, type Silence } from '../../domain/silences.js';
import type { Instant } from '../../domain/time.js';
import type { ExchangeStep } from '../plan.js';

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
export function advanceExchange(
  { current, step, actor, said }: ExchangeStep,
  last: Digest | null,
  world: Almanac,
  now: Instant,
): Result<Exchange, Refusal> {
  const moved = advance(current.type, current.state, step, actor);
  if (!moved.ok) return no(refusal('STEP_NOT_ALLOWED', wordsOf(moved.error, current)));
  const row = moved.value;
  const { taken, ...progressed } = progress(current, row, said, now);
  const urgency = said?.urgency ?? current.urgency;
  const counting = { now, calendar: calendarOf(current, world), version: current.version + 1 };
  const silences = silencesOf(current, world);
  const clocks = moveClocks(
    current.clocks.map((clock) => silenced(clock, silences, counting)),
    taken,
    {
      ...counting,
      profile: PROFILES[current.profile],
      exchangeType: current.type,
      askedAs: current.requestedType,
      urgency,
      statedDay: said?.expected ?? null,
      delayedFor: said?.delayedFor ?? null,
      about: said === null ? [] : partsMeant(current.parts, said.parts).map(({ id }) => id),
      owed: progressed.parts.filter(isOwed).map(({ id }) => id),
      ...(step === 'EXTERNAL_LEG' && said?.written !== (actor === 'R' ? 'SENT' : 'RECEIVED') ? { isNoCopy: true as const } : {}),
      statedUntil: said?.until ?? null,
      deadline: current.deadline,
    },
  );
  return ok({
    ...current,
    ...progressed,
    urgency,
    version: counting.version,
    // who asks does not answer for who was asked
    intended: answeredOf(current.intended, actor === 'Q' ? (said?.answers ?? []) : [], current.version + 1),
    last: last ?? current.last,
    deliveredAt: row.step === 'DELIVERY_RECEIPT' ? now : current.deliveredAt,
    // what starts while one of them is silent stands still at once
    clocks: clocks.map((clock) => silenced(clock, silences, counting)),
  });
}
