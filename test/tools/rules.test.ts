import { describe, expect, it } from 'vitest';
import { proofOf, saidIn } from '../../tools/rules/proof.mjs';

type Proof = ReadonlyMap<string, { readonly allow: number; readonly deny: number; readonly bound: number }>;
type Line = { readonly test?: string; readonly refused?: string };
const lawIn = saidIn as (lines: readonly Line[], folders: readonly string[]) => readonly Line[];
const prove = proofOf as (rules: readonly { readonly id: string }[], lines: readonly object[]) => Proof;

describe('the proof of the rules', () => {
  it('counts tests, not questions, and as a bound only those that saw both sides of the line', () => {
    const lines = [
      { test: 'a', said: { one: { silent: 40, found: 0 }, two: { silent: 1, found: 2 } } },
      { test: 'b', said: { one: { silent: 0, found: 3 } } },
    ];
    const proof = prove([{ id: 'one' }, { id: 'two' }, { id: 'three' }], lines);
    expect(proof.get('one')).toEqual({ allow: 1, deny: 1, bound: 0 });
    expect(proof.get('two')).toEqual({ allow: 1, deny: 1, bound: 1 });
    expect(proof.get('three')).toEqual({ allow: 0, deny: 0, bound: 0 });
  });

  it('is what the tests of the law saw, and no other test', () => {
    const law = { test: 'test/walk/a.test.ts > refuses' };
    expect(
      lawIn([law, { test: 'test/walkers/b.test.ts > walks past' }, { refused: 'REPLAY_DETECTED' }], ['test/policies', 'test/walk']),
    ).toEqual([law]);
  });

  it('counts nothing for a rule that the table does not know', () => {
    expect(prove([], [{ test: 'a', said: { gone: { silent: 1, found: 1 } } }]).size).toBe(0);
  });
});
