/**
 * Witnesses over HTTPS. One POST, no redirect, a limit of time and one of size: whatever else comes is silence, which accuses nobody.
 *
 * @see https://c2sp.org/tlog-witness
 */
import { TLOG_SIZE_TYPE } from '../../crypto/add-checkpoint.js';
import type { WitnessAnswer, Witnesses } from '../../domain/ports.js';

const ANSWER_MS_MAX = 5_000;
/** a witness with several keys, some of them post-quantum */
const ANSWER_BYTES_MAX = 65_536;
const SIZE = /^(0|[1-9][0-9]{0,15})\n$/;

/** @param send the platform's `fetch` */
export function createHttpsWitnesses(send: typeof fetch, answerMsMax = ANSWER_MS_MAX): Witnesses {
  return {
    async addCheckpoint(url, body) {
      try {
        const response = await send(`${url}/add-checkpoint`, {
          method: 'POST',
          headers: { 'Content-Type': 'text/plain; charset=utf-8' },
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(answerMsMax),
        });
        return answerOf(response, await readText(response));
      } catch (error) {
        return silent(
          error instanceof Error && error.name === 'TimeoutError' ? `no answer in ${answerMsMax} ms` : `not reached: ${causeOf(error)}`,
        );
      }
    },
  };
}

const silent = (why: string): WitnessAnswer => ({ kind: 'silent', why });

/** What an operator repairs it by: an unknown name, a closed port, a certificate that ended, a redirect. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause ? String(cause.code) : cause.message;
}

function answerOf({ status, headers }: Response, text: string | null): WitnessAnswer {
  if (text === null) return silent('too long an answer');
  if (status === 200) return { kind: 'cosigned', lines: text };
  if (status === 422) return { kind: 'inconsistent' };
  const size = status === 409 && headers.get('content-type')?.split(';')[0] === TLOG_SIZE_TYPE ? SIZE.exec(text)?.[1] : undefined;
  return size !== undefined && Number.isSafeInteger(Number(size)) ? { kind: 'conflict', size: Number(size) } : silent(`status ${status}`);
}

/** @returns null where it is longer than any answer */
async function readText({ body }: Response): Promise<string | null> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
