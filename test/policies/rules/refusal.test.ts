import { describe, expect, it } from 'vitest';
import type { Authority } from '../../../domain/authority.js';
import { FORBIDDEN_GROUNDS } from '../../../domain/profiles/grounds.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import { answer, answerLabel, contentConsentRefusal, contentReply, FIA, FIX, itemFacts, PROS } from '../../support/facts.js';
import { digest } from '../../support/ids.js';
import { withEntry } from '../../support/openings.js';

const refusing = (codes: string[], text: string | null = 'why') =>
  contentReply(answer('REFUSE', { codes, ...(text === null ? {} : { text: digest(text) }) }), {
    items: [itemFacts({ digest: digest('why'), givenOn: null, cameFrom: [] })],
  });

describe('a refusal', () => {
  it('has a reason code and a text', () => {
    expect(codesOf(refusing(['DISPROPORTIONATE']))).toEqual([]);
    expect(violationsOf(refusing([], null))).toMatchObject([{ code: 'REFUSAL_WITHOUT_REASON', offenders: ['codes', 'text'] }]);
    expect(violationsOf(refusing(['DISPROPORTIONATE'], null))).toMatchObject([{ offenders: ['text'] }]);
  });

  it('has its text with it, sealed: a digest alone proves none', () => {
    expect(violationsOf(contentReply(answer('REFUSE', { codes: ['DISPROPORTIONATE'], text: digest('why') })))).toMatchObject([
      { code: 'REFUSAL_WITHOUT_REASON', offenders: ['text'] },
    ]);
  });

  it.each([
    ['POSTPONE', { code: 'WORKLOAD', reviewDate: '2026-09-01' }],
    ['DELAY_NOTICE', { code: 'WORKLOAD', newDate: '2026-09-01' }],
    ['URGENCY_NOT_ACCEPTED', { urgency: 'ROUTINE' }],
    ['PRE_REFUSAL_CONSULTATION', { codes: ['DISPROPORTIONATE'] }],
  ] as const)('owes a text as %s does', (message, body) => {
    const items = [itemFacts({ digest: digest('why'), givenOn: null, cameFrom: [] })];
    expect(codesOf(contentReply(answer(message, { ...body, text: digest('why') } as never), { items }))).toEqual([]);
    expect(violationsOf(contentReply(answer(message, body as never), { items }))).toMatchObject([{ offenders: ['text'] }]);
  });

  it('announces no ground that it may not rest on', () => {
    const announced = answer('PRE_REFUSAL_CONSULTATION', { codes: ['BANK_SECRECY'], text: digest('why') });
    const items = [itemFacts({ digest: digest('why'), givenOn: null, cameFrom: [] })];
    expect(codesOf(contentReply(announced, { items }))).toEqual(['REFUSAL_GROUND_FORBIDDEN']);
  });

  it('rests on a ground that the profile knows', () => {
    expect(violationsOf(refusing(['DUAL_CRIMINALITY']))).toMatchObject([
      { code: 'REFUSAL_GROUND_FORBIDDEN', remedy: { action: 'complete-field', fields: ['body.codes'] } },
    ]);
  });

  it('rests on a law of one’s own only as one’s entry has that law', () => {
    const says = (law: NonNullable<Authority['entry']>['law'], codes: string[]) => {
      const facts = refusing(codes);
      return violationsOf({ ...facts, from: withEntry(facts.from!, { law }) }).flatMap(({ offenders }) => offenders);
    };
    for (const law of [{}, { requiresMou: false }]) expect(says(law, ['NO_MOU_REQUIRED_BY_LAW'])).toEqual(['NO_MOU_REQUIRED_BY_LAW']);
    expect(says({ requiresMou: true }, ['NO_MOU_REQUIRED_BY_LAW'])).toEqual([]);
    expect(codesOf({ ...refusing(['NO_MOU_REQUIRED_BY_LAW']), from: null })).toContain('REFUSAL_GROUND_FORBIDDEN');
  });

  it.each(FORBIDDEN_GROUNDS)('does not rest on $code alone', ({ code }) => {
    expect(violationsOf(refusing([code]))).toMatchObject([{ code: 'REFUSAL_GROUND_FORBIDDEN', offenders: [code] }]);
  });

  it('may mention fiscal matters beside a ground, and bank secrecy not even then', () => {
    expect(codesOf(refusing(['FISCAL_MATTER', 'DISPROPORTIONATE']))).toEqual([]);
    expect(codesOf(refusing(['FISCAL_MATTER', 'BANK_SECRECY']))).toEqual(['REFUSAL_GROUND_FORBIDDEN']);
    expect(violationsOf(refusing(['BANK_SECRECY', 'DISPROPORTIONATE']))).toMatchObject([{ offenders: ['BANK_SECRECY'] }]);
  });
});

