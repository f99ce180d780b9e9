/** The words of the rules by themselves, at their edges. */
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../domain/lawful-way.js';
import { plusMs } from '../../domain/time.js';
import type { ReleaseFacts } from '../../policies/facts.js';
import { askConsent, askOwner } from '../../policies/remedies.js';
import {
  actOf,
  agreesToPurpose,
  agreesToRelease,
  answersForOthers,
  cameFrom,
  inOneTerritory,
  isEvidence,
  isGranted,
  isPresumed,
  lawfulWayOf,
  named,
  noticesOf,
  onlyEndedGrants,
  ownersOf,
  returnsTo,
  staysWithHolder,
} from '../../policies/vocabulary.js';
import {
  answerLabel,
  contentConsentRefusal,
  contentRelease,
  EFCX,
  efcx,
  FIA,
  fia,
  FIX,
  fix,
  grant,
  heldBy,
  itemFacts,
  LONG_AGO,
  NOW,
  plain,
  PROS,
  release,
} from '../support/facts.js';
import { digest } from '../support/ids.js';
import { withEntry } from '../support/openings.js';

const released = (over: Partial<ReleaseFacts['release']> = {}, facts: Partial<ReleaseFacts> = {}): ReleaseFacts =>
  contentRelease({ release: release(over), ...facts });

/** Made of what two gave. */
const OF_TWO = itemFacts({ cameFrom: [FIX, PROS].map((authority) => ({ authority, authorityType: 'FIU' as const })) });

describe('one territory', () => {
  it('is that of two entries, and of nothing that is not there', () => {
    expect(inOneTerritory(fia, efcx)).toBe(true);
    expect(inOneTerritory(fia, fix)).toBe(false);
    for (const none of [null, { ...fia, entry: null }])
      expect([inOneTerritory(fia, none), inOneTerritory(none, fia)]).toEqual([false, false]);
    expect(inOneTerritory(fia, withEntry(fix, { territory: 'NG' }))).toBe(true);
  });
});

describe('things in a sentence', () => {
  it('are spelled out up to eight, then counted, and said to be none', () => {
    const things = (count: number) => Array.from({ length: count }, (_, n) => `p${n + 1}`);
    expect(named([])).toBe('none');
    expect(named(things(2))).toBe('p1, p2');
    expect(named(things(8))).toBe('p1, p2, p3, p4, p5, p6, p7, p8');
    expect(named(things(10))).toBe('p1, p2, p3, p4, p5, p6, p7, p8 and 2 more');
  });
});

describe('whom it came from', () => {
  it('is a body as the type that gave it, and as no other', () => {
    expect(cameFrom(itemFacts(), FIX, 'FIU')).toBe(true);
    expect(cameFrom(itemFacts(), FIX, 'COURT')).toBe(false);
    expect(cameFrom(itemFacts(), FIX, undefined)).toBe(false);
    expect(cameFrom(itemFacts(), FIA, 'FIU')).toBe(false);
    expect(cameFrom(OF_TWO, FIX, 'FIU')).toBe(true);
    const inTwoRoles = itemFacts({ cameFrom: (['FIU', 'COURT'] as const).map((authorityType) => ({ authority: FIX, authorityType })) });
    for (const type of ['FIU', 'COURT'] as const) expect(cameFrom(inTwoRoles, FIX, type)).toBe(false);
  });

  it('has it back: no caveat of its own stands in the way, and those of others do', () => {
    const back = returnsTo(released({ to: FIX, toType: 'FIU' }));
    expect([back(FIX), back(FIA), back(PROS)]).toEqual([true, true, false]);
    expect(returnsTo(released({ to: FIX, toType: 'COURT' }))(FIX)).toBe(false);
    const toOne = returnsTo(released({ to: FIX, toType: 'FIU' }, { item: OF_TWO }));
    expect([toOne(FIX), toOne(PROS)]).toEqual([true, false]);
  });

  it('is not asked where it stays with its holder, as the type that holds it', () => {
    const own = (toType: 'FIU' | 'COURT') => released({ to: FIA, toType });
    expect([staysWithHolder(own('FIU')), staysWithHolder(own('COURT')), staysWithHolder(released())]).toEqual([true, false, false]);
    const { toType, ...untyped } = release({ to: FIA });
    expect(toType).toBeDefined();
    expect(staysWithHolder(contentRelease({ release: untyped }))).toBe(false);
    expect(returnsTo(own('FIU'))(PROS)).toBe(true);
  });
});

