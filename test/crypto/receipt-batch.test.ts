import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, nodeHash } from '../../crypto/merkle.js';
import { decodeDigest, encodeDigest } from '../../crypto/merkle/digests.js';
import {
  BATCH_PAYLOAD_BYTES_MAX,
  batchReceipts,
  formatReceiptBatch,
  LOG_ORIGIN_CHARS_MAX,
  parseReceiptBatch,
  verifyBatchPath,
} from '../../crypto/receipt-batch.js';
import { ok } from '../../domain/result.js';
import { mth, sha256 } from './merkle/model.js';

const LOG = 'parley.example/log';
const utf8 = new TextEncoder();
const bodies = Array.from({ length: 64 }, (_, i) => utf8.encode(`{"v":1,"log":"${LOG}","index":${1000 + i}}`));

describe('a batch of receipts', () => {
  it('has the root over the exact bytes of its bodies', () => {
    const { batch } = batchReceipts(LOG, bodies);
    expect(batch).toEqual({ log: LOG, root: encodeDigest(mth(bodies)), size: 64 });
  });

  it('gives each receipt a path that leads to it, for every size up to 64', () => {
    for (let size = 1; size <= 64; size += 1) {
      const { batch, paths } = batchReceipts(LOG, bodies.slice(0, size));
      paths.forEach((path, i) => expect(verifyBatchPath(bodies[i]!, path, batch)).toBe(true));
    }
  });

  it('gives the same bytes again for the same bodies', () => {
    const [first, again] = [batchReceipts(LOG, bodies), batchReceipts(LOG, bodies)];
    expect(again).toEqual(first);
    expect(formatReceiptBatch(again.batch)).toEqual(formatReceiptBatch(first.batch));
  });

  it('does not hold a body that was altered, another place, another size or another path', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.nat(), fc.nat(), (size, n, m) => {
        const { batch, paths } = batchReceipts(LOG, bodies.slice(0, size));
        const at = n % size;
        const path = paths[at]!;
        const body = bodies[at]!;
        const hit = m % body.length;
        expect(verifyBatchPath(body.with(hit, body[hit]! ^ 1), path, batch)).toBe(false);
        expect(verifyBatchPath(body, { ...path, index: (at + 1) % size }, batch)).toBe(false);
        expect(verifyBatchPath(body, path, { ...batch, size: size * 2 + 1 })).toBe(false);
        expect(verifyBatchPath(body, path, { ...batch, root: encodeDigest(sha256(body)) })).toBe(false);
        expect(verifyBatchPath(body, { ...path, hashes: path.hashes.slice(1) }, batch)).toBe(false);
      }),
    );
  });

  it('does not hash along a path that is longer than any batch is high', () => {
    const { batch } = batchReceipts(LOG, bodies);
    const hashes = Array<typeof batch.root>(53).fill(batch.root);
    const root = hashes.reduce((hash, sibling) => nodeHash(hash, decodeDigest(sibling)), leafHash(bodies[0]!));
    const highest = { log: LOG, root: encodeDigest(root), size: Number.MAX_SAFE_INTEGER };
    expect(verifyBatchPath(bodies[0]!, { index: 0, hashes }, highest)).toBe(true);
    expect(verifyBatchPath(bodies[0]!, { index: 0, hashes: [...hashes, batch.root] }, highest)).toBe(false);
  });

  it('has at least one receipt', () => {
    expect(() => batchReceipts(LOG, [])).toThrow(RangeError);
  });
});

describe('the payload of a batch', () => {
  const { batch } = batchReceipts(LOG, bodies);
  const GOOD = new TextDecoder().decode(formatReceiptBatch(batch));

  it('has one spelling', () => {
    expect(GOOD).toBe(`{"v":1,"log":"${LOG}","root":"${batch.root}","size":64}`);
    expect(parseReceiptBatch(utf8.encode(GOOD))).toEqual(ok(batch));
  });

  it('is read with one receipt, and with the longest name of a log', () => {
    for (const one of [batchReceipts(LOG, bodies.slice(0, 1)).batch, { ...batch, log: 'x'.repeat(LOG_ORIGIN_CHARS_MAX) }])
      expect(parseReceiptBatch(formatReceiptBatch(one))).toEqual(ok(one));
  });

  it.each([
    ['white space', GOOD.replace(':64', ': 64')],
    ['another version', GOOD.replace('"v":1', '"v":2')],
    ['a member more', GOOD.replace('}', ',"x":1}')],
    ['a member twice', GOOD.replace('{', '{"size":1,')],
    ['another order', `{"v":1,"root":"${batch.root}","log":"${LOG}","size":64}`],
    ['no log', GOOD.replace(`"log":"${LOG}",`, '')],
    ['an empty log', GOOD.replace(LOG, '')],
    ['a log longer than a name', GOOD.replace(LOG, 'x'.repeat(257))],
    ['a log that is a number', GOOD.replace(`"${LOG}"`, '5')],
    ['a log that is a list of one', GOOD.replace(`"${LOG}"`, `["${LOG}"]`)],
    ['a root that is a list of one', GOOD.replace(`"${batch.root}"`, `["${batch.root}"]`)],
    ['a size that is nothing', GOOD.replace(':64', ':null')],
    ['a negative size', GOOD.replace(':64', ':-64')],
    ['a root that is no digest', GOOD.replace(batch.root, 'AAAA')],
    ['a root that is a number', GOOD.replace(`"${batch.root}"`, '5')],
    ['no receipts', GOOD.replace(':64', ':0')],
    ['a size that is a text', GOOD.replace(':64', ':"64"')],
    ['no object', 'null'],
    ['no JSON', '{'],
    ['more bytes than one has', GOOD.padEnd(BATCH_PAYLOAD_BYTES_MAX + 1)],
  ])('is refused with %s', (_, payload) => {
    expect(parseReceiptBatch(utf8.encode(payload)).ok).toBe(false);
  });
});
