/** Keys that the tests of this folder share; made once for a test file. */
import { createOpenpgpKey, parseOpenpgpKey, type OpenpgpKeyPair, type OpenpgpRecipient } from '../../../crypto/openpgp/key.js';
import { instantFromMs } from '../../../domain/time.js';

export const NOW = instantFromMs(Date.UTC(2026, 10, 25));

export interface Reader extends OpenpgpKeyPair {
  readonly recipient: OpenpgpRecipient;
}

export async function recipientOf(publicKey: Uint8Array): Promise<OpenpgpRecipient> {
  const parsed = await parseOpenpgpKey(publicKey, NOW);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

export async function createReader(name: string): Promise<Reader> {
  const pair = await createOpenpgpKey(name, NOW);
  return { ...pair, recipient: await recipientOf(pair.publicKey) };
}

export const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values);
export const concat = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** A stream of `bytes` in pieces of at most `piece` bytes. */
export const streamOf = (bytes: Uint8Array, piece = 1 << 16): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, (at += piece)));
    },
  });
};
export const readAll = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
