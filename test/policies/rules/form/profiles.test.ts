import { describe, expect, it } from 'vitest';
import { owedBy } from '../../../../domain/profiles/form.js';
import { openingOf, PROFILES } from '../../../../domain/profiles/index.js';
import { ASSISTANCE_TYPES, PROFILE_IDS, type AssistanceType, type ProfileId } from '../../../../domain/vocabulary.js';
import { codesOf, violationsOf } from '../../../support/decision.js';
import { answer, contentReply, LATER } from '../../../support/facts.js';
import { contentOpening } from '../../../support/openings.js';

const missing = (facts: Parameters<typeof violationsOf>[0]): string[] =>
  violationsOf(facts).flatMap(({ code, offenders }) => (code === 'MISSING_FIELD' ? offenders : [code]));

describe.each(PROFILE_IDS)('on %s', (id) => {
  const types = PROFILES[id].exchangeTypes.filter((type) => (openingOf(id, type)?.form ?? null) !== null);

  it.each(types)('each sealed field that %s owes is missed by its name and article', (type) => {
    for (const { field, article } of owedBy(openingOf(id, type)!.form!)) {
      const found = violationsOf(contentOpening(id, { type, unfilled: [field] }));
      expect(found).toMatchObject([{ code: 'MISSING_FIELD', rule: 'form/sealed-fields', offenders: [field] }]);
      expect(found[0]!.sentence).toContain(article);
    }
  });

  it.each(PROFILES[id].exchangeTypes)('each member that %s owes in clear is missed by its name', (type) => {
    for (const { field } of openingOf(id, type)!.body)
      expect(missing(contentOpening(id, { type, body: { [field]: undefined } }))).toContain(field);
  });
});

describe('a formal request', () => {
  it('says in clear what it asks for: dual criminality and 55(3) are judged by that', () => {
    const part = { id: 'a', assistanceType: 'COMPANY_RECORDS' as const, coercive: false };
    const said = (over: object, body: object) => violationsOf(contentOpening('FORMAL_MLA', { over, body }));
    for (const body of [{ parts: undefined }, { parts: [] }])
      expect(said({}, body)).toMatchObject([
        {
          code: 'MISSING_FIELD',
          rule: 'form/assistance',
          source: expect.stringContaining('46(15)(d)') as string,
          offenders: ['parts'],
          remedy: { action: 'complete-field', fields: ['body.parts'] },
        },
      ]);
    expect(said({}, { parts: [part] })).toEqual([]);
    expect(said({ assistanceTypes: ['COMPANY_RECORDS'] }, { parts: undefined })).toEqual([]);
    const about = (type: 'CONSENT_REQUEST' | 'FEEDBACK') =>
      violationsOf(contentOpening('FORMAL_MLA', { type, body: { parts: undefined } }));
    for (const type of ['CONSENT_REQUEST', 'FEEDBACK'] as const)
      expect(about(type).map(({ rule }) => rule)).not.toContain('form/assistance');
    expect(violationsOf(contentOpening('LE_ART48', { body: { parts: undefined } }))).toEqual([]);
    expect(codesOf(contentReply(answer('STATUS_REPLY', {}, { exchangeType: 'FORMAL_MLA_REQUEST' })))).not.toContain('MISSING_FIELD');
  });

  const asking = (...assistanceTypes: AssistanceType[]) => ({ over: { assistanceTypes } });

  it('sums up the facts, but for the service of documents alone (46(15)(c))', () => {
    const without = (...types: AssistanceType[]) =>
      missing(contentOpening('FORMAL_MLA', { ...asking(...types), unfilled: ['factualSummary'] }));
    expect(without()).toEqual(['factualSummary']);
    expect(without('UNCAC_46_3_B')).toEqual([]);
    expect(without('UNCAC_46_3_B', 'UNCAC_46_3_A')).toEqual(['factualSummary']);
  });

  it.each([
    ['CONFISCATION_ORDER', ['propertyDescription', 'orderFacts']],
    ['CONFISCATION_ENFORCEMENT', ['orderCopy', 'enforcementFacts', 'thirdPartyNotice', 'orderIsFinal']],
    ['FREEZING', ['freezingFacts', 'freezingActions']],
    ['SEIZURE', ['freezingFacts', 'freezingActions']],
    ['INFORMATION_HELD', []],
  ] as const)('for %s owes what 55(3) adds, asked as a whole or as a part', (type, fields) => {
    const all = [
      'propertyDescription',
      'orderFacts',
      'orderCopy',
      'enforcementFacts',
      'thirdPartyNotice',
      'orderIsFinal',
      'freezingFacts',
      'freezingActions',
    ];
    expect(missing(contentOpening('FORMAL_MLA', { ...asking(type), unfilled: all }))).toEqual(fields);
    const parts = [{ id: 'a', assistanceType: type, coercive: ASSISTANCE_TYPES[type].coercive }];
    expect(missing(contentOpening('FORMAL_MLA', { body: { parts }, unfilled: all }))).toEqual(fields);
  });

  it('that names a day says why (46(24))', () => {
    expect(violationsOf(contentOpening('FORMAL_MLA', { over: { deadline: LATER } }))).toMatchObject([
      { code: 'MISSING_FIELD', rule: 'form/deadline-reason', offenders: ['deadlineReason'], remedy: { action: 'justify' } },
    ]);
    expect(codesOf(contentOpening('FORMAL_MLA', { over: { deadline: LATER }, filled: ['deadlineReason'] }))).toEqual([]);
  });
});

