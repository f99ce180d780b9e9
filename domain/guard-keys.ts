/** Names of the guards that more than one file reads or raises: a key that is misspelt guards nothing. */
import type { Digest, ExchangeId } from './ids.js';

/** Rises with whatever changes what may be done with an item. */
export const itemKey = (item: Digest): string => `item:${item}`;

/** Rises once, with the decision; the bytes go after it. From then on nobody is given the item. */
export const erasedKey = (item: Digest): string => `erased:${item}`;

/** Rises whenever somebody is given it: who decides that it goes rests on who has it. */
export const givenKey = (item: Digest): string => `given:${item}`;

/** Rises whenever somebody hands it on to `to`: what was added then binds what that one does with it. */
export const handedKey = (item: Digest, to: string): string => `handed:${item} ${to}`;

const EXCHANGE = 'exchange:';

/** Kept by the exchange row itself, whose version it is. */
export const exchangeKey = (id: ExchangeId): string => `${EXCHANGE}${id}`;

/** @returns the exchange whose row keeps this key; null: a guard of its own does */
export const exchangeOfKey = (key: string): string | null => (key.startsWith(EXCHANGE) ? key.slice(EXCHANGE.length) : null);
