/** One way through the door for every route: admit, sign in, check the role, read, parse, answer. A failure is caught here, once. */
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { Failure } from '../../domain/failure.js';
import { refusal, type Refusal, type RefusalCode } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Instant } from '../../domain/time.js';
import { shapeWords } from '../../domain/wire/shape-words.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { createPlaces, type Places } from '../places.js';
import type { SignedIn } from '../sign-in.js';
import { readBody } from './body.js';
import type { Doors } from './doors.js';
import { addressOf, createLimiter, type Limiter } from './limits.js';
import { problemOf, problemOfFailure, type ProblemReply } from './problem.js';
import { turned, turnedBy, type Asked, type Reply, type Route, type Turned } from './route.js';

/** "Not there" and "not for you" leave no sooner than this after they came, so that the work behind them does not tell them apart. */
const TELLING_MS_MIN = 25;
/** The law too says no to what is made from something that is not there, or is not the sender's. */
const TELLING: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'POLICY']);
/** said to no one */
const CLIENT_GONE = 'the client has gone';
const UNREAD_MS = 30_000;
/** of one authority, or of one address without a session: as much as a hundred of the largest pages */
const UNREAD_BYTES_MAX = 128 * 1024 * 1024;
const SIGNATURE_KEYID = /;keyid="([^"]{1,128})"/;

export interface DoorLog {
  request(entry: {
    readonly requestId: string;
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly code: string;
    readonly durationMs: number;
  }): void;
  failure(requestId: string, error: unknown): void;
}

export interface Post {
  readonly doors: Doors;
  readonly log: DoorLog;
  readonly newRequestId: () => string;
  readonly perOfficer: Limiter;
  readonly perAddress: Limiter;
  /** an answer of which nothing is taken for so long is cut off: until then it lies in memory */
  readonly unreadMs: number;
  /** bytes of answers that are not taken yet; parts come in pieces and have places of their own */
  readonly unread: Places;
}

export const createPost = (doors: Doors, log: DoorLog, newRequestId: () => string): Post => ({
  doors,
  log,
  newRequestId,
  perOfficer: createLimiter(doors.limits.requestsPerOfficerMax),
  perAddress: createLimiter(doors.limits.requestsPerAddressMax),
  unreadMs: UNREAD_MS,
  unread: createPlaces(UNREAD_BYTES_MAX),
});

/** @returns an Express handler that never rejects */
export function mount(post: Post, route: Route): (request: Request, response: Response) => Promise<void> {
  const { doors, log } = post;
  return async (request, response) => {
    const startedAt = doors.clock.now();
    const requestId = post.newRequestId();
    response.setHeader('Parley-Request-Id', requestId);
    // unless the route says otherwise: what one officer may read stays in no cache
    response.setHeader('Cache-Control', 'no-store');
    let code = 'OK';
    try {
      const answered = await serve(post, route, request, response, requestId);
      if (route.leavesLate || (!answered.ok && TELLING.has(answered.error.refusal.code))) await leaveLate(doors, startedAt);
      // said now, not when it came in: a long poll may have waited for the drain itself
      if (doors.draining.aborted) response.set('Connection', 'close');
      request.socket.setTimeout(post.unreadMs);
      if (answered.ok) {
        if (answered.value.status >= 500) code = 'NOT_READY';
        await send(response, answered.value);
      } else {
        code = answered.error.refusal.code;
        doors.metrics.refusal(code);
        sendProblem(response, problemOf(answered.error));
      }
    } catch (error) {
      code = refuseFailure(response, error);
      if (code !== 'CLIENT_GONE') log.failure(requestId, error);
    }
    const durationMs = doors.clock.now() - startedAt;
    doors.metrics.request(route.operation, response.statusCode, durationMs);
    log.request({ requestId, method: request.method, route: route.path, status: response.statusCode, code, durationMs });
  };
}

async function serve(post: Post, route: Route, request: Request, response: Response, requestId: string): Promise<Result<Reply, Turned>> {
  const signedIn = await admit(post, route, request, response);
  if (!signedIn.ok) return turnedBy(signedIn.error);
  // reading is what evidence is gathered with, and stays; of everything else nothing may be begun
  const trouble = route.method === 'get' ? null : post.doors.trouble();
  if (trouble !== null) throw trouble;
  const who = signedIn.value;
  if (typeof route.who === 'object' && !who?.caller.roles.some((role) => (route.who as { roles: readonly string[] }).roles.includes(role)))
    return turnedBy(refusal('ROLE_REQUIRED', `asked for: ${route.who.roles.join(' or ')}`));
  const read = (bytesMax: number): Promise<Result<Uint8Array, Refusal>> =>
    readBody(request, bytesMax, { header: request.get('content-digest') ?? '', signed: who !== null, covered: who?.coversDigest ?? false });
  const asked = await parse(route, request, requestId, read, goneOf(response));
  if (!asked.ok) return turnedBy(asked.error);
  const answer = async (): Promise<Result<Reply, Turned>> => {
    const answered = await route.handle({ ...asked.value, caller: who?.caller ?? null }, post.doors);
    return answered.ok ? held(post.unread, who?.caller.authority ?? addressOf(request), answered.value, response) : answered;
  };
  if (who === null || route.method !== 'get' || route.lingers) return answer();
  return post.doors.reads(who.caller.authority, () => (response.destroyed ? Promise.reject(new Error(CLIENT_GONE)) : answer()));
}

