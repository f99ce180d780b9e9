/** Grounds of refusal (A.9), by the family of channels that may use them. Closed lists: what is not listed for a profile is no ground on it. */
import type { AuthorityType, ExchangeType } from '../vocabulary.js';
import type { ClosedGrounds, ForbiddenGround, Profile } from './profile.js';

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

/**
 * Of a request between the units of the Union: in exceptional circumstances only, where the exchange would go against fundamental principles
 * (AMLD6 31 [M]); what another unit gave is not passed on without its consent (34(1) [F:S18]). What is not held is a negative answer, and what
 * the request leaves out is asked for.
 */
export const CLOSED_EU_FIU: ClosedGrounds = {
  on: ['FIU_REQUEST', 'MULTI_FIU_REQUEST'],
  grounds: ['FUNDAMENTAL_PRINCIPLES', 'ORIGINATOR_CONSENT_MISSING'],
  source: 'AMLD6 31 [M], 34(1) [F:S18]',
};

/** After Dir 2023/977 6(1) [F:S22]; CETS 198 46(5) [M]. That an offence is minor only that law makes a ground: `CLOSED_SPOC` (A.9: LE, in the Union). */
export const GROUNDS_LE = ['DISPROPORTIONATE', 'JUDICIAL_AUTH_REFUSED', 'INACCURATE_DATA'] as const;

/** Asked of a single point of contact: Dir 2023/977 6(1) says "only if", point by point. */
export const CLOSED_SPOC: ClosedGrounds = {
  on: ['LE_REQUEST'],
  askedAs: ['SPOC'],
  grounds: [
    'NOT_HELD', // (a)
    'NON_CONFORMING', // (b)
    'JUDICIAL_AUTH_REFUSED', // (c)
    'DATA_CATEGORY_NOT_PERMITTED', // (d)
    'INACCURATE_DATA', // (e)
    ...['ESSENTIAL_INTERESTS', 'IMPAIRS_INVESTIGATION', 'ONGOING_INQUIRY_IMPEDED', 'PERSON_SAFETY', 'LEGAL_PERSON_INTERESTS'], // (f)
    ...['MINOR_OFFENCE', 'NO_OFFENCE_HERE'], // (g)
    'ORIGINATOR_CONSENT_MISSING', // (h)
  ],
  source: 'Dir 2023/977 6(1) [F:S22], (g)(ii) and (h) [M]',
};

/** UNCAC 46(9)(b), 46(21)(c)-(d), 55(7) [M]; the last two are treaty or domestic grounds */
export const GROUNDS_MLA = [
  'PROHIBITED_DOMESTICALLY',
  'CONTRARY_TO_MLA_LAW',
  'DUAL_CRIMINALITY',
  'DE_MINIMIS',
  'AVAILABLE_ELSEWHERE',
  'NE_BIS_IN_IDEM',
  'DEATH_PENALTY_OR_TORTURE',
] as const;

/** UNCAC 44(1), 44(11), 44(15) [M] */
export const GROUNDS_EXTRADITION = [
  'DUAL_CRIMINALITY',
  'NON_DISCRIMINATION',
  'POLITICAL',
  'NE_BIS_IN_IDEM',
  'DEATH_PENALTY_OR_TORTURE',
  'NATIONALITY',
] as const;

/** Constitution art 3 [F:S33] */
export const GROUNDS_INTERPOL = ['INTERPOL_ART3', 'POLITICAL', 'NON_DISCRIMINATION', 'INACCURATE_DATA'] as const;

/** UNCAC 43(1) [M]: a State considers helping in civil and administrative matters, and need not */
export const GROUNDS_CIVIL_ADMIN = ['DE_MINIMIS', 'AVAILABLE_ELSEWHERE', 'DISPROPORTIONATE', 'CIVIL_ADMIN_NOT_OFFERED'] as const;

export const FORBIDDEN_GROUNDS: readonly ForbiddenGround[] = [
  { code: 'FISCAL_MATTER', when: 'sole', source: 'UNCAC 46(22) [M]; Egmont ¶30 [F2:S9]' },
  { code: 'BANK_SECRECY', when: 'ever', source: 'UNCAC 46(8) [M]; INR.40 ¶2(b) [F:S13]' },
  { code: 'AUTHORITY_STATUS_DIFFERENT', when: 'ever', source: 'INR.40 ¶2(d) [M]' },
  { code: 'PREDICATE_NOT_IDENTIFIED', when: 'ever', source: 'AMLD6 31(1) [F:S19]' },
  { code: 'OFFENCE_LABEL_DIFFERS', when: 'ever', source: 'AMLD6 35 [F:S18]; UNCAC 43(2) [M]' },
  { code: 'NO_MOU', when: 'ever', source: 'Egmont ¶17 [F2:S9]' },
  { code: 'DOMESTIC_INQUIRY_EXISTS', when: 'ever', source: 'INR.40 ¶2(c) [M]' },
];

/** Consent may be refused on these alone, on EU_FIU (AMLD6 34(2) [F:S18]). */
export const CONSENT_REFUSAL_GROUNDS_EU = [
  'CONSENT_OUT_OF_SCOPE',
  'CONSENT_IMPAIRS_INVESTIGATION',
  'CONSENT_FUNDAMENTAL_PRINCIPLES',
] as const;

/** Elsewhere disproportion is a ground too (Egmont 2013, CETS 198 [M]). */
export const CONSENT_REFUSAL_GROUNDS = [...CONSENT_REFUSAL_GROUNDS_EU, 'CONSENT_DISPROPORTIONATE'] as const;

/** @param askedAs as what the requested authority is asked @returns what such an exchange may be refused for: the closed list where the law has one */
export const groundsFor = (
  { refusalGrounds, closedGrounds }: Pick<Profile, 'refusalGrounds' | 'closedGrounds'>,
  type: ExchangeType,
  askedAs: AuthorityType,
): readonly string[] =>
  closedGrounds.find((closed) => closed.on.includes(type) && (closed.askedAs === undefined || closed.askedAs.includes(askedAs)))?.grounds ??
  refusalGrounds;
