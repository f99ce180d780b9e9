import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openAgeSeal } from '../../crypto/age/open-seal.js';
import { BodyRefused, createStreamOpener } from '../../crypto/age/open-stream.js';
import { parseAgeSeal } from '../../crypto/age/seal.js';
import { chunkNonce, streamKey } from '../../crypto/age/stream.js';
import { native } from '../../crypto/native/node.js';
import { parseAgeVector, type AgeVector } from './age-vector.js';

const FOLDER = '../shared/vectors/age';
const fromNpm = Object.entries((await import('cctv-age')) as unknown as Record<string, Uint8Array>).filter(([name]) => name !== 'default');
const fromFolder = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => [name, readFileSync(`${FOLDER}/${name}`)] as const) : [];

describe.each([
  { source: 'cctv-age', vectors: fromNpm, floor: 143 },
  { source: FOLDER, vectors: fromFolder, floor: 48 },
])('age vectors of $source', ({ source, vectors, floor }) => {
  it.skipIf(vectors.length === 0)(`counts ${floor} at least (skipped where ${source} is absent)`, () => {
    expect(vectors.length).toBeGreaterThanOrEqual(floor);
  });

  for (const [name, bytes] of vectors) {
    const vector = parseAgeVector(bytes);
    const outcome = outcomeOf(name, vector);
    it(`${name}: ${outcome}`, () => CHECKS[outcome](vector));
  }
});

type Outcome = keyof typeof CHECKS;

/** What the kit expects, but for what our suites leave out and must therefore refuse. */
function outcomeOf(name: string, vector: AgeVector): Outcome {
  if (vector.armored) return 'refused, a seal is binary';
  if (name.startsWith('scrypt')) return 'refused, no suite of ours takes a passphrase';
  if (vector.stanzas > 1) return 'refused, a seal has one stanza';
  if (name === 'stream_no_nonce' || name === 'stream_short_nonce') return 'payload failure'; // the kit counts the nonce to the header
  return vector.expect as Outcome;
}

const CHECKS = {
  success(vector: AgeVector): void {
    const { released, refused } = openBody(vector, fileKeyOf(vector));
    expect(refused).toBe(false);
    expect(sha256(released)).toBe(vector.payloadSha256);
  },
  'payload failure'(vector: AgeVector): void {
    const fileKey = fileKeyOf(vector);
    const { released, refused } = openBody(vector, fileKey);
    expect(refused).toBe(true);
    // the kit's reader gives out a full chunk before it looks for the end, ours only after: so one chunk less may have been released
    const withNext = [...released, ...nextChunk(vector, fileKey, released.length)];
    expect([sha256(released), sha256(withNext)]).toContain(vector.payloadSha256 ?? sha256([]));
  },
  'no match': opensNothing,
  'HMAC failure'(vector: AgeVector): void {
    expect(vector.identities.some(({ suite }) => parseAgeSeal(suite, vector.seal).ok)).toBe(true);
    opensNothing(vector);
  },
  'header failure': opensNothing,
  'refused, a seal is binary': parsesNowhere,
  'refused, no suite of ours takes a passphrase': parsesNowhere,
  'refused, a seal has one stanza'(vector: AgeVector): void {
    parsesNowhere(vector);
    opensNothing(vector);
  },
};

function opensNothing(vector: AgeVector): void {
  for (const { suite, secret } of vector.identities) expect(openAgeSeal(suite, vector.seal, secret)).toBeNull();
}

function parsesNowhere(vector: AgeVector): void {
  for (const suite of ['age-pq-1', 'age-x25519-1'] as const) expect(parseAgeSeal(suite, vector.seal).ok).toBe(false);
}

function fileKeyOf(vector: AgeVector): Uint8Array {
  const opened = vector.identities.map(({ suite, secret }) => openAgeSeal(suite, vector.seal, secret)).find((key) => key !== null);
  if (!opened) throw new Error('no identity opens the seal');
  return opened;
}

// what was released before a refusal counts too: the kit compares it
function openBody(vector: AgeVector, fileKey: Uint8Array): { released: Uint8Array[]; refused: boolean } {
  const opener = createStreamOpener(fileKey);
  const released: Uint8Array[] = [];
  try {
    for (let at = 0; at < vector.body.length; at += 10_000) released.push(...opener.push(vector.body.subarray(at, at + 10_000)));
    released.push(opener.final());
    return { released, refused: false };
  } catch (error) {
    expect(error).toBeInstanceOf(BodyRefused);
    return { released, refused: true };
  }
}

function nextChunk({ body }: AgeVector, fileKey: Uint8Array, index: number): Uint8Array[] {
  const from = 16 + index * 65_552;
  const sealed = body.subarray(from, from + 65_552);
  const nonce = body.subarray(0, 16);
  if (sealed.length < 65_552) return [];
  const key = streamKey(fileKey, nonce);
  return [false, true].map((last) => native.chachaOpen(key, chunkNonce(index, last), sealed)).filter((chunk) => chunk !== null);
}

const sha256 = (parts: Uint8Array[]): string => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
