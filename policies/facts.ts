/**
 * The facts that the law looks at, gathered once and read strictly: without one of them the answer is no, and a rule that throws
 * is a violation. `null` is a fact ("there is none"); `undefined` never is.
 */
import type { Authority } from '../domain/authority.js';
import type { HeldBy } from '../domain/basis.js';
import type { Consent } from '../domain/consent.js';
import type { Exchange } from '../domain/exchange.js';
import type { GivenIn } from '../domain/exemption.js';
import type { AuthorityId, DeskId, Digest } from '../domain/ids.js';
import type { CaveatCode, Label } from '../domain/label.js';
import type { Notice } from '../domain/lawful-way.js';
import type { Instant } from '../domain/time.js';
import type { AuthorityType, ItemKind, Level, ProfileId, Purpose, Suite } from '../domain/vocabulary.js';
import type { ConsentPayload, ConsentRefusalPayload } from '../domain/wire/consent.js';
import type { EnvelopePayload } from '../domain/wire/envelope.js';
import type { ApprovalPayload, NoticePayload, VerificationPayload } from '../domain/wire/notice.js';
import type { AccessPayload, LabelChangePayload, ReleasePayload, UseRecordPayload } from '../domain/wire/release.js';

/** What this deployment allows. */
export interface DeploymentFacts {
  /** nothing above it is carried (6.3; default RESTRICTED) */
  readonly levelMax: Level;
  /** from this level on an item must not be sealed under a classical suite; null: no such floor */
  readonly postQuantumFrom: Level | null;
  /** years of look-back that need no justification (2.2, default 5 [D]) */
  readonly periodYearsMax: number;
}

/** The officer whose signature the statement bears. */
export interface OfficerFacts {
  readonly authority: AuthorityId;
  readonly officer: string;
  readonly clearance: Level;
}

/** One item as the gateway knows it now. */
export interface ItemFacts {
  readonly digest: Digest;
  readonly issuer: AuthorityId;
  readonly kind: ItemKind;
  readonly language: string | null;
  /** what the issuer signed */
  readonly statedLabel: Label;
  /** the stated label joined with every later one */
  readonly label: Label;
  /** originators who learn what is done with it: whom its issuer named, at first or later. Whom another one added consents, and learns nothing */
  readonly told: readonly AuthorityId[];
  readonly labelEpoch: number;
  /** who took it back, or something that it is made from, each once */
  readonly retractedBy: readonly AuthorityId[];
  /** effective labels of the sources it names, in order; null: a source this gateway never carried */
  readonly sources: readonly (Label | null)[];
  /** each source it names, and theirs, is a record open to the public; true where it names none */
  readonly sourcesOpen: boolean;
  readonly sourcesComplete: boolean;
  readonly derivedFrom: readonly Digest[];
  /** whose caveats it, or what it is made from, was ever handed on under to whoever acts now: that one may state them still */
  readonly handedUnder: readonly AuthorityId[];
  /** suites of its seals so far, this submission's included */
  readonly suites: readonly Suite[];
  readonly form: {
    readonly schema: string;
    readonly present: readonly string[];
    /** digests of all its disclosures, decoys included: what opens for whoever gets a seal */
    readonly disclosures: readonly Digest[];
  } | null;
  /** the profile on which the originator gave it; null for an item first seen here */
  readonly givenOn: ProfileId | null;
  /**
   * As which type each originator gave what is in it (one body may be FIU and central authority, strangers to each other: ¶29).
   * The issuer with the `fromType` of its first envelope, and the same of all sources, but for what lies behind something that the
   * same one gave; an originator absent here is nobody's own.
   */
  readonly cameFrom: readonly { readonly authority: AuthorityId; readonly authorityType: AuthorityType }[];
  /** where in the log each originator tightened it by a label statement: a later caveat beats an earlier grant (rulings 4) */
  readonly tightened: readonly {
    readonly by: AuthorityId;
    readonly logIndex: number;
    /** of its own caveats those that it names and has not lifted since */
    readonly caveats: readonly CaveatCode[];
  }[];
}

