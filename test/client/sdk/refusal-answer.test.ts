/** What is to be done after a refusal is this client's word, so far as it knows the code; whatever else a gateway writes there is shown as the gateway's. */
import { expect, it } from 'vitest';
import { refusalOf } from '../../../client/sdk/refusal-answer.js';
import type { Answer } from '../../../client/sdk/answers.js';
import type { PolicyRefusal } from '../../../client/sdk/error.js';
import { groundsOf } from '../../../domain/before-the-law.js';

const NEXT = 'Send your passphrase to the operator: parley keys show --secret';
const said = (code: string, more: object = {}) =>
  refusalOf({
    status: 409,
    headers: new Headers(),
    bytes: new TextEncoder().encode(JSON.stringify({ code, detail: 'No.', rule: 'x/y', source: 'z', next: NEXT, ...more })),
  } as Answer);

it('a code that is known has the next step that this client knows', () => {
  expect(said('NOT_FOUND')).toMatchObject({ next: groundsOf('NOT_FOUND')!.next, grounds: groundsOf('NOT_FOUND') });
});

it('of another code the gateway’s own words are shown as that', () => {
  expect(said('NEWER_CODE')).toMatchObject({ next: `the gateway’s words, not checked: ${NEXT}` });
  expect(said('NEWER_CODE', { next: undefined })).toMatchObject({ grounds: null });
  expect(said('toString').next).toContain('the gateway’s words');
});

it('what is wrong is told however long the sentence is, and whomever it concerns', () => {
  const one = { code: 'USE_BEYOND_PURPOSE', rule: 'purpose/beyond', source: 'z', remedy: { action: 'ASK_CONSENT' } };
  const long = { ...one, sentence: `Not ${'so '.repeat(500)}`, offenders: Array.from({ length: 300 }, (_, n) => `item ${n}`) };
  const [told] = (said('POLICY', { violations: [long] }) as PolicyRefusal).violations;
  expect(told).toMatchObject({ code: 'USE_BEYOND_PURPOSE', sentence: expect.stringMatching(/^Not so .*…$/) as string });
  expect(told!.sentence).toHaveLength(1_000);
  expect(told!.offenders).toHaveLength(256);
});