describe('a day that is named', () => {
  it('needs no reason where no form has a place for it, and none in an answer', () => {
    expect(codesOf(contentOpening('PREVENTION', { over: { deadline: LATER } }))).toEqual([]);
    expect(missing(contentOpening('EGMONT_FIU', { type: 'CONSENT_REQUEST', over: { deadline: LATER } }))).toEqual(['consent']);
    expect(codesOf(contentReply(answer('STATUS_REPLY', {}, { deadline: LATER }), { items: [] }))).toEqual([]);
  });
});

describe('a matter that is another on the other side', () => {
  const differing = { body: { matterTypeRequested: 'CRIMINAL' as const } };

  it('comes with a coordination plan (7.5)', () => {
    expect(violationsOf(contentOpening('CIVIL_ADMIN', differing))).toMatchObject([
      { code: 'MISSING_FIELD', rule: 'form/coordination-plan', sentence: expect.stringContaining('CIVIL') },
    ]);
    expect(codesOf(contentOpening('CIVIL_ADMIN', { ...differing, filled: ['coordinationPlan'] }))).toEqual([]);
    expect(codesOf(contentOpening('CIVIL_ADMIN', { body: { matterTypeRequested: 'CIVIL' } }))).toEqual([]);
  });

  it('is confidential or not in so many words, on whichever profile', () => {
    const body = { confidentiality: undefined };
    expect(codesOf(contentOpening('CIVIL_ADMIN', { body }))).toEqual(['CONFIDENTIALITY_CHOICE_REQUIRED']);
    expect(codesOf(contentOpening('LE_ART48', { body: { ...body, matterTypeRequested: undefined } }))).toEqual([]);
    expect(codesOf(contentOpening('LE_ART48', { body: { ...body, matterTypeRequested: 'CIVIL' }, filled: ['coordinationPlan'] }))).toEqual([
      'CONFIDENTIALITY_CHOICE_REQUIRED',
    ]);
    expect(
      codesOf(contentOpening('LE_ART48', { over: { matterType: 'ADMINISTRATIVE' }, body: { ...body, matterTypeRequested: undefined } })),
    ).toEqual(['CONFIDENTIALITY_CHOICE_REQUIRED']);
  });
});

describe('a link with the country', () => {
  it('is owed abroad and not at home', () => {
    expect(codesOf(contentOpening('EGMONT_FIU', { body: { links: [] } }))).toEqual(['COUNTRY_LINK_MISSING']);
    expect(codesOf(contentOpening('DIAGONAL', { body: { links: [] } }))).toEqual([]);
    expect(codesOf(contentOpening('LE_ART48', { body: { links: [] } }))).toEqual([]);
  });
});

