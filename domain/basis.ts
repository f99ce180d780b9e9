/** On what a release rests, originator by originator. Where all rest on the same it is said once; else each has a line of its own. */
import type { ChannelExemption, ExemptionCode } from './exemption.js';
import type { AuthorityId, Digest } from './ids.js';
import type { Instant } from './time.js';
import type { Purpose } from './vocabulary.js';
import type { ReleasePayload } from './wire/release.js';

/** What one originator's part rests on. */
export type BasisOfOne =
  | { readonly originator: AuthorityId; readonly consent: Digest }
  | { readonly originator: AuthorityId; readonly presumed: Digest }
  | { readonly originator: AuthorityId; readonly exemption: ChannelExemption };

export type Basis =
  | { readonly consents: readonly Digest[] }
  | { readonly presumed: Digest }
  | { readonly notices: readonly Digest[]; readonly approvals: readonly Digest[] }
  | { readonly exemption: ExemptionCode }
  | { readonly reseal: true }
  | { readonly each: readonly BasisOfOne[] };

/** A release by which somebody has an item. */
export interface HeldBy {
  /** who handed it on */
  readonly holder: AuthorityId;
  readonly purpose: Purpose;
  readonly until: Instant;
  /** grants that it cites */
  readonly consents: readonly Digest[];
  /** sealed anew to who had it */
  readonly isReseal: boolean;
  /** its place in the log: a caveat added behind it beats what it opened (rulings 4) */
  readonly logIndex: number;
}

/**
 * Is it sealed anew to whoever has it: to itself, as the type as which it has it? As another of its types it is somebody else (rulings 2).
 * One that does not say as what its holder has it is.
 */
export const isReseal = ({ holder, holderType, to, toType }: Pick<ReleasePayload, 'holder' | 'holderType' | 'to' | 'toType'>): boolean =>
  holder === to && (holderType === undefined || holderType === toType);

/** A grant that is cited. `for` null: for whichever originator gave it. */
export interface Cited {
  readonly consent: Digest;
  readonly for: AuthorityId | null;
}

/** Every grant that it cites, in order. */
export function citedIn(basis: Basis): readonly Cited[] {
  if ('consents' in basis) return basis.consents.map((consent) => ({ consent, for: null }));
  return 'each' in basis ? basis.each.flatMap((one) => ('consent' in one ? [{ consent: one.consent, for: one.originator }] : [])) : [];
}

export const consentsIn = (basis: Basis): readonly Digest[] => citedIn(basis).map(({ consent }) => consent);

/** null: none, or it is said once for all */
const lineOf = (basis: Basis, originator: AuthorityId): BasisOfOne | null =>
  'each' in basis ? (basis.each.find((one) => one.originator === originator) ?? null) : null;

/** The request by which this originator's consent is said to be presumed; null: it is not. */
export function presumedOf(basis: Basis, originator: AuthorityId): Digest | null {
  const said = lineOf(basis, originator) ?? basis;
  return 'presumed' in said ? said.presumed : null;
}

/** The exemption that is cited as to this originator; null: none. */
export function exemptionOf(basis: Basis, originator: AuthorityId): ExemptionCode | null {
  const said = lineOf(basis, originator) ?? basis;
  return 'exemption' in said ? said.exemption : null;
}

/** Every originator sees all of them: which request another's part rests on is none of its business. */
function nameOfOne(one: BasisOfOne): string {
  if ('consent' in one) return 'CONSENT';
  return 'presumed' in one ? 'PRESUMED' : `EXEMPTION(${one.exemption})`;
}

/** As the log names it. */
export function basisName(basis: Basis): string {
  if ('consents' in basis) return 'CONSENT';
  if ('presumed' in basis) return `PRESUMED(${basis.presumed})`;
  if ('notices' in basis) return `NOTICE(${basis.notices.join('+')})`;
  if ('each' in basis) return [...new Set(basis.each.map(nameOfOne))].sort().join('+');
  return 'exemption' in basis ? `EXEMPTION(${basis.exemption})` : 'RESEAL';
}
