/** An audit event: what happened, by whom, on which basis. Ids and codes only: never content, subject names or free text. */
import type { AuthorityId, Digest, ExchangeId, OfficerId } from './ids.js';
import type { AuthorityType } from './vocabulary.js';

export const ACTIONS = [
  'SEND',
  'DELIVER',
  'CONSENT_GRANT',
  'CONSENT_REFUSE',
  'CONSENT_REVOKE',
  'RELEASE',
  'ACCESS',
  'LABEL_CHANGE',
  'USE',
  'DELETE',
  'INABILITY',
  'NOTICE',
  'APPROVE',
  'CONSULTATION',
  'VERIFY',
  'DESIGNATE',
  'AGREEMENT',
  'ENTRY',
  'KEY_REVOKE',
  'ROOT_CHANGE',
  'QUORUM_REQUEST',
  'QUORUM_SHARE',
  'QUORUM_ACCESS',
  'LOGIN',
  'REPORT',
  'PARK',
  'CLOCK_REMIND',
  'CLOCK_DUE',
  'CLOCK_LAPSE',
  'CLOCK_ESCALATE',
  'CLOCK_MOVED',
  'CLOCK_STOPPED',
  'STRANGERS_REFUSED',
  'RESTORED',
  'RETENTION_REVIEW',
  'RETENTION_DUE',
  'ERASE',
  'PRUNE',
] as const;
export type Action = (typeof ACTIONS)[number];

/** One authority's view of one leaf; at most 4 KiB as UTF-8 JSON. Holds neither position nor previous hash: both are unknown before the commit. */
export interface AuditEvent {
  readonly v: 1;
  /** origin of the log */
  readonly log: string;
  readonly view: AuthorityId;
  /** RFC 3339 */
  readonly at: string;
  readonly action: Action;
  readonly outcome: 'ALLOW' | 'DENY' | 'DONE';
  /** joins a statement's decision, its outcome and its deliveries */
  readonly correlation: string;
  readonly actor: { readonly authority: AuthorityId | 'GATEWAY'; readonly officer?: OfficerId; readonly role?: string };
  readonly object: {
    readonly exchange?: ExchangeId;
    readonly exchangeType?: string;
    readonly message?: string;
    readonly item?: Digest;
    /** of an envelope: those that this view's authority may know of */
    readonly items?: readonly Digest[];
    readonly statement?: Digest;
    readonly seal?: Digest;
    /** of a holder's answer: the retraction or correction that it answers; to its parties */
    readonly answers?: Digest;
    /** of a refused consent: the item with its reasons; to its parties */
    readonly text?: Digest;
  };
  readonly counterparty?: string;
  /** of a release or a use: as which of its types its holder acts, where it has the item as one or says it */
  readonly holderType?: AuthorityType;
  /** of a release or a consent: as what the counterparty is given it */
  readonly toType?: AuthorityType;
  readonly purpose?: string;
  readonly legalBasis: readonly string[];
  readonly justification?: string;
  /** digest of the rule table that decided */
  readonly policy?: string;
  /** rules that were broken, at most 32 */
  readonly rules: readonly string[];
  readonly codes: readonly string[];
  /** grants it rested on, at most 16 */
  readonly consents: readonly Digest[];
  readonly basis?: string;
  /** what an envelope says in codes of the matter that it is about; to its two parties */
  readonly about?: EventMatter;
  /** codes that the act itself names: grounds of a refusal or a delay, outcomes, caveats; to its parties */
  readonly details?: readonly string[];
  /** RFC 3339: until when a consent or a release holds */
  readonly until?: string;
  /** RFC 3339: by when the first of the items is to be destroyed, where its originator said so, or whoever handed it on */
  readonly destroyBy?: string;
  /** true: it had more to say than fits, and leaves `about`, `details` and `items` out, and of other lists what stands last */
  readonly cut?: true;
}

/** Of what a request record and a counter are made (2019/1153 art. 17 [F:S25]; 7.4): codes, and references that reveal nothing by themselves. */
export interface EventMatter {
  readonly profile: string;
  readonly fromType: string;
  readonly toType: string;
  readonly matterType: string;
  readonly urgency: string;
  readonly assistanceTypes?: readonly string[];
  /** the two authorities' common reference, the sender's own, and the handler's */
  readonly pairCase?: string;
  readonly ownCase?: string;
  readonly handlerRef?: string;
  /** exchanges that it refers to: what it came of, or what came of it */
  readonly relatesTo?: readonly string[];
}
