/** What was handed on for a purpose without a consent that names it: presumed, exempt, by a lawful way, or the holder's own. */
import { describe, expect, it } from 'vitest';
import type { HeldBy } from '../../../domain/basis.js';
import type { Purpose } from '../../../domain/vocabulary.js';
import type { ItemFacts, UseFacts } from '../../../policies/facts.js';
import { serving } from '../../../policies/in-the-way.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentAccess,
  contentUse,
  EFCX,
  FIX,
  grant,
  heldBy as held,
  itemFacts,
  LATER,
  NOW,
  officer,
  plain,
  PROS,
} from '../../support/facts.js';
import { digest } from '../../support/ids.js';
import { pros } from '../../support/notice-facts.js';

const using = (one: HeldBy, over: Partial<UseFacts> = {}) =>
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
    const tightened = (by: typeof FIX, ...places: number[]) => ({
      item: itemFacts({ tightened: places.map((logIndex) => ({ by, logIndex, caveats: [] })) }),
    });
    // the last of several counts, in whatever order they are told
    for (const places of [
      [7, 9],
      [9, 7],
    ])
      expect(using(held(), tightened(FIX, ...places))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(using(held(), tightened(FIX, 9))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(using(held(), tightened(FIX, 7))).toEqual([]);
    expect(using(held(), tightened(PROS, 9))).toEqual([]);
  });

  it('rests on the consent where one was cited', () => {
    const ended = grant({ until: NOW });
    expect(using(held({ consents: [ended.digest] }), { consents: [ended] })).toEqual(['USE_BEYOND_PURPOSE', 'CONSENT_EXPIRED_OR_REVOKED']);
  });
});

