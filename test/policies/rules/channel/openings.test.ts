import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../../domain/profiles/index.js';
import { ASSISTANCE_TYPES, PROFILE_IDS, type AssistanceType, type ProfileId } from '../../../../domain/vocabulary.js';
import { codesOf, violationsOf } from '../../../support/decision.js';
import { contentRelease, designated, efcx, itemFacts } from '../../../support/facts.js';
import { authority, digest, instant } from '../../../support/ids.js';
import { contentOpening, withEntry } from '../../../support/openings.js';

const part = (assistanceType: AssistanceType, coercive = false) => [{ id: 'a', assistanceType, coercive }];
const central = (id: string, over = {}) => withEntry(designated(authority(id), ['CENTRAL_AUTHORITY_MLA']), over);

describe('an opening message', () => {
  it.each(
    PROFILE_IDS.flatMap((id) => PROFILES[id].exchangeTypes.filter((type) => type !== 'CONSENT_REQUEST').map((type) => [id, type] as const)),
  )('on %s with %s is accepted when it owes nothing more', (id, type) => {
    expect(violationsOf(contentOpening(id, { type }))).toEqual([]);
  });

  it('in the language of the network is read by everybody in it, and one that both agreed on too', () => {
    const french = (id: 'ARIN_WA' | 'ARIN_SA', languages: string[]) =>
      contentOpening(id, { over: { language: 'fr' }, toEntry: { languages } });
    expect(codesOf(french('ARIN_WA', ['en']))).toEqual([]);
    expect(codesOf(french('ARIN_SA', ['en', 'fr']))).toEqual([]);
    expect(violationsOf(french('ARIN_SA', ['en']))).toMatchObject([
      { code: 'LANGUAGE_NOT_ACCEPTED', remedy: { action: 'translate', languages: ['en'] } },
    ]);
  });
});

describe('a network', () => {
  const seats = (network: 'CARIN' | 'ARIN_SA', seat: 'MEMBER' | 'OBSERVER' | 'ASSOCIATE' = 'MEMBER') => ({ networks: [{ network, seat }] });

  it('lets its members speak and no stranger, and says where both sit', () => {
    expect(codesOf(contentOpening('CARIN'))).toEqual([]);
    expect(violationsOf(contentOpening('CARIN', { toEntry: seats('ARIN_SA') }))).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED', rule: 'channel/network', offenders: ['VG-TWO'], remedy: { action: 'none' } },
    ]);
    const bridging = { networks: [...seats('CARIN').networks, ...seats('ARIN_SA').networks] };
    expect(violationsOf(contentOpening('CARIN', { toEntry: seats('ARIN_SA'), fromEntry: bridging }))).toMatchObject([
      { rule: 'channel/network', remedy: { action: 'use-profile', profiles: ['ARIN_SA'] } },
    ]);
    expect(codesOf(contentOpening('ARIN_SA', { toEntry: seats('ARIN_SA'), fromEntry: bridging }))).toEqual([]);
  });

  it('takes no seat for granted where an entry says nothing of networks, or is not there', () => {
    expect(violationsOf(contentOpening('CARIN', { fromEntry: { networks: undefined } }))).toMatchObject([
      { rule: 'channel/network', offenders: ['NG-ONE'] },
    ]);
    const unknown = violationsOf(contentOpening('CARIN', { facts: { to: null } }));
    expect(unknown.map(({ rule }) => rule)).toEqual(['recipient/addressee-designated', 'channel/network']);
  });

  it.each(['OBSERVER', 'ASSOCIATE'] as const)('gives case data to no %s', (seat) => {
    expect(violationsOf(contentOpening('CARIN', { toEntry: seats('CARIN', seat) }))).toMatchObject([
      { code: 'OBSERVER_NO_CASE_DATA', rule: 'channel/network-observer', offenders: ['VG-TWO'] },
    ]);
  });

  it('has no observer to whom an answer that came by it is handed on', () => {
    const observing = withEntry(efcx, seats('CARIN', 'OBSERVER'));
    const handed = (givenOn: ProfileId | null) =>
      violationsOf(contentRelease({ to: observing, item: itemFacts({ givenOn }) })).map(({ rule }) => rule);
    expect(handed('CARIN')).toContain('channel/network-observer');
    expect(handed('BVI_BILATERAL_FIU')).toEqual([]);
    expect(handed(null)).toEqual([]);
  });

  it('that an exchange was opened on goes on with it', () => {
    const facts = contentOpening('CARIN', { toEntry: { networks: [] } });
    expect(codesOf({ ...facts, exchange: null })).toEqual(['CHANNEL_NOT_PERMITTED']);
    const rules = violationsOf({ ...facts, exchange: exchangeOf(facts) }).map(({ rule }) => rule);
    expect(rules).not.toContain('channel/network');
  });
});