interface Common {
  readonly now: Instant;
  readonly deployment: DeploymentFacts;
  readonly officer: OfficerFacts;
}

/** An envelope is about to be accepted. */
export interface SendFacts extends Common {
  readonly action: 'send';
  readonly envelope: EnvelopePayload;
  /** null: not in the directory at all */
  readonly from: Authority | null;
  readonly to: Authority | null;
  /** null before the opening envelope */
  readonly exchange: Exchange | null;
  /** the envelope that opened the exchange; this one where it opens it */
  readonly opening: EnvelopePayload;
  /** items new in this envelope and items named again */
  readonly items: readonly ItemFacts[];
  /** children of the same parent that went out before this one; 0 where it is no child */
  readonly siblings: number;
  /** digests of items that `from` already holds from elsewhere: sending them on is a release, not an attachment */
  readonly heldFromOthers: readonly Digest[];
  /** digests of own items that an earlier envelope of the exchange gave the same addressee */
  readonly givenBefore: readonly Digest[];
}

/** A holder is about to hand an item on. `explain` asks the same. */
export interface ReleaseFacts extends Common {
  readonly action: 'release';
  readonly release: ReleasePayload;
  readonly item: ItemFacts;
  readonly holder: Authority | null;
  /** does `holder` hold it, by an envelope or a release, or as issuer: as the type that it says, where it says one? */
  readonly holds: boolean;
  /** as which types the holder holds it: `toType` of what gave it, `fromType` of what it gave itself; where it says as which it acts, that alone */
  readonly heldAs: readonly AuthorityType[];
  /** the releases by which `holder` has it; null: it is the issuer or has it by envelope, for as long as the label says */
  readonly heldBy: readonly HeldBy[] | null;
  /** the recipient in the directory; null: not there, or private */
  readonly to: Authority | null;
  /** every grant that names the item, whoever gave it */
  readonly consents: readonly Consent[];
  /** cited grants in the order cited; null: cited but unknown, or not of the originator for whom it is cited */
  readonly cited: readonly (Consent | null)[];
  /** the request that named intended recipients, and what the reply said of this recipient; null: no such request */
  readonly presumption: {
    readonly request: Digest;
    readonly profile: ProfileId;
    /** both directory entries switch presumed consent on for the profile */
    readonly bothSwitchedOn: boolean;
    readonly originator: AuthorityId;
    readonly named: readonly {
      readonly authority: AuthorityId;
      readonly authorityType: AuthorityType;
      readonly purposes: readonly Purpose[];
    }[];
    readonly answer: 'GRANT' | 'REFUSE' | 'SILENT' | null;
  } | null;
  /** the exchange by which the holder was given it, on which an exemption of its channel rests; null: by no envelope to it */
  readonly givenIn: GivenIn | null;
  /** cited notices of the lawful ways, in the order cited; null: cited but unknown here */
  readonly notices: readonly (Notice | null)[];
  /** originators whose confirmation it cites */
  readonly verifiedWith: readonly AuthorityId[];
}

/** An officer is about to read. */
export interface AccessFacts extends Common {
  readonly action: 'access';
  readonly access: AccessPayload;
  readonly item: ItemFacts;
  readonly reader: Authority | null;
  readonly holds: boolean;
  /** the type as which the reader was given it, by what it reads it by */
  readonly heldAs: readonly AuthorityType[];
  /** the release by which the reader holds it: its purpose and end; null where it came by envelope */
  readonly release: ReleasePayload | null;
  /** the releases by which `reader` has it; null: it is the issuer or has it by envelope too */
  readonly heldBy: readonly HeldBy[] | null;
  readonly consents: readonly Consent[];
  /** desks of the reader to whose keys it is sealed, by what gave it */
  readonly sealedTo: readonly DeskId[];
  /** desks at which the officer sits, by the newest entry */
  readonly seatedAt: readonly DeskId[];
  /** is it read by the right of the authority's quorum? */
  readonly byQuorum: boolean;
}

