/** May this step follow, and how does the exchange stand after it? */
import { advance, stateAfter, type Exchange } from '../../domain/exchange.js';
import type { Digest } from '../../domain/ids.js';
import { moveClocks } from '../../domain/clocks.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Directory } from '../../domain/authority.js';
import type { Instant } from '../../domain/time.js';
import type { ExchangeStep } from '../plan.js';

/** Where an authority has said nothing of its time zone yet, its days are counted in UTC. */
const NO_ZONE = 'UTC';

/** @param last the envelope that takes the step; null where the gateway or a consent takes it */
export function advanceExchange(
  { current, step, actor }: ExchangeStep,
  last: Digest | null,
  directory: Directory,
  now: Instant,
): Result<Exchange, Refusal> {
  const moved = advance(current.type, current.state, step, actor);
  if (!moved.ok) {
    const { state, possible } = moved.error;
    return no(refusal('STEP_NOT_ALLOWED', `${step} does not follow ${state}; possible now: ${possible.join(', ') || 'nothing'}`));
  }
  const row = moved.value;
  return ok({
    ...current,
    version: current.version + 1,
    state: stateAfter(row, current.state),
    last: last ?? current.last,
    deliveredAt: row.step === 'DELIVERY_RECEIPT' ? now : current.deliveredAt,
    clocks: moveClocks(current.clocks, row.clock, {
      now,
      profile: PROFILES[current.profile],
      exchangeType: current.type,
      timeZone: directory.authorities.get(current.requested)?.entry?.timeZone ?? NO_ZONE,
    }),
  });
}
