/** Strangers whom the walk turned away become one leaf a minute in the operator's stream: counted, since leaves of their own would grow the log. */
import { MINUTE_MS } from '../../domain/time.js';
import { leafViews } from '../audit/events.js';
import { bareRow } from '../rows/bare-row.js';
import type { Workshop } from '../workshop.js';

export async function countStrangers({ strangers, config, clock, chance, committer }: Workshop): Promise<void> {
  const now = clock.now();
  const counted = strangers.count;
  if (counted === 0 || (strangers.writtenAt !== null && now - strangers.writtenAt < MINUTE_MS)) return;
  const actor = { authority: 'GATEWAY' as const, officer: null, role: null };
  const outcome = 'DENY' as const;
  const happening = {
    log: config.origin,
    at: now,
    outcome,
    correlation: 'STRANGERS',
    actor,
    statement: null,
    policy: null,
    rules: [],
    codes: [],
  };
  const sight = { action: 'STRANGERS_REFUSED' as const, parties: [config.operator.authority], originators: [], basis: `COUNT_${counted}` };
  const { data, views } = leafViews(happening, sight, chance);
  const committed = await committer.commit(
    bareRow({ data, views, statement: null, stage: 'refused', outcome, at: now, version: 0, mailbox: null }),
  );
  if (committed.kind !== 'committed') return;
  strangers.count -= counted;
  strangers.writtenAt = now;
}
