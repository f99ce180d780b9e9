/** In which exchange something came: of an officer who names an item it is not asked. */
import type { Digest, ExchangeId } from '../../domain/ids.js';
import { ParleyError, type ParleyClient } from '../sdk/index.js';

/**
 * @param wanted what is said where none is found
 * @throws ParleyError `NOT_FOUND` for what a release gave, or nothing in the inbox: then there is no other side to ask
 */
export async function exchangeOf(client: ParleyClient, item: Digest, wanted: string): Promise<ExchangeId> {
  let found: ExchangeId | null = null;
  for await (const { exchange, items } of client.inbox())
    if (exchange !== null && items.some(({ digest }) => digest === item)) found = exchange;
  if (found !== null) return found;
  throw new ParleyError('NOT_FOUND', `In no exchange of yours somebody gave you item ${item}.`, wanted);
}