/** What is written at once lies in memory until it is taken: so much of one owner, and no more; but what was made or accepted is told, and is little. */
function held(unread: Places, owner: string, reply: Reply, response: Response): Result<Reply, Turned> {
  if (reply.status === 201 || reply.status === 202) return ok(reply);
  const whole = 'json' in reply ? { ...reply, bytes: Buffer.from(JSON.stringify(reply.json)), type: 'json' } : reply;
  if (!(whole.bytes instanceof Uint8Array) || response.closed || response.destroyed) return ok(reply);
  const { status, headers = {}, type, bytes } = whole;
  if (!unread.take(owner, bytes.length)) return turned('RATE_LIMITED', 'take what was answered before, or close its connection');
  response.once('close', () => unread.leave(owner, bytes.length));
  return ok({ status, headers, type, bytes });
}

/**
 * Lets strangers in on public routes only, and counts each request: of a session that proved itself against its officer, every other one
 * against its address, whatever it names.
 */
async function admit(post: Post, route: Route, request: Request, response: Response): Promise<Result<SignedIn | null, Refusal>> {
  const input = request.get('signature-input');
  const keyid = input === undefined ? undefined : SIGNATURE_KEYID.exec(input)?.[1];
  // asking after a session that this process does not hold costs a read: it is counted before
  const isKnown = keyid !== undefined && post.doors.signIn.knows(keyid);
  const admitsAddress = (): Promise<boolean> => post.perAddress.admits(request, response, addressOf(request));
  if (!isKnown && !(await admitsAddress())) return tooMany;
  const isPublic = route.who === 'public';
  if (isPublic && !isKnown) return ok(null);
  if (input === undefined) return route.who === 'optional' ? ok(null) : no(refusal('NOT_CALLER', 'open a session and sign the request'));
  const signedIn = await post.doors.signIn.authenticate({
    method: request.method,
    target: request.originalUrl,
    signatureInput: input,
    signature: request.get('signature') ?? '',
    contentDigest: request.get('content-digest') ?? '',
  });
  if (!signedIn.ok) {
    if (isKnown && !(await admitsAddress())) return tooMany;
    return isPublic ? ok(null) : signedIn;
  }
  if (!(await post.perOfficer.admits(request, response, officerOf(signedIn.value)))) return tooMany;
  return isPublic ? ok(null) : signedIn;
}

/** However many sessions it opens. */
const officerOf = ({ caller }: SignedIn): string => `${caller.authority} ${caller.officer}`;

const tooMany = no(refusal('RATE_LIMITED', 'slow down'));

async function parse(
  route: Route,
  request: Request,
  requestId: string,
  readBytes: Asked<unknown, unknown, unknown>['readBytes'],
  gone: () => AbortSignal,
): Promise<Result<Asked<unknown, unknown, unknown>, Refusal>> {
  const params = shape(route.params, request.params, 'path');
  if (!params.ok) return params;
  const query = shape(route.query, request.query, 'query');
  if (!query.ok) return query;
  const range = { range: request.get('range'), ifRange: request.get('if-range') };
  const common = { params: params.value, query: query.value, requestId, range, readBytes, gone };
  if (route.body === 'bytes') return ok({ ...common, body: undefined });
  const bytes = await readBytes(route.body?.bytesMax ?? 0);
  if (!bytes.ok || route.body === undefined) return bytes.ok ? ok({ ...common, body: undefined }) : bytes;
  if (!request.is('application/json')) return no(refusal('MALFORMED', 'content-type must be application/json'));
  const json = parseJsonStrict(bytes.value);
  if (!json.ok) return no(refusal('MALFORMED', json.error));
  const body = shape(route.body.schema, json.value, 'body');
  return body.ok ? ok({ ...common, body: body.value }) : body;
}

/** Says where it is wrong and what was expected, never what came. */
function shape<T>(schema: z.ZodType<T>, value: unknown, where: string): Result<T, Refusal> {
  const shaped = schema.safeParse(value);
  if (shaped.success) return ok(shaped.data);
  const issues = shaped.error.issues.map((issue) => ({ ...issue, path: [where, ...issue.path] }));
  const detail = shapeWords(issues, { [where]: value }).join('; ');
  return no(refusal('MALFORMED', detail.slice(0, 500)));
}

/** Made when it is asked for: few routes wait for anything. */
function goneOf(response: Response): () => AbortSignal {
  return () => {
    const gone = new AbortController();
    if (response.closed || response.destroyed) gone.abort(CLIENT_GONE);
    else response.once('close', () => gone.abort(CLIENT_GONE));
    return gone.signal;
  };
}

async function leaveLate({ clock }: Doors, startedAt: Instant): Promise<void> {
  const left = TELLING_MS_MIN - (clock.now() - startedAt);
  if (left > 0) await clock.sleep(left);
}

async function send(response: Response, reply: Reply): Promise<void> {
  response.status(reply.status).set(reply.headers ?? {});
  if ('json' in reply) {
    response.json(reply.json);
  } else if (reply.bytes instanceof Readable) {
    response.type(reply.type);
    if (response.req.method === 'HEAD') {
      reply.bytes.destroy();
      response.end();
      return;
    }
    // of a response that is over already a pipeline hears nothing more, and would keep what it holds
    if (response.destroyed) reply.bytes.destroy();
    await pipeline(reply.bytes, response);
  } else if (reply.bytes === null) {
    response.end();
  } else {
    response.type(reply.type).send(Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.length));
  }
}

export function sendProblem(response: Response, { problem, headers }: ProblemReply): void {
  response.status(problem.status).set(headers).type('application/problem+json').send(JSON.stringify(problem));
}

/** @returns the code for the log */
function refuseFailure(response: Response, error: unknown): string {
  // what is thrown because nobody listens any more is nobody's failure; but a body that ends on its way ends the connection, and is ours
  if (response.req.socket.destroyed && !(error instanceof Failure)) return 'CLIENT_GONE';
  const { problem, headers } = problemOfFailure(error);
  if (response.headersSent) response.destroy();
  else sendProblem(response, { problem, headers });
  return problem.code;
}
