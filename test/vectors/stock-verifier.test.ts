/**
 * Others' code on our log, and our code on another's. The stock verifier is sigstore's (npm `@sigstore/verify`), which reads signed notes and
 * RFC 6962 paths and knows nothing of us; the other log is Go's checksum database, whose note and key are public.
 */
import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseCheckpoint, signCheckpoint } from '../../crypto/checkpoint.js';
import { leafHash, type Hash } from '../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier } from '../../crypto/merkle/append.js';
import { planInclusion } from '../../crypto/merkle/prove.js';
import { createNoteSigner, keyIdBytes, parseVerifierKey, type VerifierKey } from '../../crypto/note-key.js';
import { parseNote, verifyNote } from '../../crypto/note.js';

const stock = await Promise.all([
  import('@sigstore/verify/dist/timestamp/checkpoint.js'),
  import('@sigstore/verify/dist/timestamp/merkle.js'),
]).catch(() => null);

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
type Entry = Parameters<NonNullable<typeof stock>[1]['verifyMerkleInclusion']>[0];
type Log = Parameters<NonNullable<typeof stock>[0]['verifyCheckpoint']>[1][number];

/** A log as the stock verifier knows it: it takes four bytes of `logID` for the key id of a note. */
const logOf = (key: VerifierKey): Log => ({
  logID: Buffer.from(keyIdBytes(key)),
  publicKey: createPublicKey({ key: Buffer.concat([SPKI_ED25519, key.publicKey]), format: 'der', type: 'spki' }),
  validFor: { start: new Date(0), end: new Date(8_640_000_000_000) },
});
function entryOf(note: string, root: Hash, rest: { index?: number; size?: number; path?: readonly Hash[]; data?: Uint8Array } = {}): Entry {
  const { index = 0, size = 1, path = [], data = new Uint8Array() } = rest;
  const inclusionProof = {
    logIndex: String(index),
    treeSize: String(size),
    rootHash: Buffer.from(root),
    hashes: path.map((hash) => Buffer.from(hash)),
    checkpoint: { envelope: note },
  };
  return { inclusionProof, canonicalizedBody: Buffer.from(data), integratedTime: '1' } as unknown as Entry;
}

const signer = createNoteSigner('parley.example/log', 'ED25519', new Uint8Array(32).fill(7));
const LEAVES = Array.from({ length: 70 }, (_, i) => Uint8Array.of(i, 1, 2));
const grown = appendRun(EMPTY_FRONTIER, LEAVES.map(leafHash));
const nodes = new Map(grown.nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
const headOf = (size: number) => ({ size, root: rootOfFrontier(appendRun(EMPTY_FRONTIER, LEAVES.slice(0, size).map(leafHash)).frontier) });
function pathOf(index: number, size: number): Hash[] {
  const plan = planInclusion(index, size);
  return plan.finish(plan.nodes.map(({ level, index: at }) => nodes.get(`${level}/${at}`)!));
}

// sum.golang.org/latest as it once was, and its published key
const GO_KEY = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
const GO_NOTE = [
  'go.sum database tree',
  '65664258',
  'WVVNVD2qx+fTq31zkj6UAqxT5X6HvGphGM+o8Thnbsg=',
  '',
  '— sum.golang.org Az3grligJmgX7KGyGPKybykNTh3VgsbLvUuvOwrM5zLVlulmFp2wdvbxOw74/gcNxURShXEpb7RXcs3+BYflYN+w0gQ=',
  '',
].join('\n');

const missing = stock === null ? ' (skipped: @sigstore/verify is not installed)' : '';
describe.skipIf(stock === null)(`sigstore’s verifier${missing}`, () => {
  const verifyCheckpoint: NonNullable<typeof stock>[0]['verifyCheckpoint'] = (entry, logs) => stock![0].verifyCheckpoint(entry, logs);
  const verifyMerkleInclusion: NonNullable<typeof stock>[1]['verifyMerkleInclusion'] = (entry) => stock![1].verifyMerkleInclusion(entry);

  it('verifies our checkpoint, and no other root under it', () => {
    const head = headOf(70);
    const note = signCheckpoint(head, signer);
    expect(() => verifyCheckpoint(entryOf(note, head.root), [logOf(signer.key)])).not.toThrow();
    expect(() => verifyCheckpoint(entryOf(note, headOf(69).root), [logOf(signer.key)])).toThrow(/root hash mismatch/);
    expect(() => verifyCheckpoint(entryOf(note.replace('\n70\n', '\n71\n'), head.root), [logOf(signer.key)])).toThrow(
      /invalid checkpoint signature/,
    );
  });

  it('verifies our inclusion proof of every leaf in trees of every size', () => {
    for (const size of [1, 2, 3, 7, 8, 33, 64, 70])
      for (let index = 0; index < size; index += 1) {
        const proof = { index, size, path: pathOf(index, size), data: LEAVES[index]! };
        expect(() => verifyMerkleInclusion(entryOf('', headOf(size).root, proof)), `${index} of ${size}`).not.toThrow();
      }
  });

  it('refuses our proof under another leaf', () => {
    const proof = { index: 3, size: 70, path: pathOf(3, 70), data: LEAVES[4]! };
    expect(() => verifyMerkleInclusion(entryOf('', headOf(70).root, proof))).toThrow(/does not match/);
  });

  it('says of another’s note what we say', () => {
    const key = parseVerifierKey(GO_KEY);
    const note = parseNote(GO_NOTE);
    const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
    if (!key.ok || !checkpoint.ok) throw new Error('not readable');
    expect(() => verifyCheckpoint(entryOf(GO_NOTE, checkpoint.value.root), [logOf(key.value)])).not.toThrow();
  });
});

describe('the note of Go’s checksum database', () => {
  it('verifies under its published key, and tells size and root', () => {
    const [key, note] = [parseVerifierKey(GO_KEY), parseNote(GO_NOTE)];
    if (!key.ok || !note.ok) throw new Error('not readable');
    expect(verifyNote(note.value, [key.value])).toEqual({ ok: true, value: [key.value] });
    expect(parseCheckpoint(note.value.text)).toMatchObject({ ok: true, value: { origin: 'go.sum database tree', size: 65_664_258 } });
    const altered = parseNote(GO_NOTE.replace('65664258', '65664259'));
    expect(altered.ok && verifyNote(altered.value, [key.value]).ok).toBe(false);
  });
});
