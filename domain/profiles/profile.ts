/** A channel profile: who may speak to whom about what, which facts a request owes, how long an answer may take (domain.md 12). */
import type { PlainCaveat } from '../label.js';
import type { AuthorityType, ExchangeType, Level, ProfileId, Purpose, Tlp } from '../vocabulary.js';

export interface Pair {
  readonly from: readonly AuthorityType[];
  readonly to: readonly AuthorityType[];
}

/** A field that an opening message owes, and the provision that asks for it. */
export interface Owed {
  readonly field: string;
  readonly article: string;
}

export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly article: string;
  readonly mandatory: boolean;
  /** fields of one group are disclosed together or not at all: selective quoting inverts meaning (protocol 3) */
  readonly group?: string;
}

/** A sealed form. Its values are checked by the clients; the gateway sees only which mandatory fields are filled. */
export interface Form {
  readonly schema: string;
  readonly title: string;
  readonly fields: readonly FormField[];
}

export interface ProfileClock {
  readonly code: string;
  readonly kind: 'ACK' | 'FIRST' | 'FINAL';
  readonly on: readonly ExchangeType[];
  readonly amount: number;
  readonly unit: 'CALENDAR_DAYS' | 'BUSINESS_DAYS' | 'HOURS';
  readonly source: string;
  /** an `internal target` is never called law (rulings 6) */
  readonly binding: 'law' | 'practice' | 'internal target';
}

export interface ForbiddenGround {
  readonly code: string;
  /** `sole`: not alone; `ever`: not even beside another */
  readonly when: 'sole' | 'ever';
  readonly source: string;
}

export interface Profile {
  readonly id: ProfileId;
  readonly title: string;
  readonly source: string;
  readonly exchangeTypes: readonly ExchangeType[];
  /** who may open to whom; the answer retraces the pair, and consent may be asked in either direction */
  readonly pairs: readonly Pair[];
  /** both must belong to one territory */
  readonly domestic: boolean;
  /** sealed fields that an opening message must say it has filled, a CONSENT_REQUEST's aside */
  readonly mandatoryForm: readonly Owed[];
  /** members of the opening message's body, a CONSENT_REQUEST's aside */
  readonly mandatoryBody: readonly Owed[];
  /** the opening message explains the link with the addressee's territory */
  readonly countryLink: boolean;
  /** the opening message says whether its fact and substance are confidential */
  readonly confidentialityChoice: boolean;
  /** what the client proposes where the sender chooses nothing */
  readonly defaultLabel: {
    readonly level: Level;
    readonly tlp: Tlp;
    readonly caveats: readonly PlainCaveat[];
    readonly purposes: readonly Purpose[];
  };
  /** caveats that every sealed item on this profile bears, whatever the sender chooses */
  readonly minimumCaveats: readonly PlainCaveat[];
  /** a purpose that is allowed brings these with it */
  readonly impliedPurposes: Readonly<Partial<Record<Purpose, readonly Purpose[]>>>;
  readonly clocks: readonly ProfileClock[];
  readonly suspendsOnClarification: boolean;
  /** where true, and both directory entries switch it on, silence about a named recipient is consent (0.4) */
  readonly presumedConsentPossible: boolean;
  /** for the rule book: on what an answer may be handed on */
  readonly forwardRule: string;
  readonly refusalGrounds: readonly string[];
  readonly forbiddenGrounds: readonly ForbiddenGround[];
  readonly consentRefusalGrounds: readonly string[];
  /** the form of the opening message, and of an answer */
  readonly openingForm: Form;
  readonly answerForm: Form;
}
