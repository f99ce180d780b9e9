/** What the log says to one authority: its own view of every leaf that concerns it, and the report that is made of it. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { leafData, viewHash } from '../../crypto/views.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { AuthorityId } from '../../domain/ids.js';
import { auditPage } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { certain } from './ids.js';

export interface AuditRead {
  /** place in the log */
  readonly index: number;
  readonly event: AuditEvent;
  /** the leaf's public data, computed from this view: what a proof of inclusion is about */
  readonly leaf: string;
}

const PAGE = 200;
const utf8 = new TextEncoder();

/** @throws PolicyRefusal `ROLE_REQUIRED` for an officer without the role COMPLIANCE */
export async function readAuditEvents(context: ClientContext): Promise<AuditRead[]> {
  const events: AuditRead[] = [];
  let after: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(after === undefined ? {} : { after }) });
    const page = auditPage.safeParse(await context.door.get(`/v1/audit/events?${query.toString()}`));
    if (!page.success)
      throw new ParleyError('ANSWER_UNREADABLE', 'The audit log is not readable.', 'Update this client, or ask the operator.');
    events.push(...page.data.events.map(({ index, view }) => readView(index, view)));
    if (page.data.next === undefined || page.data.events.length === 0) return events;
    after = page.data.next;
  }
}

function readView(index: number, view: { readonly salt: string; readonly event: string; readonly others: readonly string[] }): AuditRead {
  const own = viewHash(certain(decodeBase64url(view.salt)), utf8.encode(view.event));
  const others = view.others.map((hash) => certain(decodeBase64url(hash)));
  return { index, event: JSON.parse(view.event) as AuditEvent, leaf: encodeBase64url(leafData([own, ...others])) };
}

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

/** Complete for what this log recorded about `authority`, and no more than that. */
export function reportDisclosures(events: readonly AuditRead[], authority: AuthorityId): DisclosureReport {
  const releases = events.filter(({ event }) => event.action === 'RELEASE');
  const byOthers = releases.filter(({ event }) => event.outcome === 'ALLOW' && event.actor.authority !== authority);
  const refused = new Map<string, DisclosureReport['refused'][number]>();
  for (const read of releases.filter(({ event }) => event.outcome === 'DENY')) {
    const row = { ...rowOf(read), codes: read.event.codes, times: 1 };
    const key = [row.item, row.holder, row.to, row.purpose, ...row.codes].join(' ');
    const known = refused.get(key);
    refused.set(key, known === undefined ? row : { ...known, times: known.times + 1 });
  }
  return { disclosures: byOthers.map(rowOf), refused: [...refused.values()] };
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
