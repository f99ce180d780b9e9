/**
 * One signature for a batch of receipts: the gateway signs the Merkle root over the receipts' bodies, and each receipt carries its
 * path. The signature itself is a statement (`parley-receipts+json`); this file makes and reads its payload.
 */
import { parseDigest, type Digest } from '../domain/ids.js';
import { no, ok, type Result } from '../domain/result.js';
import { parseJsonStrict } from '../domain/wire/strict-json.js';
import { isSameHash, leafHash, verifyInclusion } from './merkle.js';
import { decodeDigest, encodeDigest } from './merkle/digests.js';
import { createTree } from './merkle/tree.js';

/** Where a receipt's body stands in its batch. The batch's order says nothing; the log index is in the body. */
export interface BatchPath {
  readonly index: number;
  /** from the body's sibling up */
  readonly hashes: readonly Digest[];
}

export interface ReceiptBatch {
  /** the log's origin */
  readonly log: string;
  /** RFC 6962 root over the bodies' exact bytes */
  readonly root: Digest;
  readonly size: number;
}

export const LOG_ORIGIN_CHARS_MAX = 256;
export const BATCH_PAYLOAD_BYTES_MAX = 2_048;

/**
 * @param bodies the receipts' exact UTF-8 bytes, at least one; they are stored and sent as they are
 * @returns the batch to sign, and one path for each body
 */
export function batchReceipts(log: string, bodies: readonly Uint8Array[]): { batch: ReceiptBatch; paths: BatchPath[] } {
  if (bodies.length === 0) throw new RangeError('a batch has at least one receipt');
  const tree = createTree(bodies.map(leafHash));
  const paths = bodies.map((_, index) => ({ index, hashes: tree.path(index).map(encodeDigest) }));
  return { batch: { log, root: encodeDigest(tree.root), size: tree.size }, paths };
}

/** The payload's exact bytes: one spelling, members in this order. */
export const formatReceiptBatch = ({ log, root, size }: ReceiptBatch): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ v: 1, log, root, size }));

/** Reads only what `formatReceiptBatch` writes, byte for byte. Trust it after its signature is verified, not before. */
export function parseReceiptBatch(payload: Uint8Array): Result<ReceiptBatch, string> {
  if (payload.length > BATCH_PAYLOAD_BYTES_MAX) return no('a batch of receipts is shorter');
  const json = parseJsonStrict(payload);
  if (!json.ok) return json;
  const { log, root, size } = Object(json.value) as Record<string, unknown>;
  if (typeof log !== 'string' || log === '' || log.length > LOG_ORIGIN_CHARS_MAX) return no('not the name of a log');
  if (typeof size !== 'number' || size < 1) return no('a batch has at least one receipt');
  const digest = typeof root === 'string' ? parseDigest(root) : no('not a digest');
  if (!digest.ok) return digest;
  const batch = { log, root: digest.value, size };
  // version, unknown members, order and white space at once
  return isSameHash(formatReceiptBatch(batch), payload) ? ok(batch) : no('not the one spelling of a batch of receipts');
}

/** Did the gateway sign this receipt, if it signed this batch? That the body's `log` is the batch's is the caller's to check. */
export const verifyBatchPath = (body: Uint8Array, path: BatchPath, batch: ReceiptBatch): boolean =>
  verifyInclusion(leafHash(body), path.index, batch.size, path.hashes.map(decodeDigest), decodeDigest(batch.root));
