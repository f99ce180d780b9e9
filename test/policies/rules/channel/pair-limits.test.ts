/** Pairs that a profile joins under a condition of their own: what the matter is on the other side, or a seat in a network. */
import { describe, expect, it } from 'vitest';
import type { AuthorityType, MatterType, Seat } from '../../../../domain/vocabulary.js';
import { codesOf, violationsOf } from '../../../support/decision.js';
import { answer, designated, exchange, itemFacts, LONG_AGO, officer } from '../../../support/facts.js';
import { authority, digest } from '../../../support/ids.js';
import { contentOpening, withEntry } from '../../../support/openings.js';

describe('a civil or administrative request to a central authority', () => {
  const asking = (matterTypeRequested: MatterType, filled: readonly string[] = ['coordinationPlan']) => {
    const toType = 'CENTRAL_AUTHORITY_MLA' as const;
    const to = designated(authority('VG-TWO'), [toType]);
    return contentOpening('CIVIL_ADMIN', { over: { toType }, body: { matterTypeRequested }, filled, facts: { to } });
  };

  it('is made where the matter is criminal on its side, and nowhere else', () => {
    expect(codesOf(asking('CRIMINAL'))).toEqual([]);
    expect(violationsOf(asking('CIVIL', []))).toMatchObject([
      {
        code: 'CHANNEL_NOT_PERMITTED',
        rule: 'channel/criminal-there',
        offenders: ['VG-TWO'],
        remedy: { action: 'choose-addressee', types: ['CIVIL_ADMIN_FOCAL_POINT'] },
      },
    ]);
  });

  it('is no matter of this rule between focal points, nor where nothing is said of the other side', () => {
    expect(codesOf(contentOpening('CIVIL_ADMIN', { body: { matterTypeRequested: 'CIVIL' } }))).toEqual([]);
    const rules = violationsOf({ ...asking('CRIMINAL'), ...unsaid() }).map(({ rule }) => rule);
    expect(rules).toEqual(['form/clear-fields']);
  });

  const unsaid = () => {
    const { envelope } = asking('CRIMINAL');
    const { matterTypeRequested: _none, ...body } = envelope.body as { matterTypeRequested: MatterType };
    return { envelope: { ...envelope, body } as typeof envelope };
  };
});

describe('focal points on the channel of the bureaux', () => {
  const POINT = 'ASSET_RECOVERY_FOCAL_POINT' as const;
  const speaking = (near: readonly Seat[], far: readonly Seat[]) => {
    const [from, to] = (
      [
        ['NG-ONE', near],
        ['VG-TWO', far],
      ] as const
    ).map(([id, networks]) => withEntry(designated(authority(id), [POINT]), { networks: [...networks] })) as [never, never];
    const over = { fromType: POINT, toType: POINT };
    return contentOpening('INTERPOL', { type: 'EMERGENCY_ASSET_REQUEST', over, facts: { from, to } });
  };
  const seat = (one: Seat['seat']): readonly Seat[] => [{ network: 'INTERPOL_GFPN', seat: one }];
  const rules = (near: readonly Seat[], far: readonly Seat[]) =>
    violationsOf(speaking(near, far)).map(({ rule, offenders }) => [rule, ...offenders]);

  it('sit in the network of focal points, both of them', () => {
    expect(rules(seat('MEMBER'), seat('MEMBER'))).toEqual([]);
    expect(rules(seat('MEMBER'), [])).toEqual([['channel/network', 'VG-TWO']]);
    expect(rules([], seat('MEMBER'))).toEqual([['channel/network', 'NG-ONE']]);
  });

  it('and whoever observes it is given no case data', () => {
    expect(rules(seat('MEMBER'), seat('OBSERVER'))).toEqual([['channel/network-observer', 'VG-TWO']]);
  });

  it('is asked of no bureau', () => {
    expect(codesOf(contentOpening('INTERPOL'))).toEqual([]);
  });
});

