/** Talking to the gateway: the same bytes again until there is an answer, and every answer read strictly. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { concat } from '../../crypto/age/bytes.js';
import type { Chance, Clock } from '../../domain/ports.js';
import { MINUTE_MS } from '../../domain/time.js';
import { jsonOf, tooLarge, type Answer } from './answers.js';
import { ParleyError } from './error.js';
import { signRequest, type SigningSession } from './http-signature.js';
import { askedWaitS, refusalOf } from './refusal-answer.js';

export interface DoorOptions {
  /** `https://gateway.example`, without a slash at the end: also the beginning of every signed `@target-uri` */
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly chance: Chance;
  /** tries of one request, the first counted */
  readonly triesMax?: number;
  /** of one answer, whatever the gateway sends behind it */
  readonly answerBytesMax?: number;
  /** from a request to the end of its answer, however slowly it comes */
  readonly answerMsMax?: number;
}

export interface DoorRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** path and query */
  readonly path: string;
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** false for what needs no session */
  readonly signed: boolean;
  readonly signal?: AbortSignal;
}

/** Gives a session, a new one where `stale` is the one that the gateway no longer knows. */
export type SessionSource = (stale?: SigningSession) => Promise<SigningSession>;

export interface Door {
  /** @throws PolicyRefusal for a 4xx; NotAnswered for 429 and 5xx, ParleyError `GATEWAY_UNREACHABLE` after the last try; `GATEWAY_REDIRECTS` */
  ask(request: DoorRequest): Promise<Answer>;
  get(path: string, signed?: boolean, signal?: AbortSignal): Promise<unknown>;
  post(path: string, body: object | Uint8Array, signed?: boolean): Promise<unknown>;
}

