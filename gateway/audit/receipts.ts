/** Receipts: made from the leaves as committed, so that a retry, or another process, makes the same bytes again. */
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { batchReceipts, formatReceiptBatch } from '../../crypto/receipt-batch.js';
import { signingKeyOf, type SigningKey } from '../../crypto/signing-key.js';
import { signStatement } from '../../crypto/statement.js';
import { Failure } from '../../domain/failure.js';
import type { Digest } from '../../domain/ids.js';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import { receiptText, type Receipt } from '../../domain/receipt.js';
import { formatInstant } from '../../domain/time.js';
import type { GatewayKeys } from '../deps.js';

const utf8 = new TextEncoder();

/** A leaf about no statement (a login, an epoch) has this in its place: its receipt is never given out, only counted in the batch. */
const NOTHING: Digest = encodeDigest(new Uint8Array(32));

export interface ReceiptMaker {
  /** @param leaves one whole batch, in index order @returns one receipt a leaf; one signature for all (Ed25519 gives the same each time) */
  ofBatch(leaves: readonly StoredLeaf[]): Promise<readonly Receipt[]>;
  /** reads the leaf's batch again */
  ofLeaf(leaf: StoredLeaf, store: Store): Promise<Receipt>;
}

export function createReceiptMaker(log: string, keys: GatewayKeys, proofDelayMsMax: number): ReceiptMaker {
  const key: SigningKey = signingKeyOf(keys.seed);
  const textOf = (leaf: StoredLeaf): string =>
    receiptText({
      v: 1,
      log,
      statement: leaf.statement ?? NOTHING,
      stage: leaf.stage,
      outcome: leaf.outcome,
      index: leaf.index,
      leaf: leaf.data.length === 32 ? encodeDigest(leaf.data) : NOTHING,
      version: leaf.version,
      at: formatInstant(leaf.at),
      proofDelayMsMax,
    });
  const ofBatch = async (leaves: readonly StoredLeaf[]): Promise<readonly Receipt[]> => {
    const texts = leaves.map(textOf);
    const { batch, paths } = batchReceipts(
      log,
      texts.map((text) => utf8.encode(text)),
    );
    const signed = await signStatement('parley-receipts+json', formatReceiptBatch(batch), key);
    return texts.map((body, i) => ({ body, position: paths[i]!.index, path: paths[i]!.hashes, batch: signed }));
  };
  return {
    ofBatch,
    async ofLeaf(leaf, store) {
      const range = await store.batch(leaf.batchStart);
      if (range === null) throw new Failure('INVARIANT_BROKEN', `no batch at ${leaf.batchStart}`);
      const leaves = await store.leaves(range.start, range.start + range.size);
      const receipts = await ofBatch(leaves);
      const receipt = receipts[leaf.index - range.start];
      if (receipt === undefined || leaves.length !== range.size) throw new Failure('INVARIANT_BROKEN', `batch ${range.start} is not whole`);
      return receipt;
    },
  };
}
