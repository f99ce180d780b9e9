import { describe, expect, it } from 'vitest';
import config from '../../.dependency-cruiser.mjs';
import { judge } from '../../tools/walls/judge.mjs';
import { seeds as allSeeds } from '../../tools/walls/seeds.mjs';

const seed = { wall: 'w', path: 'domain/seeded.ts', under: 'both' };
const caught = { from: seed.path, to: 'crypto/x.ts', rule: 'w', via: [] };
const clean = { modules: ['domain/a.ts'], violations: [] };
const given = (over: object) => ({
  tree: { node: clean, default: clean },
  seeded: { node: { modules: [], violations: [caught] }, default: { modules: [], violations: [caught] } },
  seeds: [seed],
  walls: ['w'],
  onDisk: ['domain/a.ts'],
  modulesMin: 1,
  ...over,
});
const problems = (over: object) => judge(given(over)).problems.join('\n');

describe('the judge of the walls', () => {
  it('is content with a clean tree in which every seed was caught', () => expect(problems({})).toBe(''));

  it('names the way of a violation in the tree', () => {
    const violations = [{ from: 'gateway/a.ts', to: 'crypto/open.ts', rule: 'w', via: ['crypto/b.ts', 'crypto/open.ts'] }];
    expect(problems({ tree: { node: { ...clean, violations } } })).toBe('w: gateway/a.ts → crypto/b.ts → crypto/open.ts');
  });

  it('sees a checker that read nothing', () => {
    const seen = problems({ tree: { node: { modules: [], violations: [] } } });
    expect(seen).toContain('domain/a.ts was not read');
    expect(seen).toContain('only 0 modules were read');
  });

  it('does not count packages as modules read', () =>
    expect(problems({ tree: { node: { modules: ['domain/a.ts', 'node_modules/z/z.js'], violations: [] } }, modulesMin: 2 })).toContain(
      'only 1',
    ));

  it('misses a seed that was not caught under one of the conditions', () => {
    const seeded = { node: { modules: [], violations: [caught] }, default: { modules: [], violations: [] } };
    expect(problems({ seeded })).toContain("(under 'default': nothing)");
  });

  it('misses a seed that another wall caught as well', () => {
    const both = { modules: [], violations: [caught, { ...caught, rule: 'v' }] };
    expect(problems({ seeded: { node: both } })).toContain('w, v');
  });

  it('expects nothing under node of a wall that stands in browsers only', () => {
    const seeded = { node: { modules: [], violations: [] }, default: { modules: [], violations: [caught] } };
    expect(problems({ seeded, seeds: [{ ...seed, under: 'default' }] })).toBe('');
  });

  it('wants a seed for every wall', () => expect(problems({ walls: ['w', 'v'] })).toBe("no seed breaks 'v'"));
});

describe('the walls', () => {
  it.each(config.forbidden)('$name says why it stands, stops a build, and is broken by a seed', ({ name, comment, severity }) => {
    expect(comment.length).toBeGreaterThan(40);
    expect(severity).toBe('error');
    expect(allSeeds.some(({ wall }) => wall === name)).toBe(true);
  });
});
