/**
 * Every reader, and every court, judges a signature by what the root says of its key, at the time when the log took it in. So a root's word ends
 * a key from now on and never back: else whoever has the root unsays what its officers signed, and what was delivered opens no more.
 */
import type { Directory } from '../../domain/authority.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { formatInstant, MINUTE_MS, plusMs, type Instant } from '../../domain/time.js';
import type { EntryPayload } from '../../domain/wire/directory.js';

/** clocks differ, and a word is on its way for a moment */
const BACK_MS_MAX = 15 * MINUTE_MS;

/** @param at date of a word that ends keys */
export const datedBack = (at: Instant, now: Instant): Refusal | null =>
  at < plusMs(now, -BACK_MS_MAX)
    ? refusal('STALE', 'it ends keys from its date on, and is dated more than 15 minutes back: sign it anew')
    : null;

/** @returns why the entry says of a signing key that it was not good when it was; null: it does not, or none was in force */
export function unsaidKey(entry: EntryPayload, { authorities, officerKeys }: Directory, now: Instant): Refusal | null {
  const last = authorities.get(entry.authority)?.entry ?? null;
  if (last === null) return null;
  for (const { officer, signing, from, until } of entry.officers) {
    const known = officerKeys.get(signing.kid);
    if (known === undefined) continue;
    const ended = Math.min(known.until, plusMs(now, -BACK_MS_MAX));
    if (from > known.from || until < ended)
      return refusal(
        'MALFORMED',
        `officers: the signing key of ${officer} is good since ${formatInstant(known.from)}, and that is not taken back; list it so, or another key`,
      );
  }
  const listed = new Set(entry.officers.map(({ signing }) => signing.kid));
  return last.officers.some(({ signing }) => !listed.has(signing.kid)) ? datedBack(entry.at, now) : null;
}
