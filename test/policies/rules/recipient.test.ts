import { describe, expect, it } from 'vitest';
import { codesOf, violationsOf } from '../../support/decision.js';
import type { ReleaseFacts, SendFacts } from '../../../policies/facts.js';
import {
  answer,
  answerLabel,
  contentAccess,
  contentConsent,
  contentConsentRefusal,
  contentLabel,
  contentRelease,
  contentSend,
  contentUse,
  designated,
  EFCX,
  efcx,
  exchange,
  FIA,
  fia,
  FIX,
  fix,
  grant,
  itemFacts,
  LATER,
  NOW,
  officer,
  plain,
  PROS,
  release,
  submit,
  type WireLabel,
} from '../../support/facts.js';
import { digest, instant } from '../../support/ids.js';
import { contentOpening } from '../../support/openings.js';

describe('a private party', () => {
  it('is never a recipient, and no consent can make it one', () => {
    const facts = contentRelease({
      release: release({ to: 'private:NEWSPAPER', basis: { consents: [] } }),
      to: null,
      cited: [],
      consents: [],
    });
    expect(codesOf(facts)).toContain('PRIVATE_PARTY_RECIPIENT');
    expect(codesOf(facts)).not.toContain('ADDRESSEE_NOT_DESIGNATED');
    for (const { remedy } of violationsOf(facts)) expect(remedy.action).not.toBe('consent-request');
  });
});