describe('an act', () => {
  it('discloses the whole item where it has no form, or a form without fields of its own', () => {
    const act = (disclosures: ReturnType<typeof digest>[] | null) =>
      actOf(released({}, { item: itemFacts({ form: disclosures === null ? null : { schema: 'x', present: [], disclosures } }) }))
        ?.disclosed;
    expect([act(null), act([]), act([digest('field')])]).toEqual([null, null, [digest('field')]]);
  });

  it('is none where it does not say as what the recipient gets it', () => {
    const { toType, ...untyped } = release();
    expect(toType).toBeDefined();
    expect(actOf(contentRelease({ release: untyped }))).toBeNull();
    expect(isGranted(contentRelease({ release: untyped }), FIX)).toBe(false);
  });
});

describe('a grant', () => {
  it('counts where it is cited, is the originator’s own, and is not beaten by a later caveat', () => {
    expect(isGranted(released(), FIX)).toBe(true);
    expect(isGranted(released(), PROS)).toBe(false);
    expect(isGranted(released({}, { cited: [] }), FIX)).toBe(false);
    expect(isGranted(released({}, { cited: [null] }), FIX)).toBe(false);
    const tightened = (by: typeof FIX, logIndex: number) =>
      released({}, { item: itemFacts({ tightened: [{ by, logIndex, caveats: [] }] }) });
    expect([isGranted(tightened(FIX, 7), FIX), isGranted(tightened(FIX, 8), FIX), isGranted(tightened(PROS, 8), FIX)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('has ended where all that would cover the act have', () => {
    const ended = grant({ until: LONG_AGO });
    expect(onlyEndedGrants(released({}, { consents: [ended] }), FIX)).toEqual([ended]);
    expect(onlyEndedGrants(released({}, { consents: [ended, grant()] }), FIX)).toEqual([]);
    expect(onlyEndedGrants(released({}, { consents: [ended] }), PROS)).toEqual([]);
  });

  it('opens a purpose to the holder that has it by a release for this one, until that ends', () => {
    const kept = (heldBy: ReleaseFacts['heldBy']) =>
      agreesToPurpose(released({ to: FIA, toType: 'FIU', purpose: 'TAX' }, { heldBy, cited: [] }))(FIX);
    expect(agreesToPurpose(released({ to: FIA, toType: 'FIU', purpose: 'TAX' }, { cited: [] }))(FIA)).toBe(true);
    const held = heldBy({ purpose: 'TAX' });
    expect([kept(null), kept([]), kept([held]), kept([{ ...held, until: NOW }]), kept([{ ...held, purpose: 'EXTRADITION' }])]).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('a presumed consent', () => {
  const REQUEST = digest('presumed');
  const presumption = {
    request: REQUEST,
    profile: 'EGMONT_FIU' as const,
    bothSwitchedOn: true,
    originator: FIX,
    named: [{ authority: EFCX, authorityType: 'LAW_ENFORCEMENT' as const, purposes: ['INVESTIGATION' as const] }],
    answer: 'SILENT' as const,
  };
  type Presumption = NonNullable<ReleaseFacts['presumption']>;
  const presumed = (over: Partial<Presumption> = {}, own: Partial<ReleaseFacts['release']> = {}) =>
    isPresumed(released({ basis: { presumed: REQUEST }, ...own }, { presumption: { ...presumption, ...over } }), FIX);

  it('is there where the recipient was named for the purpose and the answer did not refuse', () => {
    expect([presumed(), presumed({ answer: 'GRANT' })]).toEqual([true, true]);
    expect(presumed({ named: [{ ...presumption.named[0]!, authority: PROS }, ...presumption.named] })).toBe(true);
    expect([presumed({ answer: 'REFUSE' }), presumed({ answer: null })]).toEqual([false, false]);
  });

  it.each<[string, Partial<Presumption>, Partial<ReleaseFacts['release']>]>([
    ['of another originator', { originator: PROS }, {}],
    ['on a profile that knows none', { profile: 'BVI_BILATERAL_FIU' }, {}],
    ['not switched on by both', { bothSwitchedOn: false }, {}],
    ['of another request', { request: digest('other') }, {}],
    ['of another recipient', {}, { to: PROS }],
    ['of another type', {}, { toType: 'COURT' }],
    ['for another purpose', {}, { purpose: 'INTELLIGENCE' }],
    [
      'for evidence, even if it was named',
      { named: [{ ...presumption.named[0]!, purposes: ['PROSECUTION_JUDICIAL'] }] },
      { purpose: 'PROSECUTION_JUDICIAL' },
    ],
  ])('is none where it is %s', (_, over, own) => {
    expect(presumed(over, own)).toBe(false);
  });

  it('is none where nothing is presumed', () => {
    expect(isPresumed(released(), FIX)).toBe(false);
  });
});

describe('a notice', () => {
  const notice: Notice = {
    digest: digest('notice'),
    way: 'EXCULPATORY',
    holder: FIA,
    item: digest('item'),
    recipient: EFCX,
    recipientType: 'LAW_ENFORCEMENT',
    purpose: 'INVESTIGATION',
    isApproved: true,
    opensAt: NOW,
  };
  const told = (over: Partial<Notice>) => released({}, { notices: [null, { ...notice, ...over }], cited: [] });

  it('tells of this very release and no other', () => {
    expect(noticesOf(told({}))).toEqual([notice]);
    for (const over of [
      { holder: PROS },
      { item: digest('other') },
      { recipient: PROS },
      { recipientType: 'COURT' as const },
      { purpose: 'TAX' as const },
    ])
      expect(noticesOf(told(over))).toEqual([]);
  });

  it('opens its way once a second person approved it and its time has come', () => {
    expect(lawfulWayOf(told({}))).toBe('EXCULPATORY');
    expect(lawfulWayOf(told({ isApproved: false }))).toBeNull();
    expect(lawfulWayOf(told({ opensAt: plusMs(NOW, 1) }))).toBeNull();
    expect([agreesToRelease(told({}))(FIX), agreesToRelease(told({ isApproved: false }))(FIX)]).toEqual([true, false]);
  });
});

describe('an answer for others', () => {
  it('is that of whoever is an originator of none of the items', () => {
    const others = itemFacts({ label: { ...answerLabel, originators: [PROS] } });
    const asked = (...items: ReturnType<typeof itemFacts>[]) => answersForOthers(contentConsentRefusal({ items }));
    expect([asked(others), asked(others, itemFacts()), asked(itemFacts())]).toEqual([true, false, false]);
  });
});

describe('evidence', () => {
  it('is what goes before a criminal court, and what was given as intelligence before any', () => {
    const open = { ...answerLabel, caveats: [] };
    expect([isEvidence(open, 'PROSECUTION_JUDICIAL'), isEvidence(open, 'CONFISCATION'), isEvidence(open, 'TAX')]).toEqual([
      true,
      false,
      false,
    ]);
    for (const code of ['INTEL_ONLY', 'NOT_FOR_EVIDENCE'] as const)
      expect(isEvidence({ ...open, caveats: [plain(code)] }, 'CONFISCATION')).toBe(true);
    expect(isEvidence(answerLabel, 'TAX')).toBe(false);
  });
});

describe('what stands against it', () => {
  it('is a caveat of this kind whose owner does not agree', () => {
    const label = { ...answerLabel, caveats: [plain('NO_EXPORT'), plain('NO_EXPORT', PROS), plain('INTEL_ONLY', FIA)] };
    expect(ownersOf(label, 'NO_EXPORT', () => false)).toEqual([FIX, PROS]);
    expect(ownersOf(label, 'NO_EXPORT', (owner) => owner === FIX)).toEqual([PROS]);
  });

  it('is mended by a consent request that names recipient and purpose, and by none where it is private', () => {
    expect(askConsent(FIX, itemFacts(), EFCX, 'TAX')).toEqual({
      ...{ action: 'consent-request', originator: FIX, items: [digest('item')], recipient: EFCX, purpose: 'TAX' },
    });
    expect(askConsent(FIX, itemFacts(), 'private:PRESS', 'TAX')).toEqual({ action: 'none' });
  });

  it('is lifted by whoever handed it on, where the caveat is of a holder, who can consent to nothing', () => {
    const item = itemFacts({ label: { ...answerLabel, caveats: [plain('NO_EXPORT'), plain('OWN_ORG_ONLY', FIA)] } });
    expect(askOwner(item, FIX)).toEqual({ action: 'ask-originator', originators: [FIX] });
    expect([askOwner(item, FIA), askConsent(FIA, item, EFCX, 'TAX')]).toEqual(Array(2).fill({ action: 'ask-holder', holders: [FIA] }));
  });
});
