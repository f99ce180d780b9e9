import { describe, expect, it } from 'vitest';
import { PURPOSES, type Purpose } from '../../../domain/vocabulary.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answerLabel,
  contentAccess,
  contentRelease,
  contentSend,
  contentUse,
  designated,
  EFCX,
  efcx,
  fia,
  FIA,
  FIX,
  fix,
  grant,
  itemFacts,
  NOW,
  officer,
  plain,
  PROS,
  release,
  submit,
  type WireLabel,
} from '../../support/facts.js';
import { violationAnswer } from '../../../domain/wire/problem.js';
import { authority, digest } from '../../support/ids.js';

const labelled = (over: Partial<WireLabel>, item: Parameters<typeof itemFacts>[0] = {}) =>
  itemFacts({ label: { ...answerLabel, caveats: [plain('NO_THIRD_PARTY')], ...over }, ...item });
const using = (purpose: Purpose, over: Parameters<typeof contentUse>[0] = {}) =>
  contentUse({ use: { ...contentUse().use, purpose }, heldBy: null, consents: [], ...over });
const reading = (purpose: Purpose, over: Parameters<typeof contentAccess>[0] = {}) =>
  contentAccess({ access: { ...contentAccess().access, purpose }, consents: [], release: null, ...over });

describe('a purpose', () => {
  it('is one that the label lists', () => {
    expect(codesOf(using('INTELLIGENCE'))).toEqual([]);
    expect(violationsOf(using('INVESTIGATION'))).toMatchObject([
      {
        code: 'USE_BEYOND_PURPOSE',
        offenders: [FIX],
        remedy: { action: 'consent-request', originator: FIX, recipient: EFCX, purpose: 'INVESTIGATION' },
      },
    ]);
  });

  it('brings along what its profile says it implies, and on no profile anything', () => {
    const item = (givenOn: 'EGMONT_FIU' | 'BVI_BILATERAL_FIU' | null) => labelled({ purposes: ['INVESTIGATION'] }, { givenOn });
    expect(codesOf(using('INTELLIGENCE', { item: item('EGMONT_FIU') }))).toEqual([]);
    expect(codesOf(using('INTELLIGENCE', { item: item('BVI_BILATERAL_FIU') }))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(using('INTELLIGENCE', { item: item(null) }))).toEqual(['USE_BEYOND_PURPOSE']);
  });

  it('never implies tax', () => {
    expect(codesOf(using('TAX', { item: labelled({ purposes: ['PROSECUTION_JUDICIAL'] }) }))).toEqual(['USE_BEYOND_PURPOSE']);
  });

  it('is barred by a caveat although the label lists it', () => {
    const barred = (code: 'INTEL_ONLY' | 'LEA_PURPOSE_ONLY', purpose: Purpose) =>
      codesOf(using(purpose, { item: labelled({ purposes: [purpose], caveats: [plain(code)] }) }));
    expect(barred('INTEL_ONLY', 'INVESTIGATION')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(barred('INTEL_ONLY', 'MLA_PREPARATION')).toEqual([]);
    expect(barred('LEA_PURPOSE_ONLY', 'TAX')).toEqual(['USE_BEYOND_PURPOSE']);
    expect(barred('LEA_PURPOSE_ONLY', 'INVESTIGATION')).toEqual([]);
  });

  it('is the holder’s own affair where the item is its own', () => {
    expect(
      codesOf(using('TAX', { use: { ...contentUse().use, holder: FIX, purpose: 'TAX' }, holder: fix, officer: officer(FIX) })),
    ).toEqual([]);
  });
});

it('of something made from others, the channel implies none that one of these does not allow', () => {
  const made = (sources: (WireLabel | null)[], label = labelled({ purposes: ['INVESTIGATION'] }).label) =>
    codesOf(using('INTELLIGENCE', { item: itemFacts({ label, givenOn: 'EGMONT_FIU', sources }) }));
  const [narrow, wide] = [
    { ...answerLabel, purposes: ['INVESTIGATION'] },
    { ...answerLabel, purposes: ['INVESTIGATION', 'INTELLIGENCE'] },
  ] as [WireLabel, WireLabel];
  expect(made([])).toEqual([]);
  expect(made([wide])).toEqual([]);
  expect(made([wide, narrow])).toEqual(['USE_BEYOND_PURPOSE']);
  expect(made([wide, null])).toEqual(['USE_BEYOND_PURPOSE']);
  expect(made([narrow], labelled({ purposes: ['INTELLIGENCE'] }).label)).toEqual([]);
});

describe('consent to a purpose', () => {
  const consented = (over: Parameters<typeof grant>[0] = {}, facts: Parameters<typeof contentUse>[0] = {}) =>
    codesOf(contentUse({ consents: [grant(over)], ...facts }));
  it('opens it to the very body that it names, while it lasts', () => {
    expect(consented()).toEqual([]);
    expect(consented({ recipient: FIA })).toEqual(['USE_BEYOND_PURPOSE']);
    expect(consented({ recipientType: 'CUSTOMS' })).toEqual(['USE_BEYOND_PURPOSE']);
    expect(consented({ purposes: ['INTELLIGENCE'] })).toEqual(['USE_BEYOND_PURPOSE', 'CONSENT_SCOPE_EXCEEDED']);
    expect(consented({ until: NOW })).toEqual(['USE_BEYOND_PURPOSE', 'CONSENT_EXPIRED_OR_REVOKED']);
    expect(consented({ originator: FIA })).toEqual(['USE_BEYOND_PURPOSE']);
    expect(consented({}, { holder: null })).toEqual(['USE_BEYOND_PURPOSE']);
    // nor to one that it was once and that the register no longer calls so, whatever it was when it got the item
    expect(consented({}, { holder: designated(EFCX, ['FIU']) })).toContain('USE_BEYOND_PURPOSE');
  });

  it('bound to proceedings opens use in these alone, and reading, which is no use yet', () => {
    const bound = { conditions: ['case-1', 'case-2'] };
    const inCase = (proceedings: string | undefined) => {
      const { proceedings: _none, ...use } = contentUse().use;
      return { use: proceedings === undefined ? use : { ...use, proceedings } };
    };
    expect(consented(bound, inCase('case-2'))).toEqual([]);
    expect(consented(bound, inCase('case-3'))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(consented(bound, inCase(undefined))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(reading('INVESTIGATION', { consents: [grant(bound)] }))).toEqual([]);
  });

  it.each([
    ['for what it was not given for', {}],
    ['as evidence', { item: labelled({ caveats: [...answerLabel.caveats, plain('NOT_FOR_EVIDENCE')] }) }],
  ])('bound to proceedings is told of where it is used %s in others, or in unnamed ones', (_, over) => {
    const told = (proceedings: string | undefined, conditions: readonly string[] | null = ['case-1']) => {
      const purpose = 'item' in over ? ('PROSECUTION_JUDICIAL' as const) : contentUse().use.purpose;
      const { proceedings: _none, ...use } = { ...contentUse().use, purpose };
      const consents = [grant({ conditions, purposes: [purpose] })];
      const found = violationsOf(contentUse({ ...over, consents, use: proceedings === undefined ? use : { ...use, proceedings } }));
      return found.map(({ sentence, remedy }) => [sentence.includes(`${FIX} consents to it in proceedings case-1 alone`), remedy.action]);
    };
    expect(told('case-1')).toEqual([]);
    expect(told(undefined)).toEqual([[true, 'complete-field']]);
    expect(told('case-2')).toEqual([[true, 'item' in over ? 'formal-mla' : 'consent-request']]);
    expect(told('case-2', null)).toEqual([]);
  });

  it('bound to proceedings by one of several asks the one that gave none', () => {
    const { proceedings: _none, ...use } = contentUse().use;
    const item = labelled({ originators: [FIX, FIA], purposes: ['INTELLIGENCE'], caveats: [] });
    const bound = grant({ originator: FIX, purposes: ['TAX'], conditions: ['case-1'] });
    const told = (over: object, consents = [bound]) =>
      violationsOf(contentUse({ item, heldBy: null, consents, use: { ...use, purpose: 'TAX', ...over } })).map(({ remedy }) => remedy);
    // in none, or in others: what is lacking beside the proceedings is a consent
    expect(told({})).toMatchObject([{ action: 'consent-request', originator: FIA }]);
    expect(told({ proceedings: 'case-2' })).toMatchObject([{ action: 'consent-request', originator: FIA }]);
    expect(told({}, [{ ...bound, originator: FIA }])).toMatchObject([{ action: 'consent-request', originator: FIX }]);
    // where all gave one, in others: the first of them is asked anew
    const both = [bound, { ...bound, digest: digest('second'), originator: FIA }];
    expect(told({ proceedings: 'case-2' }, both)).toMatchObject([{ action: 'consent-request', originator: FIX }]);
    expect(told({}, both)).toEqual([{ action: 'complete-field', fields: ['proceedings'] }]);
  });

  it.each(['TAX', 'PROSECUTION_JUDICIAL'] as const)(
    'bound to proceedings by as many as may be, to as many as may be, is told of %s in a sentence that an answer carries',
    (purpose) => {
      const originators = Array.from({ length: 16 }, (_, n) => authority(`NG-${String(n).padStart(29, 'A')}`));
      const conditions = Array.from({ length: 8 }, (_, n) => `${n}`.padStart(64, 'a'));
      const consents = originators.map((originator) => grant({ originator, purposes: [purpose], conditions }));
      const item = labelled({ originators, purposes: PURPOSES.filter((one) => one !== purpose), caveats: [] });
      const [found] = violationsOf(using(purpose, { item, consents }));
      expect(found?.sentence).toContain(' consents to it in proceedings ');
      expect(violationAnswer.shape.sentence.safeParse(found?.sentence).success).toBe(true);
    },
  );

  it('for some fields opens nothing of an item that shows more, neither for use nor for reading', () => {
    const [one, two] = ['one', 'two'].map(digest) as [ReturnType<typeof digest>, ReturnType<typeof digest>];
    const shows = (...disclosures: (typeof one)[]) => ({ item: itemFacts({ form: { schema: 'REQUEST', present: [], disclosures } }) });
    const some = { consents: [grant({ fields: [one] })] };
    for (const facts of [{}, shows(one, two), shows()]) {
      expect(codesOf(contentUse({ ...some, ...facts }))).toEqual(['USE_BEYOND_PURPOSE']);
      expect(codesOf(reading('INVESTIGATION', { ...some, ...facts }))).toEqual(['USE_BEYOND_PURPOSE']);
    }
    expect(codesOf(contentUse({ ...some, ...shows(one) }))).toEqual([]);
    expect(codesOf(reading('INVESTIGATION', { ...some, ...shows(one) }))).toEqual([]);
  });

  it('is beaten by a caveat that stands behind it in the log', () => {
    const tightened = (...places: number[]) => ({
      item: itemFacts({ tightened: places.map((logIndex) => ({ by: FIX, logIndex, caveats: [] })) }),
    });
    const { logIndex } = grant();
    expect(consented({}, tightened(logIndex - 1, logIndex + 1))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(consented({}, tightened(logIndex - 1))).toEqual([]);
    expect(consented({}, tightened(logIndex + 1))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(contentRelease(tightened(logIndex + 1)))).toContain('NO_THIRD_PARTY_CONSENT');
  });
});

describe('reading', () => {
  it('serves the purpose for which the item was released, even after the consent has ended', () => {
    expect(codesOf(reading('INVESTIGATION', { release: release() }))).toEqual([]);
    expect(codesOf(reading('TAX', { release: release() }))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(reading('INVESTIGATION', { consents: [grant()] }))).toEqual([]);
    expect(violationsOf(reading('INVESTIGATION', { reader: fia }))).toMatchObject([{ remedy: { action: 'none' } }]);
  });
});

describe('evidence', () => {
  it('is not what was given as intelligence, and a formal request obtains it', () => {
    expect(violationsOf(using('PROSECUTION_JUDICIAL'))).toMatchObject([
      { code: 'EVIDENCE_USE_PROHIBITED', offenders: [FIX], remedy: { action: 'formal-mla' } },
    ]);
    expect(codesOf(reading('CONFISCATION'))).toEqual(['EVIDENCE_USE_PROHIBITED']);
    const judicial = contentRelease({ release: release({ purpose: 'PROSECUTION_JUDICIAL' }) });
    expect(codesOf(judicial)).toContain('EVIDENCE_USE_PROHIBITED');
  });

  it('is a criminal court’s whatever the label forgets to say', () => {
    expect(codesOf(using('PROSECUTION_JUDICIAL', { item: labelled({}) }))).toEqual(['EVIDENCE_USE_PROHIBITED']);
    expect(codesOf(using('CIVIL_PROCEEDING', { item: labelled({}) }))).toEqual(['USE_BEYOND_PURPOSE']);
    expect(codesOf(using('PROSECUTION_JUDICIAL', { item: labelled({ purposes: ['PROSECUTION_JUDICIAL'] }) }))).toEqual([]);
  });

  it('is barred by NOT_FOR_EVIDENCE although the purpose is listed, until a consent names it', () => {
    const item = labelled({ purposes: ['CONFISCATION'], caveats: [plain('NOT_FOR_EVIDENCE')] });
    expect(codesOf(using('CONFISCATION', { item }))).toEqual(['EVIDENCE_USE_PROHIBITED']);
    expect(codesOf(using('CONFISCATION', { item, consents: [grant({ purposes: ['CONFISCATION'] })] }))).toEqual([]);
  });

  describe('enclosed in an envelope that asks for it', () => {
    const enclosing = (over: Parameters<typeof itemFacts>[0], purposes: Purpose[] = ['CONFISCATION'], label: Partial<WireLabel> = {}) => {
      const both = { ...answerLabel, originators: [FIA, FIX], ...label };
      const copied = itemFacts({ issuer: FIA, kind: 'EXTRACT', label: both, ...over });
      const facts = contentSend({ envelope: submit({ to: PROS, purposes }), to: designated(PROS, ['FIU']), items: [copied] });
      return violationsOf(facts).filter(({ code }) => code === 'EVIDENCE_USE_PROHIBITED');
    };

    it('is not what another gave as intelligence: the annex of a formal request is obtained by one', () => {
      const asked = { rule: 'purpose/evidence', offenders: [FIX], remedy: { action: 'formal-mla' } };
      expect(enclosing({})).toMatchObject([asked]);
      expect(enclosing({}, ['INTELLIGENCE', 'CONFISCATION', 'PROSECUTION_JUDICIAL'])).toMatchObject([asked, asked]);
      expect(enclosing({}, ['INTELLIGENCE'])).toEqual([]);
    });

    it('may be the sender’s own, an open record, or the addressee’s own in the same capacity', () => {
      expect(enclosing({}, ['CONFISCATION'], { originators: [FIA], caveats: [plain('INTEL_ONLY', FIA)] })).toEqual([]);
      expect(enclosing({ kind: 'PUBLIC_RECORD' })).toEqual([]);
      const theirs = { originators: [FIA, PROS], caveats: [plain('INTEL_ONLY', PROS)] };
      const gave = (authorityType: 'FIU' | 'PROSECUTION') =>
        enclosing({ cameFrom: [{ authority: PROS, authorityType }] }, ['CONFISCATION'], theirs);
      expect(gave('FIU')).toEqual([]);
      expect(gave('PROSECUTION')).toMatchObject([{ offenders: [PROS] }]);
    });
  });

  it('that exculpates has its own way, by notice', () => {
    expect(violationsOf(using('EXCULPATORY'))).toMatchObject([
      { code: 'EVIDENCE_USE_PROHIBITED', remedy: { action: 'exculpatory-notice' } },
    ]);
  });
});

describe('speciality', () => {
  const item = labelled({ caveats: [{ code: 'SPECIALITY', by: FIX, proceedings: ['case-1'] }] });
  const inProceedings = (proceedings?: string) => {
    const { proceedings: none, ...use } = contentUse().use;
    expect(none).toBe('case-1');
    return violationsOf(
      using('INTELLIGENCE', { item, use: { ...use, purpose: 'INTELLIGENCE', ...(proceedings === undefined ? {} : { proceedings }) } }),
    );
  };
  it('binds a use to the proceedings that it names', () => {
    const asksFix = { code: 'USE_BEYOND_PURPOSE', offenders: [FIX], remedy: { action: 'ask-originator', originators: [FIX] } };
    expect(inProceedings('case-1')).toEqual([]);
    expect(inProceedings('case-2')).toMatchObject([asksFix]);
    const names = { ...asksFix, remedy: { action: 'complete-field', fields: ['proceedings'] } };
    expect(inProceedings()).toMatchObject([{ ...names, sentence: expect.stringContaining('not for unnamed ones') as string }]);
  });

  it('does not bind who set it', () => {
    expect(
      codesOf(
        using('INTELLIGENCE', {
          item,
          use: { ...contentUse().use, holder: FIX, purpose: 'INTELLIGENCE', proceedings: 'case-2' },
          holder: fix,
        }),
      ),
    ).toEqual([]);
  });
});

it('knows two bodies of one name apart by their type', () => {
  const both = designated(EFCX, ['LAW_ENFORCEMENT', 'CUSTOMS']);
  const asCustoms = { holder: both, consents: [grant({ recipientType: 'CUSTOMS' })] };
  expect(codesOf(contentUse({ ...asCustoms, heldAs: ['CUSTOMS'] }))).toEqual([]);
  expect(codesOf(contentUse({ ...asCustoms, heldAs: ['LAW_ENFORCEMENT'] }))).toEqual(['USE_BEYOND_PURPOSE']);
  expect(efcx.designatedTypes).toEqual(['LAW_ENFORCEMENT']);
});

describe('what is done because of an item', () => {
  const limited = (limit: 'NONE' | 'PASSIVE' | 'INQUIRIES', action?: 'PASSIVE' | 'INQUIRIES' | 'OPEN', by = FIX) =>
    contentUse({
      item: itemFacts({ label: { ...answerLabel, originators: [FIX, EFCX], caveats: [{ code: 'ACTION_LIMIT', by, limit }] } }),
      use: { ...contentUse().use, purpose: 'INTELLIGENCE', ...(action === undefined ? {} : { action }) },
    });

  it.each([
    ['NONE', 'PASSIVE'],
    ['PASSIVE', 'INQUIRIES'],
    ['INQUIRIES', 'OPEN'],
  ] as const)('may warn the subject beyond %s: %s', (limit, action) => {
    expect(violationsOf(limited(limit, action))).toMatchObject([
      { code: 'TIPPING_OFF_RISK', offenders: [FIX], remedy: { action: 'ask-originator', originators: [FIX] } },
    ]);
  });

  it('stays within the limit, is nothing, or is limited by the holder itself', () => {
    expect(codesOf(limited('PASSIVE', 'PASSIVE'))).toEqual([]);
    expect(codesOf(limited('INQUIRIES', 'INQUIRIES'))).toEqual([]);
    expect(codesOf(limited('NONE'))).toEqual([]);
    expect(codesOf(limited('NONE', 'OPEN', EFCX))).toEqual([]);
  });

  it('is not limited where nobody limited it', () => {
    expect(codesOf(contentUse({ use: { ...contentUse().use, action: 'OPEN' } }))).toEqual([]);
  });
});