const exchangeOf = ({ envelope }: ReturnType<typeof contentOpening>) =>
  ({
    id: envelope.exchange,
    type: envelope.exchangeType,
    profile: envelope.profile,
    requesting: envelope.from,
    requestingType: envelope.fromType,
    requested: envelope.to,
    requestedType: envelope.toType,
  }) as never;

describe('the units of the Union', () => {
  it('speak among themselves: the region is theirs', () => {
    expect(
      violationsOf(
        contentOpening('EU_FIU', { toEntry: { territory: 'CH' }, body: { links: [{ territory: 'CH', digest: digest('request') }] } }),
      ),
    ).toMatchObject([
      {
        ...{ code: 'CHANNEL_NOT_PERMITTED', rule: 'channel/region', offenders: ['DE-TWO'] },
        // the units of the world are asked like any other
        remedy: { action: 'use-profile', profiles: ['EGMONT_FIU', 'BVI_BILATERAL_FIU'] },
      },
    ]);
    expect(violationsOf(contentOpening('EU_FIU', { fromEntry: { territory: 'GB' } }))).toMatchObject([
      { rule: 'channel/region', offenders: ['EE-ONE'] },
    ]);
  });

  it('are no region for who has no entry: that is said otherwise', () => {
    const rules = (facts: object) => violationsOf(contentOpening('EU_FIU', { facts })).map(({ rule }) => rule);
    expect(rules({ to: null })).toEqual(['recipient/addressee-designated']);
    const blank = { ...contentOpening('EU_FIU').to!, entry: null };
    expect(rules({ to: blank })).not.toContain('channel/region');
  });

  it('say why their own network was not used, and protect as well as it does', () => {
    expect(violationsOf(contentOpening('EU_FIU', { body: { fallbackReason: undefined } }))).toMatchObject([
      { code: 'MISSING_FIELD', offenders: ['fallbackReason'] },
    ]);
    const sealed = (suites: ('age-pq-1' | 'age-x25519-1' | 'openpgp-4')[], id: 'EU_FIU' | 'EGMONT_FIU' = 'EU_FIU', body = {}) => {
      const facts = contentOpening(id, { body });
      return { ...facts, items: facts.items.map((item) => ({ ...item, suites })) };
    };
    expect(violationsOf(sealed(['openpgp-4']))).toMatchObject([
      { code: 'UNPROTECTED_CHANNEL', rule: 'channel/fallback', remedy: { action: 'reseal', suites: ['age-pq-1', 'age-x25519-1'] } },
    ]);
    expect(codesOf(sealed(['age-x25519-1']))).toEqual([]);
    expect(codesOf(sealed(['openpgp-4'], 'EGMONT_FIU', { fallbackReason: 'TECHNICAL_FAILURE' }))).toEqual(['UNPROTECTED_CHANNEL']);
    expect(codesOf(sealed(['openpgp-4'], 'EGMONT_FIU', { fallbackReason: undefined }))).toEqual([]);
  });
});

