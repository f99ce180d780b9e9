import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Authority } from '../../domain/authority.js';
import type { Profile } from '../../domain/profiles/profile.js';
import type { Network, NetworkSeat, Seat } from '../../domain/vocabulary.js';
import { addressable, askedIn, belong, filledIn, isExcepted, joins, mattersDiffer, onwardTypes } from '../../policies/channels.js';
import { violationsOf } from '../support/decision.js';
import { answer, contentSend, fia, fix, itemFacts, submit } from '../support/facts.js';
import { withEntry } from '../support/openings.js';

const seated = (network: Network, seat: NetworkSeat = 'MEMBER') => withEntry(fia, { networks: [{ network, seat }] });
const bare = { ...fia, entry: null };

/** on either side, beside somebody who belongs */
function belongsTo(profile: Profile, authority: Authority | null): boolean {
  const { network, region } = profile;
  const networks: Seat[] = network === null ? [] : [{ network, seat: 'MEMBER' }];
  const member = withEntry(fia, { networks, territory: region?.[0] ?? 'NG' });
  const types = { fromType: 'FIU', toType: 'FIU' } as const;
  const [near, far] = [
    { from: authority, to: member },
    { from: member, to: authority },
  ].map((ends) => belong(profile, { ...ends, ...types }));
  expect(near).toBe(far);
  return near!;
}

