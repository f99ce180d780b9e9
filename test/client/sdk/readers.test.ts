/** To whose keys an item is sealed: those that receive it and one's own, of one suite, and nobody else's. */
import { describe, expect, it } from 'vitest';
import type { DirectoryView } from '../../../client/sdk/directory.js';
import { ParleyError } from '../../../client/sdk/error.js';
import { chooseReaders, releaseKeys } from '../../../client/sdk/readers.js';
import { formatInstant } from '../../../domain/time.js';
import type { Suite } from '../../../domain/vocabulary.js';
import { designated, FIA, FIX, LATER, LONG_AGO, NOW } from '../../support/facts.js';
import { desk, digest } from '../../support/ids.js';

/** Of each desk, by its name and authority, the suites that it has. */
type Desks = Readonly<Record<string, readonly Suite[]>>;

const kidOf = (authority: string, name: string, suite: Suite) => digest(`${authority}_${name}_${suite}`);
const desksOf = (authority: string, desks: Desks) =>
  Object.entries(desks).map(([name, suites]) => ({
    desk: desk(name),
    types: ['FIU' as const],
    generation: 1,
    keys: suites.map((suite) => ({ suite, kid: kidOf(authority, name, suite) as string, publicKey: 'AA' })),
    from: LONG_AGO,
    until: LATER,
  }));

function viewOf(theirs: Desks, ours: Desks, over: Partial<DirectoryView> = {}): DirectoryView {
  const rows = [
    [FIX, theirs],
    [FIA, ours],
  ] as const;
  const authorities = rows.map(([id, desks]) => {
    const one = designated(id, ['FIU']);
    return [id, { ...one, entry: { ...one.entry!, desks: desksOf(id, desks) } }] as const;
  });
  const directory = { authorities: new Map(authorities), revoked: new Map() };
  return { directory, pins: { [FIX]: digest('root'), [FIA]: digest('root') }, doubts: [], ...over } as unknown as DirectoryView;
}

const [THEM, US] = [
  { authority: FIX, type: 'FIU' },
  { authority: FIA, type: 'FIU' },
] as const;
const kids = (keys: readonly { readonly kid: string }[]) => keys.map(({ kid }) => kid);
const refused = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    if (error instanceof ParleyError) return error.code;
    throw error;
  }
};

describe('an item is sealed', () => {
  it('to both sides, under the best suite that each desk’s keys have, and under no other beside it', () => {
    const both: Desks = { INTAKE: ['age-pq-1', 'age-x25519-1'] };
    const { keys, format, suite } = chooseReaders(viewOf(both, both), THEM, US, NOW);
    expect([format, suite]).toEqual(['age', 'age-pq-1']);
    expect(kids(keys)).toEqual([kidOf(FIX, 'INTAKE', 'age-pq-1'), kidOf(FIA, 'INTAKE', 'age-pq-1')]);
  });

  it('under one that both have: what the sender has alone the addressee could not open, and the other way round', () => {
    const better: Desks = { INTAKE: ['age-pq-1', 'age-x25519-1'] };
    const older: Desks = { INTAKE: ['age-x25519-1'] };
    const of = (theirs: Desks, ours: Desks) => kids(chooseReaders(viewOf(theirs, ours), THEM, US, NOW).keys);
    const shared = [kidOf(FIX, 'INTAKE', 'age-x25519-1'), kidOf(FIA, 'INTAKE', 'age-x25519-1')];
    expect(of(better, older)).toEqual(shared);
    expect(of(older, better)).toEqual(shared);
    expect(refused(() => of({ INTAKE: ['openpgp-4'] }, older))).toBe('SUITE_NOT_SHARED');
    expect(chooseReaders(viewOf({ INTAKE: ['openpgp-4'] }, { INTAKE: ['openpgp-4'] }), THEM, US, NOW).format).toBe('openpgp');
  });

  it('to the addressee alone where nobody here is to read it, or none has a key', () => {
    const theirs: Desks = { INTAKE: ['age-pq-1'] };
    const one = [kidOf(FIX, 'INTAKE', 'age-pq-1')];
    expect(kids(chooseReaders(viewOf(theirs, theirs), THEM, null, NOW).keys)).toEqual(one);
    expect(kids(chooseReaders(viewOf(theirs, {}), THEM, US, NOW).keys)).toEqual(one);
  });

  it('to the desk that is named, and to every one where none is', () => {
    const view = viewOf({ INTAKE: ['age-pq-1'], ASSETS: ['age-pq-1'] }, {});
    const of = (name?: string) =>
      kids(chooseReaders(view, { ...THEM, ...(name === undefined ? {} : { desk: desk(name) }) }, null, NOW).keys);
    expect(of('ASSETS')).toEqual([kidOf(FIX, 'ASSETS', 'age-pq-1')]);
    expect(of()).toEqual([kidOf(FIX, 'INTAKE', 'age-pq-1'), kidOf(FIX, 'ASSETS', 'age-pq-1')]);
    expect(refused(() => of('OTHER'))).toBe('ADDRESSEE_HAS_NO_KEY');
  });

  it('to nobody whose keys have ended, and it is said since when', () => {
    const desks: Desks = { INTAKE: ['age-pq-1'] };
    const ended = { code: 'ADDRESSEE_HAS_NO_KEY', message: expect.stringContaining(`since ${formatInstant(LATER)}`) as string };
    expect(() => chooseReaders(viewOf(desks, desks), THEM, US, LATER)).toThrow(expect.objectContaining(ended) as Error);
  });

  it('to nobody whose root was never compared, or is doubted, by a release either', () => {
    const desks: Desks = { INTAKE: ['age-pq-1'] };
    const strange = viewOf(desks, desks, { pins: { [FIA]: digest('root') } as never });
    const doubted = viewOf(desks, desks, { doubts: [{ authority: FIX, why: 'an older entry', isAlarm: false }] });
    for (const [view, code] of [
      [strange, 'ROOT_NOT_COMPARED'],
      [doubted, 'ENTRY_NOT_BELIEVED'],
    ] as const) {
      expect(refused(() => chooseReaders(view, THEM, US, NOW))).toBe(code);
      expect(refused(() => releaseKeys(view, THEM, 'age', NOW))).toBe(code);
    }
  });
});

it('a release is sealed to a key that opens the format of the body', () => {
  const view = viewOf({ INTAKE: ['openpgp-4', 'age-x25519-1', 'age-pq-1'] }, {});
  expect(releaseKeys(view, THEM, 'age', NOW).kid).toBe(kidOf(FIX, 'INTAKE', 'age-pq-1'));
  expect(releaseKeys(view, THEM, 'openpgp', NOW).kid).toBe(kidOf(FIX, 'INTAKE', 'openpgp-4'));
  expect(refused(() => releaseKeys(view, THEM, 'cms', NOW))).toBe('SUITE_NOT_SHARED');
  expect(releaseKeys(viewOf({ INTAKE: ['age-x25519-1'] }, {}), THEM, 'age', NOW).kid).toBe(kidOf(FIX, 'INTAKE', 'age-x25519-1'));
  expect(() => releaseKeys(view, US, 'age', NOW)).toThrow(/no desk that receives as FIU/);
});
