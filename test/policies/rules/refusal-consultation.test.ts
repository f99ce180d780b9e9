import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../domain/consultation.js';
import type { RunningClock } from '../../../domain/exchange.js';
import type { Part } from '../../../domain/parts.js';
import { formatInstant, plusMs, type Instant } from '../../../domain/time.js';
import type { ItemFacts, SendFacts } from '../../../policies/facts.js';
import { codesOf, violationsOf } from '../../support/decision.js';
import {
  answer,
  answerLabel,
  contentReply,
  contentSend,
  designated,
  exchange,
  FIA,
  FIX,
  itemFacts,
  LATER,
  LONG_AGO,
  NOW,
  officer,
  submit,
} from '../../support/facts.js';
import { digest } from '../../support/ids.js';
import { withEntry } from '../../support/openings.js';

const FORMAL = {
  exchangeType: 'FORMAL_MLA_REQUEST' as const,
  profile: 'FORMAL_MLA' as const,
  fromType: 'CENTRAL_AUTHORITY_MLA' as const,
  toType: 'CENTRAL_AUTHORITY_MLA' as const,
};
const part = (id: string, coercive: boolean): Part => ({
  id,
  assistanceType: coercive ? 'BANK_RECORDS_COMPELLED' : 'COMPANY_RECORDS',
  coercive,
  state: 'OPEN',
  expected: null,
});
const heard = { parts: [], at: NOW, answeredAt: NOW };
const formal = {
  ...exchange,
  type: FORMAL.exchangeType,
  profile: FORMAL.profile,
  requestingType: FORMAL.fromType,
  requestedType: FORMAL.toType,
  parts: [part('a', true), part('b', false)],
  consultations: [heard],
};

const speciality = { code: 'SPECIALITY' as const, by: FIX, proceedings: ['case-1'] };
const special = itemFacts({
  digest: digest('answer'),
  label: { ...answerLabel, caveats: [...answerLabel.caveats, speciality] },
  givenOn: null,
  cameFrom: [],
});
const text = itemFacts({ digest: digest('why'), givenOn: null, cameFrom: [] });
const replying = (over: Partial<SendFacts>): SendFacts =>
  contentReply(answer('REFUSE', { codes: ['ESSENTIAL_INTERESTS'], text: digest('why') }, FORMAL), {
    from: designated(FIX, ['CENTRAL_AUTHORITY_MLA']),
    to: designated(FIA, ['CENTRAL_AUTHORITY_MLA']),
    exchange: formal,
    opening: submit(FORMAL),
    items: [text],
    ...over,
  });
const refusing = (body: object, over: Partial<SendFacts> = {}) =>
  replying({ envelope: answer('REFUSE', { codes: ['ESSENTIAL_INTERESTS'], text: digest('why'), ...body }, FORMAL), ...over });