describe('a single point of contact of the Union', () => {
  const asked = (from: string, to: string) => {
    const [near, far] = [designated(authority(from), ['LAW_ENFORCEMENT']), designated(authority(to), ['SPOC'])];
    return contentOpening('LE_ART48', { over: { from: near.id, to: far.id, toType: 'SPOC' }, facts: { from: near, to: far } });
  };
  const region = (from: string, to: string) => violationsOf(asked(from, to)).filter(({ rule }) => rule === 'channel/region');

  it('is asked from the Union and the States associated with Schengen, whose law its hours are', () => {
    for (const from of ['DE-ONE', 'NO-ONE']) expect(region(from, 'FR-TWO')).toEqual([]);
  });

  it('is not asked from elsewhere: the police is, within no hours of that law', () => {
    expect(region('NG-ONE', 'FR-TWO')).toMatchObject([
      {
        code: 'CHANNEL_NOT_PERMITTED',
        offenders: ['NG-ONE'],
        remedy: { action: 'choose-addressee', types: ['LAW_ENFORCEMENT', 'PROSECUTION'] },
      },
    ]);
    expect(region('DE-ONE', 'VG-TWO')).toMatchObject([{ offenders: ['VG-TWO'] }]);
  });

  it('is not named as a way to whoever lies elsewhere', () => {
    const other = { ...asked('NG-ONE', 'FR-TWO') };
    const envelope = { ...other.envelope, profile: 'GLOBE' as const };
    const [found] = violationsOf({ ...other, envelope }).filter(({ rule }) => rule === 'channel/pair');
    expect(found?.remedy).toEqual({ action: 'choose-addressee', types: [] });
  });
});

describe('what nobody asked for', () => {
  const told = (networks: readonly Seat[], type: AuthorityType = 'ARIN_CONTACT_JUDICIAL') => {
    const facts = contentOpening('SPONTANEOUS', { over: { fromType: 'ARIN_CONTACT_LE', toType: type } });
    const to = withEntry(designated(facts.to!.id, [type]), { networks: [...networks] });
    return codesOf({ ...facts, from: designated(facts.from!.id, ['ARIN_CONTACT_LE']), to });
  };
  const member = (network: Seat['network']): Seat => ({ network, seat: 'MEMBER' });

  it.each(['OBSERVER', 'ASSOCIATE'] as const)('is told no contact point that is but an %s of its network', (seat) => {
    const observing: readonly Seat[] = [{ network: 'CARIN', seat }];
    expect(told(observing)).toEqual(['OBSERVER_NO_CASE_DATA']);
    expect(told([...observing, member('GLOBE')])).toEqual(['OBSERVER_NO_CASE_DATA']);
    expect(told([...observing, member('ARIN_SA')])).toEqual([]);
    expect(told([])).toEqual([]);
    // an office of the State is one whatever it observes
    expect(told(observing, 'ASSET_RECOVERY_OFFICE')).toEqual([]);
  });

  it('is acknowledged to a contact point that told it, whatever its seat, and answered with nothing else', () => {
    const facts = contentOpening('SPONTANEOUS', { over: { fromType: 'ARIN_CONTACT_LE', toType: 'ARIN_CONTACT_LE' } });
    const [teller, told] = [facts.from!, facts.to!].map(({ id }) => designated(id, ['ARIN_CONTACT_LE']));
    const observes = withEntry(teller!, { networks: [{ network: 'CARIN', seat: 'OBSERVER' }] });
    const ends = { from: told!.id, fromType: 'ARIN_CONTACT_LE', to: teller!.id, toType: 'ARIN_CONTACT_LE' } as const;
    const envelope = answer(
      'ACKNOWLEDGE',
      { receivedAt: LONG_AGO },
      { ...ends, profile: 'SPONTANEOUS', exchangeType: 'SPONTANEOUS_DISCLOSURE' },
    );
    const parties = { requesting: teller!.id, requestingType: ends.toType, requested: told!.id, requestedType: ends.fromType };
    const opened = { ...exchange, ...parties, type: 'SPONTANEOUS_DISCLOSURE', profile: 'SPONTANEOUS' } as const;
    const back = { ...facts, officer: officer(told!.id), envelope, exchange: opened, from: withEntry(told!, {}), to: observes, items: [] };
    expect(codesOf(back)).toEqual([]);
    expect(codesOf({ ...back, items: [itemFacts({ issuer: told!.id, givenOn: null, cameFrom: [] })] })).toContain('OBSERVER_NO_CASE_DATA');
  });
});

