/** What was handed on: a release that was made once more, to the same reader in the same role on the same terms, gave nobody anything more, and counts once. */
import type { AuditRead } from '../audit.js';

export interface HandedOn {
  readonly first: AuditRead;
  times: number;
  /** RFC 3339: when it was last released, and the latest until when; empty: none says so */
  last: string;
  until: string;
}

export const isHandedOn = ({ event }: AuditRead): boolean =>
  event.action === 'RELEASE' && event.outcome === 'ALLOW' && event.basis !== 'RESEAL';

/** @param releases that were accepted, in log order */
export function foldHandedOn(releases: Iterable<AuditRead>): HandedOn[] {
  const given = new Map<string, HandedOn>();
  for (const read of releases) {
    const { actor, holderType, counterparty, toType, object, purpose, legalBasis, basis, consents, at, until = '' } = read.event;
    // one that had no room for its item may be of any
    const item = object.item ?? read.index;
    const key = JSON.stringify([actor.authority, holderType, counterparty, toType, item, purpose, legalBasis, basis, consents]);
    const known = given.get(key);
    if (known === undefined) given.set(key, { first: read, times: 1, last: at, until });
    else Object.assign(known, { times: known.times + 1, last: at, until: until > known.until ? until : known.until });
  }
  return [...given.values()];
}
