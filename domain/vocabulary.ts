/**
 * The field's closed lists. Sources: docs/SOURCES.md; authority types (A.1), exchange types (A.2), messages (A.3),
 * purposes (A.4), levels (A.6), urgency (A.7), legal bases (A.8), reason codes (A.9).
 */
export const AUTHORITY_TYPES = [
  'FIU',
  'CENTRAL_AUTHORITY_MLA',
  'CENTRAL_AUTHORITY_EXTRADITION',
  'ASSET_RECOVERY_FOCAL_POINT',
  'PREVENTION_AUTHORITY',
  'CIVIL_ADMIN_FOCAL_POINT',
  'LAW_ENFORCEMENT',
  'ANTI_CORRUPTION_LEA',
  'PROSECUTION',
  'COURT',
  'ASSET_RECOVERY_OFFICE',
  'ARIN_CONTACT_LE',
  'ARIN_CONTACT_JUDICIAL',
  'INTERPOL_NCB',
  'SPOC',
  'SUPERVISOR',
  'TAX_AUTHORITY',
  'CUSTOMS',
  'INTERNATIONAL_BODY',
  'OVERSIGHT',
  'OPERATOR',
] as const;
export type AuthorityType = (typeof AUTHORITY_TYPES)[number];

export { EXCHANGE_TYPES, type ExchangeType } from './machines/index.js';
export { MESSAGES, SYSTEM_STEPS, type Message, type SystemStep } from './messages.js';

