/** However much a statement carries: all that the law says of it reaches whoever sent it, whole. */
import { describe, expect, it } from 'vitest';
import type { PolicyRefusal } from '../../client/sdk/error.js';
import { refusalOf } from '../../client/sdk/refusal-answer.js';
import { refusal } from '../../domain/refusal.js';
import { STATEMENT_TYPES } from '../../domain/statement.js';
import type { Violation } from '../../domain/violation.js';
import { problemOf } from '../../gateway/http/problem.js';
import { decide, decideBy, type Decision } from '../../policies/decide.js';
import type { ActionName, Facts } from '../../policies/facts.js';
import { RULES } from '../../policies/table.js';
import { largestOthers } from '../support/largest-others.js';
import { largestSends } from '../support/largest-sends.js';
import { onWire } from '../support/wire.js';

/** as `client/sdk/door.ts` takes a problem */
const PROBLEM_BYTES_MAX = 4 * 1024 * 1024;
const all: readonly Facts[] = [...largestSends(), ...largestOthers()];
const told = (decision: Decision): readonly Violation[] => (decision.outcome === 'ALLOW' ? [] : decision.violations);

const bytesOf = (violations: readonly Violation[]): Uint8Array => {
  const { problem } = problemOf({ refusal: refusal('POLICY', 'no', violations), receipt: null });
  return new TextEncoder().encode(JSON.stringify(problem));
};
const heard = (bytes: Uint8Array) => (refusalOf({ status: 422, headers: new Headers(), bytes }) as PolicyRefusal).violations;

/** The statement of each action, as it is signed. */
const STATED: { readonly [A in ActionName]: (facts: Extract<Facts, { action: A }>) => readonly [keyof typeof STATEMENT_TYPES, object] } = {
  send: ({ envelope }) => ['parley-envelope+json', envelope],
  release: (facts) => ['parley-release+json', facts.release],
  access: (facts) => ['parley-access+json', facts.access],
  consent: (facts) => ['parley-consent+json', facts.consent],
  'consent-refusal': (facts) => ['parley-consent-refusal+json', facts.refusal],
  label: (facts) => ['parley-label+json', facts.change],
  use: (facts) => ['parley-use+json', facts.use],
  notice: (facts) => ['parley-notice+json', facts.notice],
  approval: (facts) => ['parley-approval+json', facts.approval],
  verification: (facts) => ['parley-verification+json', facts.verification],
};
const statedIn = (facts: Facts) => (STATED[facts.action] as (of: Facts) => ReturnType<(typeof STATED)[ActionName]>)(facts);

describe('of the largest statements', () => {
  it('each is one that the wire takes', () => {
    for (const facts of all) {
      const [typ, payload] = statedIn(facts);
      const { schema, bytesMax } = STATEMENT_TYPES[typ];
      const text = JSON.stringify(onWire(payload));
      expect(schema.safeParse(JSON.parse(text)).error?.issues ?? [], text).toEqual([]);
      expect(text.length).toBeLessThan(bytesMax);
    }
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s says all that is wrong, and what to do next, within an answer', (id, rule) => {
    const concerned = all.filter(({ action }) => rule.on.includes(action));
    const said = concerned.map((facts) => told(decideBy([rule], facts)));
    expect(
      said.some((some) => some.length > 0),
      `no case of ${id}`,
    ).toBe(true);
    for (const some of said) {
      expect(some.map(({ code }) => code)).not.toContain('RULE_FAILED');
      if (some.length > 0) expect(heard(bytesOf(some))).toEqual(some);
    }
  });

  it('each is told at once what all rules say of it', () => {
    for (const facts of all) {
      const said = told(decide(facts));
      const bytes = bytesOf(said);
      expect(bytes.length).toBeLessThan(PROBLEM_BYTES_MAX);
      expect(heard(bytes)).toEqual(said);
    }
  });
});
