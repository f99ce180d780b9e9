import { describe, expect, it } from 'vitest';
import type { ReleaseFacts } from '../../../policies/facts.js';
import { codesOf } from '../../support/decision.js';
import { answerLabel, contentRelease, EFCX, FIX, itemFacts, PROS, release } from '../../support/facts.js';
import { digest } from '../../support/ids.js';

/** What the want of consent shows under VG-FIX's label, for a purpose that the label does not list. */
const WITHOUT = ['TLP_EXCEEDED', 'USE_BEYOND_PURPOSE', 'NO_THIRD_PARTY_CONSENT', 'CAVEAT_WEAKENED'];

describe('presumed consent', () => {
  const presumption: NonNullable<ReleaseFacts['presumption']> = {
    request: digest('request'),
    profile: 'EGMONT_FIU',
    bothSwitchedOn: true,
    originator: FIX,
    named: [{ authority: EFCX, authorityType: 'LAW_ENFORCEMENT', purposes: ['INVESTIGATION', 'PROSECUTION_JUDICIAL'] }],
    answer: 'SILENT',
  };
  const presuming = (
    over: Partial<typeof presumption> = {},
    act: Parameters<typeof release>[0] = {},
    facts: Parameters<typeof contentRelease>[0] = {},
  ) =>
    codesOf(
      contentRelease({
        ...facts,
        cited: [],
        consents: [],
        presumption: { ...presumption, ...over },
        release: release({
          basis: { presumed: digest('request') },
          label: { ...answerLabel, purposes: ['INTELLIGENCE', 'INVESTIGATION'] },
          ...act,
        }),
      }),
    );

  it('is silence about a recipient named in the request, where both sides switched it on', () => {
    expect(presuming()).toEqual([]);
    expect(presuming({ answer: 'GRANT' })).toEqual([]);
  });

  it.each([
    ['the reply refused', { answer: 'REFUSE' as const }, {}],
    ['the reply has not said', { answer: null }, {}],
    ['one of the two never switched it on', { bothSwitchedOn: false }, {}],
    ['the profile does not know it', { profile: 'BVI_BILATERAL_FIU' as const }, {}],
    ['the item has another originator', { originator: PROS }, {}],
    ['the release rests on something else', {}, { basis: { consents: [] } }],
    ['the release rests on another request', {}, { basis: { presumed: digest('another') } }],
    ['the request named somebody else', { named: [{ ...presumption.named[0]!, authority: PROS }] }, {}],
    ['the request named it as another type', { named: [{ ...presumption.named[0]!, authorityType: 'CUSTOMS' as const }] }, {}],
  ])('is none where %s', (_, over, act) => {
    expect(presuming(over, act)).toEqual(WITHOUT);
  });

  it('covers the purposes that the request named, and none beside', () => {
    expect(presuming({}, { purpose: 'TAX', label: answerLabel })).toEqual(['TLP_EXCEEDED', 'USE_BEYOND_PURPOSE', 'NO_THIRD_PARTY_CONSENT']);
  });

  it.each(['TAX', 'SUPERVISORY'] as const)('never makes %s, which is always consented to by itself', (purpose) => {
    const named = [{ ...presumption.named[0]!, purposes: [purpose] }];
    expect(presuming({ named }, { purpose, label: answerLabel })).toEqual(['TLP_EXCEEDED', 'USE_BEYOND_PURPOSE', 'NO_THIRD_PARTY_CONSENT']);
  });

  it('ends with a caveat that its originator adds later, and with nobody else’s', () => {
    const item = (by: typeof FIX) => itemFacts({ tightened: [{ by, logIndex: 9, caveats: [] }] });
    expect(presuming({}, {}, { item: item(FIX) })).toEqual(WITHOUT);
    expect(presuming({}, {}, { item: item(PROS) })).toEqual([]);
  });

  it('never makes evidence', () => {
    expect(presuming({}, { purpose: 'PROSECUTION_JUDICIAL', label: answerLabel })).toEqual([
      'TLP_EXCEEDED',
      'EVIDENCE_USE_PROHIBITED',
      'NO_THIRD_PARTY_CONSENT',
    ]);
  });
});
