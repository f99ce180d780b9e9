/** What the store is given and gives back: rows without law. The store itself is a port (`ports.ts`). */
import type { AuthorityId, Digest, ExchangeId, Uuid } from './ids.js';
import type { Instant } from './time.js';

/**
 * A named index over statements: `(kind, key) → statements`, in commit order. The store knows no law; what is looked up by
 * is written by the walk.  `unique` kinds admit one statement a key.
 *
 * | kind          | key                      | points to                                         |
 * |---------------|--------------------------|---------------------------------------------------|
 * | `item`        | item digest (unique)     | the statement whose submission carried the item   |
 * | `ciphertext`  | ciphertext digest (unique)| the same: verbatim ciphertext comes once         |
 * | `held`        | item digest ‖ authority  | envelope or release that gave it to the authority |
 * | `consent`     | item digest              | grants that name the item                         |
 * | `ended`       | consent digest (unique)  | its revocation                                    |
 * | `label`       | item digest              | later label statements                            |
 * | `release`     | item digest              | releases of it                                    |
 * | `exchange`    | exchange id              | its envelopes                                     |
 * | `entry`       | authority                | directory entries                                 |
 * | `designation` | authority                | the operator's designations                       |
 * | `access`      | item digest              | access statements                                 |
 * | `use`         | item digest              | use records                                       |
 * | `derived`     | source item digest       | statements whose submission carried what is made from it |
 * | `notice`      | item digest              | notices of the lawful ways about it               |
 * | `word`        | notice digest            | approvals of it, and what originators say of it   |
 * | `verification`| item digest              | originators' answers to holders that asked first  |
 * | `answer`      | item digest              | holders' certificates and inabilities about it    |
 * | `party`       | authority                | first envelope of each exchange it is in          |
 * | `quorum`      | authority                | what it asked of its quorum                       |
 * | `quorum`      | request digest           | the shares that answer it                         |
 * | `added`       | authority                | label statements that made it an originator later |
 * | `parent`      | authority ‖ its own id   | the children of what it asks of several           |
 */
export type LinkKind =
  | 'item'
  | 'ciphertext'
  | 'held'
  | 'consent'
  | 'ended'
  | 'label'
  | 'added'
  | 'release'
  | 'exchange'
  | 'entry'
  | 'designation'
  | 'access'
  | 'use'
  | 'derived'
  | 'answer'
  | 'notice'
  | 'word'
  | 'verification'
  | 'party'
  | 'quorum'
  | 'parent';
export const UNIQUE_LINKS: ReadonlySet<LinkKind> = new Set(['item', 'ciphertext', 'ended']);

export interface Link {
  readonly kind: LinkKind;
  /** at most 120 characters */
  readonly key: string;
}

/** One authority's sight of one leaf: its salt (32 bytes) and the event's exact bytes (UTF-8 JSON, at most 4 KiB). */
export interface LeafView {
  readonly view: AuthorityId;
  readonly salt: Uint8Array;
  readonly event: Uint8Array;
}

