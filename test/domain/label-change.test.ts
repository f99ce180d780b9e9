import { describe, expect, it } from 'vitest';
import { labelAfter, misfit, speakersOf, withoutOwn } from '../../domain/label-change.js';
import { canonical, isAtLeast, join } from '../../domain/label.js';
import { answerLabel, FIX, plain, PROS, EFCX } from '../support/facts.js';
import { digest } from '../support/ids.js';

const shared = canonical({ ...answerLabel, originators: [FIX, PROS], caveats: [plain('NO_EXPORT'), plain('NO_EXPORT', PROS)] });

describe('a label after a change', () => {
  it('is the join with what was added', () => {
    const added = { ...answerLabel, caveats: [plain('RETURN')] };
    expect(labelAfter(answerLabel, { originator: FIX, change: 'ADD', label: added })).toEqual(join(answerLabel, added));
  });

  it('lacks what its owner lifted, and keeps what another set', () => {
    const after = labelAfter(shared, { originator: FIX, change: 'RELAX', lifts: ['NO_EXPORT'] });
    expect(after.caveats).toEqual([plain('NO_EXPORT', PROS)]);
    expect(isAtLeast(shared, after)).toBe(true);
  });

  it('keeps what was not lifted', () => {
    expect(withoutOwn(shared, FIX, ['RETURN'])).toEqual(shared);
  });

  it.each(['CORRECT', 'RETRACT', 'ADD', 'RELAX'] as const)('stands as it was where a %s says nothing of it', (change) => {
    expect(labelAfter(shared, { originator: FIX, change })).toBe(shared);
  });
});

it('is spoken of by whom it names, and by whom its issuer added, not by whom another added', () => {
  const added = (originator: typeof FIX, ...originators: (typeof FIX)[]) =>
    ({ originator, change: 'ADD', label: { ...answerLabel, originators } }) as const;
  const item = { issuer: FIX, label: shared };
  expect(speakersOf(item, [])).toEqual([PROS, FIX]);
  expect(speakersOf(item, [added(PROS, EFCX), { ...added(FIX, EFCX), change: 'RETRACT' }, { originator: FIX, change: 'ADD' }])).toEqual([
    PROS,
    FIX,
  ]);
  expect(speakersOf(item, [added(FIX, FIX, EFCX)])).toEqual([PROS, FIX, EFCX]);
});

it.each(['CORRECT', 'RETRACT', 'RELAX'] as const)('takes from a %s no label, and lifts by nothing but a RELAX', (change) => {
  const label = { ...answerLabel, caveats: [plain('RETURN')] };
  expect(labelAfter(shared, { originator: FIX, change, label })).toEqual(shared);
  const lifting = labelAfter(shared, { originator: FIX, change, lifts: ['NO_EXPORT'] });
  expect(lifting.caveats.length).toBe(change === 'RELAX' ? 1 : 2);
});

describe('the members of a change', () => {
  const label = answerLabel;
  const lifts = ['RETURN'];
  const reason = 'INACCURATE_DATA';
  it.each([
    [{ change: 'ADD', label }],
    [{ change: 'RELAX', lifts }],
    [{ change: 'CORRECT', reason }],
    [{ change: 'CORRECT', reason, replacement: digest('right') }],
    [{ change: 'RETRACT' }],
  ] as const)('fit: %o', (change) => {
    expect(misfit(change)).toBeNull();
  });

  it.each([
    [{ change: 'ADD' }, 'ADD has label and nothing else'],
    [{ change: 'ADD', lifts }, 'ADD has label and nothing else'],
    [{ change: 'RELAX', lifts, label }, 'RELAX has lifts and nothing else'],
    [{ change: 'RETRACT', label }, 'RETRACT has no further member'],
    [{ change: 'RETRACT', replacement: digest('right') }, 'RETRACT has no replacement'],
  ] as const)('do not fit: %o', (change, why) => {
    expect(misfit(change)).toBe(why);
  });
});
