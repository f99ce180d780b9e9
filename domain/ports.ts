/**
 * What the server needs from the world. One adapter folder implements each; the in-memory world of the tests implements
 * all of them and passes the same contract suites (test/contract/).
 */
import type { AuthorityId, Digest, ExchangeId, Uuid } from './ids.js';
import type {
  BatchRange,
  CommitOutcome,
  CommitRow,
  Cosignature,
  ExchangeRow,
  LinkKind,
  LinkTitle,
  OutboxRow,
  PartRow,
  Publication,
  PublishedCheckpoint,
  SessionRow,
  SlotRow,
  Stage,
  StoredLeaf,
  StatementTitle,
  StoredStatement,
  StreamHead,
  UploadRow,
} from './store-rows.js';
import type { Instant } from './time.js';

export type { Calendars, TerritoryCalendar } from './calendar/territory.js';

export * from './store-rows.js';

/** Time comes from here alone. */
export interface Clock {
  now(): Instant;
  /** @returns after `ms`, or at once when `signal` aborts; never throws */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that is none of ours, to hold ours against: time that ran ahead lapses and erases, and nothing brings that back. */
export interface OtherClock {
  /** for the operator: whose clock it is */
  readonly name: string;
  /**
   * @returns by how many milliseconds this machine's clock is ahead of it; below 0: behind
   * @throws Failure `STORE_UNAVAILABLE`
   */
  aheadMs(): Promise<number>;
}

/** Chance comes from here alone: operating-system randomness in production, a seeded generator in the simulation. */
export interface Chance {
  bytes(length: number): Uint8Array;
}

/** Checks Ed25519 signatures. A port because the fast one runs in the thread pool and the simulated one must not. */
export interface Verifier {
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/**
 * The store. Everything returned was durable before; everything a method wrote is durable when it resolves.
 * @throws Failure `STORE_UNAVAILABLE`
 */
export interface Store {
  /**
   * Commits up to `BATCH_ROWS_MAX` rows as one transaction of one leaf range. Outcomes are per row, in order: a conflict fails its own row only.
   * Index order is commit order, without gaps.
   * @param now at the caller's clock; rows decided more than `leafSkewMsMax` before the newest leaf, or past `validUntil`, conflict
   */
  commitBatch(rows: readonly CommitRow[], now: Instant): Promise<readonly CommitOutcome[]>;

  statement(digest: Digest): Promise<StoredStatement | null>;
  statementById(author: AuthorityId, id: Uuid): Promise<StoredStatement | null>;
  /**
   * In commit order.
   * @param limit rows
   * @param after leaf index: what comes behind it; absent: from the first
   */
  linked(kind: LinkKind, key: string, limit?: number, after?: number): Promise<readonly StoredStatement[]>;
  /** The same without their bytes: for a list, and for a page that may end before it has so many. */
  titles(kind: LinkKind, key: string, limit: number, after?: number): Promise<readonly StatementTitle[]>;
  /**
   * Which statements stand under any of these keys, in commit order, without their bytes: one question, however many keys.
   * @param limit links; absent: all
   */
  links(kind: LinkKind, keys: readonly string[], limit?: number): Promise<readonly LinkTitle[]>;
  exchange(id: ExchangeId): Promise<ExchangeRow | null>;
  /** version of a guard key, 0 where it never rose; `exchange:<id>` is the exchange row's version */
  version(key: string): Promise<number>;

  leaf(index: number): Promise<StoredLeaf | null>;
  leafOf(statement: Digest, stage: Stage): Promise<StoredLeaf | null>;
  /** leaves from `from` (inclusive) up to `to` (exclusive), in order */
  leaves(from: number, to: number): Promise<readonly StoredLeaf[]>;
  /** the same of their public data alone: an auditor reads every leaf, and a view is many times as long */
  leafData(from: number, to: number): Promise<readonly Uint8Array[]>;
  leafCount(): Promise<number>;
  batch(start: number): Promise<BatchRange | null>;
  /** the inbox of `authority`: leaves with this mailbox and index ≥ `from`, in order */
  inbox(authority: AuthorityId, from: number, limit: number): Promise<readonly StoredLeaf[]>;

  /** claims up to `limit` due rows for `leaseMs` with a new fence each; skips what another holds */
  claim(now: Instant, leaseMs: number, limit: number): Promise<readonly OutboxRow[]>;
  /** gives back a claimed row, due again at `due`; `parked` ends it; an old fence changes nothing; `attempts`: as many are counted, absent: this one too */
  retry(key: string, fence: number, due: Instant, parked: boolean, attempts?: number): Promise<boolean>;
  /** nobody claims this claimed row before `until`; it stays due when it was; an old fence changes nothing */
  rest(key: string, fence: number, until: Instant): Promise<boolean>;
  /** deliveries that are not settled; clocks that run are no arrears */
  outboxOpen(): Promise<number>;
  /** drops up to `limit` settled rows that were due before `before`, a clock's only before `clocksBefore`; returns how many */
  dropSettled(before: Instant, clocksBefore: Instant, limit: number): Promise<number>;

  /** Leaves only the view hashes of these leaves, without salts and events: for ever. Again changes nothing. */
  pruneViews(indexes: readonly number[]): Promise<void>;
  /** Puts `raw` in the place of a stored submission, the same without seals and bodies that were erased; false where `before` stands there no more. */
  eraseContent(statement: Digest, before: Uint8Array, raw: Uint8Array): Promise<boolean>;

