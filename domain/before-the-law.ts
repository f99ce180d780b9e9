/** Refusals that come before the law is asked: the rule that each keeps, where that comes from, and the next step. None is legal advice. */
import type { RefusalCode } from './refusal.js';

/** What stands beside such a refusal's code and detail, as a violation has it. */
export interface Grounds {
  /** `before/…`: none of docs/POLICIES.md */
  readonly rule: string;
  /** article, specification or decision, with its certainty mark */
  readonly source: string;
  readonly next: string;
}

interface Row extends Grounds {
  /** for docs/REFUSALS.md */
  readonly meaning: string;
}

const AUTHENTIC = 'UNCAC 46(14) [M]: authenticity can be established';

/** What is said of a thing that is not there and of one that is another's is one and the same sentence: it depends on nothing but the code. */
export const BEFORE_THE_LAW: Readonly<Record<Exclude<RefusalCode, 'POLICY'>, Row>> = {
  MALFORMED: {
    rule: 'before/shape',
    source: 'protocol 2 [D]: unknown members are refused',
    meaning: 'The request or a statement in it does not have its shape; the detail names the members.',
    next: 'Correct the named members; `parley body MESSAGE` lists what each takes.',
  },
  UNKNOWN_TYPE: {
    rule: 'before/type',
    source: 'protocol 2 [D]',
    meaning: 'The statement’s `typ` is none of those listed in the detail.',
    next: 'Use a known type.',
  },
  UNKNOWN_VERSION: {
    rule: 'before/version',
    source: 'protocol 2 [D]',
    meaning: '`v` is not a version that this gateway knows.',
    next: 'Use a version of the list in the detail.',
  },
  NOT_CALLER: {
    rule: 'before/session',
    source: 'INR.40 ¶4 [M]: controls on who gets at what; protocol 2 [D]',
    meaning: 'The request carries no signature of a current session.',
    next: 'Open a session and sign the request; where none is opened, ask who holds your authority’s root whether its entry lists your keys; if you do, publish it once the operator designated you: parley entry.',
  },
  CALLER_MISMATCH: {
    rule: 'before/own-word',
    source: `${AUTHENTIC}; protocol 2 [D]`,
    meaning: 'The session belongs to somebody else than the signer of the statement.',
    next: 'Let the signer hand it in.',
  },
  ROLE_REQUIRED: {
    rule: 'before/role',
    source: 'INR.29 [M]: access by need; A.1 OVERSIGHT, OPERATOR [D]; RPD 22(6) [F2:S30]',
    meaning: 'The officer has not the role, or the share of a quorum, that the detail asks for.',
    next:
      'Let an officer act who has it: `parley officer list` names them. Who holds the authority’s root grants a role ' +
      '(`parley officer admit CARD --role ROLE`) or a share of the quorum (`parley quorum set-up`).',
  },
  NOT_FOUND: {
    rule: 'before/known',
    source: 'INR.29 [M]: access by need; protocol 9 [D]: what does not exist and what one may not know of look the same',
    meaning: 'It does not exist, or one may not know of it: the two look the same.',
    next:
      'Check the id, the authority as which you ask and the gateway’s address; `parley inbox` lists what came to you. ' +
      'Else ask whoever gave you the id.',
  },
  REPLAY_DETECTED: {
    rule: 'before/once',
    source: `${AUTHENTIC}; protocol 2 [D]`,
    meaning: 'The id was used with other bytes, or the same sealed bytes came before.',
    next: 'Sign what is new under an id of its own; release what the gateway holds.',
  },
  CONFLICT: {
    rule: 'before/unmoved',
    source: 'protocol 7 [D]: the commit checks again what was read',
    meaning: 'What the decision rested on changed meanwhile, again and again.',
    next: 'Read anew and decide again.',
  },
  STEP_NOT_ALLOWED: {
    rule: 'before/step',
    source: 'A.3 [D] as rulings 5 correct it: the table of the exchange type, each row with its source',
    meaning: 'The step cannot follow in this exchange, or names what is not in it; the detail says what can, and whose step that is.',
    next:
      'Take a step that the detail names for you, or wait for the side for which it names one; where it says when something ended, nothing is left to do about that. ' +
      '`parley show EXCHANGE` tells what was said.',
  },
  PART_MISMATCH: {
    rule: 'before/part',
    source: 'protocol 2 [D]: the item names the root of its parts',
    meaning: 'A part is not of the announced number, size or digest.',
    next: 'Send the part again as announced.',
  },
  TOO_LARGE: {
    rule: 'before/size',
    source: 'protocol 2 [D]: each statement has its limit',
    meaning: 'Larger than the limit in the detail.',
    next: 'Send files in parts, and fewer items at once.',
  },
  RANGE_NOT_SATISFIABLE: {
    rule: 'before/range',
    source: 'RFC 9110 14.4',
    meaning: 'The range lies outside the part.',
    next: 'Ask for a range within it.',
  },
  SIGNATURE_INVALID: {
    rule: 'before/signature',
    source: `${AUTHENTIC}; protocol 2 [D]`,
    meaning: 'The signature does not fit the exact bytes, or they are not in their one spelling.',
    next: 'Sign again; never re-encode.',
  },
  KEY_NOT_TRUSTED: {
    rule: 'before/key',
    source: `${AUTHENTIC}; protocol 5 [D]`,
    meaning: 'No current key of the author signed it.',
    next: 'Enrol the key in the directory entry, or use a current one; a new root is designated by the operator first.',
  },
  WRONG_AUDIENCE: {
    rule: 'before/audience',
    source: 'protocol 2 [D]: `aud` stops replay to another gateway',
    meaning: '`aud` names another log.',
    next: 'Sign it for this gateway.',
  },
  STALE: {
    rule: 'before/dated',
    source: 'protocol 2 [D]: dated within 24 hours, a session request within a minute',
    meaning: 'It is dated too far from the gateway’s clock.',
    next: 'Set the clock and sign again.',
  },
  SEALS_MISMATCH: {
    rule: 'before/seals',
    source: 'protocol 1, 4 [D]: keys follow the policy',
    meaning: 'The seals are not those that the statement names, or go to other readers.',
    next: 'Seal to exactly the named readers’ current keys.',
  },
  BODY_MISMATCH: {
    rule: 'before/body',
    source: 'protocol 2 [D]: the item names its ciphertext',
    meaning: 'A body is not the one whose digest its item names.',
    next: 'Send the bytes that were signed for.',
  },
  NOT_OFFERED: {
    rule: 'before/offered',
    source: 'docs/PROTOCOL.md: what is marked not offered',
    meaning: 'The protocol knows it and this gateway does not do it.',
    next: 'Where the detail says what it takes, do that; else take another way: docs/PROTOCOL.md says which there are.',
  },
  LIMIT_REACHED: {
    rule: 'before/limit',
    source: 'docs/PROTOCOL.md 2 [D]: no more than can be read',
    meaning: 'More of the same than anybody could read who has to decide; the detail says how many there may be.',
    next: 'Say it in fewer statements, or of an item of its own.',
  },
  RATE_LIMITED: {
    rule: 'before/rate',
    source: 'RFC 6585 4',
    meaning: 'Too many requests in a short time.',
    next: 'Wait as `Retry-After` says.',
  },
  OVERLOADED: {
    rule: 'before/queue',
    source: 'RFC 9110 15.6.4',
    meaning: 'Too much is queued; nothing was taken.',
    next: 'Wait as `Retry-After` says; the same bytes may be sent again.',
  },
};

/** @returns null where the law refused: then each violation has its own */
export function groundsOf(code: RefusalCode): Grounds | null {
  if (code === 'POLICY') return null;
  const { rule, source, next } = BEFORE_THE_LAW[code];
  return { rule, source, next };
}
