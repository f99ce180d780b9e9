/** Reads a body once, up to a limit, and compares it with the digest that the session signed. */
import type { IncomingMessage } from 'node:http';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import { hasDigest, parseContentDigest } from '../http-signature.js';

const FIRST_BYTES = 65_536;
/** a body of which nothing comes for so long is cut off: what it holds is others' too */
const STALLED_MS = 10_000;

export interface DigestRule {
  /** the header's value, empty where there is none */
  readonly header: string;
  /** a session signed this request: then the body must be covered */
  readonly signed: boolean;
  readonly covered: boolean;
}

/** @throws whatever the socket throws: the client has gone, and nobody reads an answer */
export async function readBody(request: IncomingMessage, bytesMax: number, rule: DigestRule): Promise<Result<Uint8Array, Refusal>> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return discard(request, refusal('MALFORMED', 'send bodies uncompressed'));
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return discard(request, tooLarge(bytesMax));
  request.setTimeout(STALLED_MS, () => request.destroy(new Error('nothing of the body came')));
  const bytes = await collect(request, bytesMax).finally(() => request.setTimeout(0));
  if (bytes === null) return no(tooLarge(bytesMax));
  const wrong = digestProblem(bytes, rule);
  return wrong === null ? ok(bytes) : no(wrong);
}

/** One buffer where the length was announced, so that a part of 8 MiB is held once; null where there was more than `bytesMax`. */
function collect(request: IncomingMessage, bytesMax: number): Promise<Uint8Array | null> {
  let bytes = Buffer.allocUnsafeSlow(Number(request.headers['content-length'] ?? Math.min(bytesMax, FIRST_BYTES)));
  let length = 0;
  // what was cut off before anybody read it says nothing any more
  if (request.destroyed) return Promise.reject(new Error('the request was cut off'));
  return new Promise((resolve, reject) => {
    request
      .on('data', (chunk: Buffer) => {
        const end = length + chunk.length;
        // past the limit it reads on without keeping: a client that is still sending would not see the answer
        if (end <= bytesMax) {
          if (end > bytes.length) bytes = Buffer.concat([bytes], Math.min(bytesMax, 2 * end));
          chunk.copy(bytes, length);
        }
        length = end;
      })
      .once('end', () => resolve(length > bytesMax ? null : bytes.subarray(0, length)))
      .once('error', reject)
      // a socket that breaks between two chunks ends without an `end`
      .once('close', () => reject(new Error('the request was cut off')));
  });
}

function digestProblem(bytes: Uint8Array, { header, signed, covered }: DigestRule): Refusal | null {
  if (signed && !covered && bytes.length > 0) return refusal('NOT_CALLER', 'the signature must cover content-digest where there is a body');
  if (header === '') return signed && covered ? refusal('NOT_CALLER', 'content-digest is signed and absent') : null;
  const digest = parseContentDigest(header);
  if (digest === null) return refusal('MALFORMED', 'content-digest must be exactly one sha-256');
  return hasDigest(bytes, digest) ? null : refusal('MALFORMED', 'content-digest does not fit the body');
}

const tooLarge = (bytesMax: number): Refusal => refusal('TOO_LARGE', `at most ${bytesMax} bytes`);

function discard(request: IncomingMessage, why: Refusal): Result<never, Refusal> {
  request.resume();
  return no(why);
}
