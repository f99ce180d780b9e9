import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../../domain/machines/index.js';
import { closePurposes, openingOf, PROFILES } from '../../../domain/profiles/index.js';
import { PROFILE_IDS, type ExchangeType } from '../../../domain/vocabulary.js';

/** Paragraph, article, section or ruling, with or without its mark. */
const SOURCE = /\[(?:S¶|F:|F2:|M\??\]|D\])|rulings \d/;

describe.each(PROFILE_IDS)('the profile %s', (id) => {
  const profile = PROFILES[id];
  const openings = Object.values(profile.openings);

  it('has its own name and source, exchanges that there are machines for, and consent among them', () => {
    expect(profile.id).toBe(id);
    expect(profile.source).toMatch(SOURCE);
    expect(profile.assurance.source).toMatch(SOURCE);
    for (const type of profile.exchangeTypes) expect(MACHINES[type].table.length).toBeGreaterThan(0);
    expect(profile.exchangeTypes).toContain('CONSENT_REQUEST');
    expect(profile.exchangeTypes).not.toContain('MATCH_QUERY');
  });

  it('never lets oversight, the operator or an international body take part, and joins somebody', () => {
    expect(profile.pairs.length).toBeGreaterThan(0);
    for (const { from, to } of profile.pairs)
      for (const type of [...from, ...to]) expect(['OVERSIGHT', 'OPERATOR', 'INTERNATIONAL_BODY']).not.toContain(type);
  });

  it('asks for no field that its form does not have, and names the provision of each', () => {
    const fields = profile.openingForm.fields.map(({ name }) => name);
    for (const { field } of profile.mandatoryForm) expect(fields).toContain(field);
    for (const { body, form } of openings) {
      for (const { article } of body) expect(article).toMatch(SOURCE);
      for (const { name, article } of form?.fields ?? []) expect(article, name).not.toBe('');
    }
  });

  it('calls no target of its own making law', () => {
    for (const clock of profile.clocks) {
      expect(clock.source.includes('[D]')).toBe(clock.binding === 'internal target');
      expect(clock.on.some((type) => profile.exchangeTypes.includes(type))).toBe(true);
    }
  });

  it('says how soon an answer is owed, by a clock or in words', () => {
    const [main] = profile.exchangeTypes as [ExchangeType];
    const answered = profile.clocks.some(({ kind, on }) => (kind === 'FIRST' || kind === 'FINAL') && on.includes(main));
    const needsNone = main === 'SPONTANEOUS_DISCLOSURE';
    expect(answered || profile.promptness !== null || needsNone).toBe(true);
  });

  it('keeps grounds and forbidden grounds apart, and lists each once', () => {
    for (const { code } of profile.forbiddenGrounds) expect(profile.refusalGrounds).not.toContain(code);
    expect(new Set(profile.refusalGrounds).size).toBe(profile.refusalGrounds.length);
  });
});

