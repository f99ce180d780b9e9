/** A proof beside its receipt, offline: it proves the leaf that the receipt names, where the receipt says that it stands, and nothing else. */
import { expect, it } from 'vitest';
import { verifyProofAnswer } from '../../../client/sdk/index.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { leafHash } from '../../../crypto/merkle.js';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import { createTree } from '../../../crypto/merkle/tree.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import { noteOf, openLog } from './log-faces.js';

const { gateway } = openLog().context;
const leaf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
/** the same leaf at 1 and 3 */
const log = [leaf(1), leaf(2), leaf(3), leaf(2)];

/** @param named by the receipt @param shown by the gateway */
function isProved(named: { readonly index: number; readonly leaf: Uint8Array }, shown: number): boolean {
  const path = createTree(log.map(leafHash)).path(shown).map(encodeDigest);
  const answer = { index: shown, size: log.length, path, data: encodeBase64url(log[shown]!), checkpoint: noteOf(log) };
  const body = { index: named.index, leaf: encodeBase64url(named.leaf) } as ReceiptBody;
  return verifyProofAnswer(answer, body, gateway).ok;
}

it('proves the leaf of the receipt at its place', () => {
  expect([isProved({ index: 1, leaf: leaf(2) }, 1), isProved({ index: 3, leaf: leaf(2) }, 3)]).toEqual([true, true]);
});

it('does not prove it by another leaf that stands there, nor by the same one elsewhere', () => {
  expect([isProved({ index: 1, leaf: leaf(3) }, 1), isProved({ index: 1, leaf: leaf(2) }, 3)]).toEqual([false, false]);
});
