/** What accepting a statement would mean: which facts the law must see, which step it takes, what it writes, and who may know. */
import type { Directory } from '../domain/authority.js';
import type { Action, EventMatter } from '../domain/audit-event.js';
import type { ExchangeStep } from '../domain/exchange-step.js';
import type { AuthorityId, Digest, ExchangeId, Uuid } from '../domain/ids.js';
import type { Link, NewOutbox, Stage, Store } from '../domain/ports.js';
import type { Refusal } from '../domain/refusal.js';
import type { Instant } from '../domain/time.js';
import type { AuthorityType } from '../domain/vocabulary.js';
import type { DeploymentFacts, Facts, OfficerFacts } from '../policies/facts.js';
import type { Reading } from './answers.js';
import type { Author, ParsedSubmission } from './parsed.js';
import type { Item, Library } from './read/library.js';

/** What comes with a statement, or would come with one that is only asked about. */
export interface Enclosed extends Pick<ParsedSubmission, 'seals' | 'bodies'> {
  readonly items: readonly { readonly statement: Item }[];
}

/** What every case is given to gather from. */
export interface Gathering {
  readonly parsed: Enclosed;
  readonly author: Author;
  readonly officer: OfficerFacts;
  readonly directory: Directory;
  readonly store: Store;
  readonly library: Library;
  readonly deployment: DeploymentFacts;
  readonly now: Instant;
}

/** What the log may say of it, and to whom. */
export interface Sight {
  readonly action: Action;
  /** see the whole event */
  readonly parties: readonly AuthorityId[];
  /** see that their item went where, for what, on which basis; not the exchange it went in (rulings 2). Who is a party too sees the whole */
  readonly originators: readonly AuthorityId[];
  readonly exchange?: ExchangeId;
  readonly exchangeType?: string;
  readonly message?: string;
  readonly item?: Digest;
  readonly seal?: Digest;
  readonly answers?: Digest;
  readonly text?: Digest;
  readonly counterparty?: string;
  readonly holderType?: AuthorityType;
  readonly toType?: AuthorityType;
  readonly purpose?: string;
  readonly legalBasis?: readonly string[];
  readonly justification?: string;
  /** what another authority than the actor's reads as the action; given, it reads no justification */
  readonly abroad?: Action;
  readonly consents?: readonly Digest[];
  readonly basis?: string;
  /** of an envelope: each is shown to the parties and to its own originators */
  readonly items?: readonly { readonly item: Digest; readonly originators: readonly AuthorityId[] }[];
  readonly about?: EventMatter;
  readonly details?: readonly string[];
  readonly until?: Instant;
  readonly destroyBy?: Instant;
}

export interface Plan {
  /** null where no law decides: directory statements, and the end of one's own consent */
  readonly facts: Facts | null;
  /** what is wrong with its form; said only where the law has nothing against it, since the law's answer helps more */
  readonly malformed: Refusal | null;
  readonly exchange: ExchangeStep | null;
  readonly stage: Stage;
  readonly links: readonly Link[];
  readonly deliverTo: readonly AuthorityId[];
  /** that it sets beside those of its exchange */
  readonly alarms: readonly NewOutbox[];
  readonly bumps: readonly string[];
  /** versions that the facts were read at */
  readonly expects: readonly { readonly key: string; readonly version: number }[];
  readonly validUntil: Instant | null;
  readonly uploads: readonly Uuid[];
  readonly sight: Sight;
  /** not null for an access: what the reader gets once the leaf stands */
  readonly reading: Reading | null;
}

/** A plan that writes its statement and nothing else: each case says what it adds. */
export const plainPlan = (sight: Sight): Plan => ({
  facts: null,
  malformed: null,
  exchange: null,
  stage: 'accepted',
  links: [],
  deliverTo: [],
  alarms: [],
  bumps: [],
  expects: [],
  validUntil: null,
  uploads: [],
  sight,
  reading: null,
});
