/** What a delivery writes: the outbox row settled under its fence, the leaf in the addressee's inbox, the exchange's clock started. */
import { alarmsOf } from '../../domain/calendar/timers.js';
import type { Exchange } from '../../domain/exchange.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow, OutboxRow } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { leafViews } from '../audit/events.js';
import { encodeExchange } from '../cases/exchanges.js';
import type { Volume } from '../read/library.js';
import { bareRow } from './bare-row.js';

export interface Delivery {
  readonly row: OutboxRow;
  readonly addressee: AuthorityId;
  readonly volume: Volume;
  /** after the delivery receipt; null where this delivery moves none */
  readonly exchange: Exchange | null;
  /** who must see that it arrived: sender and addressee */
  readonly sees: readonly AuthorityId[];
  /** `PARK` after the last attempt: it did not arrive */
  readonly action: 'DELIVER' | 'PARK';
  readonly log: string;
}

export function deliveryRow({ row, addressee, volume, exchange, sees, action, log }: Delivery, now: Instant, chance: Chance): CommitRow {
  const { digest } = volume.stored;
  const happening = {
    log,
    at: now,
    outcome: action === 'DELIVER' ? ('DONE' as const) : ('DENY' as const),
    correlation: digest,
    actor: { authority: 'GATEWAY' as const, officer: null, role: null },
    statement: digest,
    policy: null,
    rules: [],
    codes: [],
  };
  const { data, views } = leafViews(happening, { action, parties: sees, originators: [], counterparty: addressee }, chance);
  const delivered = action === 'DELIVER';
  return {
    ...bareRow({
      data,
      views,
      statement: digest,
      stage: delivered ? 'delivered' : 'expired',
      outcome: happening.outcome,
      at: now,
      version: exchange?.version ?? 0,
      mailbox: delivered ? addressee : null,
    }),
    exchange: exchange === null ? null : encodeExchange(exchange),
    outbox: exchange === null ? [] : alarmsOf(exchange),
    settles: { key: row.key, fence: row.fence },
  };
}
