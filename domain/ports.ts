/**
 * What the server needs from the world. One adapter folder implements each; the in-memory world of the tests implements
 * all of them and passes the same contract suites (test/contract/).
 */
import type { AuthorityId, Digest, ExchangeId, Uuid } from './ids.js';
import type { Instant } from './time.js';

/** Time comes from here alone. */
export interface Clock {
  now(): Instant;
  /** @returns after `ms`, or at once when `signal` aborts; never throws */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Chance comes from here alone: operating-system randomness in production, a seeded generator in the simulation. */
export interface Chance {
  bytes(length: number): Uint8Array;
}

/** Checks Ed25519 signatures. A port because the fast one runs in the thread pool and the simulated one must not. */
export interface Verifier {
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

// ── the store ──────────────────────────────────────────────────────────────────────────────────────────────────────

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
 * | `party`       | authority                | first envelope of each exchange it is in          |
 */
export type LinkKind =
  | 'item'
  | 'ciphertext'
  | 'held'
  | 'consent'
  | 'ended'
  | 'label'
  | 'release'
  | 'exchange'
  | 'entry'
  | 'designation'
  | 'access'
  | 'use'
  | 'party';
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

export type Stage = 'accepted' | 'refused' | 'relayed' | 'delivered' | 'accessed' | 'undecipherable' | 'expired';

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

export interface StoredLeaf extends NewLeaf {
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
  /** the submission's exact bytes as accepted: never rewritten */
  readonly raw: Uint8Array;
}

export interface StoredStatement extends NewStatement {
  /** the accepted leaf */
  readonly index: number;
}

export interface ExchangeRow {
  readonly id: ExchangeId;
  /** 1 with the first envelope; each accepted step adds 1 */
  readonly version: number;
  /** UTF-8 JSON of the domain's `Exchange` without its version */
  readonly body: Uint8Array;
}

export interface NewOutbox {
  /** unique: a repeat of the same key adds nothing */
  readonly key: string;
  readonly kind: 'deliver';
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
  /** keys whose version rises by one with this row: `directory`, `consent:<digest>`, `item:<digest>` */
  readonly bumps: readonly string[];
  /** the decision holds no longer than this (a consent's end); null: no such edge */
  readonly validUntil: Instant | null;
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly leaf: StoredLeaf; readonly batchSize: number }
  /** the same statement digest is stored already: its accepted leaf */
  | { readonly kind: 'duplicate'; readonly leaf: StoredLeaf; readonly batchSize: number }
  /** (`author`, `id`) exists with other bytes */
  | { readonly kind: 'replay' }
  /** a version moved, a unique link exists, a fence is old, or the row is too old: decide again */
  | { readonly kind: 'conflict'; readonly on: string };

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

export interface StreamHead {
  readonly authority: AuthorityId;
  readonly slot: number;
  /** 32 bytes */
  readonly head: Uint8Array;
  /** 32 bytes; stays with the authority, opens its map slot */
  readonly salt: Uint8Array;
}

export interface Publication {
  /** complete nodes that became known: `level` 0 is a leaf hash */
  readonly nodes: readonly { readonly level: number; readonly index: number; readonly hash: Uint8Array }[];
  /** every authority's head after this epoch */
  readonly streams: readonly StreamHead[];
  /** which leaves lie in whose stream, this epoch only, in order */
  readonly entries: readonly { readonly authority: AuthorityId; readonly index: number; readonly viewHash: Uint8Array }[];
  readonly checkpoint: PublishedCheckpoint;
}

/**
 * The store. Everything returned was durable before; everything a method wrote is durable when it resolves.
 * @throws Failure `STORE_UNAVAILABLE`
 */
export interface Store {
  /**
   * Commits up to 64 rows as one transaction of one leaf range. Outcomes are per row, in order: a conflict fails its own row only.
   * Index order is commit order, without gaps.
   * @param now at the caller's clock; rows decided more than `leafSkewMsMax` before the newest leaf, or past `validUntil`, conflict
   */
  commitBatch(rows: readonly CommitRow[], now: Instant): Promise<readonly CommitOutcome[]>;

