/**
 * For `npm run rules`: writes down what each rule said in each test, one JSON line a test. Loaded into every test file when
 * TESTS_RULE_LOG names a file (vitest.config.ts); the rules themselves know nothing of it.
 */
import { appendFileSync } from 'node:fs';
import { afterEach, beforeEach } from 'vitest';
import type { Rule } from '../../policies/rule.js';
import { RULES } from '../../policies/table.js';

interface Said {
  /** sets of facts about which it had nothing to say, and such in which it found something */
  silent: number;
  found: number;
}

/** This module is run anew before every test file of a worker, the rules are there once: each is asked by one recorder. */
const SHARED = Symbol.for('parley.said-by-rules');

const file = process.env['TESTS_RULE_LOG'] ?? '';
const shared = globalThis as { [SHARED]?: Map<string, Said> };
const said = (shared[SHARED] ??= recording());

function recording(): Map<string, Said> {
  const all = new Map<string, Said>();
  for (const rule of RULES as unknown as { violatedBy: Rule['violatedBy']; readonly id: string }[]) {
    const ask = rule.violatedBy.bind(rule);
    rule.violatedBy = (facts) => {
      const findings = ask(facts);
      const so = all.get(rule.id) ?? { silent: 0, found: 0 };
      if (findings.length === 0) so.silent += 1;
      else so.found += 1;
      all.set(rule.id, so);
      return findings;
    };
  }
  return all;
}

beforeEach(() => said.clear());
afterEach(({ task }) => {
  if (said.size > 0)
    appendFileSync(file, `${JSON.stringify({ test: `${task.file.name} > ${task.name}`, said: Object.fromEntries(said) })}\n`);
});
