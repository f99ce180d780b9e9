/** Refusals and failures as RFC 9457 problems. A refusal says all that the sender needs; a failure says its code and no more. */
import { groundsOf } from '../../domain/before-the-law.js';
import { Failure } from '../../domain/failure.js';
import { REFUSAL_CODES, type RefusalCode } from '../../domain/refusal.js';
import { DETAIL_CHARS_MAX, shortened, type Problem } from '../../domain/wire/problem.js';
import type { Turned } from './route.js';

const TITLES: Readonly<Record<RefusalCode, string>> = {
  MALFORMED: 'The request does not have the shape that this route takes',
  UNKNOWN_TYPE: 'A statement of an unknown type',
  UNKNOWN_VERSION: 'A statement of an unknown version',
  NOT_CALLER: 'The request is not signed by a current session',
  CALLER_MISMATCH: 'The session is not the signer’s',
  ROLE_REQUIRED: 'The officer has none of the roles that may do this',
  NOT_FOUND: 'Nothing here that you may know of',
  REPLAY_DETECTED: 'The same id was used with other bytes',
  CONFLICT: 'Something that the decision rested on has changed',
  STEP_NOT_ALLOWED: 'This step cannot follow in the exchange',
  PART_MISMATCH: 'The part is not the one that was announced',
  TOO_LARGE: 'Larger than this gateway takes',
  RANGE_NOT_SATISFIABLE: 'The range lies outside the part',
  SIGNATURE_INVALID: 'The statement’s signature does not fit its bytes',
  KEY_NOT_TRUSTED: 'The statement is not signed by a current key of its author',
  WRONG_AUDIENCE: 'The statement is meant for another log',
  STALE: 'The statement is dated too far from now',
  SEALS_MISMATCH: 'The seals are not those that the statement names',
  BODY_MISMATCH: 'A body is not the one that its item names',
  NOT_OFFERED: 'Not offered',
  LIMIT_REACHED: 'More than this gateway keeps of it',
  POLICY: 'The law that this gateway applies does not allow it',
  RATE_LIMITED: 'Too many requests',
  OVERLOADED: 'Too much at once',
};
/** Of any route. */
export const FAILURE_STATUS: Readonly<Record<Failure['code'] | 'INTERNAL', number>> = {
  INTERNAL: 500,
  STORE_UNAVAILABLE: 503,
  BLOBS_UNAVAILABLE: 503,
  INVARIANT_BROKEN: 500,
  CONFIG_INVALID: 500,
  OVERLOADED: 503,
  DRAINING: 503,
  LOG_BEHIND: 503,
  CLOCK_BEHIND: 503,
  CLOCK_AHEAD: 503,
  WITNESS_UNAVAILABLE: 503,
};
/** seconds; a client adds jitter of its own */
const RETRY_AFTER_S = 1;

export interface ProblemReply {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** Those by which a client goes on. */
export const headersFor = (status: number): Readonly<Record<string, string>> => ({
  ...(status === 429 || status === 503 ? { 'Retry-After': String(RETRY_AFTER_S) } : {}),
  ...(status === 401 ? { 'WWW-Authenticate': 'Signature' } : {}),
});

export function problemOf({ refusal, receipt }: Turned): ProblemReply {
  const { code, detail, violations } = refusal;
  const status = REFUSAL_CODES[code];
  const problem: Problem = {
    type: `urn:parley:refusal:${code}`,
    title: TITLES[code],
    status,
    code,
    detail: shortened(detail, DETAIL_CHARS_MAX),
    violations: violations.map(({ offenders, remedy, ...rest }) => ({ ...rest, offenders: [...offenders], remedy: { ...remedy } })),
    ...groundsOf(code),
    ...(receipt === null ? {} : { receipt: { ...receipt, path: [...receipt.path] } }),
  };
  return { problem, headers: headersFor(status) };
}

/** @param error whatever was thrown: of what is no `Failure` nothing is told */
export const failureCodeOf = (error: unknown): Failure['code'] | 'INTERNAL' => (error instanceof Failure ? error.code : 'INTERNAL');

/** @param error whatever was thrown: only a `Failure` has a code that may be told */
export function problemOfFailure(error: unknown): ProblemReply {
  const code = failureCodeOf(error);
  const status = FAILURE_STATUS[code];
  return {
    problem: { type: `urn:parley:failure:${code}`, title: 'The gateway could not do it', status, code, detail: '', violations: [] },
    // what the log lacks does not come back by itself
    headers: code === 'LOG_BEHIND' ? {} : headersFor(status),
  };
}