  statement(digest: Digest): Promise<StoredStatement | null>;
  statementById(author: AuthorityId, id: Uuid): Promise<StoredStatement | null>;
  /** @param limit rows; in commit order after `after` (0: from the first) */
  linked(kind: LinkKind, key: string, limit?: number): Promise<readonly StoredStatement[]>;
  exchange(id: ExchangeId): Promise<ExchangeRow | null>;
  /** version of a guard key, 0 where it never rose; `exchange:<id>` is the exchange row's version */
  version(key: string): Promise<number>;

  leaf(index: number): Promise<StoredLeaf | null>;
  leafOf(statement: Digest, stage: Stage): Promise<StoredLeaf | null>;
  /** leaves from `from` (inclusive) up to `to` (exclusive), in order */
  leaves(from: number, to: number): Promise<readonly StoredLeaf[]>;
  leafCount(): Promise<number>;
  batch(start: number): Promise<BatchRange | null>;
  /** the inbox of `authority`: leaves with this mailbox and index ≥ `from`, in order */
  inbox(authority: AuthorityId, from: number, limit: number): Promise<readonly StoredLeaf[]>;

  /** claims up to `limit` due rows for `leaseMs` with a new fence each; skips what another holds */
  claim(now: Instant, leaseMs: number, limit: number): Promise<readonly OutboxRow[]>;
  /** gives back a claimed row, due again at `due`; `parked` ends it; an old fence changes nothing */
  retry(key: string, fence: number, due: Instant, parked: boolean): Promise<boolean>;
  outboxOpen(): Promise<number>;

  latestCheckpoint(): Promise<PublishedCheckpoint | null>;
  checkpointAt(n: number): Promise<PublishedCheckpoint | null>;
  streams(): Promise<readonly StreamHead[]>;
  /** view hashes of an authority's stream with leaf index ≥ `from`, in order, as published */
  streamEntries(
    authority: AuthorityId,
    from: number,
    limit: number,
  ): Promise<readonly { readonly index: number; readonly viewHash: Uint8Array }[]>;
  nodes(wanted: readonly { readonly level: number; readonly index: number }[]): Promise<readonly (Uint8Array | null)[]>;
  /**
   * Stores what belongs to the epoch leaf that was committed before. `checkpoint.n` must be the newest stored number + 1,
   * else nothing changes and false is returned: a second publisher loses.
   */
  publish(publication: Publication): Promise<boolean>;

  putSession(session: SessionRow): Promise<void>;
  session(id: string): Promise<SessionRow | null>;
  endSession(id: string): Promise<void>;

  putUpload(upload: UploadRow): Promise<void>;
  upload(id: Uuid): Promise<UploadRow | null>;
  putPart(upload: Uuid, part: PartRow): Promise<void>;
  parts(upload: Uuid): Promise<readonly PartRow[]>;
  /** uploads never claimed by a statement and older than `before` */
  staleUploads(before: Instant, limit: number): Promise<readonly UploadRow[]>;
  claimUpload(id: Uuid, statement: Digest): Promise<void>;
  dropUpload(id: Uuid): Promise<void>;

  /** a blind keyring blob of an officer or desk, at most 64 KiB */
  putKeyring(authority: AuthorityId, name: string, bytes: Uint8Array): Promise<void>;
  keyring(authority: AuthorityId, name: string): Promise<Uint8Array | null>;

  ping(): Promise<void>;
  close(): Promise<void>;
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

// ── blobs and couriers ─────────────────────────────────────────────────────────────────────────────────────────────

/** Sealed bytes in parts. What `putPart` resolved is on disk, file and folder. */
export interface Blobs {
  putPart(upload: Uuid, n: number, bytes: Uint8Array): Promise<void>;
  /** @returns a range of one part, or null where it is absent */
  readPart(upload: Uuid, n: number, from: number, length: number): Promise<Uint8Array | null>;
  drop(upload: Uuid): Promise<void>;
}

export type Carried =
  /** it is now available to the addressee */
  { readonly kind: 'delivered' } | { readonly kind: 'later'; readonly why: string } | { readonly kind: 'never'; readonly why: string };

/** Brings one envelope to its addressee. May be called twice for the same envelope. */
export interface Courier {
  carry(statement: StoredStatement, addressee: AuthorityId): Promise<Carried>;
}
