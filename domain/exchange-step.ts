/** One step of an exchange: from how it stood, and what was said, to how it stands. Pure, so that whoever has the statements can take it again. */
import type { LocalCalendar } from './calendar/local-calendar.js';
import { moveClocks, silenced } from './clocks.js';
import { actorOf, advance, type Exchange, type NotPossible } from './exchange.js';
import type { AuthorityId, Digest } from './ids.js';
import { answeredOf } from './intended.js';
import type { Actor, Step } from './machine.js';
import { isOwed, partsMeant } from './parts.js';
import { PROFILES } from './profiles/index.js';
import { progress, type Said } from './progress.js';
import { ok, type Result } from './result.js';
import type { Silence } from './silences.js';
import type { Instant } from './time.js';

export interface ExchangeStep {
  /** null: this envelope opens it */
  readonly before: Exchange | null;
  /** as it stands before the step; a fresh one in the machine's first state where it opens */
  readonly current: Exchange;
  readonly step: Step;
  readonly actor: Actor;
  /** by the envelope that takes it; null: the gateway or a consent takes it */
  readonly said: Said | null;
}

/** What a step is taken at, beside the exchange itself. */
export interface StepContext {
  readonly now: Instant;
  /** of the requested authority, as it counts now */
  readonly calendar: LocalCalendar;
  /** when one of the two was suspended, or is, in order and apart: neither could say anything to the other */
  readonly silences: readonly Silence[];
  /** the envelope that takes the step; null where the gateway or a consent takes it */
  readonly last: Digest | null;
}

/**
 * @param said null: no envelope takes the step
 * @returns null where `who` is not a party: then there is no such exchange for it
 */
export function stepBy(exchange: Exchange, step: Step, who: AuthorityId, said: Said | null = null): ExchangeStep | null {
  const actor = actorOf(exchange, who);
  return actor === null ? null : { before: exchange, current: exchange, step, actor, said };
}

/** @returns the exchange after it, one version on; or what would be possible instead */
export function takeStep(
  { current, step, actor, said }: Omit<ExchangeStep, 'before'>,
  { now, calendar, silences, last }: StepContext,
): Result<Exchange, NotPossible> {
  const moved = advance(current.type, current.state, step, actor);
  if (!moved.ok) return moved;
  const row = moved.value;
  const { taken, ...progressed } = progress(current, row, said, now);
  const urgency = said?.urgency ?? current.urgency;
  const counting = { now, calendar, version: current.version + 1 };
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
