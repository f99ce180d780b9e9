/** What the walk is given. `main.ts` makes it from adapters, the simulation from its world. */
import type { AuthorityId, KeyId } from '../domain/ids.js';
import type { WitnessPolicy } from '../crypto/witness-policy.js';
import type { Retention } from '../domain/retention.js';
import type { Blobs, Calendars, Chance, Clock, Courier, Mark, OtherClock, Store, Verifier, Witnesses } from '../domain/ports.js';
import type { DeploymentFacts } from '../policies/facts.js';

/** The gateway's own keys. It signs receipts and checkpoints with one Ed25519 key, and derives what must be the same after a restart from `secret`. */
export interface GatewayKeys {
  readonly kid: KeyId;
  readonly publicKey: Uint8Array;
  readonly seed: Uint8Array;
  /** 32 bytes: salts of the epoch map, tickets */
  readonly secret: Uint8Array;
}

/** Who designates: one root, and beside it the keys of those of whom one approves. */
export interface Operator {
  readonly authority: AuthorityId;
  readonly root: KeyId;
  readonly publicKey: Uint8Array;
  /** empty: the root's signature is enough */
  readonly approvers: readonly { readonly kid: KeyId; readonly publicKey: Uint8Array }[];
}

export interface WalkConfig {
  /** the log's origin: `aud` of every statement */
  readonly origin: string;
  /** the operator, whose root is known from the configuration: it alone designates */
  readonly operator: Operator;
  readonly deployment: DeploymentFacts;
  /** `sentAt` and `at` may differ from our clock by this */
  readonly statementSkewMsMax: number;
  readonly retention: Retention;
  readonly proofDelayMsMax: number;
  readonly leaseMs: number;
  readonly sessionMs: number;
  readonly queueMax: number;
  readonly batchRowsMax: number;
  readonly batchBytesMax: number;
}

/** Whose cosignatures are asked for, and how they are reached. */
export interface Witnessing {
  readonly policy: WitnessPolicy;
  readonly witnesses: Witnesses;
}

export interface Deps {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly verifier: Verifier;
  readonly courier: Courier;
  readonly calendars: Calendars;
  readonly keys: GatewayKeys;
  readonly config: WalkConfig;
  /** of one piece of due work: for the operator to see, while the others go on */
  readonly onFailure: (error: unknown) => void;
  /** absent: the log calls itself unwitnessed */
  readonly witnessing?: Witnessing | undefined;
  /** held against ours before what time alone does; absent: ours is believed */
  readonly otherClocks?: readonly OtherClock[] | undefined;
  /** absent: nothing outside the database tells how far the log was */
  readonly mark?: Mark | undefined;
  /** absent: that the log lost what a process wrote is forgotten with that process */
  readonly lost?: Mark | undefined;
}
