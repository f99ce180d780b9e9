/** A refusal: what is wrong, by which rule and source, who or what offends, and this profile's next step. */
import type { Violation } from './violation.js';

/** Refusals that come before the law is asked. The law's own codes are in `violation.ts`. */
export const REFUSAL_CODES = {
  MALFORMED: 400,
  UNKNOWN_TYPE: 400,
  UNKNOWN_VERSION: 400,
  NOT_CALLER: 401,
  CALLER_MISMATCH: 403,
  ROLE_REQUIRED: 403,
  NOT_FOUND: 404,
  REPLAY_DETECTED: 409,
  CONFLICT: 409,
  STEP_NOT_ALLOWED: 409,
  PART_MISMATCH: 409,
  TOO_LARGE: 413,
  RANGE_NOT_SATISFIABLE: 416,
  SIGNATURE_INVALID: 422,
  KEY_NOT_TRUSTED: 422,
  WRONG_AUDIENCE: 422,
  STALE: 422,
  SEALS_MISMATCH: 422,
  BODY_MISMATCH: 422,
  NOT_OFFERED: 422,
  LIMIT_REACHED: 422,
  POLICY: 422,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
} as const satisfies Record<string, number>;
export type RefusalCode = keyof typeof REFUSAL_CODES;

export interface Refusal {
  /** `POLICY` where the law refuses: then `violations` says which rules */
  readonly code: RefusalCode;
  /** for a person; ids and codes only */
  readonly detail: string;
  readonly violations: readonly Violation[];
}

export const refusal = (code: RefusalCode, detail: string, violations: readonly Violation[] = []): Refusal => ({
  code,
  detail,
  violations,
});
