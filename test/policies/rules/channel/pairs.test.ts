import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../../domain/profiles/index.js';
import { AUTHORITY_TYPES, PROFILE_IDS, type AuthorityType, type ExchangeType, type ProfileId } from '../../../../domain/vocabulary.js';
import { decide } from '../../../../policies/decide.js';
import { oneself } from '../../../../policies/rules/channel/oneself.js';
import { pair } from '../../../../policies/rules/channel/pair.js';
import { contentSend, designated, submit } from '../../../support/facts.js';
import { authority } from '../../../support/ids.js';

type Arrow = `${AuthorityType}>${AuthorityType}`;
interface Joined {
  readonly on: ExchangeType;
  readonly anywhere: readonly Arrow[];
  /** within one State alone */
  readonly atHome?: readonly Arrow[];
}

/** Written as section 12 writes `<-> same`. */
const among = (...types: readonly AuthorityType[]): Arrow[] => types.flatMap((from) => types.map((to): Arrow => `${from}>${to}`));
const each = (froms: readonly AuthorityType[], tos: readonly AuthorityType[]): Arrow[] =>
  froms.flatMap((from) => tos.map((to): Arrow => `${from}>${to}`));

const CONTACTS = among('ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_OFFICE');
const tracing: Joined = { on: 'ASSET_TRACING_REQUEST', anywhere: CONTACTS };
const OTHERS: readonly AuthorityType[] = [
  'LAW_ENFORCEMENT',
  'ANTI_CORRUPTION_LEA',
  'PROSECUTION',
  'ASSET_RECOVERY_OFFICE',
  'SUPERVISOR',
  'TAX_AUTHORITY',
  'CUSTOMS',
];
const INVESTIGATORS: readonly AuthorityType[] = ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'];