describe('equal assurance', () => {
  const outside = { networks: [{ network: 'GLOBE', seat: 'MEMBER' } as const] };

  it('is declared by a unit that lists its networks and not this one', () => {
    expect(violationsOf(contentOpening('EGMONT_FIU', { toEntry: outside }))).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED', rule: 'channel/equal-assurance', offenders: ['VG-TWO'] },
    ]);
    expect(codesOf(contentOpening('EGMONT_FIU', { toEntry: { ...outside, equalAssurance: true } }))).toEqual([]);
    expect(codesOf(contentOpening('EGMONT_FIU', { toEntry: { networks: [{ network: 'EGMONT', seat: 'MEMBER' }] } }))).toEqual([]);
    expect(codesOf(contentOpening('EGMONT_FIU', { facts: { to: null } }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });

  it('is not asked for on other channels, nor again in the middle of an exchange', () => {
    expect(codesOf(contentOpening('BVI_BILATERAL_FIU', { toEntry: outside, body: { reciprocity: true } }))).toEqual([]);
    const facts = contentOpening('EGMONT_FIU', { toEntry: outside });
    expect(codesOf({ ...facts, exchange: exchangeOf(facts) })).not.toContain('CHANNEL_NOT_PERMITTED');
  });
});

describe('the level of a channel', () => {
  const at = (level: 'OFFICIAL' | 'RESTRICTED') => {
    const facts = contentOpening('PREVENTION');
    return { ...facts, items: facts.items.map((item) => ({ ...item, label: { ...item.label, level } })) };
  };
  it('is never exceeded', () => {
    expect(codesOf(at('OFFICIAL'))).toEqual([]);
    expect(violationsOf(at('RESTRICTED'))).toMatchObject([
      { code: 'CLASSIFICATION_EXCEEDS_SYSTEM', rule: 'channel/profile-level', sentence: expect.stringContaining('OFFICIAL') },
    ]);
  });
});

describe('retention on a channel that limits it', () => {
  const until = (id: 'INTERPOL' | 'LE_ART48', destroyBy: string | null) => {
    const facts = contentOpening(id);
    const end = destroyBy === null ? null : instant(destroyBy);
    return violationsOf({ ...facts, items: facts.items.map((item) => ({ ...item, label: { ...item.label, destroyBy: end } })) });
  };
  it('ends within its years, to the day, and is named', () => {
    expect(until('INTERPOL', '2031-03-02T10:00:00Z')).toEqual([]);
    expect(until('INTERPOL', '2031-03-02T10:00:01Z')).toMatchObject([{ code: 'MISSING_FIELD', rule: 'channel/retention-max' }]);
    expect(until('INTERPOL', null)).toMatchObject([{ rule: 'channel/retention-max', remedy: { fields: ['label.destroyBy'] } }]);
    expect(until('LE_ART48', null)).toEqual([]);
  });
});

describe('a formal request', () => {
  const bureaux = { fromType: 'INTERPOL_NCB', toType: 'INTERPOL_NCB' } as const;
  const urgent = { urgency: 'URGENT' as const, ...bureaux };
  const reasons = { urgencyThresholds: ['DETENTION_DECISION' as const], alsoRequestedVia: [] };
  const ncb = (id: string, over = {}) => withEntry(designated(authority(id), ['INTERPOL_NCB']), over);

  it('goes between central authorities', () => {
    expect(codesOf(contentOpening('FORMAL_MLA'))).toEqual([]);
    const inv = withEntry(designated(authority('NG-ONE'), ['LAW_ENFORCEMENT']), {});
    const facts = contentOpening('FORMAL_MLA', { over: { fromType: 'LAW_ENFORCEMENT' }, facts: { from: inv } });
    expect(violationsOf(facts)).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED', rule: 'channel/pair' },
      { code: 'NOT_FORMAL_AUTHORITY', offenders: ['NG-ONE'], remedy: { action: 'formal-mla' } },
    ]);
    const court = withEntry(designated(authority('VG-TWO'), ['COURT']), {});
    expect(violationsOf(contentOpening('FORMAL_MLA', { over: { toType: 'COURT' }, facts: { to: court } }))).toMatchObject([
      { code: 'CHANNEL_NOT_PERMITTED' },
      { code: 'NOT_FORMAL_AUTHORITY', offenders: ['VG-TWO'] },
    ]);
  });

  it('goes between bureaux where it is urgent and the other side takes it so', () => {
    const sent = (over: object, accepts: boolean | undefined) =>
      codesOf(
        contentOpening('FORMAL_MLA', {
          over: { ...bureaux, ...over },
          body: reasons,
          filled: ['urgencyReason'],
          facts: { from: ncb('NG-ONE'), to: ncb('VG-TWO', { acceptsInterpolUrgent: accepts }) },
        }),
      );
    expect(sent(urgent, true)).toEqual([]);
    expect(sent({ ...urgent, urgency: 'EMERGENCY' }, true)).toEqual([]);
    expect(sent(urgent, undefined)).toEqual(['NOT_FORMAL_AUTHORITY']);
    expect(sent({}, true)).toEqual(['NOT_FORMAL_AUTHORITY']);
    expect(
      codesOf(
        contentOpening('FORMAL_MLA', { over: urgent, body: reasons, filled: ['urgencyReason'], facts: { from: ncb('NG-ONE'), to: null } }),
      ),
    ).toEqual(['ADDRESSEE_NOT_DESIGNATED', 'NOT_FORMAL_AUTHORITY']);
  });

  it('does not go here to whoever takes it through diplomatic channels alone, as the type that says so', () => {
    const requirements = { requiresDiplomaticChannel: true };
    const sent = (toEntry: object, over: object = {}) => violationsOf(contentOpening('FORMAL_MLA', { toEntry, ...over }));
    expect(sent({ requirements })).toMatchObject([
      {
        code: 'CHANNEL_NOT_PERMITTED',
        rule: 'channel/diplomatic',
        offenders: ['VG-TWO'],
        remedy: { action: 'use-profile', profiles: ['INFORMAL_MLA_CONSULT'] },
      },
    ]);
    expect(sent({ byType: [{ type: 'CENTRAL_AUTHORITY_MLA', requirements }] })).toHaveLength(1);
    expect(sent({ byType: [{ type: 'FIU', requirements }] })).toEqual([]);
    expect(sent({ requirements: { requiresDiplomaticChannel: false } })).toEqual([]);
    expect(sent({ requirements }, { type: 'CONSENT_REQUEST' }).map(({ rule }) => rule)).not.toContain('channel/diplomatic');
    expect(violationsOf(contentOpening('INFORMAL_MLA_CONSULT', { toEntry: { requirements } }))).toEqual([]);
    const bureau = { from: ncb('NG-ONE'), to: ncb('VG-TWO', { acceptsInterpolUrgent: true, requirements }) };
    expect(codesOf(contentOpening('FORMAL_MLA', { over: urgent, body: reasons, filled: ['urgencyReason'], facts: bureau }))).toEqual([]);
  });

  it('may ask for coercive measures, as no other channel may', () => {
    expect(codesOf(contentOpening('FORMAL_MLA', { body: { parts: part('BANK_RECORDS_COMPELLED', true) } }))).toEqual([]);
    expect(codesOf(contentOpening('LE_ART48', { body: { parts: part('BANK_RECORDS_COMPELLED', true) } }))).toEqual([
      'COERCIVE_MEASURE_INFORMAL',
    ]);
    expect(violationsOf(contentOpening('EXTRADITION_CONSULT', { over: { assistanceTypes: ['PROVISIONAL_ARREST'] } }))).toMatchObject([
      { code: 'COERCIVE_MEASURE_INFORMAL', remedy: { action: 'formal-mla', via: 'CENTRAL_AUTHORITY_EXTRADITION' } },
    ]);
  });

  it('marks as coercive what is so by its kind, and says itself of what may be either', () => {
    const formal = (type: AssistanceType, coercive: boolean) => contentOpening('FORMAL_MLA', { body: { parts: part(type, coercive) } });
    expect(violationsOf(formal('COMPELLED_TESTIMONY', false))).toMatchObject([
      {
        rule: 'form/coercive-flag',
        code: 'MISSING_FIELD',
        offenders: ['a'],
        sentence: 'a (COMPELLED_TESTIMONY) asks for what is coercive by its kind and says that it is not.',
        remedy: { action: 'complete-field', fields: ['body.parts'] },
      },
    ]);
    const rules = (type: AssistanceType, coercive: boolean) => violationsOf(formal(type, coercive)).map(({ rule }) => rule);
    for (const type of ['UNCAC_46_3_F', 'UNCAC_46_3_J', 'UNCAC_46_3_K', 'COMPANY_RECORDS'] as const)
      for (const coercive of [true, false]) expect(rules(type, coercive), type).not.toContain('form/coercive-flag');
    for (const [type, { coercive }] of Object.entries(ASSISTANCE_TYPES)) {
      const isSaid = !coercive || ['UNCAC_46_3_F', 'UNCAC_46_3_J', 'UNCAC_46_3_K'].includes(type);
      expect(rules(type as AssistanceType, false).includes('form/coercive-flag'), type).toBe(!isSaid);
      expect(rules(type as AssistanceType, true), type).not.toContain('form/coercive-flag');
    }
    expect(codesOf(contentOpening('FORMAL_MLA', {}))).toEqual([]);
  });

  it('is the only place for every kind that counts as coercive', () => {
    for (const [type, { coercive }] of Object.entries(ASSISTANCE_TYPES))
      expect(codesOf(contentOpening('CARIN', { over: { assistanceTypes: [type as AssistanceType] } })), type).toEqual(
        coercive ? ['COERCIVE_MEASURE_INFORMAL'] : [],
      );
  });
});