describe('a profile', () => {
  it('of a network is for its members alone', () => {
    expect(belongsTo(PROFILES.CARIN, seated('CARIN'))).toBe(true);
    const claimed = { ...seated('CARIN'), designatedSeats: [] };
    for (const other of [seated('CARIN', 'OBSERVER'), seated('CARIN', 'ASSOCIATE'), seated('GLOBE'), claimed, fia, bare, null])
      expect(belongsTo(PROFILES.CARIN, other)).toBe(false);
  });

  it('of a region is for those that lie in it', () => {
    expect(belongsTo(PROFILES.EU_FIU, withEntry(fia, { territory: 'EE' }))).toBe(true);
    for (const other of [fia, bare, null]) expect(belongsTo(PROFILES.EU_FIU, other)).toBe(false);
  });

  it('of both is for those who are in the one and the other', () => {
    const both = { ...PROFILES.CARIN, region: ['EE'] };
    expect(belongsTo(both, withEntry(seated('CARIN'), { territory: 'EE' }))).toBe(true);
    expect(belongsTo(both, seated('CARIN'))).toBe(false);
    expect(belongsTo(both, withEntry(fia, { territory: 'EE' }))).toBe(false);
  });

  it('of neither is for everybody', () => {
    for (const anybody of [fia, bare, null]) expect(belongsTo(PROFILES.LE_ART48, anybody)).toBe(true);
  });

  it('joins a pair for the exchanges that it is for, and for handing on whichever it came by', () => {
    const pairs = [{ from: ['FIU'] as const, to: ['COURT'] as const, on: ['FIU_REQUEST'] as const }];
    const profile = { ...PROFILES.LE_ART48, pairs };
    const ends = { from: fia, fromType: 'FIU', to: fix, toType: 'COURT' } as const;
    expect([joins(profile, ends, 'FIU_REQUEST'), joins(profile, ends, 'LE_REQUEST'), joins(profile, ends, null)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(joins(profile, { ...ends, fromType: 'COURT' }, null)).toBe(false);
    expect(joins(profile, { ...ends, toType: 'FIU' }, null)).toBe(false);
    const athome = { ...profile, pairs: [{ ...pairs[0]!, domestic: true as const }] };
    expect(joins(athome, ends, null)).toBe(false);
    expect(joins(athome, { ...ends, to: fia }, null)).toBe(true);
  });

  it('lets a type address what its own pairs name, and no other type', () => {
    expect(addressable(PROFILES.CIVIL_ADMIN, 'CIVIL_ADMIN_FOCAL_POINT').toSorted()).toEqual([
      'CENTRAL_AUTHORITY_MLA',
      'CIVIL_ADMIN_FOCAL_POINT',
    ]);
    expect(addressable(PROFILES.CIVIL_ADMIN, 'COURT')).toEqual([]);
    expect(onwardTypes(['OPERATOR'])).toEqual([]);
  });
});

describe('the way round', () => {
  it('is a profile that both sides belong to', () => {
    const astray = contentSend({ envelope: submit({ profile: 'CARIN' }) });
    const found = violationsOf(astray).find(({ rule }) => rule === 'channel/pair');
    expect(found?.remedy).toMatchObject({ action: 'use-profile', profiles: expect.arrayContaining(['BVI_BILATERAL_FIU', 'EGMONT_FIU']) });
    expect(found?.remedy).not.toMatchObject({ profiles: expect.arrayContaining(['EU_FIU']) });
    const abroad = { ...astray, from: withEntry(fia, { territory: 'EE' }), to: withEntry(fix, { territory: 'DE' }) };
    expect(violationsOf(abroad).find(({ rule }) => rule === 'channel/pair')?.remedy).toMatchObject({
      profiles: expect.arrayContaining(['EU_FIU']),
    });
  });

  it('is no network of its pair in which one of them has no seat', () => {
    const type = 'ASSET_RECOVERY_FOCAL_POINT';
    const envelope = submit({ profile: 'CARIN', exchangeType: 'ASSET_TRACING_REQUEST', fromType: type, toType: type });
    const round = (networks: Seat[]) =>
      violationsOf(contentSend({ envelope, from: withEntry(fia, { networks }), to: withEntry(fix, { networks }) })).find(
        ({ rule }) => rule === 'channel/pair',
      )?.remedy;
    expect(round([{ network: 'INTERPOL_GFPN', seat: 'MEMBER' }])).toEqual({ action: 'use-profile', profiles: ['INTERPOL'] });
    expect(round([])).toMatchObject({ action: 'choose-addressee' });
  });
});

describe('a message', () => {
  it('asks for what it names, as a whole and part by part, and for nothing where it names nothing', () => {
    expect(askedIn(submit({}))).toEqual([]);
    const parts = [{ id: 'a', assistanceType: 'SEARCH' as const, coercive: true }];
    expect(askedIn(submit({ assistanceTypes: ['COMPANY_RECORDS'] }, { parts }))).toEqual(['COMPANY_RECORDS', 'SEARCH']);
  });

  it('fills the fields that its items say, and none where they bear no form', () => {
    const form = (...present: string[]) => itemFacts({ form: { schema: 'x', present, disclosures: [] } });
    expect([...filledIn(contentSend({ items: [form('a'), form('b'), itemFacts({ form: null })] }))]).toEqual(['a', 'b']);
    expect([...filledIn(contentSend({ items: [itemFacts({ form: null })] }))]).toEqual([]);
  });

  it('says that the matter is another there only where it opens, and names another', () => {
    const opening = (matterTypeRequested?: 'CIVIL' | 'CRIMINAL') =>
      mattersDiffer(submit({ matterType: 'CRIMINAL' }, matterTypeRequested === undefined ? {} : { matterTypeRequested }));
    expect([opening(), opening('CRIMINAL'), opening('CIVIL')]).toEqual([null, null, 'CIVIL']);
    expect(mattersDiffer(answer('FINAL_REPLY', {}))).toBeNull();
  });

  it('may ask for one coercive measure informally: a transaction held back, by its own exchange', () => {
    const postponing = submit({ exchangeType: 'POSTPONEMENT_REQUEST' });
    expect(isExcepted('TRANSACTION_SUSPENSION', postponing)).toBe(true);
    expect(isExcepted('FREEZING', postponing)).toBe(false);
    expect(isExcepted('TRANSACTION_SUSPENSION', submit({}))).toBe(false);
  });
});
