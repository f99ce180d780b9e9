/** What the walk answers to its doors. */
import type { Caller } from '../domain/caller.js';
import type { AuthorityId, Digest, ExchangeId } from '../domain/ids.js';
import type { ReportCode } from '../domain/oversight.js';
import type { Stage, StoredLeaf } from '../domain/ports.js';
import type { Receipt } from '../domain/receipt.js';
import type { Refusal } from '../domain/refusal.js';
import type { Result } from '../domain/result.js';
import type { Instant } from '../domain/time.js';
import type { ReadingOpening } from '../domain/wire/audit.js';
import type { Submission } from '../domain/wire/submission.js';

/** A reading that was allowed: what the reader gets. Compact statements and base64url bytes, as stored. */
export interface Reading {
  readonly item: string;
  /** seals of the reader's own authority only */
  readonly seals: readonly { readonly kid: string; readonly bytes: string }[];
  /** the envelope that carried it: only for a party to it */
  readonly envelope: string | null;
  readonly release: string | null;
  readonly consents: readonly string[];
  readonly labels: readonly string[];
  /** of what it is made from, since it was given */
  readonly sourceLabels: readonly string[];
  /** what gave it, consents and labels: their receipts say when the log took them, and so whether their keys were good then */
  readonly logged: readonly Digest[];
  readonly body:
    { readonly kind: 'inline'; readonly bytes: string } | { readonly kind: 'upload'; readonly upload: string; readonly sizeBytes: number };
}

export interface Accepted {
  readonly digest: Digest;
  readonly receipt: Receipt;
  /** not null for an access statement */
  readonly reading: Reading | null;
}

export interface Refused {
  readonly refusal: Refusal;
  /** a signed receipt of the refusal; null for a stranger, who earns no leaf */
  readonly receipt: Receipt | null;
}

/** A reading of the log that was allowed and logged: what its pages may show. */
export interface OpenedReading {
  readonly report: ReportCode;
  /** of EVIDENCE; null: of another report */
  readonly exchange: ExchangeId | null;
  readonly of: AuthorityId;
  /** events at or after; null: from the first */
  readonly from: Instant | null;
  /** events before; null: to the newest */
  readonly to: Instant | null;
  readonly receipt: Receipt;
}

export interface OpenedSession {
  readonly id: string;
  readonly key: Uint8Array;
  readonly until: Instant;
  readonly caller: Caller;
}

/** The server, to its doors. */
export interface Walk {
  /**
   * The one way in for every statement: verify, gather, decide, advance, commit.
   * @param caller null is admitted for entries, designations and key revocations only, which authenticate themselves
   * @returns the receipt; everything it says is durable
   * @throws Failure `OVERLOADED`, `STORE_UNAVAILABLE`, `DRAINING`
   */
  acceptStatement(submission: Submission, caller: Caller | null): Promise<Result<Accepted, Refused>>;
  /**
   * Carries what is due; returns how many outbox rows it settled. One that fails is told to the operator, rests and comes again.
   * @throws Failure `STORE_UNAVAILABLE`, `LOG_BEHIND`, `OVERLOADED`
   */
  deliverDue(): Promise<number>;
  /** Counts running clocks again where a calendar changed, each with a leaf; returns how many dates moved. */
  recountClocks(): Promise<number>;
  /** Drops rows that have done their work and prunes events past their years; bounded. Returns how many of both. */
  takeAway(): Promise<number>;
  /**
   * Before anything else that time alone does.
   * @throws Failure `LOG_BEHIND`, `CLOCK_AHEAD`
   */
  assertStanding(): Promise<void>;
  /** Appends an epoch leaf and signs a checkpoint over everything before it; null where there is nothing new. */
  publishCheckpoint(): Promise<string | null>;
  /** names of the witnesses that are to be asked, each in its own time */
  readonly witnesses: readonly string[];
  /**
   * Shows a witness the newest checkpoint and keeps its signature.
   * @throws Failure `WITNESS_UNAVAILABLE`, `LOG_BEHIND`
   */
  askWitness(name: string): Promise<void>;
  /**
   * Before the first request: holds the log against its mark and its witnesses.
   * @throws Failure `LOG_BEHIND`
   */
  stand(): Promise<void>;
  /** @param request compact `parley-session+json`, signed by an officer's auth key */
  openSession(request: string, requestId: string): Promise<Result<OpenedSession, Refusal>>;
  /** Reading the log is itself logged: the leaf stands before an event leaves. One leaf a report. */
  openReading(asked: ReadingOpening, caller: Caller, requestId: string): Promise<Result<OpenedReading, Refused>>;
  /** The receipt of a stored statement at a stage, the same bytes each time; null where there is none. */
  receiptFor(statement: Digest, stage: Stage): Promise<Receipt | null>;
  /** The receipt of one leaf: where a statement was delivered to several, each has its own. */
  receiptOf(leaf: StoredLeaf): Promise<Receipt>;
}
