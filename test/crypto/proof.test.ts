import { describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../crypto/checkpoint.js';
import { leafHash, rootOfHashes } from '../../crypto/merkle.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { createNoteSigner } from '../../crypto/note-key.js';
import { formatTlogProof, parseTlogProof, PROOF_CHARS_MAX, verifyLogProof } from '../../crypto/proof.js';
import { ok } from '../../domain/result.js';
import { path, sha256 } from './merkle/model.js';

const ORIGIN = 'parley.example/log';
const log = createNoteSigner(ORIGIN, 'ED25519', new Uint8Array(32).fill(1));
const leaves = Array.from({ length: 11 }, (_, i) => sha256(Uint8Array.of(i)));
const head = { size: 11, root: rootOfHashes(leaves.map(leafHash)) };
const note = signCheckpoint(head, log);
const INDEX = 6;
const file = formatTlogProof({ index: INDEX, path: path(INDEX, leaves), note });

describe('a proof as the API sends it', () => {
  const proof = { index: INDEX, size: 11, path: path(INDEX, leaves).map(encodeDigest) };

  it('leads from the leaf to the head', () => {
    expect(verifyLogProof(leaves[INDEX]!, proof, head)).toBe(true);
  });

  it('is refused for another leaf, another size or a shorter path', () => {
    expect(verifyLogProof(leaves[5]!, proof, head)).toBe(false);
    expect(verifyLogProof(leaves[INDEX]!, { ...proof, size: 12 }, head)).toBe(false);
    expect(verifyLogProof(leaves[INDEX]!, { ...proof, path: proof.path.slice(1) }, head)).toBe(false);
  });
});

describe('a tlog-proof file', () => {
  it('has the lines of the specification', () => {
    const lines = file.split('\n');
    expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 6']);
    expect(lines.slice(2, 6)).toEqual(path(INDEX, leaves).map((hash) => Buffer.from(hash).toString('base64')));
    expect(lines[6]).toBe('');
    expect(lines.slice(7).join('\n')).toBe(note);
  });

  it('comes back as it was, with and without extra data and a path', () => {
    const whole = { index: INDEX, path: path(INDEX, leaves), note, extra: Uint8Array.of(1, 2) };
    expect(parseTlogProof(formatTlogProof(whole))).toEqual(ok(whole));
    expect(parseTlogProof(file)).toEqual(ok({ index: INDEX, path: path(INDEX, leaves), note }));
    for (const index of [0, 10, 1_234_567, Number.MAX_SAFE_INTEGER])
      expect(parseTlogProof(formatTlogProof({ index, path: [], note }))).toEqual(ok({ index, path: [], note }));
  });

  it('is as long as anyone reads', () => expect(parseTlogProof(file.padEnd(PROOF_CHARS_MAX)).ok).toBe(true));

  it.each([
    ['is empty', ''],
    ['has no checkpoint', file.slice(0, file.indexOf('\n\n'))],
    ['ends before its empty line', file.slice(0, file.indexOf('\n\n') + 1)],
    ['is of another version', file.replace('@v1', '@v2')],
    ['has nothing behind its first line', `c2sp.org/tlog-proof@v1\n\n${note}`],
    ['has no index', file.replace('index 6\n', '')],
    ['has an index with a leading zero', file.replace('index 6', 'index 06')],
    ['has an index that no number holds', file.replace('index 6', 'index 9007199254740993')],
    ['has something before its index', file.replace('index 6', 'an index 6')],
    ['has its extra line behind the index', file.replace('index 6', 'index 6\nextra AQI=')],
    ['has extra data that is no base64', file.replace('index', 'extra AQI\nindex')],
    ['has extra data that is empty', file.replace('index', 'extra \nindex')],
    ['has a path line that is no base64', file.replace('index 6', 'index 6\nx')],
    ['has a path line of another length', file.replace('index 6', 'index 6\nAQI=')],
    ['has a path longer than any tree is high', formatTlogProof({ index: 0, path: Array<Uint8Array>(64).fill(head.root), note })],
    ['is longer than anyone reads', file.padEnd(PROOF_CHARS_MAX + 1)],
  ])('is refused where it %s', (_, text) => {
    expect(parseTlogProof(text).ok).toBe(false);
  });
});
