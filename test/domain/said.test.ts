import { describe, expect, it } from 'vitest';
import { opened, saidIn } from '../../domain/said.js';
import type { StatementOf } from '../../domain/statement.js';
import { digest, instant } from '../support/ids.js';

type Envelope = StatementOf<'parley-envelope+json'>;

const AT = instant('2026-03-02T09:00:00Z');
const envelope = (message: string, body: object, over: object = {}): Envelope =>
  ({ digest: digest('e'), payload: { message, body, exchangeType: 'FIU_REQUEST', sentAt: AT, ...over } }) as unknown as Envelope;
const said = (message: string, body: object) => saidIn(envelope(message, body));

describe('an exchange', () => {
  it('is opened in its first state, with nothing that it does not name', () => {
    expect(opened(envelope('SUBMIT', {}))).toMatchObject({
      state: 'DRAFT',
      version: 0,
      opening: digest('e'),
      deadline: null,
      parts: [],
      intended: [],
    });
  });

  it('has the parts and the recipients that its request names, and its deadline', () => {
    const part = { id: 'a', assistanceType: 'COMPANY_RECORDS', coercive: false };
    const recipient = { authority: 'NG-POL', authorityType: 'LAW_ENFORCEMENT' };
    const { parts, intended, deadline } = opened(envelope('SUBMIT', { parts: [part], intendedRecipients: [recipient] }, { deadline: AT }));
    expect({ parts, intended, deadline }).toEqual({
      parts: [{ ...part, state: 'OPEN', expected: null }],
      intended: [{ ...recipient, last: null }],
      deadline: AT,
    });
  });

  it('has none where the members stand there and say nothing, or where a part is only named', () => {
    for (const body of [
      { parts: undefined, intendedRecipients: undefined },
      { parts: ['a'], intendedRecipients: [] },
    ])
      expect(opened(envelope('SUBMIT', body))).toMatchObject({ parts: [], intended: [] });
  });
});

describe('a message', () => {
  it('without a body of its own says nothing that stays', () => {
    expect(said('STATUS_REQUEST', {})).toEqual({
      statement: digest('e'),
      parts: undefined,
      expected: null,
      answers: [],
      terms: null,
      proposal: null,
    });
  });

  it('names parts; those that a request asks for are no such names', () => {
    expect(said('FINAL_REPLY', { parts: ['a'] }).parts).toEqual(['a']);
    expect(said('SUBMIT', { parts: ['a'] }).parts).toBeUndefined();
  });

  it('names a day, and why it takes longer', () => {
    expect(said('POSTPONE', { reviewDate: '2026-04-01' })).toMatchObject({ expected: '2026-04-01' });
    expect(said('DELAY_NOTICE', { newDate: '2026-04-02', code: 'WORKLOAD' })).toMatchObject({
      expected: '2026-04-02',
      delayedFor: 'WORKLOAD',
    });
  });

  it('says of recipients what it says, if anything', () => {
    const answer = { authority: 'NG-POL', answer: 'GRANT' };
    expect(said('FINAL_REPLY', { consentToIntendedRecipients: [answer] }).answers).toEqual([answer]);
    expect(said('FINAL_REPLY', { consentToIntendedRecipients: undefined }).answers).toEqual([]);
  });

  it('puts conditions, in words, by a date or for proceedings, and answers them', () => {
    const terms = { texts: [digest('t')], notBefore: AT, proceedings: ['P-1'] };
    expect(said('CONDITIONS_PROPOSED', terms).terms).toEqual(terms);
    expect(said('CONDITIONS_PROPOSED', {}).terms).toEqual({ texts: [], notBefore: null, proceedings: [] });
    expect(said('CONDITIONS_ACCEPTED', { proposal: digest('p') }).proposal).toBe(digest('p'));
  });

  it('leaves something in writing outside, or was spoken', () => {
    expect(said('EXTERNAL_LEG', { means: 'PAPER', direction: 'SENT' }).written).toBe('SENT');
    expect(said('EXTERNAL_LEG', { means: 'TELEPHONE', direction: 'SENT' })).not.toHaveProperty('written');
  });

  it('says until when a measure lasts, and how pressing a request is taken to be', () => {
    expect(said('MEASURE_TAKEN', { until: AT }).until).toBe(AT);
    expect(said('URGENCY_NOT_ACCEPTED', { urgency: 'ROUTINE' }).urgency).toBe('ROUTINE');
  });
});