/** Section 12, column "Who <-> who", by hand. */
const SECTION_12: Readonly<Record<ProfileId, Joined>> = {
  EGMONT_FIU: { on: 'FIU_REQUEST', anywhere: ['FIU>FIU'] },
  EU_FIU: { on: 'FIU_REQUEST', anywhere: ['FIU>FIU'] },
  BVI_BILATERAL_FIU: { on: 'FIU_REQUEST', anywhere: ['FIU>FIU', 'FIU>LAW_ENFORCEMENT', 'LAW_ENFORCEMENT>FIU'] },
  CARIN: tracing,
  ARIN_SA: tracing,
  ARIN_RRAG: tracing,
  ARIN_AP: tracing,
  ARIN_EA: tracing,
  ARIN_WA: tracing,
  ARIN_CARIB: tracing,
  ARIN_WCA: tracing,
  ARIN_MENA: tracing,
  GLOBE: { on: 'LE_REQUEST', anywhere: ['ANTI_CORRUPTION_LEA>ANTI_CORRUPTION_LEA'] },
  INTERPOL: { on: 'LE_REQUEST', anywhere: ['INTERPOL_NCB>INTERPOL_NCB'] },
  LE_ART48: { on: 'LE_REQUEST', anywhere: [...among('LAW_ENFORCEMENT', 'PROSECUTION'), 'SPOC>SPOC', 'LAW_ENFORCEMENT>SPOC'] },
  INFORMAL_MLA_CONSULT: { on: 'INFORMAL_CONSULTATION', anywhere: ['CENTRAL_AUTHORITY_MLA>CENTRAL_AUTHORITY_MLA'] },
  EXTRADITION_CONSULT: { on: 'EXTRADITION_CONSULTATION', anywhere: ['CENTRAL_AUTHORITY_EXTRADITION>CENTRAL_AUTHORITY_EXTRADITION'] },
  FORMAL_MLA: { on: 'FORMAL_MLA_REQUEST', anywhere: ['CENTRAL_AUTHORITY_MLA>CENTRAL_AUTHORITY_MLA', 'INTERPOL_NCB>INTERPOL_NCB'] },
  CIVIL_ADMIN: {
    on: 'CIVIL_ADMIN_REQUEST',
    anywhere: ['CIVIL_ADMIN_FOCAL_POINT>CIVIL_ADMIN_FOCAL_POINT', 'CIVIL_ADMIN_FOCAL_POINT>CENTRAL_AUTHORITY_MLA'],
  },
  PREVENTION: { on: 'INFORMAL_CONSULTATION', anywhere: ['PREVENTION_AUTHORITY>PREVENTION_AUTHORITY'] },
  DIAGONAL: {
    on: 'DIAGONAL_REQUEST',
    anywhere: ['FIU>FIU', 'FIU>SUPERVISOR'],
    atHome: [...each(OTHERS, ['FIU']), ...each(['FIU'], OTHERS)],
  },
  SPONTANEOUS: {
    on: 'SPONTANEOUS_DISCLOSURE',
    anywhere: [
      'FIU>FIU',
      ...among('LAW_ENFORCEMENT', 'PROSECUTION'),
      'SPOC>SPOC',
      'LAW_ENFORCEMENT>SPOC',
      'ANTI_CORRUPTION_LEA>ANTI_CORRUPTION_LEA',
      ...among('ASSET_RECOVERY_OFFICE', 'ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_FOCAL_POINT'),
      'INTERPOL_NCB>INTERPOL_NCB',
      'CENTRAL_AUTHORITY_MLA>CENTRAL_AUTHORITY_MLA',
      'CENTRAL_AUTHORITY_EXTRADITION>CENTRAL_AUTHORITY_EXTRADITION',
      'CIVIL_ADMIN_FOCAL_POINT>CIVIL_ADMIN_FOCAL_POINT',
      'PREVENTION_AUTHORITY>PREVENTION_AUTHORITY',
    ],
  },
  DOMESTIC_ONWARD: {
    on: 'SPONTANEOUS_DISCLOSURE',
    anywhere: [],
    atHome: [
      ...each(['FIU'], [...INVESTIGATORS, 'ASSET_RECOVERY_OFFICE', 'TAX_AUTHORITY', 'CUSTOMS', 'SUPERVISOR']),
      ...each(['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'SPOC', 'INTERPOL_NCB'], INVESTIGATORS),
      ...each(['ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_OFFICE', 'ASSET_RECOVERY_FOCAL_POINT'], INVESTIGATORS),
      ...each(
        [
          'ARIN_CONTACT_LE',
          'ARIN_CONTACT_JUDICIAL',
          'ASSET_RECOVERY_OFFICE',
          'ASSET_RECOVERY_FOCAL_POINT',
          'INTERPOL_NCB',
          'FIU',
          'SPOC',
          'COURT',
          ...INVESTIGATORS,
        ],
        ['CENTRAL_AUTHORITY_MLA', 'CENTRAL_AUTHORITY_EXTRADITION'],
      ),
      ...each(['CENTRAL_AUTHORITY_MLA', 'CENTRAL_AUTHORITY_EXTRADITION'], [...INVESTIGATORS, 'COURT']),
      ...each(['CENTRAL_AUTHORITY_MLA'], ['FIU', 'ASSET_RECOVERY_OFFICE']),
      ...each(['CIVIL_ADMIN_FOCAL_POINT'], ['COURT', 'SUPERVISOR', 'TAX_AUTHORITY', 'CUSTOMS', ...INVESTIGATORS]),
    ],
  },
};

const [HERE, ABROAD, HOME] = ['NG-ONE', 'VG-TWO', 'NG-TWO'].map(authority) as [
  ReturnType<typeof authority>,
  ReturnType<typeof authority>,
  ReturnType<typeof authority>,
];

const isLet = (profile: ProfileId, on: ExchangeType, fromType: AuthorityType, toType: AuthorityType, to: typeof HERE): boolean => {
  const envelope = submit({ profile, exchangeType: on, from: HERE, fromType, to, toType });
  const facts = contentSend({ envelope, from: designated(HERE, [fromType]), to: designated(to, [toType]) });
  return pair.violatedBy(facts).length === 0;
};

const arrowsLet = (profile: ProfileId, on: ExchangeType, to: typeof HERE): string[] =>
  AUTHORITY_TYPES.flatMap((from) =>
    AUTHORITY_TYPES.filter((type) => isLet(profile, on, from, type, to)).map((type) => `${from}>${type}`),
  ).sort();

describe.each(PROFILE_IDS)('on %s', (id) => {
  const { on, anywhere, atHome = [] } = SECTION_12[id];

  it('those speak to each other whom section 12 names, and nobody else', () => {
    expect(PROFILES[id].exchangeTypes[0]).toBe(on);
    expect(arrowsLet(id, on, ABROAD)).toEqual([...new Set(anywhere)].sort());
    expect(arrowsLet(id, on, HOME)).toEqual([...new Set([...anywhere, ...atHome])].sort());
  });

  it('what was given is asked about in either direction', () => {
    const both = [...anywhere, ...atHome].flatMap((arrow) => [arrow, arrow.split('>').reverse().join('>')]);
    for (const type of ['CONSENT_REQUEST', 'FEEDBACK', 'SUBJECT_ACCESS_CONSULTATION'] as const)
      expect(arrowsLet(id, type, HOME)).toEqual(expect.arrayContaining([...new Set(both)]));
  });

  it('no exchange is opened that the profile does not offer', () => {
    expect(arrowsLet(id, 'MATCH_QUERY', HOME)).toEqual([]);
  });
});

describe('a body of two types', () => {
  const both = designated(HERE, ['LAW_ENFORCEMENT', 'CENTRAL_AUTHORITY_MLA']);
  const opening = (to: typeof HERE) => {
    const envelope = submit({
      ...{ profile: 'DOMESTIC_ONWARD', exchangeType: 'SPONTANEOUS_DISCLOSURE', from: HERE, to },
      ...{ fromType: 'LAW_ENFORCEMENT', toType: 'CENTRAL_AUTHORITY_MLA' },
    });
    return contentSend({ envelope, from: both, to: to === HERE ? both : designated(to, ['CENTRAL_AUTHORITY_MLA']) });
  };

  it('opens no exchange with itself, in which only one side could speak', () => {
    expect(oneself.violatedBy(opening(HERE))).toMatchObject([{ offenders: [HERE] }]);
    expect(oneself.violatedBy(opening(HOME))).toEqual([]);
    const broken = (to: typeof HERE) => {
      const decision = decide(opening(to));
      return decision.outcome === 'DENY' ? decision.violations.map(({ rule }) => rule) : [];
    };
    expect(broken(HERE)).toContain('channel/oneself');
    expect(broken(HOME)).not.toContain('channel/oneself');
  });
});

describe('exchanges for some of those who speak on a profile', () => {
  it('a transaction is held back between units only', () => {
    expect(arrowsLet('BVI_BILATERAL_FIU', 'POSTPONEMENT_REQUEST', ABROAD)).toEqual(['FIU>FIU']);
    expect(arrowsLet('CARIN', 'POSTPONEMENT_REQUEST', ABROAD)).toEqual([]);
  });

  it('nobody is named as who may, where nobody may open such an exchange with such a body', () => {
    const saidOf = (profile: ProfileId, toType: AuthorityType) => {
      const envelope = submit({ profile, exchangeType: 'POSTPONEMENT_REQUEST', from: HERE, fromType: 'TAX_AUTHORITY', to: ABROAD, toType });
      return pair.violatedBy(contentSend({ envelope })).map(({ fill }) => fill['askers']);
    };
    expect(saidOf('CARIN', 'ARIN_CONTACT_LE')).toEqual(['none']);
    expect(saidOf('BVI_BILATERAL_FIU', 'LAW_ENFORCEMENT')).toEqual(['none']);
    expect(saidOf('BVI_BILATERAL_FIU', 'FIU')).toEqual(['FIU']);
  });

  it('focal points speak of assets on the channel of the bureaux, and of nothing else', () => {
    const bureaux = ['ASSET_RECOVERY_FOCAL_POINT>ASSET_RECOVERY_FOCAL_POINT', 'INTERPOL_NCB>INTERPOL_NCB'];
    expect(arrowsLet('INTERPOL', 'ASSET_TRACING_REQUEST', ABROAD)).toEqual(bureaux);
    expect(arrowsLet('INTERPOL', 'EMERGENCY_ASSET_REQUEST', ABROAD)).toEqual(bureaux);
  });

  it('several units are asked at once where units ask each other', () => {
    expect(arrowsLet('EGMONT_FIU', 'MULTI_FIU_REQUEST', ABROAD)).toEqual(['FIU>FIU']);
    expect(arrowsLet('BVI_BILATERAL_FIU', 'MULTI_FIU_REQUEST', ABROAD)).toEqual([]);
  });
});