describe('a formal request', () => {
  it('is refused after the other side was heard, and not before', () => {
    expect(codesOf(refusing({}))).toEqual([]);
    expect(violationsOf(refusing({}, { exchange: { ...formal, consultations: [] } }))).toMatchObject([
      { code: 'REFUSAL_WITHOUT_CONSULTATION', offenders: ['a', 'b'], remedy: { action: 'consult', parts: ['a', 'b'] } },
    ]);
  });

  it('is refused while the other side may still answer by a word to wait, not to consult again', () => {
    const window = (due: number, over = {}) =>
      ({ kind: 'CONSULTATION', startedAt: NOW, due, metAt: null, suspendedAt: null, provisional: false, ...over }) as RunningClock;
    const open = { ...formal, consultations: [{ parts: [], at: NOW, answeredAt: null }], clocks: [window(LATER)] };
    const until = formatInstant(LATER);
    expect(violationsOf(refusing({}, { exchange: open }))).toMatchObject([
      { code: 'REFUSAL_WITHOUT_CONSULTATION', offenders: ['a', 'b'], remedy: { action: 'await-views', parts: ['a', 'b'], until } },
    ]);
    expect(violationsOf(refusing({}, { exchange: open }))[0]?.sentence).toContain(`may answer until ${until}`);
    const provisional = { ...open, clocks: [window(LATER, { provisional: true })] };
    expect(violationsOf(refusing({}, { exchange: provisional }))).toMatchObject([{ remedy: { action: 'await-views', until: null } }]);
    expect(violationsOf(refusing({}, { exchange: provisional }))[0]?.sentence).toMatch(/may answer\.$/);
  });

  it('says of each part whether to consult on it or to wait, and until the last of their dates', () => {
    const asked = (parts: string[], at: Instant) => ({ parts, at, answeredAt: null });
    const window = (startedAt: Instant, due: Instant) =>
      ({ kind: 'CONSULTATION', startedAt, due, metAt: null, suspendedAt: null, provisional: false }) as RunningClock;
    const half = { ...formal, consultations: [asked(['a'], NOW)], clocks: [window(NOW, LATER)] };
    expect(violationsOf(refusing({}, { exchange: half })).map(({ remedy, sentence }) => [remedy.action, sentence])).toEqual([
      ['consult', expect.stringContaining('of b comes before the other side was heard: nobody asked it')],
      ['await-views', expect.stringContaining('of a comes before')],
    ]);
    const both = {
      ...formal,
      consultations: [asked(['a'], NOW), asked(['b'], LONG_AGO)],
      clocks: [window(NOW, plusMs(LATER, 1)), window(LONG_AGO, LATER)],
    };
    const until = formatInstant(plusMs(LATER, 1));
    expect(violationsOf(refusing({}, { exchange: both }))).toMatchObject([{ remedy: { action: 'await-views', parts: ['a', 'b'], until } }]);
  });

  it('is refused part by part: the other side is heard about each', () => {
    const half = { ...formal, consultations: [{ ...heard, parts: ['a'] }] };
    expect(codesOf(refusing({ parts: ['a'] }, { exchange: half }))).toEqual([]);
    expect(violationsOf(refusing({ parts: ['b'] }, { exchange: half }))).toMatchObject([{ offenders: ['b'] }]);
  });

  it('is put off after consultation alone', () => {
    const postpone = answer('POSTPONE', { code: 'ONGOING_PROCEEDINGS', text: digest('why'), reviewDate: '2026-09-01' }, FORMAL);
    expect(codesOf(replying({ envelope: postpone }))).toEqual([]);
    expect(codesOf(replying({ envelope: postpone, exchange: { ...formal, consultations: [] } }))).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
  });

  it('excuses nobody from consulting', () => {
    const silent = { exchange: { ...formal, consultations: [] } };
    expect(codesOf(refusing({ notAppropriate: digest('why') }, silent))).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
  });

  it('owes no consultation for what is no refusal', () => {
    const exchange = { ...formal, consultations: [] };
    expect(codesOf(replying({ envelope: answer('FINAL_REPLY', {}, FORMAL), exchange, items: [special] }))).toEqual([]);
  });

  it.each(['INTERIM_REPLY', 'PARTIAL_REPLY', 'FINAL_REPLY'] as const)('is answered for its own proceedings, by %s too', (message) => {
    const answering = (item: Partial<ItemFacts>) => replying({ envelope: answer(message, {}, FORMAL), items: [{ ...special, ...item }] });
    expect(codesOf(answering({}))).toEqual([]);
    expect(violationsOf(answering({ label: answerLabel }))).toMatchObject([
      {
        rule: 'label/speciality',
        code: 'MISSING_FIELD',
        source: expect.stringContaining('46(19)') as string,
        offenders: [special.digest],
        remedy: { action: 'complete-field', fields: ['label.caveats.SPECIALITY'] },
      },
    ]);
    const foreign = { ...answerLabel, originators: [FIX, FIA], caveats: [{ ...speciality, by: FIA }] };
    expect(codesOf(answering({ label: foreign, cameFrom: [{ authority: FIA, authorityType: FORMAL.fromType }] }))).toEqual([
      'MISSING_FIELD',
    ]);
    expect(codesOf(answering({ label: { ...answerLabel, caveats: [] }, kind: 'PUBLIC_RECORD' }))).toEqual([]);
    // whose item it is not sets no caveat on it
    const others = answering({ issuer: FIA, label: { ...answerLabel, originators: [FIA], caveats: [] } });
    expect(violationsOf(others).map(({ rule }) => rule)).not.toContain('label/speciality');
    expect(codesOf(replying({ envelope: answer('NEGATIVE_REPLY', { searched: ['X'] }, FORMAL), items: [text] }))).toEqual([]);
  });

  it('is not itself for proceedings that it alone knows', () => {
    const asking = { ...answer('CLARIFICATION_REPLY', {}, FORMAL), from: FIA, to: FIX };
    const own = { ...text, issuer: FIA, label: { ...answerLabel, caveats: [], originators: [FIA] } };
    const ends = { from: designated(FIA, [FORMAL.fromType]), to: designated(FIX, [FORMAL.toType]), officer: officer(FIA) };
    expect(codesOf(replying({ envelope: asking, items: [own], ...ends }))).toEqual([]);
  });

  it.each(['UNCAC_46_3_F', 'UNCAC_46_3_J', 'UNCAC_46_3_K'] as const)(
    'is not refused for want of dual criminality in a part of %s that compels nobody',
    (assistanceType) => {
      const asking = (coercive: boolean) => ({ exchange: { ...formal, parts: [{ ...part('a', coercive), assistanceType }] } });
      expect(codesOf(refusing({ codes: ['DUAL_CRIMINALITY'] }, asking(false)))).toEqual(['DUAL_CRIMINALITY_NONCOERCIVE']);
      expect(codesOf(refusing({ codes: ['DUAL_CRIMINALITY'] }, asking(true)))).toEqual([]);
    },
  );

  it('is about to be put off for a ground that the consultation may name', () => {
    const consulting = (codes: string[]) => answer('PRE_REFUSAL_CONSULTATION', { codes, text: digest('why') }, FORMAL);
    expect(codesOf(replying({ envelope: consulting(['ONGOING_PROCEEDINGS']) }))).toEqual([]);
    expect(violationsOf(replying({ envelope: consulting(['WORKLOAD']) }))).toMatchObject([
      { code: 'REFUSAL_GROUND_FORBIDDEN', sentence: expect.stringContaining('ONGOING_PROCEEDINGS') as string },
    ]);
    expect(violationsOf(refusing({ codes: ['WORKLOAD'] })).map(({ sentence }) => sentence)).toEqual([
      expect.not.stringContaining('ONGOING_PROCEEDINGS') as string,
    ]);
    expect(codesOf(refusing({ codes: ['ONGOING_PROCEEDINGS'] }))).toEqual(['REFUSAL_GROUND_FORBIDDEN']);
  });

  it.each(['WORKLOAD', 'COST_CONSULTATION', 'AWAITING_TRANSLATION'] as const)('is not put off for %s, which is a delay', (code) => {
    const said = (message: 'POSTPONE' | 'DELAY_NOTICE') =>
      replying({
        envelope: answer(message, { code, text: digest('why'), reviewDate: '2026-09-01', newDate: '2026-09-01' } as never, FORMAL),
      });
    expect(violationsOf(said('POSTPONE'))).toMatchObject([
      { code: 'REFUSAL_GROUND_FORBIDDEN', offenders: [code], sentence: expect.stringContaining('ONGOING_PROCEEDINGS') as string },
    ]);
    expect(codesOf(said('DELAY_NOTICE'))).toEqual([]);
  });

  it('is refused for want of dual criminality in its coercive parts alone', () => {
    expect(codesOf(refusing({ codes: ['DUAL_CRIMINALITY'], parts: ['a'] }))).toEqual([]);
    const declaring = (dualCriminality: 'ALWAYS' | 'COERCIVE_ONLY' | 'NEVER') => {
      const facts = refusing({ codes: ['DUAL_CRIMINALITY'], parts: ['a'] });
      return codesOf({ ...facts, from: withEntry(facts.from!, { law: { dualCriminality } }) });
    };
    expect((['ALWAYS', 'COERCIVE_ONLY', 'NEVER'] as const).map(declaring)).toEqual([[], [], ['REFUSAL_GROUND_FORBIDDEN']]);
    expect(violationsOf(refusing({ codes: ['DUAL_CRIMINALITY'] }))).toMatchObject([
      { code: 'DUAL_CRIMINALITY_NONCOERCIVE', offenders: ['b'], remedy: { action: 'complete-field', fields: ['body.parts'] } },
    ]);
    expect(codesOf(refusing({ codes: ['ESSENTIAL_INTERESTS'], parts: ['b'] }))).toEqual([]);
    const mild = { ...formal, parts: [{ ...part('a', true), coercive: false }] };
    expect(codesOf(refusing({ codes: ['DUAL_CRIMINALITY'] }, { exchange: mild }))).toEqual([]);
  });

  it('without parts is judged by the kinds of assistance that it names', () => {
    const whole = (assistanceTypes?: readonly ('SEARCH' | 'COMPANY_RECORDS')[]) =>
      codesOf(
        refusing(
          { codes: ['DUAL_CRIMINALITY'] },
          {
            exchange: { ...formal, parts: [] },
            opening: submit({ ...FORMAL, ...(assistanceTypes && { assistanceTypes: [...assistanceTypes] }) }),
          },
        ),
      );
    expect(whole(['SEARCH'])).toEqual([]);
    expect(whole()).toEqual([]);
    expect(whole(['SEARCH', 'COMPANY_RECORDS'])).toEqual(['DUAL_CRIMINALITY_NONCOERCIVE']);
  });
});