describe('a reason of urgency', () => {
  const urgent = (profile: 'SPONTANEOUS' | 'PREVENTION' | 'EGMONT_FIU', type?: 'CONSENT_REQUEST') =>
    violationsOf(
      contentOpening(profile, {
        ...(type === undefined ? {} : { type }),
        over: { urgency: 'URGENT' },
        body: { urgencyThresholds: ['DISSIPATION_OF_ASSETS'], alsoRequestedVia: [] },
      }),
    ).filter(({ rule }) => rule === 'form/urgency');

  it('is owed only where the form has a place for it: the threshold and the word on other channels are in clear', () => {
    expect([...urgent('SPONTANEOUS'), ...urgent('PREVENTION'), ...urgent('EGMONT_FIU', 'CONSENT_REQUEST')]).toEqual([]);
    expect(urgent('EGMONT_FIU')).toMatchObject([{ offenders: ['urgencyReason'] }]);
    const bare = violationsOf(contentOpening('SPONTANEOUS', { over: { urgency: 'URGENT' }, body: { alsoRequestedVia: [] } }));
    expect(bare).toMatchObject([{ rule: 'form/urgency', offenders: ['body.urgencyThresholds'] }]);
  });
});

describe('the convention as legal basis', () => {
  const not = (what: 'extradition' | 'mla' | 'confiscation') => ({ law: { uncacApplies: { [what]: false } } });
  const asked = (legalBasis: string[], entries: Parameters<typeof contentOpening>[1], profile: ProfileId = 'FORMAL_MLA') =>
    violationsOf(contentOpening(profile, { ...entries, over: { legalBasis } }));

  it('is none where a side’s entry says so, and nothing else is named', () => {
    expect(asked(['UNCAC_46'], { toEntry: not('mla') })).toMatchObject([
      {
        code: 'LEGAL_BASIS_MISSING',
        rule: 'form/convention-applies',
        offenders: ['VG-TWO'],
        remedy: { action: 'complete-field', fields: ['legalBasis'] },
      },
    ]);
    const [found] = asked(['UNCAC_46', 'UNCAC_55'], { fromEntry: not('mla'), toEntry: not('confiscation') });
    expect(found).toMatchObject({ rule: 'form/convention-applies', offenders: ['NG-ONE', 'VG-TWO'] });
    expect(found!.sentence).toContain('UNCAC_46, UNCAC_55');
    for (const other of ['RECIPROCITY', 'MLAT:VG-NG-1', 'UNCAC_57'])
      expect(asked(['UNCAC_46', other], { toEntry: not('mla') })).toEqual([]);
  });

  it('is one for what the entry does not say it of, and as the type that does not say it', () => {
    expect(asked(['UNCAC_46'], { toEntry: not('extradition') })).toEqual([]);
    expect(asked(['UNCAC_46'], { toEntry: { law: { uncacApplies: { mla: true } } } })).toEqual([]);
    expect(asked(['UNCAC_46'], { toEntry: { law: {} } })).toEqual([]);
    const as = (type: 'CENTRAL_AUTHORITY_MLA' | 'FIU') => ({ byType: [{ type, ...not('mla') }] });
    expect(asked(['UNCAC_46'], { toEntry: as('FIU') })).toEqual([]);
    expect(asked(['UNCAC_46'], { toEntry: as('CENTRAL_AUTHORITY_MLA') })).toHaveLength(1);
    expect(asked(['UNCAC_44'], { toEntry: not('extradition') }, 'EXTRADITION_CONSULT')).toHaveLength(1);
    expect(asked(['UNCAC_46_4'], { toEntry: not('mla') }, 'SPONTANEOUS')).toHaveLength(1);
  });

  it('is not asked for of nobody’s entry, nor after the opening', () => {
    const facts = contentOpening('FORMAL_MLA', { over: { legalBasis: ['UNCAC_46'] } });
    const rules = (over: object) => violationsOf({ ...facts, ...over }).map(({ rule }) => rule);
    expect(rules({ to: null })).not.toContain('form/convention-applies');
    expect(rules({ to: { ...facts.to!, entry: null } })).not.toContain('form/convention-applies');
    const later = answer('STATUS_REPLY', {}, { legalBasis: ['UNCAC_46'], purposes: [] });
    const from = { ...contentReply(later).from!, entry: { ...contentReply(later).from!.entry!, ...not('mla') } };
    expect(codesOf(contentReply(later, { items: [], from }))).toEqual([]);
  });
});
