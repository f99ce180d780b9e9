/** A channel profile: who may speak to whom about what, which facts a request owes, how long an answer may take (domain.md 12). */
import type { Exemption } from '../exemption.js';
import type { PlainCaveat } from '../label.js';
import type { AuthorityType, DelayCode, ExchangeType, Level, Network, ProfileId, Purpose, Suite, Tlp, Urgency } from '../vocabulary.js';
import type { Step } from '../machine.js';
import type { Form, Owed } from './form.js';

export type { Form, FormField, Owed } from './form.js';

export interface Pair {
  readonly from: readonly AuthorityType[];
  readonly to: readonly AuthorityType[];
  /** the exchanges it is for; absent: every one of the profile */
  readonly on?: readonly ExchangeType[];
  /** a leg within one State */
  readonly domestic?: true;
  /** both must be members of it, whatever the profile's own network is; absent: of none beside that */
  readonly network?: Network;
  /** both must lie in one of these territories; absent: where the profile says */
  readonly region?: readonly string[];
}

/** What the opening message of one exchange type owes. */
export interface Opening {
  /** sealed; null: it opens without a form */
  readonly form: Form | null;
  readonly answer: Form | null;
  /** members of the body, in clear */
  readonly body: readonly Owed[];
}

/**
 * What a clock waits for: an acknowledgement, a first substantive answer, the final one; and in the second stage a date that a message
 * stated, an answer to a clarification, what could not be opened, sealed anew, a word of the requester after the answer, a consultation, a
 * word against the end of a measure, a notice after the fact.
 */
export const CLOCK_KINDS = [
  'ACK',
  'FIRST',
  'FINAL',
  'REVIEW',
  'CLARIFICATION',
  'RESUBMISSION',
  'SILENCE',
  'CONSULTATION',
  'REASONS',
  'NOTICE',
] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];
/** `STATED`: the end of the local day that the message names; `amount` is 0. Units are never converted into each other. */
export const CLOCK_UNITS = ['CALENDAR_DAYS', 'BUSINESS_DAYS', 'HOURS', 'STATED'] as const;
export type ClockUnit = (typeof CLOCK_UNITS)[number];
export const CLOCK_BINDINGS = ['law', 'practice', 'internal target'] as const;

export interface ProfileClock {
  readonly code: string;
  readonly kind: ClockKind;
  readonly on: readonly ExchangeType[];
  readonly amount: number;
  readonly unit: ClockUnit;
  readonly source: string;
  /** an `internal target` is never called law (rulings 6) */
  readonly binding: (typeof CLOCK_BINDINGS)[number];
  /** runs for these alone; absent: whatever the urgency */
  readonly urgency?: readonly Urgency[];
  /** runs where the requested authority is asked as one of these; absent: whoever is asked */
  readonly askedAs?: readonly AuthorityType[];
  /** how far a reasoned delay notice may carry it; absent: not limited by the profile */
  readonly extension?: { readonly code: string; readonly amount: number };
  /** why it may be exceeded as far as is needed: to the day that the delay notice names, as often as one does; absent: for nothing */
  readonly exceededFor?: readonly DelayCode[];
  /** steps that start it; absent: the receipt (rulings 5) */
  readonly starts?: readonly Step[];
  /** steps that meet it; absent: those whose row in the machine says so for its kind */
  readonly metBy?: readonly Step[];
  /** whose silence it measures; absent: the requested authority's */
  readonly owes?: 'R';
  /** when it runs out the gateway takes the step LAPSE, where the machine has it; absent: it sends notices and no more */
  readonly lapses?: true;
}

/** Grounds that the law of some exchanges lists, and beside which it knows no other. */
export interface ClosedGrounds {
  readonly on: readonly ExchangeType[];
  /** as what the requested authority is asked; absent: whoever is asked */
  readonly askedAs?: readonly AuthorityType[];
  readonly grounds: readonly string[];
  readonly source: string;
}

export interface ForbiddenGround {
  readonly code: string;
  /** `sole`: not alone; `ever`: not even beside another */
  readonly when: 'sole' | 'ever';
  readonly source: string;
}