describe('an informal channel', () => {
  it('knows no ground of dual criminality, and points to the formal one', () => {
    const whole = contentReply(answer('REFUSE', { codes: ['DUAL_CRIMINALITY'], text: digest('why') }), {
      items: [text],
      opening: submit({ assistanceTypes: ['COMPANY_RECORDS'] }),
    });
    expect(violationsOf(whole)).toMatchObject([
      { code: 'REFUSAL_GROUND_FORBIDDEN' },
      { code: 'DUAL_CRIMINALITY_NONCOERCIVE', remedy: { action: 'formal-mla' } },
    ]);
  });

  it('has nothing to say of a refusal that no exchange goes before, but that it is none', () => {
    expect(codesOf({ ...refusing({ codes: ['DUAL_CRIMINALITY'] }), exchange: null })).not.toContain('DUAL_CRIMINALITY_NONCOERCIVE');
    expect(codesOf({ ...refusing({}), exchange: null })).not.toContain('REFUSAL_WITHOUT_CONSULTATION');
  });
});

describe('an extradition', () => {
  const EXTRADITION = {
    exchangeType: 'EXTRADITION_CONSULTATION' as const,
    profile: 'EXTRADITION_CONSULT' as const,
    fromType: 'CENTRAL_AUTHORITY_EXTRADITION' as const,
    toType: 'CENTRAL_AUTHORITY_EXTRADITION' as const,
  };
  const saying = (message: 'REFUSE' | 'PROSECUTE_INSTEAD', body: object, consultations: readonly (typeof heard)[]) =>
    replying({
      envelope: answer(message, body, EXTRADITION),
      from: designated(FIX, ['CENTRAL_AUTHORITY_EXTRADITION']),
      to: designated(FIA, ['CENTRAL_AUTHORITY_EXTRADITION']),
      opening: submit(EXTRADITION),
      exchange: {
        ...formal,
        type: EXTRADITION.exchangeType,
        profile: EXTRADITION.profile,
        requestingType: EXTRADITION.fromType,
        requestedType: EXTRADITION.toType,
        parts: [],
        consultations,
      },
    });
  const body = { codes: ['NATIONALITY'], text: digest('why') };

  it('is refused after consultation, or with a word on why none was appropriate', () => {
    expect(codesOf(saying('REFUSE', body, [heard]))).toEqual([]);
    expect(codesOf(saying('REFUSE', body, []))).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
    expect(codesOf(saying('REFUSE', { ...body, notAppropriate: digest('why') }, []))).toEqual([]);
    // a digest alone proves no reason: the item that bears it goes with the message
    expect(codesOf(saying('REFUSE', { ...body, notAppropriate: digest('nothing') }, []))).toEqual(['REFUSAL_WITHOUT_CONSULTATION']);
  });

  it('may lack dual criminality whatever the entry says of assistance', () => {
    const facts = saying('REFUSE', { ...body, codes: ['DUAL_CRIMINALITY'] }, [heard]);
    expect(codesOf({ ...facts, from: withEntry(facts.from!, { law: { dualCriminality: 'NEVER' } }) })).toEqual([]);
  });

  it('may lack dual criminality whatever help is talked about: 46(9)(b) is about assistance', () => {
    const facts = saying('REFUSE', { ...body, codes: ['DUAL_CRIMINALITY'] }, [heard]);
    expect(codesOf({ ...facts, opening: submit({ ...EXTRADITION, assistanceTypes: ['REQUIREMENTS_ADVICE'] }) })).toEqual([]);
  });

  it('gives way to a prosecution of one’s own after consultation too', () => {
    expect(codesOf(saying('PROSECUTE_INSTEAD', {}, [heard]))).toEqual([]);
    expect(violationsOf(saying('PROSECUTE_INSTEAD', {}, []))).toMatchObject([
      { code: 'REFUSAL_WITHOUT_CONSULTATION', offenders: ['request'] },
    ]);
  });
});

