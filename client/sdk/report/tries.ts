/** Repeated denials of one try are one line with a count, so that a typo does not look like a leak (rulings 8). */
import type { AuditRead } from '../audit.js';
import { commonOf, type Row } from './question.js';

export interface Try {
  readonly first: AuditRead;
  readonly codes: readonly string[];
  times: number;
  last: string;
}

export const isRefused = ({ event }: AuditRead): boolean => event.outcome === 'DENY';

/** What was not found stands in no leaf: two such are known to be the same try by their bytes alone. */
const namesNothing = ({ item, exchange }: AuditRead['event']['object'], codes: readonly string[]): boolean =>
  codes.includes('NOT_FOUND') && item === undefined && exchange === undefined;

/** @param reads in log order; those that were not refused are passed over */
export function foldTries(reads: Iterable<AuditRead>): Try[] {
  const tries = new Map<string, Try>();
  for (const read of reads) {
    const { event } = read;
    if (!isRefused(read)) continue;
    const { actor, object, counterparty = '', purpose = '' } = event;
    const codes = [...event.codes].sort();
    const key = [
      event.action,
      actor.authority,
      actor.officer,
      counterparty,
      object.item,
      object.exchange,
      object.message,
      purpose,
      namesNothing(object, codes) ? object.statement : '',
      ...codes,
    ].join('\n');
    const known = tries.get(key);
    if (known === undefined) tries.set(key, { first: read, codes, times: 1, last: event.at });
    else {
      known.times += 1;
      known.last = event.at;
    }
  }
  return [...tries.values()];
}

export const rowOfTry = ({ first, codes, times, last }: Try): Row => ({ ...commonOf(first), codes, times, last });
