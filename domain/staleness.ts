/** When what an authority says of itself is too old to be relied on: a warning, never a refusal (1.4 [D]; [S¶16, ¶39-40, ¶43(c)]). */
import { DAY_MS, plusMs, type Instant } from './time.js';
import type { EntryPayload } from './wire/directory.js';

/** Twelve months. */
export const CONFIRMED_EVERY_DAYS = 365;

/** When somebody last looked at what it says: a turned key or a new officer is signed without that. */
export const confirmedAt = ({ at, lastConfirmedAt }: Pick<EntryPayload, 'at' | 'lastConfirmedAt'>): Instant => lastConfirmedAt ?? at;

export const staleFrom = (entry: Pick<EntryPayload, 'at' | 'lastConfirmedAt'>): Instant =>
  plusMs(confirmedAt(entry), CONFIRMED_EVERY_DAYS * DAY_MS);

export const isStale = (entry: Pick<EntryPayload, 'at' | 'lastConfirmedAt'>, now: Instant): boolean => now >= staleFrom(entry);
