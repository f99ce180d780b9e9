/** The decision: every rule is asked, every violation comes out, and whatever cannot be judged is a no. */
import type { Violation } from '../domain/violation.js';
import { OFFENDERS_MAX, VIOLATIONS_MAX } from '../domain/wire/problem.js';
import { absentFacts } from './absent-facts.js';
import type { Facts } from './facts.js';
import { fillIn, type Rule } from './rule.js';
import { RULES } from './table.js';

export type Decision = { readonly outcome: 'ALLOW' } | { readonly outcome: 'DENY'; readonly violations: readonly Violation[] };

const ALLOW: Decision = { outcome: 'ALLOW' };

const failed = (rule: string, why: string): Violation => ({
  code: 'RULE_FAILED',
  rule,
  source: 'house rule: what cannot be judged is refused [D]',
  sentence: `${rule} could not be judged (${why}), so the answer is no.`,
  offenders: [],
  remedy: { action: 'none' },
});

/** @param said where its violations go: nearly every rule finds nothing, and a list for each would be the dearest part of a decision */
function judge(rule: Rule, facts: Facts, said: Violation[]): void {
  try {
    const { code, id, source } = rule;
    const found = rule.violatedBy(facts);
    if (found.length === 0) return;
    said.push(
      ...found.slice(0, VIOLATIONS_MAX).map(({ fill, offenders, remedy }) => {
        const sentence = fillIn(rule.sentence, fill);
        return { code, rule: id, source, sentence, offenders: offenders.slice(0, OFFENDERS_MAX), remedy };
      }),
    );
  } catch (error) {
    // the message may hold a value; the kind of error does not
    said.push(failed(rule.id, error instanceof Error ? error.name : 'unknown'));
  }
}

const denied = (violations: readonly Violation[]): Decision =>
  violations.length === 0 ? ALLOW : { outcome: 'DENY', violations: violations.slice(0, VIOLATIONS_MAX) };

/** @param rules of this action, in the order in which a person would mend what they find */
export function decideBy(rules: readonly Rule[], facts: Facts): Decision {
  const absent = absentFacts(facts);
  if (absent.length > 0) return denied(absent.map((fact) => failed('facts', `no ${fact}`)));
  if (rules.length === 0) return denied([failed('table', 'no rule for this action')]);
  const said: Violation[] = [];
  for (const rule of rules) judge(rule, facts, said);
  return denied(said);
}

const RULES_OF: ReadonlyMap<string, readonly Rule[]> = new Map(
  [...new Set(RULES.flatMap((rule) => rule.on))].map((action) => [action, RULES.filter((rule) => rule.on.includes(action))]),
);

/** May this happen? Pure: the same facts give the same answer. */
export const decide = (facts: Facts): Decision => decideBy(RULES_OF.get(facts.action) ?? [], facts);
