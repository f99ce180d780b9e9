/** Opening bodies: for clients only. No file of the server may reach this one. */
import { native } from '#native';
import { concat, NOTHING } from './bytes.js';
import { CHUNK_BYTES, chunkNonce, createChunker, STREAM_NONCE_BYTES, streamKey, TAG_BYTES } from './stream.js';

/** The body is not what was sealed: altered, cut off, or with something behind its end. What came out before must not be shown. */
export class BodyRefused extends Error {
  constructor(readonly chunk: number) {
    super(`the body is refused at chunk ${chunk}: it was altered, cut off or continued`);
    this.name = 'BodyRefused';
  }
}

export interface StreamOpener {
  /**
   * @returns plaintext whose chunks are verified, while the *end* is not: stage it, and show it when `final` has returned
   * @throws BodyRefused, and again at every later call
   */
  push(body: Uint8Array): Uint8Array[];
  /** @returns the last plaintext bytes; only now is the whole body proved */
  final(): Uint8Array;
}

/** Opens a body as it comes, in constant memory. Its first 16 bytes are the nonce. */
export function createStreamOpener(fileKey: Uint8Array): StreamOpener {
  const held = createChunker(CHUNK_BYTES + TAG_BYTES);
  let nonce: Uint8Array = NOTHING;
  let key: Uint8Array | null = null;
  let index = 0;
  let refused: BodyRefused | null = null;
  const open = (sealed: Uint8Array, last: boolean): Uint8Array => {
    const plaintext = refused === null && key !== null ? openUnder(key, index, last, sealed) : null;
    if (plaintext === null) throw (refused ??= new BodyRefused(index));
    index++;
    return plaintext;
  };
  return {
    push(body) {
      if (refused !== null) throw refused;
      let rest = body;
      if (key === null) {
        const missing = STREAM_NONCE_BYTES - nonce.length;
        nonce = concat(nonce, body.subarray(0, missing));
        if (nonce.length < STREAM_NONCE_BYTES) return [];
        key = streamKey(fileKey, nonce);
        rest = body.subarray(missing);
      }
      return held.push(rest, (sealed) => [open(sealed, false)]);
    },
    final: () => open(held.rest(), true),
  };
}

/** The same for a source that is read. A consumer that stops early has seen unproved plaintext. */
export async function* openStream(source: AsyncIterable<Uint8Array>, fileKey: Uint8Array): AsyncGenerator<Uint8Array> {
  const opener = createStreamOpener(fileKey);
  for await (const body of source) yield* opener.push(body);
  yield opener.final();
}

function openUnder(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Uint8Array | null {
  const emptyAfterOthers = index > 0 && sealed.length === TAG_BYTES;
  return emptyAfterOthers ? null : native.chachaOpen(key, chunkNonce(index, last), sealed);
}
