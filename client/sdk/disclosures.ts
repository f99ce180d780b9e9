/** Who gave away what is one's own, on which basis, and who was not let: made of one's own view of the log. */
import type { AuthorityId } from '../../domain/ids.js';
import type { AuditRead } from './audit.js';
import { foldHandedOn } from './report/handed-on.js';
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
  /** how often the same was released, or tried */
  readonly times: number;
}

export interface DisclosureReport {
  /** releases that others made of what is ours, each on the basis that the log names; one that was made again on the same terms is one line with a count */
  readonly disclosures: readonly DisclosureRow[];
  /** releases that were refused, as far as this view shows them; repeats of one try are one line with a count, so that a typo does not look like a leak */
  readonly refused: readonly (DisclosureRow & { readonly codes: readonly string[] })[];
}

/** Of the events that were given: whether these are all is what `stream.ts` proves. */
export function reportDisclosures(events: readonly AuditRead[], authority: AuthorityId): DisclosureReport {
  const releases = events.filter(({ event }) => event.action === 'RELEASE');
  const byOthers = releases.filter(({ event }) => event.outcome === 'ALLOW' && event.actor.authority !== authority);
  const refused = foldTries(releases).map(({ first, codes, times }) => ({ ...rowOf(first, times), codes }));
  return { disclosures: foldHandedOn(byOthers).map(({ first, times }) => rowOf(first, times)), refused };
}

const rowOf = ({ index, event }: AuditRead, times: number): DisclosureRow => ({
  at: event.at,
  index,
  item: event.object.item ?? '',
  holder: event.actor.authority,
  to: event.counterparty ?? '',
  purpose: event.purpose ?? '',
  consents: event.consents,
  basis: event.basis ?? '',
  times,
});