describe('a refusal of consent', () => {
  const { refusal } = contentConsentRefusal();
  it('has a reason code and a text', () => {
    const { text, ...silent } = refusal;
    expect(text).toBeDefined();
    expect(codesOf(contentConsentRefusal({ refusal: silent }))).toEqual(['REFUSAL_WITHOUT_REASON']);
    expect(codesOf(contentConsentRefusal({ refusal: { ...refusal, codes: [] } }))).toEqual(['REFUSAL_WITHOUT_REASON']);
  });

  it('rests on the closed grounds alone', () => {
    expect(codesOf(contentConsentRefusal())).toEqual([]);
    expect(violationsOf(contentConsentRefusal({ refusal: { ...refusal, codes: ['CONSENT_OUT_OF_SCOPE', 'WORKLOAD'] } }))).toMatchObject([
      { code: 'REFUSAL_GROUND_FORBIDDEN', offenders: ['WORKLOAD'] },
    ]);
  });
});

describe('the text of a refusal of consent', () => {
  const text = (over: Parameters<typeof itemFacts>[0]) => contentConsentRefusal({ text: itemFacts({ cameFrom: [], ...over }) });

  it('is judged as what is sent: level, protection, sources and whose it is', () => {
    expect(codesOf(text({ label: { ...answerLabel, level: 'SECRET' } }))).toEqual([
      'CLASSIFICATION_EXCEEDS_SYSTEM',
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
      'CLASSIFICATION_EXCEEDS_CLEARANCE',
    ]);
    expect(codesOf(text({ suites: ['age-x25519-1'] }))).toEqual(['PROTECTION_TOO_WEAK']);
    expect(codesOf(text({ sourcesComplete: false }))).toEqual(['DERIVATION_UNKNOWN']);
    expect(codesOf(text({ sources: [{ ...answerLabel, tlp: 'RED' }] }))).toEqual(['CAVEAT_WEAKENED']);
    expect(codesOf(text({ label: { ...answerLabel, originators: [FIX, PROS] } }))).toEqual(['NO_THIRD_PARTY_CONSENT']);
  });

  it('may quote to the holder what the holder gave, and be absent where a reason is given', () => {
    const quoting = { label: { ...answerLabel, originators: [FIX, FIA] }, cameFrom: [{ authority: FIA, authorityType: 'FIU' as const }] };
    expect(codesOf(text(quoting))).toEqual([]);
    expect(codesOf({ ...contentConsentRefusal({ text: null }), holder: null })).toEqual([]);
  });
});

describe('a holder that is asked for what others gave', () => {
  const others = [itemFacts({ label: { ...answerLabel, originators: [PROS], caveats: [] } })];
  const saying = (codes: string[], text?: ReturnType<typeof digest>) => {
    const { text: sealed, ...refusal } = contentConsentRefusal().refusal;
    expect(sealed).toBeDefined();
    return contentConsentRefusal({
      refusal: { ...refusal, codes, ...(text === undefined ? {} : { text }) },
      items: others,
      ...(text === undefined ? { text: null } : {}),
    });
  };

  it('says that it cannot provide it, without a reason and without a text', () => {
    expect(codesOf(saying(['CANNOT_PROVIDE']))).toEqual([]);
  });

  it('tells nobody whose consent is lacking, nor that one is', () => {
    expect(codesOf(saying(['ORIGINATOR_CONSENT_MISSING']))).toContain('ORIGINATOR_CONSENT_MISSING');
    expect(codesOf(saying(['CANNOT_PROVIDE', 'CONSENT_OUT_OF_SCOPE']))).toContain('ORIGINATOR_CONSENT_MISSING');
    expect(codesOf(saying(['CANNOT_PROVIDE'], digest('text')))).toContain('ORIGINATOR_CONSENT_MISSING');
  });

  it('decides nothing for an originator, and an originator does not hide behind it', () => {
    expect(codesOf(saying(['CONSENT_OUT_OF_SCOPE'], digest('text')))).toEqual(['NOT_ORIGINATOR']);
    const own = contentConsentRefusal();
    expect(codesOf({ ...own, refusal: { ...own.refusal, codes: ['CANNOT_PROVIDE'] } })).toEqual(['REFUSAL_GROUND_FORBIDDEN']);
  });
});