describe('holding a transaction back', () => {
  const asked = (type: 'POSTPONEMENT_REQUEST' | 'FIU_REQUEST', coercive: boolean) =>
    contentOpening('EGMONT_FIU', { type, body: { parts: part('TRANSACTION_SUSPENSION', coercive) } });

  it('is asked of a unit whose law allows it, by its own exchange', () => {
    expect(codesOf(asked('POSTPONEMENT_REQUEST', true))).toEqual([]);
    expect(codesOf(asked('POSTPONEMENT_REQUEST', false))).toEqual(['MISSING_FIELD']);
    expect(codesOf(asked('FIU_REQUEST', true))).toEqual(['COERCIVE_MEASURE_INFORMAL']);
    expect(codesOf(contentOpening('EGMONT_FIU', { type: 'POSTPONEMENT_REQUEST', body: { parts: part('FREEZING') } }))).toEqual([
      'COERCIVE_MEASURE_INFORMAL',
    ]);
  });

  it('is not asked of one that says nothing of it', () => {
    const facts = contentOpening('EGMONT_FIU', { type: 'POSTPONEMENT_REQUEST', toEntry: { canSuspendForForeignFiu: undefined } });
    expect(violationsOf(facts)).toMatchObject([{ code: 'CHANNEL_NOT_PERMITTED', rule: 'channel/postponement', offenders: ['VG-TWO'] }]);
    expect(codesOf(contentOpening('EGMONT_FIU', { type: 'POSTPONEMENT_REQUEST', facts: { to: null } }))).toEqual([
      'ADDRESSEE_NOT_DESIGNATED',
      'CHANNEL_NOT_PERMITTED',
    ]);
  });
});