describe('what was handed on past its originator, on no consent', () => {
  const label = { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')], purposes: ['INTELLIGENCE', 'INVESTIGATION'] as const };
  const wide = (over: Partial<ItemFacts> = {}) => itemFacts({ label: { ...label, purposes: [...label.purposes] }, ...over });
  const intelligence = { ...contentUse().use, purpose: 'INTELLIGENCE' as const };
  const using = (heldBy: readonly HeldBy[], over: Partial<UseFacts> = {}) =>
    contentUse({ item: wide(), heldBy, consents: [], use: intelligence, ...over });

  it('is used for that purpose alone, though its label lists others, and consent to them may be asked', () => {
    expect(violationsOf(using([held()]))).toMatchObject([
      {
        code: 'USE_BEYOND_PURPOSE',
        rule: 'purpose/handed-on',
        sentence: expect.stringContaining(`by ${held().holder} for ${held().purpose}`) as string,
        offenders: [FIX],
        remedy: { action: 'consent-request', originator: FIX, recipient: EFCX, purpose: 'INTELLIGENCE' },
      },
    ]);
    expect(codesOf(using([held()], { use: contentUse().use }))).toEqual([]);
    expect(codesOf(using([held(), held({ purpose: 'INTELLIGENCE' })]))).toEqual([]);
    expect(codesOf(using([held(), held({ purpose: 'INTELLIGENCE', until: NOW })]))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(using([held()], { consents: [grant()] }))).toEqual([]);
    expect(codesOf(using([]))).toEqual([]);
  });

  it('is anything’s where its originator handed on its own, or where it is nobody’s to withhold', () => {
    expect(codesOf(using([held({ holder: FIX })]))).toEqual([]);
    expect(codesOf(using([held()], { item: wide({ kind: 'PUBLIC_RECORD' }) }))).toEqual([]);
    const ofTwo = wide({ label: { ...label, purposes: [...label.purposes], originators: [FIX, PROS] } });
    expect(violationsOf(using([held({ holder: FIX })], { item: ofTwo }))).toMatchObject([{ offenders: [PROS] }]);
  });

  it('is no way round a consent for less, or one that has ended, of the same release or another', () => {
    const narrow = grant({ purposes: ['INVESTIGATION'] });
    const both = [held(), held({ consents: [narrow.digest] })];
    expect(violationsOf(using(both, { consents: [narrow] })).map(({ rule }) => rule)).toEqual(['purpose/handed-on', 'consent/use-scope']);
    const ended = grant({ until: NOW });
    const rules = violationsOf(using([held(), held({ consents: [ended.digest] })], { consents: [ended] })).map(({ rule }) => rule);
    expect(rules).toEqual(['consent/use-ended']);
    // one originator consented to both purposes, the other was presumed to for the one
    const ofTwo = wide({ label: { ...label, purposes: [...label.purposes], originators: [FIX, PROS] } });
    const mixed = using([held({ consents: [grant().digest] })], { item: ofTwo, consents: [grant({ recipient: PROS })] });
    expect(violationsOf(mixed)).toMatchObject([{ rule: 'purpose/handed-on', offenders: [PROS] }]);
  });

  it('lends what is made from it no other purpose either', () => {
    const source = { item: wide({ digest: digest('source') }), heldBy: [held()], consents: [] };
    const own = wide({ issuer: EFCX });
    const made = contentUse({ item: own, heldBy: null, consents: [], madeFrom: [source], use: intelligence });
    expect(violationsOf(made)).toMatchObject([{ rule: 'purpose/handed-on', remedy: { items: [digest('source')] } }]);
    expect(codesOf({ ...made, use: contentUse().use })).toEqual([]);
  });

  it('is read for that purpose alone', () => {
    const release = { ...contentAccess().release!, basis: { presumed: digest('request') } };
    const reading = (purpose: Purpose) =>
      violationsOf(contentAccess({ item: wide(), consents: [], release, access: { ...contentAccess().access, purpose } }));
    expect(reading('INTELLIGENCE')).toMatchObject([{ rule: 'purpose/handed-on', offenders: [FIX], remedy: { action: 'none' } }]);
    expect(reading('INVESTIGATION')).toEqual([]);
    expect(reading('TAX')).toMatchObject([{ rule: 'purpose/beyond' }]);
  });
});

describe('a reading for what a release was for', () => {
  it('stays possible after its consent ended, by what was sealed anew, though another release is for something else', () => {
    const label = { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')], purposes: ['INTELLIGENCE' as const, 'INVESTIGATION' as const] };
    const [ended, other] = [grant({ until: NOW }), grant({ digest: digest('other'), purposes: ['INTELLIGENCE'] })];
    const [first, second] = [held({ consents: [ended.digest] }), held({ purpose: 'INTELLIGENCE', consents: [other.digest] })];
    const reading = contentAccess({
      item: itemFacts({ label }),
      consents: [ended, other],
      heldBy: [first, second],
      release: { ...contentAccess().release!, holder: EFCX, to: EFCX, basis: { reseal: true } },
      access: { ...contentAccess().access, purpose: 'INVESTIGATION' },
    });
    expect(codesOf(reading)).toEqual([]);
    expect(codesOf({ ...reading, heldBy: [second] })).toEqual(['CONSENT_SCOPE_EXCEEDED']);
    // for another purpose that the ended consent named too
    const wide = { ...ended, purposes: ['INVESTIGATION' as const, 'TAX' as const] };
    const taxed = { item: itemFacts({ label: { ...label, purposes: ['INTELLIGENCE', 'INVESTIGATION', 'TAX'] } }), consents: [wide, other] };
    expect(codesOf({ ...reading, ...taxed, access: { ...reading.access, purpose: 'TAX' } })).toEqual([]);
  });
});

describe('the releases on which a use rests', () => {
  it('are those that let it, or all where none does', () => {
    const narrow = grant({ digest: digest('narrow'), purposes: ['INTELLIGENCE'] });
    const [free, cited] = [held({ purpose: 'TAX' }), held({ consents: [grant().digest] })];
    const facts = contentUse({ consents: [grant(), narrow] });
    const other = held({ consents: [narrow.digest] });
    expect(serving(facts, [free, cited, other, held({ isReseal: true }), held({ until: NOW })])).toEqual([cited]);
    // its originator agrees since: then each does
    expect(serving(facts, [free, other, held({ until: NOW })])).toEqual([free, other]);
    const refused = contentUse({ consents: [narrow] });
    expect(serving(refused, [free, other, held({ until: NOW })])).toHaveLength(3);
  });
});

describe('what clears an accused, with the court or prosecution that was given it', () => {
  const secret = {
    ...answerLabel,
    caveats: [...answerLabel.caveats, plain('CONFIDENTIAL_FACT'), { code: 'SPECIALITY' as const, by: FIX, proceedings: ['case-7'] }],
  };
  const disclosing = (one: HeldBy, over: Partial<UseFacts> = {}) => {
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
    expect(disclosing(given, { item: itemFacts({ label: secret, retractedBy: [FIX] }) })).toEqual([]);
    expect(disclosing(held(), { item: itemFacts({ retractedBy: [FIX] }) })).toContain('ITEM_RETRACTED');
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
