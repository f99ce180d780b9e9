import { describe, expect, it } from 'vitest';
import { adviseChannel, type Need } from '../../domain/adviser.js';
import { CHANNEL_ADVICE, HELP } from '../../domain/channel-advice.js';
import { PROFILES } from '../../domain/profiles/index.js';

const NEED: Need = {
  help: 'FINANCIAL_INTELLIGENCE',
  isCoercive: false,
  isEvidence: false,
  from: ['FIU'],
  to: ['FIU'],
  networks: [],
  territories: [],
  unassured: [],
  alsoRequestedVia: [],
};
const advised = (over: Partial<Need>) => adviseChannel({ ...NEED, ...over });
const channels = (over: Partial<Need>) => advised(over).advice.map(({ profile, tool }) => profile ?? tool);
const fitting = (over: Partial<Need>) =>
  advised(over).advice.flatMap(({ profile, tool, obstacles }) => (obstacles.length === 0 ? [profile ?? tool] : []));
const remarks = (over: Partial<Need>) => advised(over).remarks.map(({ code }) => code);

describe('the adviser', () => {
  it.each([
    { help: 'FINANCIAL_INTELLIGENCE', from: 'FIU', to: 'FIU', first: 'EGMONT_FIU' },
    { help: 'ASSET_LOCATION', from: 'ASSET_RECOVERY_FOCAL_POINT', to: 'ASSET_RECOVERY_FOCAL_POINT', first: 'OPEN_SOURCE' },
    { help: 'PERSON_LOCATION', from: 'INTERPOL_NCB', to: 'INTERPOL_NCB', first: 'INTERPOL' },
    { help: 'POLICE_INFORMATION', from: 'LAW_ENFORCEMENT', to: 'LAW_ENFORCEMENT', first: 'LE_ART48' },
    { help: 'LEGAL_REQUIREMENTS', from: 'CENTRAL_AUTHORITY_MLA', to: 'CENTRAL_AUTHORITY_MLA', first: 'INFORMAL_MLA_CONSULT' },
    {
      help: 'EXTRADITION_PROSPECTS',
      from: 'CENTRAL_AUTHORITY_EXTRADITION',
      to: 'CENTRAL_AUTHORITY_EXTRADITION',
      first: 'EXTRADITION_CONSULT',
    },
    { help: 'CIVIL_OR_DISCIPLINARY', from: 'CIVIL_ADMIN_FOCAL_POINT', to: 'CIVIL_ADMIN_FOCAL_POINT', first: 'CIVIL_ADMIN' },
    { help: 'PREVENTION_TOPIC', from: 'PREVENTION_AUTHORITY', to: 'PREVENTION_AUTHORITY', first: 'PREVENTION' },
  ] as const)('leads $help to $first (7.1)', ({ help, from, to, first }) => {
    expect(fitting({ help, from: [from], to: [to] })[0]).toBe(first);
  });

  it('leads what compels, and what is to be evidence, to the formal road, with a consultation before it (0.11)', () => {
    const central = { from: ['CENTRAL_AUTHORITY_MLA'], to: ['CENTRAL_AUTHORITY_MLA'] } as const;
    for (const over of [{ isCoercive: true }, { isEvidence: true }]) {
      const { advice } = advised({ ...central, ...over, help: 'COMPANY_DATA' });
      expect(advice[0]).toMatchObject({ profile: 'FORMAL_MLA', tool: 'MLA', role: 'ANSWERS' });
      expect(advice[1]).toMatchObject({ profile: 'INFORMAL_MLA_CONSULT', role: 'PREPARES' });
      expect(advice.slice(1).every(({ role }) => role === 'PREPARES')).toBe(true);
      expect(remarks({ ...central, ...over, help: 'COMPANY_DATA' })).toContain('CONSULT_FIRST');
    }
    expect(channels({ ...central, help: 'COMPANY_DATA' })).not.toContain('FORMAL_MLA');
    // a draft's review is advised once, not twice
    const twice = channels({ ...central, isEvidence: true, help: 'DRAFT_REVIEW' });
    expect(twice).toEqual(['FORMAL_MLA', 'INFORMAL_MLA_CONSULT']);
  });

  it('knows the four tools of ¶31 for an asset', () => {
    const { advice } = advised({ help: 'ASSET_LOCATION', isEvidence: true, from: [], to: [] });
    expect(new Set(advice.map(({ tool }) => tool))).toEqual(new Set(['MLA', 'CONSULTATION', 'OPEN_SOURCE', 'NETWORK']));
  });

  it('puts last what joins only the States of a region, or units that protect as well as a network does, where one of the two is neither', () => {
    const notes = (over: Partial<Need>, profile: string) => advised(over).advice.find((one) => one.profile === profile)?.obstacles;
    expect(notes({ territories: ['NG', 'VG'] }, 'EU_FIU')).toMatchObject([{ code: 'OUTSIDE_REGION' }]);
    expect(notes({ territories: ['DE', 'EE'] }, 'EU_FIU')).toEqual([]);
    expect(notes({}, 'EU_FIU')).toEqual([]);
    expect(notes({ unassured: ['EGMONT'] }, 'EGMONT_FIU')).toEqual([{ code: 'NOT_ASSURED', network: 'EGMONT' }]);
    expect(fitting({ unassured: ['EGMONT'], territories: ['NG', 'VG'] })[0]).toBe('BVI_BILATERAL_FIU');
  });

  it('knows the States and the network of a pair that has its own (Dir 2023/977; the focal points of one network)', () => {
    const notes = (over: Partial<Need>, profile: string) => advised(over).advice.find((one) => one.profile === profile)?.obstacles;
    const police = { help: 'POLICE_INFORMATION', from: ['LAW_ENFORCEMENT'], to: ['SPOC'] } as const;
    expect(notes({ ...police, territories: ['NG', 'DE'] }, 'LE_ART48')).toMatchObject([{ code: 'OUTSIDE_REGION' }]);
    expect(notes({ ...police, territories: ['CH', 'DE'] }, 'LE_ART48')).toEqual([]);
    // who is police too is asked as that
    expect(notes({ ...police, to: ['SPOC', 'LAW_ENFORCEMENT'], territories: ['NG', 'DE'] }, 'LE_ART48')).toEqual([]);
    const focal = { help: 'ASSET_LOCATION', from: ['ASSET_RECOVERY_FOCAL_POINT'], to: ['ASSET_RECOVERY_FOCAL_POINT'] } as const;
    expect(notes(focal, 'INTERPOL')).toEqual([{ code: 'NOT_MEMBERS', network: 'INTERPOL_GFPN' }]);
    expect(notes({ ...focal, networks: ['INTERPOL_GFPN'] }, 'INTERPOL')).toEqual([]);
  });

  it('says through whom to ask where one may not ask oneself, and puts that last', () => {
    const { advice } = advised({ from: ['TAX_AUTHORITY'] });
    expect(advice[0]).toMatchObject({ profile: 'DIAGONAL', obstacles: [] });
    expect(advice.find(({ profile }) => profile === 'EGMONT_FIU')?.obstacles).toEqual([{ code: 'ASK_THROUGH', types: ['FIU'] }]);
    // the one unit that answers police of other States too ([S¶29])
    expect(fitting({ from: ['LAW_ENFORCEMENT'] })[0]).toBe('BVI_BILATERAL_FIU');
    expect(advice.findIndex(({ obstacles }) => obstacles.length > 0)).toBe(fitting({ from: ['TAX_AUTHORITY'] }).length);
    expect(remarks({ from: ['TAX_AUTHORITY'] })).toEqual(['OWN_FIU_FIRST']);
    expect(remarks({ from: ['TAX_AUTHORITY'], help: 'POLICE_INFORMATION' })).toEqual([]);
  });

  it('names nobody to ask through where no such body is addressed on the channel', () => {
    const { advice } = advised({ to: ['COURT'] });
    expect(advice.find(({ profile }) => profile === 'EGMONT_FIU')?.obstacles).toEqual([{ code: 'ASK_THROUGH', types: [] }]);
  });

  it('holds a network open to members of it alone', () => {
    const contacts = { help: 'ASSET_LOCATION', from: ['ASSET_RECOVERY_OFFICE'], to: ['ASSET_RECOVERY_OFFICE'] } as const;
    expect(fitting(contacts)).not.toContain('CARIN');
    expect(fitting({ ...contacts, networks: ['CARIN'] })).toContain('CARIN');
    expect(advised(contacts).advice.find(({ profile }) => profile === 'ARIN_AP')?.obstacles).toEqual([
      { code: 'NOT_MEMBERS', network: 'ARIN_AP' },
    ]);
  });

  it('holds nothing against it that was not said', () => {
    expect(fitting({ from: [], to: [] })).toEqual(['EGMONT_FIU', 'EU_FIU', 'BVI_BILATERAL_FIU', 'DIAGONAL']);
    expect(remarks({ from: [], to: [] })).toEqual([]);
  });

  it('asks on which other ways the same was asked, and warns of the same way twice', () => {
    expect(remarks({ alsoRequestedVia: null })).toEqual(['SAY_ALSO_REQUESTED_VIA']);
    expect(remarks({ alsoRequestedVia: ['EGMONT_FIU', 'FIU', 'INTERPOL'] })).toEqual(['ASKED_THERE_ALREADY', 'ASKED_THERE_ALREADY']);
    expect(remarks({ alsoRequestedVia: ['INTERPOL'] })).toEqual([]);
  });

  it('knows the one measure that a unit may take (2.2)', () => {
    expect(remarks({ isCoercive: true })).toContain('SUSPENSION_BY_FIU');
    expect(remarks({ isCoercive: true, help: 'COMPANY_DATA' })).not.toContain('SUSPENSION_BY_FIU');
  });
});

describe('the table of advice', () => {
  it('has a channel for each kind of help, and a source for each channel', () => {
    for (const help of HELP) expect(channels({ help, from: [], to: [] }).length, help).toBeGreaterThan(0);
    for (const { source, because } of CHANNEL_ADVICE) expect([source, because].every((text) => text.length > 8)).toBe(true);
  });

  it('advises every profile that deals with other States', () => {
    const advisable = new Set([...CHANNEL_ADVICE.flatMap(({ profiles }) => profiles), 'FORMAL_MLA']);
    const abroad = Object.values(PROFILES).filter(({ domestic }) => !domestic);
    expect(abroad.map(({ id }) => id).filter((id) => !advisable.has(id))).toEqual([]);
  });
});
