/** Who gave away what is one's own, on which basis, and who was not let: made of one's own view of the log. */
import type { AuthorityId } from '../../domain/ids.js';
import type { AuditRead } from './audit.js';
import { foldTries } from './report/tries.js';

/** One row: something of ours went, or was to go, to somebody. */
export interface DisclosureRow {
  readonly at: string;
  readonly index: number;
  readonly item: string;
  readonly holder: string;
  readonly to: string;
  readonly purpose: string;
  readonly consents: readonly string[];
  readonly basis: string;
}

export interface DisclosureReport {
  /** releases that others made of what is ours, each on the basis that the log names */
  readonly disclosures: readonly DisclosureRow[];
  /** releases that were refused, as far as this view shows them; repeats of one try are one line with a count, so that a typo does not look like a leak */
  readonly refused: readonly (DisclosureRow & { readonly codes: readonly string[]; readonly times: number })[];
}

/** Of the events that were given: whether these are all is what `stream.ts` proves. */
export function reportDisclosures(events: readonly AuditRead[], authority: AuthorityId): DisclosureReport {
  const releases = events.filter(({ event }) => event.action === 'RELEASE');
  const byOthers = releases.filter(({ event }) => event.outcome === 'ALLOW' && event.actor.authority !== authority);
  const refused = foldTries(releases).map(({ first, codes, times }) => ({ ...rowOf(first), codes, times }));
  return { disclosures: byOthers.map(rowOf), refused };
}

const rowOf = ({ index, event }: AuditRead): DisclosureRow => ({
  at: event.at,
  index,
  item: event.object.item ?? '',
  holder: event.actor.authority,
  to: event.counterparty ?? '',
  purpose: event.purpose ?? '',
  consents: event.consents,
  basis: event.basis ?? '',
});
