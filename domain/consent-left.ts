/** What of a request for consent its grants leave. */
import type { Digest } from './ids.js';
import type { Instant } from './time.js';
import type { Purpose } from './vocabulary.js';

interface Asked {
  readonly fields?: readonly Digest[] | undefined;
  readonly until: Instant;
  /** proceedings that it is for alone; absent: it is for all */
  readonly conditions?: readonly string[] | undefined;
}

interface Granted extends Asked {
  readonly items: readonly Digest[];
  readonly purposes: readonly Purpose[];
}

/** Does a grant of some reach all that is asked? Absent is everything. */
const reaches = <T>(granted: readonly T[] | undefined, asked: readonly T[] | undefined): boolean =>
  granted === undefined || (asked?.every((one) => granted.includes(one)) ?? false);

/** Of the items and purposes that it grants nothing is left: no field, no time, no other proceedings. */
export const isUnbound = (grant: Granted, asked: Asked): boolean =>
  grant.until >= asked.until && reaches(grant.conditions, asked.conditions) && reaches(grant.fields, asked.fields);

/** @param grants that stand @returns those of the items of which something is left for these purposes */
export const ungranted = (
  items: readonly Digest[],
  purposes: readonly Purpose[],
  asked: Asked,
  grants: readonly Granted[],
): readonly Digest[] => {
  const whole = grants.filter((grant) => isUnbound(grant, asked));
  const isGranted = (item: Digest, purpose: Purpose): boolean =>
    whole.some((grant) => grant.items.includes(item) && grant.purposes.includes(purpose));
  return items.filter((item) => !purposes.every((purpose) => isGranted(item, purpose)));
};
