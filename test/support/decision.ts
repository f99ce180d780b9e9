/** Readable decisions: codes, in the order in which a person would mend them. */
import type { Facts } from '../../policies/facts.js';
import { decide } from '../../policies/decide.js';
import type { Violation, ViolationCode } from '../../domain/violation.js';

export function violationsOf(facts: Facts): readonly Violation[] {
  const decision = decide(facts);
  return decision.outcome === 'ALLOW' ? [] : decision.violations;
}

export const codesOf = (facts: Facts): ViolationCode[] => violationsOf(facts).map((violation) => violation.code);