/** What a request for consent asks: these items, to this recipient, for these purposes. */
export interface AskedConsent {
  readonly items: readonly Digest[];
  readonly recipient: { readonly authority: AuthorityId; readonly authorityType: AuthorityType; readonly purposes: readonly Purpose[] };
}

/** An originator answers a consent request, or grants unasked. */
export interface ConsentFacts extends Common {
  readonly action: 'consent';
  readonly consent: ConsentPayload;
  /** what the request asks that it names; null: it names none */
  readonly asked: AskedConsent | null;
  readonly originator: Authority | null;
  /** who has them, and may hand them on by it */
  readonly holder: Authority | null;
  readonly recipient: Authority | null;
  readonly items: readonly ItemFacts[];
}

export interface ConsentRefusalFacts extends Common {
  readonly action: 'consent-refusal';
  readonly refusal: ConsentRefusalPayload;
  readonly asked: AskedConsent;
  readonly originator: Authority | null;
  /** who asked, and as what: its text is sealed to it */
  readonly holder: Authority | null;
  readonly holderType: AuthorityType;
  readonly items: readonly ItemFacts[];
  /** the sealed text; null: none */
  readonly text: ItemFacts | null;
  readonly profile: ProfileId;
}

export interface LabelFacts extends Common {
  readonly action: 'label';
  readonly change: LabelChangePayload;
  readonly item: ItemFacts;
  /** who speaks, in the directory */
  readonly originator: Authority | null;
  /** whom it names as originators beside those that there are, in the directory; null: not there */
  readonly added: readonly { readonly id: AuthorityId; readonly authority: Authority | null }[];
}

export interface HeldSource {
  readonly item: ItemFacts;
  readonly heldBy: readonly HeldBy[];
  readonly consents: readonly Consent[];
}

export interface UseFacts extends Common {
  readonly action: 'use';
  readonly use: UseRecordPayload;
  readonly item: ItemFacts;
  readonly holder: Authority | null;
  readonly holds: boolean;
  /** as which types `holder` holds it; where it says as which it acts, that alone */
  readonly heldAs: readonly AuthorityType[];
  /** the releases by which `holder` has it; null: it is the issuer or has it by envelope */
  readonly heldBy: readonly HeldBy[] | null;
  readonly consents: readonly Consent[];
  /** of its own item: what it made that from and ever had by releases alone, each with these and the grants that name it */
  readonly madeFrom: readonly HeldSource[];
  /** originators whose confirmation it cites */
  readonly verifiedWith: readonly AuthorityId[];
}

/** A holder tells every originator of a disclosure without its consent. */
export interface NoticeFacts extends Common {
  readonly action: 'notice';
  readonly notice: NoticePayload;
  readonly item: ItemFacts;
  readonly holder: Authority | null;
  readonly heldAs: readonly AuthorityType[];
  /** the recipient, in the directory */
  readonly to: Authority | null;
}

/** A second person approves a notice. */
export interface ApprovalFacts extends Common {
  readonly action: 'approval';
  readonly approval: ApprovalPayload;
  readonly notice: NoticePayload;
  /** the officer who signed the notice; null: a key that the directory no longer knows */
  readonly author: string | null;
  readonly holder: Authority | null;
  readonly approver: Authority | null;
}

/** An originator confirms its item to a holder that asked before it acts. */
export interface VerificationFacts extends Common {
  readonly action: 'verification';
  readonly verification: VerificationPayload;
  readonly item: ItemFacts;
  readonly originator: Authority | null;
}

export type Facts =
  | SendFacts
  | ReleaseFacts
  | AccessFacts
  | ConsentFacts
  | ConsentRefusalFacts
  | LabelFacts
  | UseFacts
  | NoticeFacts
  | ApprovalFacts
  | VerificationFacts;
export type FactsOf<A extends Facts['action']> = Extract<Facts, { action: A }>;

export type ActionName = Facts['action'];
