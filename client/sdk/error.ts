/** What a person is told: what went wrong, and what to do next. */
import type { Grounds } from '../../domain/before-the-law.js';
import type { Digest } from '../../domain/ids.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Violation } from '../../domain/violation.js';

export class ParleyError extends Error {
  /** The act that waits in the outbox and may have arrived, for `resend`; null: nothing waits there. */
  readonly inOutbox: Digest | null;

  /**
   * @param code stable, for programs
   * @param what one sentence: what went wrong
   * @param next one sentence: what to do about it
   */
  constructor(
    readonly code: string,
    readonly what: string,
    readonly next: string,
    { inOutbox = null, ...options }: ErrorOptions & { readonly inOutbox?: Digest | null } = {},
  ) {
    super(`${code}: ${what} ${next}`.trim(), options);
    this.inOutbox = inOutbox;
    this.name = 'ParleyError';
  }
}

/** The same was taken in. */
export class DoneBefore extends ParleyError {
  constructor(
    /** from this key store; a restore may have lost it */
    readonly statement: Digest,
    what: string,
    next: string,
  ) {
    super('DONE_BEFORE', what, next);
  }
}

/** The gateway, or this client before sealing, said no. Nothing was sent on. */
export class PolicyRefusal extends ParleyError {
  constructor(
    code: string,
    what: string,
    /** HTTP status; 0 where this client refused by itself */
    readonly status: number,
    readonly violations: readonly Violation[],
    /** of the refusal, to be kept as evidence; null where there is none. Of what was handed in it was verified; else it is as it came */
    readonly receipt: Receipt | null,
    /** rule, source and next step where the law was not asked; null: the violations have theirs, or none was said */
    readonly grounds: Grounds | null = null,
  ) {
    super(code, what, grounds?.next ?? nextOf(violations));
    this.name = 'PolicyRefusal';
  }

  /** Codes of the rules that were broken; the refusal's own where no rule was asked. */
  get codes(): readonly string[] {
    return this.violations.length > 0 ? this.violations.map(({ code }) => code) : [this.code];
  }
}

/** The gateway said neither yes nor no: it has too much to do, or failed. */
export class NotAnswered extends ParleyError {
  constructor(
    code: string,
    what: string,
    /** how long it asks to wait; null where it does not say */
    readonly waitS: number | null,
  ) {
    const when = waitS === null ? 'later' : `in ${waitS} s`;
    super(
      code,
      what,
      `Nothing waits to be handed in again: do the same once more ${when}; where it stays so, tell the gateway’s operator.`,
    );
    this.name = 'NotAnswered';
  }
}

/** What the gateway refuses is not there to go by; whatever else is amiss stays an error. */
export function nullIfRefused(error: unknown): null {
  if (error instanceof PolicyRefusal) return null;
  throw error;
}

/** A check of the reader's order did not hold: nothing is shown. */
export class ReadingRefused extends ParleyError {
  constructor(
    readonly check: string,
    detail: string,
    next = 'Nothing of it is shown. Report the item and this check to the gateway’s operator and to the sender.',
  ) {
    super(check, detail, next);
    this.name = 'ReadingRefused';
  }
}

/** @param what with whose retraction it is */
export const retractedBy = (originator: string, item: string, what: string): ReadingRefused =>
  new ReadingRefused(
    'ITEM_RETRACTED',
    `${originator} has retracted ${what}.`,
    `Nothing of it is shown. Delete what you have of it, and ask ${originator} for a corrected one: parley deleted ${item}`,
  );

const nextOf = (violations: readonly Violation[]): string => {
  if (violations.length === 0) return 'Check that the address is a Parley gateway’s, or ask the operator.';
  const actions = [...new Set(violations.map(({ remedy }) => remedy.action))].filter((action) => action !== 'none');
  if (actions.length > 0) return `Next step: ${actions.join(', ')}.`;
  const rules = [...new Set(violations.map(({ rule }) => rule))].join(', ');
  return `Next step: none that a program can take; what a person may do stands in docs/POLICIES.md, beside ${rules}.`;
};