const TRIES_MAX = 6;
const BACKOFF_MS = 200;
const BACKOFF_MS_MAX = 10_000;
/** Several times the longest honest answer, a reading with all its label statements and their receipts. */
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;
/** of one that is no 2xx: several times the longest honest refusal */
const PROBLEM_BYTES_MAX = 4 * 1024 * 1024;
/** A part of 8 MiB at 10 kB/s. */
const ANSWER_MS_MAX = 15 * MINUTE_MS;
const FIRST_BYTES = 64 * 1024;
const BUSY = new Set([429, 502, 503, 504]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const utf8 = new TextEncoder();

export function createDoor(options: DoorOptions, session: SessionSource): Door {
  const ask = async (request: DoorRequest): Promise<Answer> => {
    const triesMax = options.triesMax ?? TRIES_MAX;
    let stale: SigningSession | undefined;
    for (let tries = 1; ; tries++) {
      const signer = request.signed ? await session(stale) : null;
      const got = await attempt(options, request, signer);
      const answer = got instanceof Silence ? null : got;
      // a session that ended in between: once, with a new one
      if (answer?.status === 401 && signer !== null && stale === undefined) {
        stale = signer;
        continue;
      }
      if (answer !== null && !BUSY.has(answer.status)) return checked(answer);
      if (tries >= triesMax || request.signal?.aborted) throw got instanceof Silence ? unreachable(options.origin, got) : refusalOf(got);
      await options.clock.sleep(waitMs(answer, tries, options.chance), request.signal);
    }
  };
  return {
    ask,
    get: async (path, signed = true, signal) => jsonOf(await ask({ method: 'GET', path, signed, ...(signal ? { signal } : {}) })),
    post: async (path, body, signed = true) => {
      const bytes = body instanceof Uint8Array ? body : utf8.encode(JSON.stringify(body));
      return jsonOf(await ask({ method: 'POST', path, body: bytes, contentType: 'application/json', signed }));
    },
  };
}

/** No whole answer came: nobody knows whether the request arrived. */
class Silence {
  /** as the runtime names it, such as `ECONNREFUSED`; empty: it names nothing, as in browsers */
  readonly why: string;

  constructor(error?: unknown) {
    const { code } = (error instanceof Error ? (error.cause ?? {}) : {}) as { readonly code?: unknown };
    this.why = typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : '';
  }
}

/**
 * @throws ParleyError `ANSWER_TOO_LARGE`, `GATEWAY_REDIRECTS`; `GATEWAY_UNREACHABLE` where it took too long
 */
async function attempt(options: DoorOptions, request: DoorRequest, session: SigningSession | null): Promise<Answer | Silence> {
  const { method, path, body, contentType, headers } = request;
  const url = `${options.origin}${path}`;
  const nonce = encodeBase64url(options.chance.bytes(16));
  const signature = session === null ? {} : signRequest({ method, url, body: body ?? null, created: options.clock.now(), nonce }, session);
  const late = AbortSignal.timeout(options.answerMsMax ?? ANSWER_MS_MAX);
  const signal = request.signal === undefined ? late : AbortSignal.any([request.signal, late]);
  try {
    const response = await options.fetch(url, {
      method,
      headers: { Accept: 'application/json', ...(contentType ? { 'Content-Type': contentType } : {}), ...headers, ...signature },
      // not followed: what is signed is for one address, and what stands elsewhere is nobody's that was chosen
      redirect: 'manual',
      // the signature is all that says who asks: no cookie is sent or kept
      credentials: 'omit',
      ...(body === undefined ? {} : { body: body as BodyInit }),
      signal,
    });
    if (response.type === 'opaqueredirect' || REDIRECTS.has(response.status)) throw redirected(options.origin, response);
    const bytesMax = options.answerBytesMax ?? ANSWER_BYTES_MAX;
    const bytes = await wholeOf(response, response.ok ? bytesMax : Math.min(bytesMax, PROBLEM_BYTES_MAX), signal);
    if (bytes !== null) return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    if (!late.aborted) return new Silence(error);
  }
  // whoever took all that time takes it again
  if (late.aborted) throw unreachable(options.origin, new Silence());
  return new Silence();
}

/** @returns null where it was given up @throws ParleyError `ANSWER_TOO_LARGE` */
async function wholeOf(response: Response, bytesMax: number, signal: AbortSignal): Promise<Uint8Array | null> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  // grown as it fills: whoever sends byte by byte makes no pile of pieces
  let bytes: Uint8Array = new Uint8Array(FIRST_BYTES);
  let length = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const before = length;
      length += read.value.length;
      if (length > bytesMax) throw tooLarge(`${bytesMax} bytes`);
      if (length > bytes.length) bytes = concat(bytes.subarray(0, before), new Uint8Array(Math.max(length, 2 * bytes.length) - before));
      bytes.set(read.value, before);
    }
    return signal.aborted ? null : bytes.subarray(0, length);
  } finally {
    signal.removeEventListener('abort', stop);
    if (length > bytesMax) stop();
  }
}

/** What the gateway asks for, else doubling with jitter. */
function waitMs(answer: Answer | null, tries: number, chance: Chance): number {
  const asked = answer === null ? null : askedWaitS(answer);
  const backoff = Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** (tries - 1));
  const jittered = backoff * (0.5 + chance.bytes(1)[0]! / 512);
  return asked === null ? jittered : Math.min(60_000, Math.max(asked * 1000, jittered));
}

function checked(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw refusalOf(answer);
}

/** A browser does not say where to. */
function redirected(origin: string, { headers, body }: Response): ParleyError {
  void body?.cancel().catch(() => undefined);
  const to = headers.get('location') ?? '';
  const where = URL.canParse(to, origin) ? ` to ${new URL(to, origin).origin}` : '';
  return new ParleyError(
    'GATEWAY_REDIRECTS',
    `${origin} sends on${where}, which is not followed.`,
    'Ask the operator for the gateway’s own address, and give that one: --gateway, or PARLEY_GATEWAY.',
  );
}

/** TLS was spoken, and the certificate is not one that this machine believes for that name. */
const OF_CERTIFICATES = /CERT|SIGNATURE|ALTNAME/;

const unreachable = (origin: string, { why }: Silence): ParleyError =>
  new ParleyError(
    'GATEWAY_UNREACHABLE',
    why === '' ? `No answer from ${origin}.` : `No answer from ${origin}: ${why}.`,
    OF_CERTIFICATES.test(why)
      ? 'Nothing waits to be handed in again: check the address and its certificate; one that an authority of your own signed is believed with NODE_EXTRA_CA_CERTS.'
      : 'Nothing waits to be handed in again: check the address and the network, then repeat what you did.',
  );