describe('civil and administrative help', () => {
  it('is not asked of who gives none: criminal MLA only', () => {
    const none = { civilAdminCooperation: 'NONE' as const };
    expect(violationsOf(contentOpening('CIVIL_ADMIN', { toEntry: none }))).toMatchObject([
      {
        code: 'CHANNEL_NOT_PERMITTED',
        rule: 'channel/civil-admin',
        sentence: expect.stringContaining('criminal MLA only'),
        remedy: { action: 'formal-mla' },
      },
    ]);
    expect(codesOf(contentOpening('CIVIL_ADMIN', { toEntry: { civilAdminCooperation: 'LIMITED' } }))).toEqual([]);
    const consult = (matterType: 'ADMINISTRATIVE' | 'CRIMINAL') =>
      contentOpening('INFORMAL_MLA_CONSULT', {
        over: { matterType },
        body: { matterTypeRequested: undefined },
        facts: { to: central('VG-TWO', none) },
      });
    expect(codesOf(consult('ADMINISTRATIVE'))).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(consult('CRIMINAL'))).toEqual([]);
    const civil = contentOpening('CIVIL_ADMIN', {
      over: { matterType: 'CRIMINAL' },
      body: { matterTypeRequested: 'CRIMINAL' },
      toEntry: none,
    });
    expect(codesOf(civil)).toEqual(['CHANNEL_NOT_PERMITTED']);
    expect(codesOf(contentOpening('CIVIL_ADMIN', { facts: { to: null } }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });

  it('is not what is asked for where consent is, for what was given in a criminal matter, nor where something is told', () => {
    const toEntry = { civilAdminCooperation: 'NONE' as const };
    const said = (profile: ProfileId, type: 'CONSENT_REQUEST' | 'FEEDBACK' | 'SPONTANEOUS_DISCLOSURE') =>
      violationsOf(contentOpening(profile, { type, toEntry, over: { matterType: 'CIVIL' } })).map(({ rule }) => rule);
    expect(said('FORMAL_MLA', 'CONSENT_REQUEST')).not.toContain('channel/civil-admin');
    expect(said('FORMAL_MLA', 'FEEDBACK')).not.toContain('channel/civil-admin');
    expect(said('SPONTANEOUS', 'SPONTANEOUS_DISCLOSURE')).not.toContain('channel/civil-admin');
  });
});

describe('a diagonal chain', () => {
  const link = (id: string, authorityType: 'LAW_ENFORCEMENT' | 'FIU' | 'COURT' | 'SUPERVISOR') => ({
    authority: authority(id),
    authorityType,
  });
  const faultsOf = (chain: ReturnType<typeof link>[]) =>
    violationsOf(contentOpening('DIAGONAL', { body: { chain } })).map(({ rule, sentence }) => [rule, sentence]);

  it('leads from who needs it through who asks to who is asked', () => {
    expect(faultsOf([link('NG-ONE', 'LAW_ENFORCEMENT'), link('NG-TWO', 'FIU'), link('VG-LAST', 'FIU')])).toEqual([]);
  });

  it.each([
    [
      'begins with somebody else',
      [link('GH-POL', 'LAW_ENFORCEMENT'), link('NG-ONE', 'LAW_ENFORCEMENT'), link('NG-TWO', 'FIU')],
      'on whose behalf',
    ],
    ['leaves the addressee out', [link('NG-ONE', 'LAW_ENFORCEMENT'), link('VG-LAST', 'FIU')], 'from the sender to the addressee'],
    ['has the sender as something else', [link('NG-ONE', 'SUPERVISOR'), link('NG-TWO', 'FIU')], 'from the sender to the addressee'],
    [
      'has the addressee as something else',
      [link('NG-ONE', 'LAW_ENFORCEMENT'), link('NG-TWO', 'COURT')],
      'from the sender to the addressee',
    ],
    ['ends with the sender', [link('NG-TWO', 'FIU'), link('NG-ONE', 'LAW_ENFORCEMENT')], 'from the sender to the addressee'],
    ['goes in a circle', [link('NG-ONE', 'LAW_ENFORCEMENT'), link('NG-TWO', 'FIU'), link('NG-ONE', 'LAW_ENFORCEMENT')], 'twice'],
    ['reaches a court', [link('NG-ONE', 'LAW_ENFORCEMENT'), link('NG-TWO', 'FIU'), link('VG-LAST', 'COURT')], 'may not speak'],
  ])('does not hold where it %s', (_, chain, fault) => {
    expect(faultsOf(chain)).toEqual(expect.arrayContaining([['channel/diagonal-chain', expect.stringContaining(fault)]]));
  });

  it('is owed, and so are its first and its last word', () => {
    const facts = contentOpening('DIAGONAL', { body: { chain: undefined, ultimatePurpose: undefined }, over: { onBehalfOf: undefined } });
    expect(violationsOf(facts).map(({ code, offenders }) => [code, ...offenders])).toEqual([
      ['MISSING_FIELD', 'chain'],
      ['MISSING_FIELD', 'ultimatePurpose'],
      ['MISSING_FIELD', 'onBehalfOf'],
    ]);
  });

  it('is not compared with a name that is not given: that is said by itself', () => {
    const facts = contentOpening('DIAGONAL', { over: { onBehalfOf: undefined } });
    expect(violationsOf(facts)).toMatchObject([{ rule: 'form/on-behalf-of' }]);
  });
});