/** What a leaf says became of a statement. */
export const STAGES = ['accepted', 'refused', 'delivered', 'expired', 'accessed', 'noticed'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * A leaf before it has a place. `data` = SHA-256(3 ‖ sorted view hashes), 32 bytes; any other length is an epoch leaf, which
 * has no views and is committed like every other row (it expects and bumps the key `epoch`).
 */
export interface NewLeaf {
  readonly data: Uint8Array;
  readonly views: readonly LeafView[];
  /** the statement it is about; null for an event without one (login, checkpoint) */
  readonly statement: Digest | null;
  readonly stage: Stage;
  readonly outcome: 'ALLOW' | 'DENY' | 'DONE';
  /** decision time */
  readonly at: Instant;
  /** the exchange's version after this leaf, 0 where there is none */
  readonly version: number;
  /** the authority in whose inbox this leaf stands, if any: its index is the inbox cursor */
  readonly mailbox: AuthorityId | null;
}

/** What is left of a view whose salt and event were erased: enough for every proof, and nothing to guess by. */
export interface ErasedView {
  readonly view: AuthorityId;
  /** 32 bytes: the view hash */
  readonly hash: Uint8Array;
}

/** `views` holds those that are still there. */
export interface StoredLeaf extends NewLeaf {
  readonly erased: readonly ErasedView[];
  /** from 0; the inbox and audit cursors are this number */
  readonly index: number;
  /** first index of the batch that the leaf was committed in (`batch()` tells its size) */
  readonly batchStart: number;
}

export interface NewStatement {
  readonly digest: Digest;
  readonly typ: string;
  readonly author: AuthorityId;
  /** (`author`, `id`) is unique: other bytes under the same pair are a replay */
  readonly id: Uuid;
  readonly exchange: ExchangeId | null;
  readonly at: Instant;
  /** the submission's exact bytes as accepted; rewritten only without seals and bodies that were erased (`eraseContent`) */
  readonly raw: Uint8Array;
}

export interface StoredStatement extends NewStatement {
  /** the accepted leaf */
  readonly index: number;
}

/** What is known of it without its bytes. */
export type StatementTitle = Omit<StoredStatement, 'raw'>;

/** That a statement stands under a key. */
export interface LinkTitle extends Pick<NewStatement, 'typ'> {
  readonly key: string;
  readonly statement: Digest;
}

export interface ExchangeRow {
  readonly id: ExchangeId;
  /** 1 with the first envelope; each accepted step adds 1 */
  readonly version: number;
  /** UTF-8 JSON of the domain's `Exchange` without its version */
  readonly body: Uint8Array;
}

export type OutboxKind = 'deliver' | 'clock' | 'retention' | 'erase' | 'prune';

export interface NewOutbox {
  /** unique: a repeat of the same key adds nothing */
  readonly key: string;
  /**
   * `deliver`: carry the statement to the addressee. `clock`: a clock of the exchange reaches a stage (calendar/timers.ts).
   * `retention`: a review or a day to destroy by has come. `erase`: sealed bytes go. `prune`: events of old leaves go (retention.ts)
   */
  readonly kind: OutboxKind;
  readonly statement: Digest | null;
  readonly exchange: ExchangeId | null;
  readonly addressee: AuthorityId | null;
  readonly due: Instant;
}

export interface OutboxRow extends NewOutbox {
  readonly attempts: number;
  /** rises with each claim; a settle under an older fence changes nothing */
  readonly fence: number;
}

/** of one transaction */
export const BATCH_ROWS_MAX = 64;

/** What one decision writes: all of it or none of it. */
export interface CommitRow {
  /** null for a refusal or an event: then there is only the leaf */
  readonly statement: NewStatement | null;
  readonly links: readonly Link[];
  readonly leaf: NewLeaf;
  readonly exchange: ExchangeRow | null;
  readonly outbox: readonly NewOutbox[];
  /** settles this outbox row under this fence in the same transaction */
  readonly settles: { readonly key: string; readonly fence: number } | null;
  /**
   * What the decision rested on: each key must still stand at this version, else the row conflicts. An absent key is version 0.
   * `exchange:<id>` is kept by the exchange row itself: its new version must be the old one + 1.
   */
  readonly expects: readonly { readonly key: string; readonly version: number }[];
  /** keys whose version rises by one with this row: `directory`, `item:<digest>` (guard-keys.ts) */
  readonly bumps: readonly string[];
  /** the decision holds no longer than this (a consent's end); null: no such edge */
  readonly validUntil: Instant | null;
}

/** Why a row was not written: its decision is taken again, on what stands now. */
export type Conflict =
  /** it is too old for the log, or past what it holds until */
  | { readonly of: 'time' }
  /** the guard or exchange of this key stands at another version */
  | { readonly of: 'version'; readonly key: string }
  /** this unique link exists */
  | { readonly of: 'link'; readonly link: Link }
  /** the outbox row of this key is settled, or was claimed under a newer fence */
  | { readonly of: 'fence'; readonly key: string };

export type CommitOutcome =
  /** duplicate: the same statement digest is stored already; its accepted leaf */
  | { readonly kind: 'committed' | 'duplicate'; readonly leaf: StoredLeaf }
  /** (`author`, `id`) exists with other bytes */
  | { readonly kind: 'replay' }
  | { readonly kind: 'conflict'; readonly on: Conflict };

export interface BatchRange {
  readonly start: number;
  readonly size: number;
}

/** A checkpoint as published: `note` is the signed C2SP note. */
export interface PublishedCheckpoint {
  readonly n: number;
  readonly size: number;
  readonly note: string;
  readonly at: Instant;
}

/** A witness's signature under a checkpoint, verified before it was stored. */
export interface Cosignature {
  /** its verifier key, `name+keyid+base64` */
  readonly witness: string;
  /** the note's signature line, with its newline */
  readonly line: string;
}

export interface StreamHead {
  readonly authority: AuthorityId;
  readonly slot: number;
  /** 32 bytes */
  readonly head: Uint8Array;
  /** 32 bytes; stays with the authority, opens its map slot */
  readonly salt: Uint8Array;
}

/** What one authority's two map slots bind from epoch `n` on, until a row with a higher `n`: openings of any epoch come from these. */
export interface SlotRow {
  readonly authority: AuthorityId;
  readonly n: number;
  readonly slot: number;
  /** 32 bytes: its stream's head, slot 2 · `slot` */
  readonly head: Uint8Array;
  /** 32 bytes: digest of its directory entry, slot 2 · `slot` + 1; null: it has none */
  readonly entry: Uint8Array | null;
}

export interface Publication {
  /** complete nodes that became known: `level` 0 is a leaf hash */
  readonly nodes: readonly { readonly level: number; readonly index: number; readonly hash: Uint8Array }[];
  /** every authority's head after this epoch */
  readonly streams: readonly StreamHead[];
  /** of the authorities whose slots bind something else than in the epoch before, under this checkpoint's `n` */
  readonly slots: readonly SlotRow[];
  /** which leaves lie in whose stream, this epoch only, in order */
  readonly entries: readonly { readonly authority: AuthorityId; readonly index: number; readonly viewHash: Uint8Array }[];
  readonly checkpoint: PublishedCheckpoint;
}

export interface SessionRow {
  readonly id: string;
  readonly authority: AuthorityId;
  readonly officer: string;
  /** 32 bytes: the HMAC key of this session's requests */
  readonly key: Uint8Array;
  readonly until: Instant;
}

export interface UploadRow {
  readonly id: Uuid;
  readonly owner: AuthorityId;
  readonly sizeBytes: number;
  readonly createdAt: Instant;
  /** the statement that took it, once there is one */
  readonly claimedBy: Digest | null;
}

export interface PartRow {
  readonly n: number;
  readonly sizeBytes: number;
  /** RFC 6962 leaf hash of the part's bytes */
  readonly leafHash: Uint8Array;
}
