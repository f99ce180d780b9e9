import { chacha20 } from '@noble/ciphers/chacha.js';
import { concat } from '../../../crypto/age/bytes.js';
import { chunkNonce, streamKey } from '../../../crypto/age/stream.js';

const P1305 = 2n ** 130n - 5n;
const BLOCK = 2n ** 128n;
const R_MASK = 0x0ffffffc0ffffffc0ffffffc0fffffffn;

/**
 * The attack that key commitments answer: one age body that opens, in order and with a right tag, under two file keys, and begins with
 * `first` under one and ends with `second` (before 16 bytes) under the other. Poly1305 binds to no key: one free block solves for a common tag.
 * @param first a multiple of 16 bytes, as is `second`
 */
export function forgeTwoFacedBody(keys: readonly [Uint8Array, Uint8Array], first: Uint8Array, second: Uint8Array): Uint8Array {
  for (let attempt = 0; ; attempt++) {
    const nonce = new Uint8Array(16).fill(attempt);
    const sides = [sideOf(keys[0], nonce), sideOf(keys[1], nonce)] as const;
    const ciphertext = concat(sides[0].stream(0, first), sides[1].stream(first.length, second), new Uint8Array(16));
    const lengths = new Uint8Array(16);
    new DataView(lengths.buffer).setUint32(8, ciphertext.length, true);
    const blocks = [...blocksOf(ciphertext), ...blocksOf(lengths)];
    const last = solveBlock(sides, blocks);
    if (last === null) continue;
    ciphertext.set(toLittleEndian(last), ciphertext.length - 16);
    blocks[blocks.length - 2] = last;
    return concat(nonce, ciphertext, toLittleEndian((poly(sides[0].r, blocks) + sides[0].s) % BLOCK));
  }
}

interface Side {
  readonly r: bigint;
  readonly s: bigint;
  stream(at: number, text: Uint8Array): Uint8Array;
}

function sideOf(fileKey: Uint8Array, nonce: Uint8Array): Side {
  const key = streamKey(fileKey, nonce);
  const oneTime = chacha20(key, chunkNonce(0, true), new Uint8Array(32));
  return {
    r: littleEndian(oneTime.subarray(0, 16)) & R_MASK,
    s: littleEndian(oneTime.subarray(16)),
    stream: (at, text) => chacha20(key, chunkNonce(0, true), concat(new Uint8Array(at), text), undefined, 1).slice(at),
  };
}

const poly = (r: bigint, blocks: readonly bigint[]): bigint => blocks.reduce((sum, block) => ((sum + block + BLOCK) * r) % P1305, 0n);

/** The last ciphertext block for which both tags are equal; null where this nonce allows none. */
function solveBlock(sides: readonly [Side, Side], blocks: readonly bigint[]): bigint | null {
  const open = blocks.with(-2, -BLOCK); // takes the free block out of the sum
  const difference = poly(sides[1].r, open) - poly(sides[0].r, open) + sides[1].s - sides[0].s;
  const slope = inverse(modulo(sides[0].r ** 2n - sides[1].r ** 2n));
  for (let carry = -5n; carry <= 5n; carry++) {
    const block = modulo((difference + carry * BLOCK) * slope) - BLOCK;
    if (block < 0n || block >= BLOCK) continue;
    const [a, b] = sides.map(({ r, s }) => (poly(r, blocks.with(-2, block)) + s) % BLOCK);
    if (a === b) return block;
  }
  return null;
}

const modulo = (value: bigint): bigint => ((value % P1305) + P1305) % P1305;

/** Fermat: the modulus is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  for (let exponent = P1305 - 2n, base = value; exponent > 0n; exponent >>= 1n, base = (base * base) % P1305) {
    if (exponent & 1n) result = (result * base) % P1305;
  }
  return result;
}

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const toLittleEndian = (value: bigint): Uint8Array => Uint8Array.from({ length: 16 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const blocksOf = (bytes: Uint8Array): bigint[] =>
  Array.from({ length: bytes.length / 16 }, (_, i) => littleEndian(bytes.subarray(i * 16, i * 16 + 16)));