describe('what stands out of the common', () => {
  const idsWhere = (is: (id: (typeof PROFILE_IDS)[number]) => boolean) => PROFILE_IDS.filter(is);

  it('the formal channel is one, and consultation before refusal is owed on it and in extradition', () => {
    expect(idsWhere((id) => PROFILES[id].formal)).toEqual(['FORMAL_MLA']);
    expect(idsWhere((id) => PROFILES[id].clocks.some(({ code }) => code === 'PRE_REFUSAL_10BD'))).toEqual([
      'EXTRADITION_CONSULT',
      'FORMAL_MLA',
    ]);
  });

  it('consent is presumed on one channel alone, and only where both sides switched it on', () => {
    expect(idsWhere((id) => PROFILES[id].presumedConsentPossible)).toEqual(['EGMONT_FIU']);
  });

  it('five years is the limit where the network sets one', () => {
    expect(idsWhere((id) => PROFILES[id].retentionYearsMax !== null)).toEqual(['INTERPOL']);
    expect(PROFILES.INTERPOL.retentionYearsMax).toBe(5);
  });

  it('disproportion is no ground for refusing consent in the Union (section 14, point 13)', () => {
    expect(idsWhere((id) => !PROFILES[id].consentRefusalGrounds.includes('CONSENT_DISPROPORTIONATE'))).toEqual(['EU_FIU']);
  });

  it('dual criminality is a ground where coercion can be asked for, or extradition, and nowhere else', () => {
    expect(idsWhere((id) => PROFILES[id].refusalGrounds.includes('DUAL_CRIMINALITY'))).toEqual(['EXTRADITION_CONSULT', 'FORMAL_MLA']);
  });

  it('a formal request is the answer to coercion on the informal channels, not on the formal one', () => {
    expect(idsWhere((id) => !PROFILES[id].refusalGrounds.includes('COERCIVE_NEEDS_MLA'))).toEqual(['FORMAL_MLA', 'PREVENTION']);
  });

  it('members of a network speak its language; each network is its own', () => {
    const networks = idsWhere((id) => PROFILES[id].network !== null);
    expect(networks).toHaveLength(9);
    for (const id of networks) {
      expect(PROFILES[id].network).toBe(id);
      expect(PROFILES[id].languages.length).toBeGreaterThan(0);
    }
    expect(PROFILES.ARIN_RRAG.languages).toEqual(['es']);
    expect(PROFILES.ARIN_WCA.openingForm.schema).toBe('ARIN_WCA_1');
    expect(PROFILES.ARIN_EA.openingForm.schema).toBe('ASSET_TRACING_1');
  });

  it('the fact of a formal request is confidential where its author chooses so, and by no default (section 12; 46(20))', () => {
    const proposing = idsWhere((id) => PROFILES[id].defaultLabel.caveats.includes('CONFIDENTIAL_FACT'));
    expect(proposing).toEqual(['INFORMAL_MLA_CONSULT', 'EXTRADITION_CONSULT']);
  });

  it('what a formal request brings serves the investigation, the prosecution and the trial that it is for (46(1), 46(19))', () => {
    const { purposes } = PROFILES.FORMAL_MLA.defaultLabel;
    expect(purposes).toEqual(expect.arrayContaining(['INVESTIGATION', 'PROSECUTION_JUDICIAL', 'CONFISCATION']));
  });

  it('prevention carries no case data and no level that case data have', () => {
    expect(PROFILES.PREVENTION.defaultLabel).toMatchObject({ tlp: 'GREEN', caveats: [] });
    expect(PROFILES.PREVENTION.assurance.levelMax).toBe('OFFICIAL');
  });
});

