/** Exchanges as stored, and the step that a statement would take in one. */
import { actorOf, type Exchange } from '../../domain/exchange.js';
import { MACHINES } from '../../domain/machines/index.js';
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import type { ExchangeRow, Store } from '../../domain/ports.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Step } from '../../domain/machine.js';
import type { ExchangeStep } from '../plan.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

export const encodeExchange = ({ version, id, ...body }: Exchange): ExchangeRow => ({
  id,
  version,
  body: utf8.encode(JSON.stringify(body)),
});

/** Our own bytes, so that their shape is trusted; the version is the row's. */
export const decodeExchange = (row: ExchangeRow): Exchange => ({
  ...(JSON.parse(text.decode(row.body)) as Omit<Exchange, 'id' | 'version'>),
  id: row.id,
  version: row.version,
});

export async function readExchange(id: ExchangeId, store: Store): Promise<Exchange | null> {
  const row = await store.exchange(id);
  return row === null ? null : decodeExchange(row);
}

/** The exchange that an opening envelope would open: in its machine's first state, version 0. */
export function opened({ digest, payload }: StatementOf<'parley-envelope+json'>): Exchange {
  return {
    id: payload.exchange,
    version: 0,
    type: payload.exchangeType,
    profile: payload.profile,
    state: MACHINES[payload.exchangeType].states[0]!,
    requesting: payload.from,
    requestingType: payload.fromType,
    requested: payload.to,
    requestedType: payload.toType,
    opening: digest,
    last: digest,
    openedAt: payload.sentAt,
    deliveredAt: null,
    clocks: [],
  };
}

/** @returns null where `who` is not a party: then there is no such exchange for it */
export function stepBy(exchange: Exchange, step: Step, who: AuthorityId): ExchangeStep | null {
  const actor = actorOf(exchange, who);
  return actor === null ? null : { before: exchange, current: exchange, step, actor };
}
