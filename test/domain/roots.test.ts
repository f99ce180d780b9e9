import { describe, expect, it } from 'vitest';
import { createDirectory, currentOfficer } from '../../domain/authority.js';
import { parseKeyId, parseOfficerId } from '../../domain/ids.js';
import { lineFrom, rootsOf, termOf } from '../../domain/roots.js';
import type { DesignationPayload, EntryPayload } from '../../domain/wire/directory.js';
import { designated, FIA, FIX, LATER, LONG_AGO, NOW, PROS } from '../support/facts.js';
import { digest, uuid } from '../support/ids.js';

const kid = (name: string) => {
  const parsed = parseKeyId(digest(name));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const key = (name: string) => ({ kid: kid(name), publicKey: name });
const change = (old: string, root: string, after: number, authority = FIA) => ({
  authority,
  old: key(old),
  root: key(root),
  after,
  at: LONG_AGO,
});
const at = LONG_AGO;
const named = (terms: readonly { readonly kid: string }[]) => terms.map((term) => term.kid);

describe('a line of roots', () => {
  it('goes on as each root names the next, and each has the entries of its time', () => {
    const line = lineFrom(FIA, kid('r1'), [change('r1', 'r2', 3), change('r2', 'r3', 7), change('r1', 'r9', 3)]);
    expect(named(line)).toEqual([kid('r1'), kid('r2'), kid('r3')]);
    const of = (root: string, seq: number) => termOf({ root: key(root), seq }, line)?.kid ?? null;
    expect([of('r1', 3), of('r1', 4), of('r2', 3), of('r2', 4), of('r2', 7), of('r3', 8), of('r9', 4)]).toEqual([
      kid('r1'),
      null,
      null,
      kid('r2'),
      kid('r2'),
      kid('r3'),
      null,
    ]);
    expect(line.map(({ publicKey }) => publicKey)).toEqual([null, 'r2', 'r3']);
    expect(line.map(({ changedAt }) => changedAt)).toEqual([LONG_AGO, LONG_AGO, null]);
  });

  it('is that of one authority, and never comes back to itself', () => {
    expect(named(lineFrom(FIA, kid('r1'), [change('r1', 'r2', 3, FIX)]))).toEqual([kid('r1')]);
    expect(named(lineFrom(FIA, kid('r1'), [change('r1', 'r2', 3), change('r2', 'r1', 4)]))).toEqual([kid('r1'), kid('r2')]);
  });

  it('ends where a designation begins another one', () => {
    const terms = rootsOf(
      FIA,
      [
        { root: kid('r1'), at },
        { root: kid('r2'), at },
        { root: kid('r9'), at: NOW },
      ],
      [change('r1', 'r2', 3)],
    );
    expect(terms.map((term) => [term.kid, term.replacedAt])).toEqual([
      [kid('r1'), NOW],
      [kid('r2'), NOW],
      [kid('r9'), null],
    ]);
    const twice = rootsOf(
      FIA,
      [
        { root: kid('r1'), at },
        { root: kid('r2'), at: NOW },
        { root: kid('r3'), at: LATER },
      ],
      [],
    );
    expect(twice.map(({ replacedAt }) => replacedAt)).toEqual([NOW, LATER, null]);
  });

  it('goes on where a designation names the root of now again', () => {
    const terms = rootsOf(
      FIA,
      [
        { root: kid('r1'), at },
        { root: kid('r9'), at: NOW },
      ],
      [change('r1', 'r9', 3)],
    );
    expect(terms.map(({ after, through, replacedAt }) => [after, through, replacedAt])).toEqual([
      [0, 3, null],
      [3, Infinity, null],
    ]);
  });

  it('is not entered again from a root that was compared anew, whatever that root says of it afterwards', () => {
    const former = [{ root: kid('r1'), at: NOW }];
    const stolen = [change('r1', 'r9', 1_000_000)];
    const shown = (designated: string, changes = stolen) =>
      rootsOf(FIA, [{ root: kid(designated), at }], changes, former).map((term) => [term.kid, term.after, term.replacedAt]);
    const held = [
      [kid('r1'), 0, NOW],
      [kid('r9'), 0, null],
    ];
    expect(shown('r9')).toEqual(held);
    expect(shown('r1')).toEqual(held);
    expect(shown('r0', [change('r0', 'r1', 2), ...stolen])).toEqual(held);
    expect(shown('r9', [])).toEqual(held);
    // nor does a root that is compared once more become a former one
    expect(shown('r1', [])).toEqual([[kid('r1'), 0, null]]);
  });

  it('keeps what former roots named on their way, each ended with its own comparison', () => {
    const former = [
      { root: kid('r1'), at: NOW },
      { root: kid('r4'), at: LATER },
    ];
    const changes = [change('r1', 'r2', 3), change('r2', 'r4', 5), change('r4', 'r1', 7), change('r9', 'n1', 2)];
    const terms = rootsOf(FIA, [{ root: kid('r9'), at }], changes, [...former, former[0]!]);
    expect(terms.map((term) => [term.kid, term.replacedAt])).toEqual([
      [kid('r1'), NOW],
      [kid('r2'), NOW],
      [kid('r4'), LATER],
      [kid('r9'), null],
      [kid('n1'), null],
    ]);
  });
});

describe('former roots that gave way together', () => {
  const shown = (former: readonly { root: ReturnType<typeof kid>; at: typeof NOW }[], ...changes: ReturnType<typeof change>[]) =>
    rootsOf(FIA, [{ root: kid('r9'), at }], changes, former).map((term) => [term.kid, term.after, term.through, term.replacedAt]);

  it('are one line, each with its own time', () => {
    const former = [
      { root: kid('r1'), at: NOW },
      { root: kid('r2'), at: NOW },
    ];
    const now = [kid('r9'), 0, Infinity, null];
    expect(shown(former, change('r1', 'r2', 3))).toEqual([[kid('r1'), 0, 3, NOW], [kid('r2'), 3, Infinity, NOW], now]);
    // the change is not shown, or leads elsewhere: each by itself
    expect(shown(former)).toEqual([[kid('r1'), 0, Infinity, NOW], [kid('r2'), 0, Infinity, NOW], now]);
    expect(shown(former, change('r1', 'r2', 3), change('r2', 'r9', 9))).toEqual([[kid('r1'), 0, 3, NOW], [kid('r2'), 3, 9, NOW], now]);
    const apart = [former[0]!, { root: kid('r2'), at: LATER }];
    expect(shown(apart, change('r1', 'r2', 3))).toEqual([[kid('r1'), 0, 3, NOW], [kid('r2'), 0, Infinity, LATER], now]);
  });
});

describe('a directory over a change of root', () => {
  const head = { v: 1 as const, aud: 'parley.example/test', id: uuid(1), at };
  const designation = (root: string, over: Partial<DesignationPayload> = {}): DesignationPayload => ({
    ...head,
    operator: PROS,
    authority: FIA,
    root: kid(root),
    types: ['FIU'],
    status: 'ACTIVE',
    ...over,
  });
  const officer = (name: string): EntryPayload['officers'][number] => {
    const parsed = parseOfficerId(name);
    if (!parsed.ok) throw new Error(parsed.error);
    const keys = {
      signing: key(`${name}sign`),
      auth: key(`${name}auth`),
      encryption: { suite: 'age-pq-1' as const, ...key(`${name}enc`) },
    };
    return { officer: parsed.value, roles: ['OFFICER'], desks: [], clearance: 'RESTRICTED', ...keys, from: LONG_AGO, until: LATER };
  };
  const entry = (root: string, seq: number, officers: string[], over: Partial<EntryPayload> = {}): EntryPayload => ({
    ...designated(FIA, ['FIU']).entry!,
    at,
    root: key(root),
    seq,
    desks: [],
    officers: officers.map(officer),
    validUntil: LATER,
    ...over,
  });
  const logged = <T>(payload: T) => ({ payload, digest: digest('d') });
  const rootChange = (old: string, root: string, after: number) => logged({ ...head, ...change(old, root, after) });
  const built = (designations: DesignationPayload[], entries: EntryPayload[], changes: ReturnType<typeof rootChange>[] = []) =>
    createDirectory(1, designations.map(logged), entries.map(logged), [], [], changes);

  it('goes on with the entry of the old root until the new one signs, and takes no later one of the old', () => {
    const changes = [rootChange('r1', 'r2', 1)];
    const before = built([designation('r1')], [entry('r1', 1, ['o1'])], changes);
    expect(before.authorities.get(FIA)).toMatchObject({ root: kid('r2'), entry: { seq: 1 } });
    expect(currentOfficer(before, kid('o1sign'), 'signing', NOW)).not.toBeNull();
    const after = built(
      [designation('r1')],
      [entry('r1', 1, ['o1']), entry('r1', 2, ['o9']), entry('r2', 2, ['o2'], { at: NOW })],
      changes,
    );
    expect(after.officerKeys.has(kid('o9sign'))).toBe(false);
    expect(after.authorities.get(FIA)?.entry?.root.kid).toBe(kid('r2'));
    expect(after.officerKeys.get(kid('o1sign'))?.until).toBe(NOW);
    expect(named([...after.roots.values()])).toEqual([kid('r1'), kid('r2')]);
  });

  it('keeps what a replaced root listed as history, ended then at the latest, and begins to count anew', () => {
    const entries = [
      entry('r1', 1, [], { officers: [officer('o1'), officer('o2'), { ...officer('o4'), until: LONG_AGO }] }),
      entry('r1', 2, ['o1'], { at: LONG_AGO }),
      entry('r9', 1, ['o3'], { at: NOW }),
    ];
    const now = built([designation('r1'), designation('r9', { at: NOW })], entries);
    expect(now.authorities.get(FIA)?.entry).toMatchObject({ seq: 1, root: { kid: kid('r9') } });
    expect(['o1', 'o2', 'o3', 'o4'].map((name) => now.officerKeys.get(kid(`${name}sign`))?.until)).toEqual([
      NOW,
      LONG_AGO,
      LATER,
      LONG_AGO,
    ]);
    const waiting = built([designation('r1'), designation('r9', { at: NOW })], entries.slice(0, 2));
    expect(waiting.authorities.get(FIA)).toMatchObject({ root: kid('r9'), entry: null });
  });
});
