/** A refusal or failure as it was answered: of each text as much as the wire lets it be, whoever sent it. */
import type { z } from 'zod';
import { BEFORE_THE_LAW, groundsOf, type Grounds } from '../../domain/before-the-law.js';
import type { RefusalCode } from '../../domain/refusal.js';
import type { Violation } from '../../domain/violation.js';
import { OFFENDERS_MAX, problem, SENTENCE_CHARS_MAX, shortened, VIOLATIONS_MAX, violationAnswer } from '../../domain/wire/problem.js';
import { jsonOf, unreadable, type Answer } from './answers.js';
import { NotAnswered, ParleyError, PolicyRefusal } from './error.js';
import { receiptOf } from './receipt.js';

const { code, title, rule, source, next, receipt } = problem.shape;
/** a gateway that cuts nothing may say more than it should: so much is shown */
const DETAIL_SHOWN_CHARS_MAX = 2_000;
/** a newer gateway may say more */
const violation = violationAnswer.strip();

/** @param answer with a status that is none of 2xx */
export function refusalOf(answer: Answer): ParleyError {
  const { status } = answer;
  if (status < 400) return unreadable(`status ${status}`);
  const said = problemIn(answer);
  const named = read(code, said['code']) ?? `HTTP_${status}`;
  const what = detailIn(said) ?? read(title, said['title']) ?? 'The gateway refused.';
  if (status >= 500 || status === 429) return new NotAnswered(named, what, askedWaitS(answer));
  const signed = read(receipt, said['receipt']);
  return new PolicyRefusal(
    named,
    what,
    status,
    violationsIn(said),
    signed === undefined ? null : receiptOf(signed),
    groundsTold(named, groundsIn(said)),
  );
}

type Said = Readonly<Record<string, unknown>>;

function problemIn(answer: Answer): Said {
  try {
    return Object(jsonOf(answer)) as Said;
  } catch (error) {
    // whatever else it is, the status says enough
    if (error instanceof ParleyError) return {};
    throw error;
  }
}

function detailIn({ detail }: Said): string | undefined {
  if (typeof detail !== 'string' || detail === '') return undefined;
  return shortened(detail, DETAIL_SHOWN_CHARS_MAX);
}

/** @returns undefined where it is not said, or is not what it should be */
function read<S extends z.ZodType>(schema: S, said: unknown): z.output<S> | undefined {
  const text = schema.safeParse(said);
  return text.success ? text.data : undefined;
}

function violationsIn({ violations }: Said): readonly Violation[] {
  const all: readonly unknown[] = Array.isArray(violations) ? violations.slice(0, VIOLATIONS_MAX) : [];
  return all.flatMap((one) => {
    const said = read(violation, asFits(Object(one) as Said));
    return said === undefined ? [] : [said as unknown as Violation];
  });
}

/** A sentence that names much, and a list of many, are told as far as they may go: nothing that is wrong is left out for its length. */
function asFits(one: Said): Said {
  const { sentence, offenders } = one;
  return {
    ...one,
    sentence: typeof sentence === 'string' ? shortened(sentence, SENTENCE_CHARS_MAX) : sentence,
    offenders: Array.isArray(offenders) ? offenders.slice(0, OFFENDERS_MAX) : offenders,
  };
}

function groundsIn(said: Said): Grounds | null {
  const grounds = { rule: read(rule, said['rule']), source: read(source, said['source']), next: read(next, said['next']) };
  return grounds.rule === undefined || grounds.source === undefined || grounds.next === undefined ? null : (grounds as Grounds);
}

const isKnown = (named: string): named is RefusalCode => Object.hasOwn(BEFORE_THE_LAW, named);

/** What is to be done next is this client's word; of a code that it does not know the gateway's, which says so. */
export function groundsTold(named: string, said: Grounds | null): Grounds | null {
  if (said === null) return null;
  return isKnown(named) ? groundsOf(named) : { ...said, next: `the gateway’s words, not checked: ${said.next}` };
}

/** `Retry-After` in seconds; null where there is none, or no number. */
export function askedWaitS({ headers }: Answer): number | null {
  const asked = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(asked) ? Number(asked) : null;
}
