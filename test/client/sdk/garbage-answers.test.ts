import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readAnswer } from '../../../client/sdk/answers.js';
import { readAuditEvents } from '../../../client/sdk/audit.js';
import { revokeConsent, consentRequestOf } from '../../../client/sdk/consent.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { explainUse } from '../../../client/sdk/explain.js';
import { readExchanges } from '../../../client/sdk/exchanges.js';
import { readInbox } from '../../../client/sdk/inbox.js';
import { readEnvelopes } from '../../../client/sdk/messages.js';
import { readStanding } from '../../../client/sdk/exchanges.js';
import { digest, uuid } from '../../support/ids.js';
import { base64url, jsonObject, time } from '../../../domain/wire/answer-texts.js';

const SECRET = 'words of a case';
const EXCHANGE = uuid(1);

/** A gateway that answers each question with something else. */
const garbled = (answer: unknown): ClientContext => {
  const said = () => Promise.resolve(answer);
  return {
    door: { get: said, post: said },
    store: { read: () => Promise.resolve(null), names: () => Promise.resolve([]) },
  } as unknown as ClientContext;
};

const asked: Readonly<Record<string, (context: ClientContext) => Promise<unknown>>> = {
  events: readAuditEvents,
  consent: (context) => revokeConsent(context, digest('a')),
  request: (context) => consentRequestOf(context, EXCHANGE),
  explanation: (context) => explainUse(context, { item: digest('a'), purpose: 'INTELLIGENCE' }),
  exchanges: readExchanges,
  inbox: (context) => readInbox(context),
  messages: (context) => readEnvelopes(context, EXCHANGE),
  standing: (context) => readStanding(context, EXCHANGE),
};
const garbage = [
  null,
  [],
  'text',
  7,
  {},
  { statement: SECRET, exchange: { [SECRET]: SECRET }, exchanges: [SECRET], entries: [{ SECRET }] },
];

describe('what a gateway answers in another shape', () => {
  it.each(Object.keys(asked))('is told in this client’s words, and shows nothing of itself: %s', async (name) => {
    for (const answer of garbage) {
      const told: unknown = await asked[name]!(garbled(answer)).then(
        () => 'BELIEVED',
        (error: unknown) => error,
      );
      expect(told).toMatchObject({ name: 'ParleyError', code: 'ANSWER_UNREADABLE', next: expect.stringContaining('operator') as string });
      expect(String(told)).not.toContain(SECRET);
    }
  });
});

describe('what a newer gateway answers beside what is known', () => {
  const schema = z.strictObject({ a: z.array(z.strictObject({ b: z.int() })), c: z.union([z.strictObject({ d: z.int() }), z.null()]) });
  it('is left out, wherever it stands, and nothing that is known', () => {
    const answer = { new: 1, a: [{ b: 1, newer: [SECRET] }, { b: 2 }], c: { d: 3, new: {} } };
    const told = JSON.stringify(answer);
    expect(readAnswer(schema, answer, 'answer')).toEqual({ a: [{ b: 1 }, { b: 2 }], c: { d: 3 } });
    expect(JSON.stringify(answer)).toBe(told);
  });
  it('hides nothing that is amiss', () => {
    for (const answer of [{ new: 1 }, { new: 1, a: [{ b: SECRET }], c: null }, { a: [], c: { new: 1 } }])
      expect(() => readAnswer(schema, answer, 'answer')).toThrow('ANSWER_UNREADABLE');
  });
});

describe('texts inside an answer', () => {
  it.each(['A', 'AB', 'AAB', 'A=', 'A+A', 'AAAAA'])('%s does not decode, and is refused with the answer', (text) => {
    expect(base64url.safeParse(text).success).toBe(false);
  });
  it.each(['', 'AA', 'AAA', 'AAAA', 'AAAAAQ'])('“%s” decodes', (text) => {
    expect(base64url.safeParse(text).success).toBe(true);
  });
  it('a time that is none is refused with the answer', () => {
    expect(time.safeParse('2026-13-45T09:00:00Z').success).toBe(false);
    expect(time.safeParse('2026-01-05T09:00:00.000Z').success).toBe(true);
  });
  it.each(['{', 'null', '7'])('%s is no event', (text) => {
    expect(jsonObject(100).safeParse(text).success).toBe(false);
    expect(jsonObject(100).safeParse('{"event":1}').success).toBe(true);
  });
});