describe('whoever is less than a member of a network', () => {
  const seat = (network: Seat['network'], as: Seat['seat']): { networks: Seat[] } => ({ networks: [{ network, seat: as }] });

  it.each(['OBSERVER', 'ASSOCIATE'] as const)('as %s is told at once that it would get no answer there, and where it could ask', (as) => {
    expect(violationsOf(contentOpening('CARIN', { fromEntry: seat('CARIN', as) }))).toMatchObject([
      { code: 'OBSERVER_NO_CASE_DATA', rule: 'channel/network-observer', offenders: ['NG-ONE'], remedy: { action: 'none' } },
    ]);
    const both: { networks: Seat[] } = { networks: [...seat('CARIN', as).networks, ...seat('ARIN_SA', 'MEMBER').networks] };
    expect(violationsOf(contentOpening('CARIN', { fromEntry: both, toEntry: { networks: [...both.networks] } }))).toMatchObject([
      { offenders: ['NG-ONE'], remedy: { action: 'use-profile', profiles: ['ARIN_SA'] } },
      { offenders: ['VG-TWO'] },
    ]);
  });

  it('is asked of what it gave, without an item: its consent, and nothing that would give it something', () => {
    const toEntry = seat('CARIN', 'OBSERVER');
    const asked = contentOpening('CARIN', { type: 'CONSENT_REQUEST', toEntry });
    expect(codesOf({ ...asked, items: [] })).not.toContain('OBSERVER_NO_CASE_DATA');
    expect(codesOf(asked)).toContain('OBSERVER_NO_CASE_DATA');
    const back = contentOpening('CARIN', { type: 'CONSENT_REQUEST', fromEntry: toEntry });
    expect(codesOf({ ...back, items: [] })).not.toContain('OBSERVER_NO_CASE_DATA');
  });

  it('since it was asked is told that it is no longer needed, and answered nothing', () => {
    const facts = contentOpening('CARIN', { toEntry: seat('CARIN', 'OBSERVER') });
    const { from, to } = facts;
    const ends = { from: from!.id, fromType: facts.envelope.fromType, to: to!.id, toType: facts.envelope.toType } as const;
    const parties = { requesting: ends.from, requestingType: ends.fromType, requested: ends.to, requestedType: ends.toType };
    const opened = { ...exchange, ...parties, type: 'ASSET_TRACING_REQUEST', profile: 'CARIN' } as const;
    const on = { profile: 'CARIN', exchangeType: 'ASSET_TRACING_REQUEST' } as const;
    const over = { ...facts, exchange: opened, envelope: answer('NO_LONGER_REQUIRED', {}, { ...ends, ...on }), items: [] };
    expect(codesOf(over)).not.toContain('OBSERVER_NO_CASE_DATA');
    const turned = { ...opened, requesting: ends.to, requested: ends.from };
    const negative = { ...over, exchange: turned, envelope: answer('NEGATIVE_REPLY', {}, { ...ends, ...on }) };
    expect(codesOf(negative)).toContain('OBSERVER_NO_CASE_DATA');
    // what it gave may wait for its word
    const verify = { ...negative, envelope: answer('VERIFY_WITH_SOURCE', { items: [digest('given')] }, { ...ends, ...on }) };
    expect(codesOf(verify)).not.toContain('OBSERVER_NO_CASE_DATA');
  });
});
