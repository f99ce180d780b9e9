/** What a delivery writes: the outbox row settled under its fence, the leaf in the addressee's inbox, the exchange's clock started. */
import { alarmsOf } from '../../domain/calendar/timers.js';
import type { Exchange } from '../../domain/exchange.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow, OutboxRow } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { encodeExchange } from '../cases/exchanges.js';
import type { Volume } from '../read/library.js';
import { eventRow, ownDeed } from './bare-row.js';

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
  /** version of the directory that says that it may arrive */
  readonly directoryVersion: number;
}

export function deliveryRow(delivery: Delivery, now: Instant, chance: Chance): CommitRow {
  const { row, addressee, volume, exchange, sees, action, log, directoryVersion } = delivery;
  const { digest } = volume.stored;
  const delivered = action === 'DELIVER';
  const happening = ownDeed({ log, at: now, outcome: delivered ? 'DONE' : 'DENY', correlation: digest, statement: digest });
  const sight = { action, parties: sees, originators: [], counterparty: addressee };
  const stage = delivered ? 'delivered' : 'expired';
  return {
    ...eventRow(happening, sight, { stage, version: exchange?.version ?? 0, mailbox: delivered ? addressee : null }, chance),
    exchange: exchange === null ? null : encodeExchange(exchange),
    outbox: exchange === null ? [] : alarmsOf(exchange),
    settles: row,
    expects: [{ key: 'directory', version: directoryVersion }],
  };
}