export const PURPOSES = [
  'INTELLIGENCE',
  'ASSET_TRACING',
  'MLA_PREPARATION',
  'INVESTIGATION',
  'PROSECUTION_JUDICIAL',
  'CONFISCATION',
  'ASSET_RETURN',
  'EXTRADITION',
  'CIVIL_PROCEEDING',
  'ADMINISTRATIVE_PROCEEDING',
  'SUPERVISORY',
  'TAX',
  'PREVENTION',
  'STRATEGIC_ANALYSIS',
  'EXCULPATORY',
  'IMMINENT_THREAT',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Purposes that put information before a court or an authority that decides about somebody (A.4, column "Evidence?"). */
export const EVIDENTIAL_PURPOSES: ReadonlySet<Purpose> = new Set([
  'PROSECUTION_JUDICIAL',
  'CONFISCATION',
  'ASSET_RETURN',
  'EXTRADITION',
  'CIVIL_PROCEEDING',
  'ADMINISTRATIVE_PROCEEDING',
  'EXCULPATORY',
]);

/** Purposes for which silence is never a consent: evidence (0.4), and what always takes a consent of its own (A.4: INR.40 ¶14, Egmont [F2:S9]). */
export const NEVER_PRESUMED: ReadonlySet<Purpose> = new Set([...EVIDENTIAL_PURPOSES, 'SUPERVISORY', 'TAX']);

export const LEVELS = ['PUBLIC', 'OFFICIAL', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'] as const;
export type Level = (typeof LEVELS)[number];

/** FIRST TLP 2.0, loosest first. AMBER's "clients" mean nothing for authorities: it counts as AMBER+STRICT (6.1 [D]). */
export const TLPS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export type Tlp = (typeof TLPS)[number];

export const URGENCIES = ['ROUTINE', 'PRIORITY', 'URGENT', 'EMERGENCY'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** At least one makes a request urgent (A.7). */
export const URGENCY_THRESHOLDS = [
  'THREAT_TO_LIFE',
  'THREAT_TO_PUBLIC_SECURITY',
  'DISSIPATION_OF_ASSETS',
  'DETENTION_DECISION',
  'RELEVANCE_EXPIRES',
  'TERRORISM',
] as const;

/** Why an answer waits (A.9). */
export const DELAY_CODES = [
  'ONGOING_PROCEEDINGS',
  'AWAITING_JUDICIAL_AUTHORISATION',
  'AWAITING_CLARIFICATION',
  'AWAITING_TRANSLATION',
  'AWAITING_THIRD_AUTHORITY',
  'AWAITING_ORIGINATOR_CONSENT',
  'WORKLOAD',
  'TECHNICAL',
  'COMPLEX_SEARCH',
  'COST_CONSULTATION',
] as const;
export type DelayCode = (typeof DELAY_CODES)[number];

export const MATTER_TYPES = ['CRIMINAL', 'CIVIL', 'ADMINISTRATIVE', 'INTELLIGENCE', 'PREVENTION'] as const;
export type MatterType = (typeof MATTER_TYPES)[number];

/** Kinds of assistance; `coercive` ones need a formal request (0.11). */
export const ASSISTANCE_TYPES = {
  INFORMATION_HELD: { coercive: false },
  COMPANY_RECORDS: { coercive: false },
  BENEFICIAL_OWNER: { coercive: false },
  PUBLIC_RECORDS: { coercive: false },
  REAL_ESTATE_RECORDS: { coercive: false },
  QUERY_ON_BEHALF: { coercive: false },
  VOLUNTARY_INTERVIEW: { coercive: false },
  REQUIREMENTS_ADVICE: { coercive: false },
  ASSET_TRACING: { coercive: false },
  BANK_RECORDS_COMPELLED: { coercive: true },
  FREEZING: { coercive: true },
  SEIZURE: { coercive: true },
  SEARCH: { coercive: true },
  ARREST: { coercive: true },
  CONFISCATION_ORDER: { coercive: true },
  COMPELLED_TESTIMONY: { coercive: true },
  PROVISIONAL_ARREST: { coercive: true },
  CONFISCATION_ENFORCEMENT: { coercive: true },
  // held back for a short fixed time by an FIU, where its law lets it do so for a foreign one (2.2)
  TRANSACTION_SUSPENSION: { coercive: true },
  // the eleven kinds of UNCAC 46(3) [M]; F and J take bank records and freezing in, so they count as coercive (1.3)
  UNCAC_46_3_A: { coercive: false },
  UNCAC_46_3_B: { coercive: false },
  UNCAC_46_3_C: { coercive: true },
  UNCAC_46_3_D: { coercive: false },
  UNCAC_46_3_E: { coercive: false },
  UNCAC_46_3_F: { coercive: true },
  UNCAC_46_3_G: { coercive: false },
  UNCAC_46_3_H: { coercive: false },
  UNCAC_46_3_I: { coercive: false },
  UNCAC_46_3_J: { coercive: true },
  UNCAC_46_3_K: { coercive: true },
} as const satisfies Record<string, { readonly coercive: boolean }>;
export type AssistanceType = keyof typeof ASSISTANCE_TYPES;
export const ASSISTANCE_TYPE_CODES = Object.keys(ASSISTANCE_TYPES) as [AssistanceType, ...AssistanceType[]];

/** Kinds that take in what compels nobody, such as copies of what is public: of these the request says which it asks for (1.3: "normally F", "J freezing part"). */
export const COERCIVE_BY_CASE: ReadonlySet<AssistanceType> = new Set(['UNCAC_46_3_F', 'UNCAC_46_3_J', 'UNCAC_46_3_K']);

/** What an item is (rulings 1): own data, received from another, a public record, an FPS report, an extract, a translation. */
export const ITEM_KINDS = ['OWN', 'RECEIVED', 'PUBLIC_RECORD', 'FPS_REPORT', 'EXTRACT', 'TRANSLATION'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export const FRAMEWORKS = ['EGMONT_PRINCIPLES', 'FATF_R40', 'CARIN_MANUAL', 'GLOBE_CHARTER', 'INTERPOL_RPD'] as const;

export const SUITES = ['age-pq-1', 'age-x25519-1', 'openpgp-4'] as const;
export type Suite = (typeof SUITES)[number];
/** Suites that a later quantum computer opens (protocol 4). */
export const CLASSICAL_SUITES: ReadonlySet<Suite> = new Set(['age-x25519-1', 'openpgp-4']);

export const FORMATS = ['age', 'openpgp', 'cms'] as const;
export type Format = (typeof FORMATS)[number];
export const FORMAT_OF_SUITE: Readonly<Record<Suite, Format>> = { 'age-pq-1': 'age', 'age-x25519-1': 'age', 'openpgp-4': 'openpgp' };

export const OFFICER_ROLES = ['OFFICER', 'SUPERVISOR', 'COMPLIANCE', 'LIAISON_OFFICER', 'OVERSIGHT', 'OPERATOR'] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];
/** Handles exchanges. COMPLIANCE looks at its own log, OVERSIGHT at that of others who named it, OPERATOR at the machine. */
export const CASE_ROLES: readonly OfficerRole[] = ['OFFICER', 'SUPERVISOR', 'LIAISON_OFFICER'];
/** In which of its roles an officer speaks, where an act asks for no other: in one that handles exchanges, whatever it is beside. */
export const spokenAs = (roles: readonly OfficerRole[]): OfficerRole | null =>
  roles.find((role) => CASE_ROLES.includes(role)) ?? roles[0] ?? null;

/** Why an officer reads (9.1: the consultation log shows the justification). A code: prose would carry names into the log. */
export const JUSTIFICATIONS = ['CASE_WORK', 'CONSENT_REVIEW', 'SUPERVISION', 'DUTY_COVER', 'EXCULPATORY_REVIEW', 'TRANSLATION'] as const;

/** Networks of practitioners in which a body has a seat (5.1-5.3). A network is a row here and a row of its profile's table. */
export const NETWORKS = [
  'CARIN',
  'ARIN_SA',
  'ARIN_RRAG',
  'ARIN_AP',
  'ARIN_EA',
  'ARIN_WA',
  'ARIN_CARIB',
  'ARIN_WCA',
  'ARIN_MENA',
  'GLOBE',
  'EGMONT',
  'INTERPOL_GFPN',
] as const;
export type Network = (typeof NETWORKS)[number];
/** Observers and associates take part in strategy, never in cases (5.1 [F:S36]). */
export const NETWORK_SEATS = ['MEMBER', 'OBSERVER', 'ASSOCIATE'] as const;
export type NetworkSeat = (typeof NETWORK_SEATS)[number];
export interface Seat {
  readonly network: Network;
  readonly seat: NetworkSeat;
}

/** Why the first way is not taken (AMLD6 30(3) [F:S18]; the second: its next subparagraph). */
export const FALLBACK_REASONS = ['TECHNICAL_FAILURE', 'COUNTERPART_NOT_CONNECTED'] as const;

export const PROFILE_IDS = [
  'EGMONT_FIU',
  'EU_FIU',
  'BVI_BILATERAL_FIU',
  'CARIN',
  'ARIN_SA',
  'ARIN_RRAG',
  'ARIN_AP',
  'ARIN_EA',
  'ARIN_WA',
  'ARIN_CARIB',
  'ARIN_WCA',
  'ARIN_MENA',
  'GLOBE',
  'INTERPOL',
  'LE_ART48',
  'INFORMAL_MLA_CONSULT',
  'EXTRADITION_CONSULT',
  'FORMAL_MLA',
  'CIVIL_ADMIN',
  'PREVENTION',
  'DIAGONAL',
  'SPONTANEOUS',
  'DOMESTIC_ONWARD',
] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** A legal basis: a code of A.8, some with a reference after a colon (`MOU:2019-14`). */
export const LEGAL_BASIS =
  /^(?:UNCAC_(?:6_3|43|44|46|46_4|48|48_2|49|53|55|56|57|58|59)|UNTOC_18|CETS198_46|ETS030|CETS182|AMLD6_31|DIR_2019_1153_(?:7|9|10)|DIR_2023_977|DIR_2024_1260|RECIPROCITY|(?:MLAT|DOMESTIC_LAW|MOU):[A-Z0-9._-]{1,32})$/;