describe('clocks of the profiles', () => {
  const clocksOf = (id: keyof typeof PROFILES, type: ExchangeType) =>
    PROFILES[id].clocks
      .filter(({ on, starts }) => on.includes(type) && starts === undefined)
      .map(({ code, kind, amount, unit, binding }) => `${code} ${kind} ${amount} ${unit} ${binding}`);

  it.each([
    ['EGMONT_FIU', 'FIU_REQUEST', ['ACK_DEFAULT ACK 2 BUSINESS_DAYS internal target', 'EGMONT_30BD FIRST 30 BUSINESS_DAYS practice']],
    [
      'EU_FIU',
      'FIU_REQUEST',
      ['ACK_DEFAULT ACK 2 BUSINESS_DAYS internal target', 'EU_FIU_5WD FINAL 5 BUSINESS_DAYS law', 'EU_FIU_1WD FINAL 1 BUSINESS_DAYS law'],
    ],
    ['BVI_BILATERAL_FIU', 'FIU_REQUEST', ['ACK_DEFAULT ACK 2 BUSINESS_DAYS internal target', 'BVI_21D FINAL 21 CALENDAR_DAYS practice']],
    [
      'BVI_BILATERAL_FIU',
      'CONSENT_REQUEST',
      ['ACK_DEFAULT ACK 2 BUSINESS_DAYS internal target', 'CONSENT_5BD FINAL 5 BUSINESS_DAYS internal target'],
    ],
    [
      'CARIN',
      'ASSET_TRACING_REQUEST',
      ['ARIN_PROMPT FIRST 10 BUSINESS_DAYS internal target', 'ARO_PROMPT FIRST 10 BUSINESS_DAYS internal target'],
    ],
    ['GLOBE', 'LE_REQUEST', []],
    ['INTERPOL', 'LE_REQUEST', ['INTERPOL_PROMPT FIRST 10 BUSINESS_DAYS internal target']],
    [
      'LE_ART48',
      'LE_REQUEST',
      [
        'SPOC_8H FIRST 8 HOURS law',
        'SPOC_3CD FINAL 3 CALENDAR_DAYS law',
        'SPOC_7CD FINAL 7 CALENDAR_DAYS law',
        'LE_10BD FIRST 10 BUSINESS_DAYS internal target',
      ],
    ],
    [
      'INFORMAL_MLA_CONSULT',
      'INFORMAL_CONSULTATION',
      ['ACK_5BD ACK 5 BUSINESS_DAYS internal target', 'CONSULT_15BD FIRST 15 BUSINESS_DAYS internal target'],
    ],
    ['EXTRADITION_CONSULT', 'EXTRADITION_CONSULTATION', []],
    ['FORMAL_MLA', 'FORMAL_MLA_REQUEST', ['ACK_5BD ACK 5 BUSINESS_DAYS internal target']],
    ['CIVIL_ADMIN', 'CIVIL_ADMIN_REQUEST', ['CIVIL_20BD FIRST 20 BUSINESS_DAYS internal target']],
    ['DIAGONAL', 'DIAGONAL_REQUEST', ['EGMONT_30BD FIRST 30 BUSINESS_DAYS practice']],
    ['SPONTANEOUS', 'SPONTANEOUS_DISCLOSURE', ['ACK_5BD ACK 5 BUSINESS_DAYS internal target']],
  ] as const)('%s on %s runs what section 12 says', (id, type, expected) => {
    expect(clocksOf(id, type)).toEqual(expected);
  });

  it('a single point of contact has hours or days by urgency, others a target of our own', () => {
    for (const { code, askedAs } of PROFILES.LE_ART48.clocks.filter(({ on, starts }) => on.includes('LE_REQUEST') && starts === undefined))
      expect(askedAs).toEqual(code.startsWith('SPOC_') ? ['SPOC'] : ['LAW_ENFORCEMENT', 'PROSECUTION']);
  });

  it('a time that is law stands still for a question only where that law says so (Dir 2023/977 6(3))', () => {
    const stopping = PROFILE_IDS.filter(
      (id) => PROFILES[id].suspendsOnClarification && PROFILES[id].clocks.some(({ binding }) => binding === 'law'),
    );
    expect(stopping).toEqual(['LE_ART48']);
  });

  it('ten days are the most to which five may be carried in the Union', () => {
    const calm = PROFILES.EU_FIU.clocks.find(({ code }) => code === 'EU_FIU_5WD');
    expect(calm).toMatchObject({ extension: { code: 'EU_FIU_10WD', amount: 10 }, urgency: ['ROUTINE', 'PRIORITY'] });
  });

  it('the window before a refusal starts with the consultation, or with conditions, and ends with the views', () => {
    const window = PROFILES.FORMAL_MLA.clocks.find(({ code }) => code === 'PRE_REFUSAL_10BD');
    expect(window).toMatchObject({ amount: 10, starts: ['PRE_REFUSAL_CONSULTATION', 'CONDITIONS_PROPOSED'], on: ['FORMAL_MLA_REQUEST'] });
  });
});

describe('what opens an exchange', () => {
  it('is asked of profile and type; what is not offered has none', () => {
    expect(openingOf('EGMONT_FIU', 'POSTPONEMENT_REQUEST')?.form?.schema).toBe('POSTPONEMENT_REQUEST_1');
    expect(openingOf('EGMONT_FIU', 'CONSENT_REQUEST')?.form).toBeNull();
    expect(openingOf('CARIN', 'POSTPONEMENT_REQUEST')).toBeNull();
  });
});

describe('implied purposes', () => {
  it('are those of the profile, and on no profile none', () => {
    expect(closePurposes(['INVESTIGATION'], 'EGMONT_FIU')).toEqual(['INVESTIGATION', 'INTELLIGENCE']);
    expect(closePurposes(['INVESTIGATION', 'INTELLIGENCE'], 'EGMONT_FIU')).toEqual(['INVESTIGATION', 'INTELLIGENCE']);
    expect(closePurposes(['TAX'], 'EGMONT_FIU')).toEqual(['TAX']);
    expect(closePurposes(['INVESTIGATION'], 'BVI_BILATERAL_FIU')).toEqual(['INVESTIGATION']);
    expect(closePurposes(['INVESTIGATION'], null)).toEqual(['INVESTIGATION']);
  });
});