  latestCheckpoint(): Promise<PublishedCheckpoint | null>;
  checkpointAt(n: number): Promise<PublishedCheckpoint | null>;
  /** Adds to what is there; a witness that has signed checkpoint `n` already keeps its first line. */
  addCosignatures(n: number, added: readonly Cosignature[]): Promise<void>;
  /** by witness */
  cosignatures(n: number): Promise<readonly Cosignature[]>;
  /** @returns the newest checkpoint under which `quorum` of these witnesses stand, whoever else does */
  newestCosigned(witnesses: readonly string[], quorum: number): Promise<PublishedCheckpoint | null>;
  streams(): Promise<readonly StreamHead[]>;
  /** what each authority's slots bound in epoch `n`, by slot; empty where nothing was kept of it */
  slots(n: number): Promise<readonly SlotRow[]>;
  /** view hashes of an authority's stream with leaf index ≥ `from`, in order, as published; `n`: the epoch that bound it */
  streamEntries(
    authority: AuthorityId,
    from: number,
    limit: number,
  ): Promise<readonly { readonly index: number; readonly viewHash: Uint8Array; readonly n: number }[]>;
  nodes(wanted: readonly { readonly level: number; readonly index: number }[]): Promise<readonly (Uint8Array | null)[]>;
  /**
   * Stores what belongs to the epoch leaf that was committed before. `checkpoint.n` must be the newest stored number + 1,
   * else nothing changes and false is returned: a second publisher loses.
   */
  publish(publication: Publication): Promise<boolean>;

  /** drops up to `limit` guard keys from `from` (inclusive) to `before` (exclusive), by their characters' code: each counts as never risen; returns how many */
  dropGuards(from: string, before: string, limit: number): Promise<number>;

  putSession(session: SessionRow): Promise<void>;
  session(id: string): Promise<SessionRow | null>;
  /** drops up to `limit` sessions that ended before `before`; returns how many */
  dropSessions(before: Instant, limit: number): Promise<number>;

  putUpload(upload: UploadRow): Promise<void>;
  upload(id: Uuid): Promise<UploadRow | null>;
  putPart(upload: Uuid, part: PartRow): Promise<void>;
  parts(upload: Uuid): Promise<readonly PartRow[]>;
  /** how many uploads of `owner` no statement has claimed, of those that were opened at `since` or later */
  openUploads(owner: AuthorityId, since: Instant): Promise<number>;
  /** uploads never claimed by a statement and older than `before` */
  staleUploads(before: Instant, limit: number): Promise<readonly UploadRow[]>;
  /** is there any? */
  hasParts(): Promise<boolean>;
  /**
   * Which folder of bodies goes with this database: named once, for ever.
   * @param name taken where none was named before; null: asks
   * @returns the name that stands; null: none was named
   */
  bodyFolder(name: string | null): Promise<string | null>;
  claimUpload(id: Uuid, statement: Digest): Promise<void>;
  dropUpload(id: Uuid): Promise<void>;

  /**
   * A blind keyring blob of a desk, or a quorum's shares.
   * @param bytes at most 64 KiB
   * @param replaced what is kept under this name; null: nothing
   * @returns whether it is kept; false: something else was kept than `replaced`, and stays
   */
  putKeyring(authority: AuthorityId, name: string, bytes: Uint8Array, replaced: Uint8Array | null): Promise<boolean>;
  keyring(authority: AuthorityId, name: string): Promise<Uint8Array | null>;
  /** how many of the authority's have a name that begins so */
  countKeyrings(authority: AuthorityId, prefix: string): Promise<number>;

  /** by the clock of the database's own server; null: the database has none beside this machine's */
  serverTime(): Promise<Instant | null>;
  close(): Promise<void>;
}

// ── blobs and couriers ─────────────────────────────────────────────────────────────────────────────────────────────

/** Sealed bytes in parts. What `putPart` resolved is on disk, file and folder. */
export interface Blobs {
  /** @returns false where other bytes are there already: they stay */
  putPart(upload: Uuid, n: number, bytes: Uint8Array): Promise<boolean>;
  /** @returns a range of one part, or null where it is absent */
  readPart(upload: Uuid, n: number, from: number, length: number): Promise<Uint8Array | null>;
  /** A piece of it, so that nobody waits for all of a large one. @returns whether nothing of it is left: else it is asked again */
  drop(upload: Uuid): Promise<boolean>;
  /** Is the place there, ours, and one that may be written to? @throws Failure `BLOBS_UNAVAILABLE` where it is not */
  assertUsable(): Promise<void>;
}

export type Carried =
  /** it is now available to the addressee */
  { readonly kind: 'delivered' } | { readonly kind: 'later'; readonly why: string } | { readonly kind: 'never'; readonly why: string };

export type WitnessAnswer =
  /** signature lines as the witness wrote them: to be verified */
  | { readonly kind: 'cosigned'; readonly lines: string }
  /** what it cosigned last has this size; or the same size and another root */
  | { readonly kind: 'conflict'; readonly size: number }
  /** the proof does not lead from what it cosigned to this */
  | { readonly kind: 'inconsistent' }
  | { readonly kind: 'silent'; readonly why: string };

/** Asks a witness over `tlog-witness`. What it says is not to be trusted before its signature is verified. Never throws. */
export interface Witnesses {
  /**
   * @param url submission prefix
   * @param body of add-checkpoint: old size, consistency proof, signed note
   */
  addCheckpoint(url: string, body: string): Promise<WitnessAnswer>;
}

/** A text that is kept outside the database: one that was set back is held against it. */
export interface Mark {
  /** @returns null where none was written yet */
  read(): Promise<string | null>;
  /** Durable when it resolves; replaces the last one whole or not at all. */
  write(text: string): Promise<void>;
}

/** Brings one envelope to its addressee. May be called twice for the same envelope. */
export interface Courier {
  carry(statement: StoredStatement, addressee: AuthorityId): Promise<Carried>;
}
