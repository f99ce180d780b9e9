/**
 * The facts that the law looks at, gathered once and read strictly: reading one that is absent throws, and a rule that throws
 * is a violation. `null` is a fact ("there is none"); `undefined` never is.
 */
import type { Authority } from '../domain/authority.js';
import type { Consent } from '../domain/consent.js';
import type { Exchange } from '../domain/exchange.js';
import type { AuthorityId, Digest } from '../domain/ids.js';
import type { Label } from '../domain/label.js';
import type { Instant } from '../domain/time.js';
import type { AuthorityType, ItemKind, Level, OfficerRole, ProfileId, Purpose, Suite } from '../domain/vocabulary.js';
import type { ConsentPayload, ConsentRefusalPayload } from '../domain/wire/consent.js';
import type { EnvelopePayload } from '../domain/wire/envelope.js';
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
  readonly roles: readonly OfficerRole[];
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
  readonly labelEpoch: number;
  readonly retractedBy: AuthorityId | null;
  /** effective labels of the sources it names, in order; null: a source this gateway never carried */
  readonly sources: readonly (Label | null)[];
  readonly sourcesComplete: boolean;
  readonly derivedFrom: readonly Digest[];
  /** suites of its seals so far, this submission's included */
  readonly suites: readonly Suite[];
  readonly form: { readonly schema: string; readonly present: readonly string[] } | null;
  /** the profile on which the originator gave it; null for an item first seen here */
  readonly givenOn: ProfileId | null;
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
  /** digests of items that `from` already holds from elsewhere: sending them on is a release, not an attachment */
  readonly heldFromOthers: readonly Digest[];
}

/** A holder is about to hand an item on. `explain` asks the same. */
export interface ReleaseFacts extends Common {
  readonly action: 'release';
  readonly release: ReleasePayload;
  readonly item: ItemFacts;
  readonly holder: Authority | null;
  /** does `holder` hold it, by an envelope or a release, or as issuer? */
  readonly holds: boolean;
  /** the recipient in the directory; null: not there, or private */
  readonly to: Authority | null;
  /** every grant that names the item, whoever gave it */
  readonly consents: readonly Consent[];
  /** cited grants in the order cited; null: cited but unknown */
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
  /** VERIFY_WITH_SOURCE on record for it */
  readonly verifiedWithSource: boolean;
}

/** An officer is about to read. */
export interface AccessFacts extends Common {
  readonly action: 'access';
  readonly access: AccessPayload;
  readonly item: ItemFacts;
  readonly reader: Authority | null;
  readonly holds: boolean;
  /** the release by which the reader holds it: its purpose and end; null where it came by envelope */
  readonly release: ReleasePayload | null;
  readonly consents: readonly Consent[];
}

/** An originator answers a consent request, or grants unasked. */
export interface ConsentFacts extends Common {
  readonly action: 'consent';
  readonly consent: ConsentPayload;
  readonly originator: Authority | null;
  readonly recipient: Authority | null;
  readonly items: readonly ItemFacts[];
}

export interface ConsentRefusalFacts extends Common {
  readonly action: 'consent-refusal';
  readonly refusal: ConsentRefusalPayload;
  readonly originator: Authority | null;
  readonly items: readonly ItemFacts[];
  readonly profile: ProfileId;
}

export interface LabelFacts extends Common {
  readonly action: 'label';
  readonly change: LabelChangePayload;
  readonly item: ItemFacts;
}

export interface UseFacts extends Common {
  readonly action: 'use';
  readonly use: UseRecordPayload;
  readonly item: ItemFacts;
  readonly holder: Authority | null;
  readonly holds: boolean;
  readonly consents: readonly Consent[];
}

export type Facts = SendFacts | ReleaseFacts | AccessFacts | ConsentFacts | ConsentRefusalFacts | LabelFacts | UseFacts;
export type FactsOf<A extends Facts['action']> = Extract<Facts, { action: A }>;

export class AbsentFact extends Error {
  constructor(readonly fact: string) {
    super(`absent fact: ${fact}`);
    this.name = 'AbsentFact';
  }
}

/** A view of `facts` in which reading an absent member of the outer object throws `AbsentFact`. */
export function strict<F extends Facts>(facts: F): F {
  return new Proxy(facts, {
    get(target, member) {
      if (typeof member === 'string' && (!Object.hasOwn(target, member) || target[member as keyof F] === undefined))
        throw new AbsentFact(member);
      return Reflect.get(target, member) as unknown;
    },
  });
}