/** How well a channel has to be kept. */
export interface Assurance {
  /** nothing above it goes by this channel, whatever the deployment carries; null: the deployment's limit alone */
  readonly levelMax: Level | null;
  /** suites that protect equally when this is the second way because the first one failed; null: it is the first way */
  readonly fallbackSuites: readonly Suite[] | null;
  /** its members protect alike; whoever is none has to declare equal assurance; null: nothing of the kind */
  readonly membersOf: Network | null;
  readonly source: string;
}

export interface Profile {
  readonly id: ProfileId;
  readonly title: string;
  readonly source: string;
  readonly openings: Readonly<Partial<Record<ExchangeType, Opening>>>;
  /** those of `openings`, the main one first */
  readonly exchangeTypes: readonly ExchangeType[];
  /** who may open to whom; the answer retraces the pair, and consent may be asked in either direction */
  readonly pairs: readonly Pair[];
  /** both must belong to one territory */
  readonly domestic: boolean;
  /** the formal channel: coercive measures are asked for here and nowhere else (0.11) */
  readonly formal: boolean;
  /** both must be members of it; null: no network */
  readonly network: Network | null;
  /** both must lie in one of these territories; null: anywhere */
  readonly region: readonly string[] | null;
  /** sealed fields that an opening message of the main exchange must say it has filled */
  readonly mandatoryForm: readonly Owed[];
  /** members of its body */
  readonly mandatoryBody: readonly Owed[];
  /** the opening message explains the link with the addressee's territory */
  readonly countryLink: boolean;
  /** the opening message says whether its fact and substance are confidential */
  readonly confidentialityChoice: boolean;
  /** read on this channel by everybody, beside what an entry lists */
  readonly languages: readonly string[];
  readonly assurance: Assurance;
  /** what the client proposes where the sender chooses nothing */
  readonly defaultLabel: {
    readonly level: Level;
    readonly tlp: Tlp;
    readonly caveats: readonly PlainCaveat[];
    readonly purposes: readonly Purpose[];
  };
  /** caveats that every sealed item on this profile bears, whatever the sender chooses */
  readonly minimumCaveats: readonly PlainCaveat[];
  /** every sealed item of an answer bears SPECIALITY of who gives it: it serves the proceedings of the request and no others */
  readonly speciality: boolean;
  /** a purpose that is allowed brings these with it */
  readonly impliedPurposes: Readonly<Partial<Record<Purpose, readonly Purpose[]>>>;
  readonly clocks: readonly ProfileClock[];
  /** what stands where no number does, such as MLA_ASAP; null: the clocks say it all */
  readonly promptness: string | null;
  readonly suspendsOnClarification: boolean;
  /** how long an originator has to be consulted before exculpatory disclosure (rulings 2 [D]) */
  readonly exculpatoryWindowHours: number;
  /** carries reports under the freedom to provide services, which bear no restriction (AMLD6 33(1), 34(1) [F:S18]) */
  readonly fpsReports: boolean;
  /** no longer than this is anything kept; null: as the label says */
  readonly retentionYearsMax: number | null;
  /** where true, and both directory entries switch it on, silence about a named recipient is consent (0.4) */
  readonly presumedConsentPossible: boolean;
  /** for the rule book: on what an answer may be handed on */
  readonly forwardRule: string;
  /** handing on that the channel itself allows, so that nobody is asked; empty: by consent alone */
  readonly exemptions: readonly Exemption[];
  readonly refusalGrounds: readonly string[];
  /** in their place, for the exchanges that they name; empty: none */
  readonly closedGrounds: readonly ClosedGrounds[];
  readonly forbiddenGrounds: readonly ForbiddenGround[];
  /** a postponement rests on these alone, and anything else that takes time is a delay; null: on whichever */
  readonly postponementGrounds: readonly DelayCode[] | null;
  readonly consentRefusalGrounds: readonly string[];
  /** the forms of the main exchange */
  readonly openingForm: Form;
  readonly answerForm: Form;
}
