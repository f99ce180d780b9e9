/** One broken rule. Codes are those of docs/POLICIES.md; all that are broken are named at once. */
export const VIOLATION_CODES = [
  'NO_THIRD_PARTY_CONSENT',
  'USE_BEYOND_PURPOSE',
  'EVIDENCE_USE_PROHIBITED',
  'CHANNEL_NOT_PERMITTED',
  'ADDRESSEE_NOT_DESIGNATED',
  'PRIVATE_PARTY_RECIPIENT',
  'OBSERVER_NO_CASE_DATA',
  'MISSING_FIELD',
  'COUNTRY_LINK_MISSING',
  'PERIOD_NOT_JUSTIFIED',
  'DISTRIBUTION_LIST_TOO_BROAD',
  'URGENCY_UNJUSTIFIED',
  'COERCIVE_MEASURE_INFORMAL',
  'CAVEAT_NOT_ALLOWED',
  'CONTACT_SOURCE_FIRST',
  'REFUSAL_WITHOUT_REASON',
  'REFUSAL_GROUND_FORBIDDEN',
  'REFUSAL_WITHOUT_CONSULTATION',
  'DUAL_CRIMINALITY_NONCOERCIVE',
  'CAVEAT_WEAKENED',
  'CONFIDENTIALITY_CHOICE_REQUIRED',
  'CONFIDENTIALITY_OF_FACT',
  'CONSENT_EXPIRED_OR_REVOKED',
  'CONSENT_SCOPE_EXCEEDED',
  'CLASSIFICATION_EXCEEDS_SYSTEM',
  'CLASSIFICATION_EXCEEDS_CLEARANCE',
  'LANGUAGE_NOT_ACCEPTED',
  'PARTICIPANT_SUSPENDED',
  'RETENTION_EXPIRED',
  'ITEM_RETRACTED',
  'RECIPIENT_NOT_NAMED',
  'OUTSIDE_OWN_ORGANISATION',
  'TLP_EXCEEDED',
  'EXPORT_NOT_ALLOWED',
  'PRIVILEGED_NOT_EXCHANGEABLE',
  'CONDITION_NOT_MET',
  'LABEL_EMPTY',
  'LABEL_CONTRADICTORY',
  'LEGAL_BASIS_MISSING',
  'PROTECTION_TOO_WEAK',
  'DERIVATION_UNKNOWN',
  'NOT_HOLDER',
  'NOT_AT_DESK',
  'NOT_ORIGINATOR',
  'NOT_FORMAL_AUTHORITY',
  'UNPROTECTED_CHANNEL',
  'ORIGINATOR_CONSENT_MISSING',
  'EXCULPATORY_NOTICE_MISSING',
  'TWO_PERSONS_REQUIRED',
  'TIPPING_OFF_RISK',
  'RULE_FAILED',
] as const;
export type ViolationCode = (typeof VIOLATION_CODES)[number];

/** This profile's next step as something a client can do. Not legal advice. */
export type Remedy =
  | {
      readonly action: 'consent-request';
      readonly originator: string;
      readonly items: readonly string[];
      readonly recipient: string;
      readonly purpose: string;
    }
  | { readonly action: 'formal-mla'; readonly via: string }
  | { readonly action: 'complete-field'; readonly fields: readonly string[] }
  | { readonly action: 'choose-addressee'; readonly types: readonly string[] }
  | { readonly action: 'use-profile'; readonly profiles: readonly string[] }
  | { readonly action: 'keep-label' }
  | { readonly action: 'justify'; readonly fields: readonly string[] }
  | { readonly action: 'reseal'; readonly suites: readonly string[] }
  | { readonly action: 'translate'; readonly languages: readonly string[] }
  | { readonly action: 'ask-originator'; readonly originators: readonly string[] }
  /** whose caveat it is, or whose release has ended, handed it on, and hands it on anew */
  | { readonly action: 'ask-holder'; readonly holders: readonly string[] }
  /** the originator has consented, and its consent has not begun yet */
  | { readonly action: 'await-consent'; readonly consent: string; readonly from: string }
  | { readonly action: 'consult'; readonly parts: readonly string[] }
  /** it was asked and may still answer; `until` null: no certain date ends the wait */
  | { readonly action: 'await-views'; readonly parts: readonly string[]; readonly until: string | null }
  | { readonly action: 'exculpatory-notice' }
  | { readonly action: 'none' };

export interface Violation {
  readonly code: ViolationCode;
  /** id of the rule in docs/POLICIES.md */
  readonly rule: string;
  /** article or decision, with its certainty mark */
  readonly source: string;
  /** one sentence with the offenders filled in; ids and codes only */
  readonly sentence: string;
  readonly offenders: readonly string[];
  readonly remedy: Remedy;
}
