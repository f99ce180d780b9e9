/** age's payload: a 16-byte nonce, then STREAM chunks of 64 KiB, each under its number and whether it is the last. */
import { native } from '#native';
import { ascii, concat } from './bytes.js';

export const CHUNK_BYTES = 65_536;
export const TAG_BYTES = 16;
export const STREAM_NONCE_BYTES = 16;

export interface StreamSealer {
  /** @returns body bytes that are final, in order; empty while less than a chunk and a byte has come */
  push(plaintext: Uint8Array): Uint8Array[];
  /** @returns the last chunk (and the nonce, where nothing was pushed out before) */
  final(): Uint8Array;
}

/** Bytes of the body over `plaintextBytes`: known before the first byte is read. An empty plaintext has one empty chunk. */
export const bodyBytes = (plaintextBytes: number): number =>
  STREAM_NONCE_BYTES + plaintextBytes + TAG_BYTES * Math.max(1, Math.ceil(plaintextBytes / CHUNK_BYTES));

export const streamKey = (fileKey: Uint8Array, nonce: Uint8Array): Uint8Array => {
  if (nonce.length !== STREAM_NONCE_BYTES) throw new RangeError(`a stream nonce is ${STREAM_NONCE_BYTES} bytes`);
  return native.hkdfSha256(fileKey, nonce, ascii('payload'), 32);
};

/** 11 bytes of big-endian counter, of which a safe integer fills 7, then 1 for the last chunk. */
export function chunkNonce(index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  view.setUint32(3, Math.floor(index / 2 ** 32));
  view.setUint32(7, index % 2 ** 32);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/**
 * Seals a body as it comes, in constant memory: a chunk is held back until it is known whether it is the last.
 * @param nonce 16 bytes of chance, never used with this file key before
 * @throws RangeError at any call after `final`: a second ending would spend the last nonce twice
 */
export function createStreamSealer(fileKey: Uint8Array, nonce: Uint8Array): StreamSealer {
  const key = streamKey(fileKey, nonce);
  const held = createChunker(CHUNK_BYTES);
  let index = 0;
  let head: Uint8Array[] = [nonce.slice()];
  let ended = false;
  const refuseAfterEnd = (): void => {
    if (ended) throw new RangeError('the body has ended: its last nonce is spent');
  };
  return {
    push(plaintext) {
      refuseAfterEnd();
      const sealed = held.push(plaintext, (chunk) => native.chachaSealPieces(key, chunkNonce(index++, false), chunk));
      if (sealed.length === 0) return sealed;
      const out = [...head, ...sealed];
      head = [];
      return out;
    },
    final() {
      refuseAfterEnd();
      ended = true;
      return concat(...head, native.chachaSeal(key, chunkNonce(index, true), held.rest()));
    },
  };
}

/** The same for a source that is read: yields the body in order. */
export async function* sealStream(source: AsyncIterable<Uint8Array>, fileKey: Uint8Array, nonce: Uint8Array): AsyncGenerator<Uint8Array> {
  const sealer = createStreamSealer(fileKey, nonce);
  for await (const plaintext of source) yield* sealer.push(plaintext);
  yield sealer.final();
}

/**
 * Cuts what comes into chunks of `chunkBytes`, handing one on only when a further byte is there. Whole chunks inside one push are handed
 * on where they lie, uncopied; `take` must be done with its chunk when it returns.
 */
export function createChunker(chunkBytes: number): {
  push(bytes: Uint8Array, take: (chunk: Uint8Array) => readonly Uint8Array[]): Uint8Array[];
  rest(): Uint8Array;
} {
  const buffer = new Uint8Array(chunkBytes);
  let used = 0;
  return {
    push(bytes, take) {
      const taken: Uint8Array[] = [];
      let at = 0;
      while (used + bytes.length - at > chunkBytes) {
        if (used === 0) {
          taken.push(...take(bytes.subarray(at, at + chunkBytes)));
          at += chunkBytes;
        } else {
          buffer.set(bytes.subarray(at, at + chunkBytes - used), used);
          at += chunkBytes - used;
          used = 0;
          taken.push(...take(buffer));
        }
      }
      buffer.set(bytes.subarray(at), used);
      used += bytes.length - at;
      return taken;
    },
    rest: () => buffer.subarray(0, used),
  };
}
