/** What was handed on for a purpose without a consent that names it: presumed, exempt, by a lawful way, or the holder's own. */
import { describe, expect, it } from 'vitest';
import type { UseFacts } from '../../../policies/facts.js';
import { codesOf } from '../../support/decision.js';
import { answerLabel, contentUse, FIX, grant, itemFacts, LATER, NOW, officer, plain, PROS } from '../../support/facts.js';
import { pros } from '../../support/notice-facts.js';

type Held = NonNullable<UseFacts['heldBy']>[number];
const held = (over: Partial<Held> = {}): Held => ({
  purpose: 'INVESTIGATION',
  until: LATER,
  consents: [],
  isReseal: false,
  logIndex: 8,
  ...over,
});
const using = (one: Held, over: Partial<UseFacts> = {}) =>
  codesOf(contentUse({ heldBy: [one], consents: [], use: { ...contentUse().use, purpose: one.purpose }, ...over }));

describe('what was handed on for a purpose, on no consent', () => {
  it('is used for that purpose', () => {
    expect(using(held())).toEqual([]);
    expect(using(held({ purpose: 'IMMINENT_THREAT' }))).toEqual([]);
    expect(using(held(), { heldBy: [held({ purpose: 'TAX' }), held()] })).toEqual([]);
  });

  it('is used for no other, and not after its end, and not because it was sealed anew', () => {
    const use = { ...contentUse().use, purpose: 'TAX' as const };
    expect(using(held(), { use })).toEqual(['USE_BEYOND_PURPOSE']);
    expect(using(held({ until: NOW }))).toEqual(['RETENTION_EXPIRED', 'USE_BEYOND_PURPOSE']);
    expect(using(held({ isReseal: true }))).toEqual(['USE_BEYOND_PURPOSE']);
  });

  it('is used no more where its originator adds a caveat after it', () => {
    const tightened = (by: typeof FIX, logIndex: number) => ({ item: itemFacts({ tightened: [{ by, logIndex, caveats: [] }] }) });
    expect(using(held(), tightened(FIX, 9))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(using(held(), tightened(FIX, 7))).toEqual([]);
    expect(using(held(), tightened(PROS, 9))).toEqual([]);
  });

  it('rests on the consent where one was cited', () => {
    const ended = grant({ until: NOW });
    expect(using(held({ consents: [ended.digest] }), { consents: [ended] })).toEqual(['USE_BEYOND_PURPOSE', 'CONSENT_EXPIRED_OR_REVOKED']);
  });
});

describe('what clears an accused, with the court or prosecution that was given it', () => {
  const secret = {
    ...answerLabel,
    caveats: [...answerLabel.caveats, plain('CONFIDENTIAL_FACT'), { code: 'SPECIALITY' as const, by: FIX, proceedings: ['case-7'] }],
  };
  const disclosing = (one: Held, over: Partial<UseFacts> = {}) => {
    const { proceedings: _none, ...use } = contentUse().use;
    return using(one, {
      officer: officer(PROS),
      use: { ...use, holder: PROS, purpose: one.purpose, action: 'OPEN' },
      item: itemFacts({ label: secret }),
      holder: pros,
      heldAs: ['PROSECUTION'],
      ...over,
    });
  };
  const given = held({ purpose: 'EXCULPATORY' });

  it('is disclosed in its own proceedings, whichever these are and whatever was to stay confidential', () => {
    expect(disclosing(given)).toEqual([]);
  });

  it('is disclosed though it was taken back', () => {
    expect(disclosing(given, { item: itemFacts({ label: secret, retractedBy: FIX }) })).toEqual([]);
    expect(disclosing(held(), { item: itemFacts({ retractedBy: FIX }) })).toContain('ITEM_RETRACTED');
  });

  it('is disclosed though its source asks to be heard first, and limits what is done because of it, then or later', () => {
    const limited = { code: 'ACTION_LIMIT' as const, by: FIX, limit: 'NONE' as const };
    const label = { ...secret, caveats: [...secret.caveats, plain('CONTACT_SOURCE_BEFORE_ACTION'), limited] };
    expect(disclosing(given, { item: itemFacts({ label }) })).toEqual([]);
    expect(disclosing(given, { item: itemFacts({ label, tightened: [{ by: FIX, logIndex: 9, caveats: [] }] }) })).toEqual([]);
    const bound = ['CONFIDENTIALITY_OF_FACT', 'USE_BEYOND_PURPOSE', 'TIPPING_OFF_RISK', 'CONTACT_SOURCE_FIRST'];
    expect(disclosing(held(), { item: itemFacts({ label }) })).toEqual(bound);
  });

  it('is bound like anything else where it was not given for that', () => {
    expect(disclosing(held())).toEqual(['CONFIDENTIALITY_OF_FACT', 'USE_BEYOND_PURPOSE']);
    const use = { ...contentUse().use, holder: PROS, purpose: 'EXCULPATORY' as const, action: 'OPEN' as const };
    expect(disclosing(held(), { use })).toEqual(['CONFIDENTIALITY_OF_FACT', 'EVIDENCE_USE_PROHIBITED', 'USE_BEYOND_PURPOSE']);
  });

  it('waits for the day of a condition that was accepted all the same', () => {
    const later = { ...secret, caveats: [...secret.caveats, { code: 'CONDITIONS' as const, by: FIX, texts: [], notBefore: LATER }] };
    expect(disclosing(given, { item: itemFacts({ label: later }) })).toEqual(['USE_BEYOND_PURPOSE', 'CONDITION_NOT_MET']);
  });
});
