/** What the gateway says it did, and how a stranger checks it. */
import type { Digest } from './ids.js';
import type { Stage } from './ports.js';

/** The body, whose exact UTF-8 JSON bytes are a leaf of the batch's Merkle tree. Member order is this order. */
export interface ReceiptBody {
  readonly v: 1;
  /** origin of the log */
  readonly log: string;
  readonly statement: Digest;
  readonly stage: Stage;
  readonly outcome: 'ALLOW' | 'DENY' | 'DONE';
  /** place in the log, from 0 */
  readonly index: number;
  /** the leaf's data, 32 bytes */
  readonly leaf: Digest;
  /** the exchange's version after it, 0 where there is none */
  readonly version: number;
  /** RFC 3339 */
  readonly at: string;
  /** a checkpoint that includes the leaf exists no later than `at` + this */
  readonly proofDelayMsMax: number;
}

/**
 * `body` is the exact text. `path` leads from it to the root of the batch, which `batch`, a JWS of type `parley-receipts+json`
 * over `{v, log, root, size}`, signs. A retry gets the same bytes.
 */
export interface Receipt {
  readonly body: string;
  readonly position: number;
  readonly path: readonly Digest[];
  readonly batch: string;
}

/** The text of a body: fixed member order, no spaces. */
export const receiptText = (body: ReceiptBody): string =>
  JSON.stringify({
    v: body.v,
    log: body.log,
    statement: body.statement,
    stage: body.stage,
    outcome: body.outcome,
    index: body.index,
    leaf: body.leaf,
    version: body.version,
    at: body.at,
    proofDelayMsMax: body.proofDelayMsMax,
  });
