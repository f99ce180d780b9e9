/** Strangers whom the walk turned away become one leaf a minute in the operator's stream: counted, since leaves of their own would grow the log. */
import { MINUTE_MS } from '../../domain/time.js';
import { eventRow, ownDeed } from '../rows/bare-row.js';
import type { Workshop } from '../workshop.js';

export async function countStrangers({ strangers, config, clock, chance, committer }: Workshop): Promise<void> {
  const now = clock.now();
  const counted = strangers.count;
  if (counted === 0 || (strangers.writtenAt !== null && now - strangers.writtenAt < MINUTE_MS)) return;
  const happening = ownDeed({ log: config.origin, at: now, outcome: 'DENY', correlation: 'STRANGERS', statement: null });
  const sight = { action: 'STRANGERS_REFUSED' as const, parties: [config.operator.authority], originators: [], basis: `COUNT_${counted}` };
  const committed = await committer.commit(eventRow(happening, sight, { stage: 'refused' }, chance));
  if (committed.kind !== 'committed') return;
  strangers.count -= counted;
  strangers.writtenAt = now;
}
