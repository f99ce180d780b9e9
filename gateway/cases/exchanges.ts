/** Exchanges as stored. */
import type { Exchange } from '../../domain/exchange.js';
import type { ExchangeId } from '../../domain/ids.js';
import type { ExchangeRow, Store } from '../../domain/ports.js';
import { storedJson } from '../read/stored-json.js';

const utf8 = new TextEncoder();

export const encodeExchange = ({ version, id, ...body }: Exchange): ExchangeRow => ({
  id,
  version,
  body: utf8.encode(JSON.stringify(body)),
});

/** The version is the row's. */
const decodeExchange = (row: ExchangeRow): Exchange => ({
  // of an exchange that was opened before they were kept, none are known
  intended: [],
  ...(storedJson(row.body, `exchange ${row.id}`) as Omit<Exchange, 'id' | 'version' | 'intended'> & Partial<Pick<Exchange, 'intended'>>),
  id: row.id,
  version: row.version,
});

export async function readExchange(id: ExchangeId, store: Store): Promise<Exchange | null> {
  const row = await store.exchange(id);
  return row === null ? null : decodeExchange(row);
}