describe('an answer under accepted conditions', () => {
  const agreement: Agreement = {
    proposal: digest('proposal'),
    parts: [],
    isAccepted: true,
    texts: [digest('terms')],
    notBefore: null,
    proceedings: ['claim-1'],
  };
  const conditions = { code: 'CONDITIONS' as const, by: FIX, texts: [digest('terms')], notBefore: null };
  const speciality = { code: 'SPECIALITY' as const, by: FIX, proceedings: ['claim-1'] };
  const labelled = (...caveats: (typeof answerLabel)['caveats']) =>
    itemFacts({
      givenOn: null,
      cameFrom: [],
      label: { ...answerLabel, caveats: [...answerLabel.caveats, ...caveats] },
    });
  const giving = (
    item: ReturnType<typeof itemFacts>,
    over: Partial<SendFacts> = {},
    message: 'FINAL_REPLY' | 'PARTIAL_REPLY' | 'INTERIM_REPLY' = 'FINAL_REPLY',
  ) => contentReply(answer(message, {}), { exchange: { ...exchange, agreements: [agreement] }, items: [item], ...over });

  it('bears them on its label', () => {
    expect(codesOf(giving(labelled(conditions, speciality)))).toEqual([]);
    expect(violationsOf(giving(labelled()))).toMatchObject([
      {
        code: 'CONDITION_NOT_MET',
        offenders: [digest('item')],
        remedy: { action: 'complete-field', fields: ['label.caveats.CONDITIONS', 'label.caveats.SPECIALITY'] },
      },
    ]);
    expect(codesOf(giving(labelled(conditions), {}, 'PARTIAL_REPLY'))).toEqual(['CONDITION_NOT_MET']);
    expect(codesOf(giving(labelled(speciality), {}, 'INTERIM_REPLY'))).toEqual(['CONDITION_NOT_MET']);
  });

  it('may be stricter than was agreed, and not looser', () => {
    expect(codesOf(giving(labelled({ ...conditions, texts: [digest('terms'), digest('more')] }, speciality)))).toEqual([]);
    expect(codesOf(giving(labelled({ ...conditions, texts: [digest('other')] }, speciality)))).toEqual(['CONDITION_NOT_MET']);
    expect(codesOf(giving(labelled(conditions, { ...speciality, proceedings: ['claim-1', 'claim-2'] })))).toEqual(['CONDITION_NOT_MET']);
  });

  it('is bound in what it gives of its own, and only where conditions were accepted', () => {
    expect(codesOf(giving(labelled(), { exchange }))).toEqual([]);
    expect(codesOf(replying({ exchange: { ...formal, agreements: [agreement] } }))).toEqual([]);
    expect(codesOf({ ...giving(labelled()), exchange: null })).not.toContain('CONDITION_NOT_MET');
    expect(codesOf(giving({ ...labelled(), issuer: FIA }))).not.toContain('CONDITION_NOT_MET');
    const asked = contentSend({
      envelope: answer('FINAL_REPLY', {}, { from: FIA, to: FIX }),
      exchange: { ...exchange, agreements: [agreement] },
    });
    expect(codesOf(asked)).not.toContain('CONDITION_NOT_MET');
  });
});

describe('a request to several', () => {
  const child = (siblings: number) =>
    codesOf(contentSend({ envelope: submit({ exchangeType: 'MULTI_FIU_REQUEST', profile: 'EGMONT_FIU' }), siblings }));

  it('goes to ten, and not to an eleventh', () => {
    expect(child(9)).not.toContain('DISTRIBUTION_LIST_TOO_BROAD');
    expect(child(10)).toContain('DISTRIBUTION_LIST_TOO_BROAD');
  });

  it('is counted for itself alone', () => {
    expect(codesOf(contentSend({ siblings: 10 }))).toEqual([]);
    expect(codesOf(contentReply(answer('FINAL_REPLY', {}), { siblings: 10 }))).toEqual([]);
  });
});