describe('an addressee', () => {
  it('is an entry of the directory', () => {
    expect(codesOf(contentSend({ to: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
    expect(codesOf(contentConsent({ recipient: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
    expect(codesOf(contentRelease({ to: null }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });

  it('has signed an entry of its own', () => {
    expect(codesOf(contentSend({ to: { ...fix, entry: null } }))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });

  it('is designated by the operator and by itself as the type it is addressed as', () => {
    const [violation] = violationsOf(contentSend({ to: { ...fix, designatedTypes: ['COURT'] } }));
    expect(violation).toMatchObject({
      code: 'ADDRESSEE_NOT_DESIGNATED',
      offenders: [FIX],
      remedy: { action: 'choose-addressee', types: [] },
    });
    const supervisor = designated(FIX, ['SUPERVISOR']);
    const [other] = violationsOf(contentSend({ to: supervisor }));
    expect(other).toMatchObject({ remedy: { action: 'choose-addressee', types: ['SUPERVISOR'] } });
  });

  it('is named with the type it gets something as', () => {
    const { toType, ...untyped } = release();
    expect(toType).toBe('LAW_ENFORCEMENT');
    const [violation] = violationsOf(contentRelease({ release: untyped }));
    expect(violation).toMatchObject({ code: 'ADDRESSEE_NOT_DESIGNATED', sentence: expect.stringContaining('no stated type') });
  });

  it('is current up to the end of its entry and not at it', () => {
    const until = (validUntil: typeof NOW) => contentSend({ to: { ...fix, entry: { ...fix.entry!, validUntil } } });
    expect(codesOf(until(instant('2026-03-02T10:00:00.001Z')))).toEqual([]);
    expect(codesOf(until(NOW))).toEqual(['ADDRESSEE_NOT_DESIGNATED']);
  });

  it('takes part in operations: an observer receives no case data', () => {
    expect(codesOf(contentSend({ to: { ...fix, standing: 'OBSERVER' } }))).toEqual(['OBSERVER_NO_CASE_DATA']);
    expect(codesOf(contentRelease({ to: { ...efcx, standing: 'OBSERVER' } }))).toEqual(['OBSERVER_NO_CASE_DATA']);
    expect(codesOf(contentAccess({ reader: { ...efcx, standing: 'OBSERVER' } }))).toEqual(['OBSERVER_NO_CASE_DATA']);
  });
});

describe('an observer', () => {
  const observing = { standing: 'OBSERVER' } as const;
  const remediesOf = (facts: Parameters<typeof violationsOf>[0]) =>
    violationsOf(facts).map(({ code, remedy }) => [code, remedy.action] as const);

  it('is given nothing by anybody’s consent: what is refused says to choose somebody who takes part, and never to ask', () => {
    const caveats: WireLabel['caveats'] = [
      plain('NO_THIRD_PARTY'),
      plain('OWN_ORG_ONLY'),
      plain('CONFIDENTIAL_FACT'),
      { code: 'NAMED_RECIPIENTS', by: FIX, recipients: [FIA] },
      { code: 'CONFIDENTIAL_UNTIL', by: FIX, until: LATER },
    ];
    const label: WireLabel = { ...answerLabel, caveats };
    const ended = grant({ revokedAt: NOW });
    const facts = (to: ReleaseFacts['to'], givenOn: ReleaseFacts['item']['givenOn'] = 'BVI_BILATERAL_FIU') =>
      contentRelease({
        to,
        item: itemFacts({ label, givenOn }),
        release: release({ label, purpose: 'SUPERVISORY' }),
        consents: [ended],
        cited: [ended, null],
      });
    const member = remediesOf(facts(efcx));
    expect(new Set(member.map(([code]) => code))).toEqual(
      new Set([
        'RECIPIENT_NOT_NAMED',
        'OUTSIDE_OWN_ORGANISATION',
        'TLP_EXCEEDED',
        'CONFIDENTIALITY_OF_FACT',
        'USE_BEYOND_PURPOSE',
        'NO_THIRD_PARTY_CONSENT',
        'CONSENT_SCOPE_EXCEEDED',
        'CONSENT_EXPIRED_OR_REVOKED',
      ]),
    );
    expect(new Set(member.map(([, action]) => action))).toEqual(new Set(['consent-request']));
    const observer = remediesOf(facts({ ...efcx, ...observing }));
    expect(observer).toEqual([
      ['OBSERVER_NO_CASE_DATA', 'choose-addressee'],
      ...member.map(([code]) => [code, 'choose-addressee'] as const),
    ]);
    const seat = { ...efcx, entry: { ...efcx.entry!, networks: [{ network: 'CARIN', seat: 'ASSOCIATE' }] } } as typeof efcx;
    expect(remediesOf(facts(seat, 'CARIN')).map(([, action]) => action)).not.toContain('consent-request');
    // elsewhere it is no observer
    expect(remediesOf(facts(seat)).map(([, action]) => action)).toContain('consent-request');
    // nor of what came by no channel
    expect(remediesOf(facts(seat, null)).map(([, action]) => action)).toContain('consent-request');
    expect(remediesOf(facts({ ...efcx, ...observing }, null)).map(([, action]) => action)).not.toContain('consent-request');
  });

  it('is told by a word alone that what it told came, and asked so of what it gave', () => {
    const observer = { ...fia, ...observing };
    const word = (message: 'ACKNOWLEDGE' | 'VERIFY_WITH_SOURCE', body: object) =>
      contentSend({ officer: officer(FIX), from: fix, to: observer, exchange, items: [], envelope: answer(message, body as never) });
    expect(codesOf(word('ACKNOWLEDGE', { receivedAt: LATER }))).not.toContain('OBSERVER_NO_CASE_DATA');
    expect(codesOf(word('VERIFY_WITH_SOURCE', { items: [digest('item')] }))).not.toContain('OBSERVER_NO_CASE_DATA');
    const withItem = { ...word('ACKNOWLEDGE', { receivedAt: LATER }), items: [itemFacts()] };
    expect(codesOf(withItem)).toContain('OBSERVER_NO_CASE_DATA');
    const consent = contentOpening('EGMONT_FIU', { type: 'CONSENT_REQUEST' });
    expect(codesOf({ ...consent, to: { ...consent.to!, ...observing }, items: [] })).not.toContain('OBSERVER_NO_CASE_DATA');
  });

  it('asks for nothing, since no answer could come, and may tell something unasked', () => {
    const asks = (facts: SendFacts) => codesOf({ ...facts, from: { ...facts.from!, ...observing } });
    expect(asks(contentSend())).toEqual(['OBSERVER_NO_CASE_DATA']);
    expect(asks(contentOpening('SPONTANEOUS'))).toEqual([]);
    expect(asks(contentOpening('EGMONT_FIU', { type: 'CONSENT_REQUEST' }))).not.toContain('OBSERVER_NO_CASE_DATA');
    // what was asked before goes on
    expect(asks(contentSend({ exchange }))).not.toContain('OBSERVER_NO_CASE_DATA');
  });

  it('has others named in its stead: those whom the holder may hand anything on to, or the sender may address', () => {
    const [handed] = violationsOf(contentRelease({ to: { ...efcx, ...observing } }));
    expect(handed?.remedy).toEqual({ action: 'choose-addressee', types: expect.arrayContaining(['FIU', 'LAW_ENFORCEMENT']) });
    const [sent] = violationsOf(contentSend({ to: { ...fix, ...observing } }));
    expect(sent?.remedy).toEqual({ action: 'choose-addressee', types: ['FIU', 'LAW_ENFORCEMENT'] });
    const [granted] = violationsOf(contentConsent({ recipient: { ...efcx, ...observing } }));
    expect(granted?.remedy).toEqual({ action: 'choose-addressee', types: ['LAW_ENFORCEMENT'] });
    expect(violationsOf(contentAccess({ reader: { ...efcx, ...observing } }))).toMatchObject([{ remedy: { action: 'none' } }]);
  });

  it('is sent nothing that others gave, and their consent would not mend it', () => {
    const madeFrom = { derivedFrom: [digest('theirs')], sources: [{ ...answerLabel, originators: [PROS] }] };
    const made = itemFacts({
      issuer: FIA,
      label: { ...answerLabel, originators: [FIA, PROS] },
      givenOn: null,
      cameFrom: [],
      ...madeFrom,
    });
    const sentOn = (to: typeof fix) =>
      violationsOf(contentSend({ to, items: [made] }))
        .filter(({ rule }) => rule === 'consent/sent-on')
        .map(({ remedy }) => remedy.action);
    expect(sentOn(fix)).toEqual(['consent-request']);
    expect(sentOn({ ...fix, ...observing })).toEqual(['choose-addressee']);
  });
});

describe('a suspended participant', () => {
  const suspended = { standing: 'SUSPENDED' } as const;
  it.each([
    ['send', contentSend({ from: { ...fia, ...suspended } }), FIA],
    ['receive', contentSend({ to: { ...fix, ...suspended } }), FIX],
    ['hand on', contentRelease({ holder: { ...fia, ...suspended } }), FIA],
    ['be handed anything', contentRelease({ to: { ...efcx, ...suspended } }), EFCX],
    ['read', contentAccess({ reader: { ...efcx, ...suspended } }), EFCX],
    ['use', contentUse({ holder: { ...efcx, ...suspended } }), EFCX],
    ['consent', contentConsent({ originator: { ...fix, ...suspended } }), FIX],
    ['write as it refuses', contentConsentRefusal({ originator: { ...fix, ...suspended } }), FIX],
    ['be written to in a refusal', contentConsentRefusal({ holder: { ...fia, ...suspended } }), FIA],
    ['be let hand anything on', contentConsent({ holder: { ...fia, ...suspended } }), FIA],
    ['be consented to', contentConsent({ recipient: { ...efcx, ...suspended } }), EFCX],
  ])('does not %s', (_, facts, who) => {
    expect(violationsOf(facts)).toMatchObject([{ code: 'PARTICIPANT_SUSPENDED', offenders: [who], remedy: { action: 'none' } }]);
  });

  it('is named once where it is both sides', () => {
    const both = { ...fia, ...suspended };
    expect(codesOf(contentSend({ from: both, to: { ...fix, id: FIA, ...suspended }, envelope: submit() }))).toEqual([
      'PARTICIPANT_SUSPENDED',
    ]);
  });

  it('may still tighten: refuse consent, add a caveat, retract', () => {
    const { text: sealed, ...refusal } = contentConsentRefusal().refusal;
    expect(sealed).toBeDefined();
    for (const who of [{ originator: { ...fix, ...suspended } }, { holder: { ...fia, ...suspended } }]) {
      expect(codesOf(contentConsentRefusal({ refusal, text: null, ...who }))).toEqual([]);
      expect(codesOf(contentConsentRefusal({ refusal: { ...refusal, codes: [] }, text: null, ...who }))).toEqual([
        'REFUSAL_WITHOUT_REASON',
      ]);
    }
    expect(codesOf(contentLabel())).toEqual([]);
  });
});
