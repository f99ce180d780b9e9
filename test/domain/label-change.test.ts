import { describe, expect, it } from 'vitest';
import { asDated, labelAfter, misfit, speakersOf, withoutOwn } from '../../domain/label-change.js';
import { canonical, isAtLeast, join } from '../../domain/label.js';
import { answerLabel, FIX, plain, PROS, EFCX } from '../support/facts.js';
import { parseInstant } from '../../domain/time.js';
import { digest } from '../support/ids.js';
import { certain } from '../../domain/result.js';

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

describe('a lifting', () => {
  const at = (day: number) => certain(parseInstant(`2026-11-0${day}T12:00:00.000Z`));
  const lifting = { originator: FIX, change: 'RELAX', lifts: ['NO_EXPORT', 'RETURN'], at: at(2) } as const;
  const setting = (day: number, originator = FIX) =>
    ({ originator, change: 'ADD', label: { ...answerLabel, caveats: [plain('NO_EXPORT', originator)] }, at: at(day) }) as const;

  it.each([
    ['before it', [setting(1)], ['NO_EXPORT', 'RETURN']],
    ['at its time', [setting(2)], ['NO_EXPORT', 'RETURN']],
    ['after it, whatever place the log gives it', [setting(3)], ['RETURN']],
    ['after it by somebody else', [setting(3, PROS)], ['NO_EXPORT', 'RETURN']],
    ['never: what came later sets nothing', [{ originator: FIX, change: 'RETRACT', at: at(3) }], ['NO_EXPORT', 'RETURN']],
  ] as const)('lifts or leaves what its owner set %s', (_when, earlier, lifts) => {
    expect(asDated(lifting, earlier)).toEqual({ ...lifting, lifts });
  });

  it('is all that it changes', () => {
    expect(asDated(setting(1), [setting(2)])).toEqual(setting(1));
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
