/** Grounds of refusal (A.9). Closed lists: what is not listed for a profile is no ground on it. */
import type { ForbiddenGround } from './profile.js';

export const GROUNDS_EVERYWHERE = [
  'NON_CONFORMING',
  'ESSENTIAL_INTERESTS',
  'IMPAIRS_INVESTIGATION',
  'ONGOING_INQUIRY_IMPEDED',
  'OUT_OF_MANDATE',
  'NOT_HELD',
  'ORIGINATOR_CONSENT_MISSING',
  'PERSON_SAFETY',
  'LEGAL_PRIVILEGE',
] as const;

/** ask by formal request instead; the requester cannot protect what it would get */
export const GROUNDS_INFORMAL = ['COERCIVE_NEEDS_MLA', 'INSUFFICIENT_PROTECTION'] as const;

export const GROUNDS_FIU = ['FUNDAMENTAL_PRINCIPLES', 'DISPROPORTIONATE', 'NO_RECIPROCITY', 'NO_MOU_REQUIRED_BY_LAW'] as const;

export const FORBIDDEN_GROUNDS: readonly ForbiddenGround[] = [
  { code: 'FISCAL_MATTER', when: 'sole', source: 'UNCAC 46(22) [M]; Egmont ¶30 [F2:S9]' },
  { code: 'BANK_SECRECY', when: 'ever', source: 'UNCAC 46(8) [M]; INR.40 ¶2(b) [F:S13]' },
  { code: 'AUTHORITY_STATUS_DIFFERENT', when: 'ever', source: 'INR.40 ¶2(d) [M]' },
  { code: 'PREDICATE_NOT_IDENTIFIED', when: 'ever', source: 'AMLD6 31(1) [F:S19]' },
  { code: 'OFFENCE_LABEL_DIFFERS', when: 'ever', source: 'AMLD6 35 [F:S18]; UNCAC 43(2) [M]' },
  { code: 'NO_MOU', when: 'ever', source: 'Egmont ¶17 [F2:S9]' },
  { code: 'DOMESTIC_INQUIRY_EXISTS', when: 'ever', source: 'INR.40 ¶2(c) [M]' },
];

/** Consent may be refused on these alone (AMLD6 34(2) [F:S18]; the last one Egmont 2013, CETS 198 [M], outside EU_FIU only). */
export const CONSENT_REFUSAL_GROUNDS = [
  'CONSENT_OUT_OF_SCOPE',
  'CONSENT_IMPAIRS_INVESTIGATION',
  'CONSENT_FUNDAMENTAL_PRINCIPLES',
  'CONSENT_DISPROPORTIONATE',
] as const;
