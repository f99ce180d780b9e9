import { describe, expect, it } from 'vitest';
import type { Facts } from '../../policies/facts.js';
import { decide, decideBy } from '../../policies/decide.js';
import { fillIn, rule } from '../../policies/rule.js';
import { policyDigestInput, RULES } from '../../policies/table.js';
import { codesOf, violationsOf } from '../support/decision.js';
import {
  answer,
  contentAccess,
  contentConsent,
  contentConsentRefusal,
  contentLabel,
  contentRelease,
  contentReply,
  contentSend,
  contentUse,
  PROS,
  release,
  type WireLabel,
} from '../support/facts.js';
import { digest } from '../support/ids.js';
import { contentApproval, contentNotice, contentVerification } from '../support/notice-facts.js';

const CONTENT: Facts[] = [
  contentSend(),
  contentReply(answer('FINAL_REPLY', {})),
  contentRelease(),
  contentAccess(),
  contentUse(),
  contentConsent(),
  contentConsentRefusal(),
  contentLabel(),
  contentNotice(),
  contentApproval(),
  contentVerification(),
];

describe('the decision', () => {
  it.each(CONTENT.map((facts) => [facts.action, facts] as const))('allows a %s in which every rule is content', (_, facts) => {
    expect(violationsOf(facts)).toEqual([]);
    expect(decide(facts)).toEqual({ outcome: 'ALLOW' });
  });

  it.each(CONTENT.flatMap((facts) => Object.keys(facts).map((name) => [facts.action, name, facts] as const)))(
    'never allows a %s of which the fact %s is absent',
    (_, name, facts) => {
      const { [name as keyof Facts]: dropped, ...rest } = facts;
      expect(dropped).toBeDefined();
      expect(codesOf(rest as Facts)).toContain('RULE_FAILED');
      expect(codesOf({ ...facts, [name]: undefined } as Facts)).toContain('RULE_FAILED');
    },
  );

  it('refuses an action that it does not know', () => {
    const [violation] = violationsOf({ ...contentSend(), action: 'bribe' } as unknown as Facts);
    expect(violation).toMatchObject({ code: 'RULE_FAILED', sentence: 'facts could not be judged (no action), so the answer is no.' });
  });

  it('refuses what no rule speaks about', () => {
    expect(decideBy([], contentSend())).toMatchObject({ outcome: 'DENY', violations: [{ code: 'RULE_FAILED', rule: 'table' }] });
  });

  it.each([
    [new TypeError('a value'), 'TypeError'],
    ['thrown text', 'unknown'],
  ])('refuses where a rule throws %s, and names the rule and not what it saw', (thrown, name) => {
    const broken = rule({
      id: 'test/broken',
      code: 'MISSING_FIELD',
      on: ['send'],
      source: 'test',
      sentence: 'none',
      remedy: 'none',
      violatedBy() {
        throw thrown;
      },
    });
    expect(decideBy([broken], contentSend())).toMatchObject({
      violations: [
        { code: 'RULE_FAILED', rule: 'test/broken', sentence: `test/broken could not be judged (${name}), so the answer is no.` },
      ],
    });
  });

  it('names every violation at once, addressee first and label last', () => {
    const stripped: WireLabel = { ...release().label, caveats: [], tlp: 'CLEAR', level: 'PUBLIC' };
    const facts = contentRelease({
      release: release({ to: 'private:NEWSPAPER', basis: { consents: [] }, label: stripped, purpose: 'PROSECUTION_JUDICIAL' }),
      to: null,
      cited: [],
      consents: [],
    });
    expect(codesOf(facts)).toEqual([
      'PRIVATE_PARTY_RECIPIENT',
      'TLP_EXCEEDED',
      'EVIDENCE_USE_PROHIBITED',
      'NO_THIRD_PARTY_CONSENT',
      'CAVEAT_WEAKENED',
    ]);
  });

  it('says no more than one answer carries, and still says no', () => {
    const [item] = contentSend().items;
    const items = Array.from({ length: 64 }, () => ({
      ...item!,
      issuer: PROS,
      sourcesComplete: false,
      retractedBy: [PROS],
      label: { ...item!.label, level: 'SECRET' as const, tlp: 'RED' as const, purposes: [] },
    }));
    const found = violationsOf(contentSend({ items }));
    expect(found).toHaveLength(256);
    for (const { sentence, offenders } of found) expect([sentence.length <= 1_000, offenders.length <= 256]).toEqual([true, true]);
    expect(found[0]!.sentence).toContain('and 56 more');
  });

  it('gives the same answer to the same facts', () => {
    const facts = contentRelease({ cited: [], release: release({ basis: { consents: [] } }) });
    expect(decide(facts)).toEqual(decide(structuredClone(facts)));
  });
});

describe('the table', () => {
  it('names each rule once, by its place under rules/', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^(recipient|holding|level|label|channel|purpose|consent|lawful|form|refusal)\/[a-z-]+$/);
  });

  it('gives every rule a source with its certainty mark, or the ruling', () => {
    for (const { source } of RULES) expect(source).toMatch(/\[(S¶|F|F2|M|D)|rulings|rule 0\./);
  });

  it('keeps a rule silent about actions that are not its own', () => {
    for (const one of RULES) for (const facts of CONTENT) if (!one.on.includes(facts.action)) expect(one.violatedBy(facts)).toEqual([]);
  });

  it('has one text to digest, which tells of rules and profiles', () => {
    expect(policyDigestInput()).toBe(policyDigestInput());
    expect(JSON.parse(policyDigestInput())).toMatchObject({ rules: expect.any(Array), profiles: expect.any(Array) });
  });

  it('does not let a sentence out with a blank in it', () => {
    expect(fillIn('{a} and {b}', { a: '1', b: '2' })).toBe('1 and 2');
    expect(() => fillIn('{a}', {})).toThrow('nothing fills {a}');
  });
});

it('holds digests in tests that are digests', () => {
  expect(digest('x')).toHaveLength(43);
});

describe('what cannot be judged', () => {
  const broken = (problem: unknown) =>
    decideBy(
      [
        {
          id: 'test/broken',
          code: 'NOT_HOLDER',
          on: ['send'],
          source: '[D]',
          sentence: '',
          remedy: '',
          violatedBy: () => {
            throw problem;
          },
        },
      ],
      contentSend(),
    );

  it('is refused as a fault of the gateway: nobody offends by it, and nobody is told a way that there is not', () => {
    expect(broken(new TypeError('x'))).toEqual({
      outcome: 'DENY',
      violations: [
        {
          code: 'RULE_FAILED',
          rule: 'test/broken',
          source: 'house rule: what cannot be judged is refused [D]',
          sentence: 'test/broken could not be judged (TypeError), so the answer is no.',
          offenders: [],
          remedy: { action: 'none' },
        },
      ],
    });
  });

  it('says why where no rule is there for the action', () => {
    expect(decideBy([], contentSend())).toMatchObject({
      violations: [{ sentence: 'table could not be judged (no rule for this action), so the answer is no.' }],
    });
  });
});
