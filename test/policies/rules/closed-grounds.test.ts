/** Where the law says "only if", no other ground passes, whatever other channels know. */
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../domain/profiles/index.js';
import { groundsFor } from '../../../domain/profiles/grounds.js';
import { AUTHORITY_TYPES, PROFILE_IDS, type AuthorityType, type ExchangeType, type ProfileId } from '../../../domain/vocabulary.js';
import { ground } from '../../../policies/rules/refusal/ground.js';
import { answer, contentReply } from '../../support/facts.js';
import { digest } from '../../support/ids.js';

const refused = (profile: ProfileId, exchangeType: ExchangeType, askedAs: AuthorityType, ...codes: string[]) =>
  ground.violatedBy(contentReply(answer('REFUSE', { codes, text: digest('why') }, { profile, exchangeType, fromType: askedAs })));

describe('a single point of contact', () => {
  const spoc = (...codes: string[]) => refused('LE_ART48', 'LE_REQUEST', 'SPOC', ...codes);

  it.each([
    ['(a)', 'NOT_HELD'],
    ['(b)', 'NON_CONFORMING'],
    ['(c)', 'JUDICIAL_AUTH_REFUSED'],
    ['(d)', 'DATA_CATEGORY_NOT_PERMITTED'],
    ['(e)', 'INACCURATE_DATA'],
    ['(f)(i)', 'ESSENTIAL_INTERESTS'],
    ['(f)(ii)', 'IMPAIRS_INVESTIGATION'],
    ['(f)(ii)', 'ONGOING_INQUIRY_IMPEDED'],
    ['(f)(ii)', 'PERSON_SAFETY'],
    ['(f)(iii)', 'LEGAL_PERSON_INTERESTS'],
    ['(g)(i)', 'MINOR_OFFENCE'],
    ['(g)(ii)', 'NO_OFFENCE_HERE'],
    ['(h)', 'ORIGINATOR_CONSENT_MISSING'],
  ])('may refuse for point %s, %s', (_, code) => {
    expect(spoc(code)).toEqual([]);
  });

  it.each(['DISPROPORTIONATE', 'OUT_OF_MANDATE', 'LEGAL_PRIVILEGE', 'COERCIVE_NEEDS_MLA', 'INSUFFICIENT_PROTECTION'])(
    'may not refuse for %s, which 6(1) does not know, alone or beside a ground; a police body may',
    (code) => {
      expect(spoc(code)).toMatchObject([{ offenders: [code], remedy: { action: 'complete-field', fields: ['body.codes'] } }]);
      expect(spoc(code, 'NOT_HELD')).toMatchObject([{ offenders: [code] }]);
      expect(refused('LE_ART48', 'LE_REQUEST', 'LAW_ENFORCEMENT', code)).toEqual([]);
    },
  );

  it.each(['MINOR_OFFENCE', 'NO_OFFENCE_HERE', 'LEGAL_PERSON_INTERESTS', 'DATA_CATEGORY_NOT_PERMITTED'])(
    'has %s of that law, which no police body has that is asked beside it',
    (code) => {
      for (const askedAs of ['LAW_ENFORCEMENT', 'PROSECUTION'] as const)
        expect(refused('LE_ART48', 'LE_REQUEST', askedAs, code)).toMatchObject([{ offenders: [code] }]);
    },
  );

  it('is told the list that it may choose from, whole, and no other', () => {
    const { grounds } = PROFILES.LE_ART48.closedGrounds[0]!;
    expect(spoc('DISPROPORTIONATE')[0]?.fill['allowed']).toBe(grounds.join(', '));
  });
});

describe('a unit of the Union', () => {
  const others = ['NON_CONFORMING', 'ESSENTIAL_INTERESTS', 'IMPAIRS_INVESTIGATION', 'NOT_HELD', 'INSUFFICIENT_PROTECTION'];

  it.each(['FIU_REQUEST', 'MULTI_FIU_REQUEST'] as const)(
    'refuses %s for fundamental principles, or where another has not consented',
    (type) => {
      expect(refused('EU_FIU', type, 'FIU', 'FUNDAMENTAL_PRINCIPLES')).toEqual([]);
      expect(refused('EU_FIU', type, 'FIU', 'ORIGINATOR_CONSENT_MISSING')).toEqual([]);
      for (const code of others) expect(refused('EU_FIU', type, 'FIU', code)).toMatchObject([{ offenders: [code] }]);
    },
  );

  it('is not so bound where it is asked to hold a transaction back, which its law may not know', () => {
    expect(refused('EU_FIU', 'POSTPONEMENT_REQUEST', 'FIU', ...others)).toEqual([]);
  });
});

it('no other channel has a closed list', () => {
  for (const id of PROFILE_IDS.filter((one) => one !== 'EU_FIU' && one !== 'LE_ART48'))
    for (const type of PROFILES[id].exchangeTypes)
      for (const askedAs of AUTHORITY_TYPES) expect(groundsFor(PROFILES[id], type, askedAs)).toBe(PROFILES[id].refusalGrounds);
});
