import { describe, expect, it } from 'vitest';
import { createPrinter, nextStep, readable, wrap } from '../../demo/print.js';

const DIGEST = 'S1RSvX_nQZ0m4T9c1u7b2d3e5f6g8h9i0jKlMnOpQrA';
const line = { day: 19, mark: '(a)', who: 'NG-FIA', whom: 'NG-EFCX', what: 'tries.' };
const violation = {
  code: 'CAVEAT_WEAKENED' as const,
  rule: 'label/weakened',
  source: 'UNCAC 46(5) [M]',
  sentence: `The label on this release is weaker than that of ${DIGEST}; only VG-FIX can relax it.`,
  offenders: [DIGEST],
  remedy: { action: 'keep-label' as const },
};

function printed(colour: boolean): string {
  let text = '';
  const printer = createPrinter((piece) => (text += piece), colour);
  printer.refusal(line, { code: 'POLICY', what: 'no', status: 422, violations: [violation], grounds: null, receipt: null, index: 50 });
  return text;
}

describe('what a person reads of a refusal', () => {
  it('is the code, why, the rule, its source, the next step and the place in the log', () => {
    const text = printed(false);
    for (const part of ['CAVEAT_WEAKENED', 'label/weakened', 'UNCAC 46(5) [M]', 'hand it on under its own label', 'leaf 50'])
      expect(text).toContain(part);
  });

  it('is a sentence, its source and the next step too where it came before the law was asked', () => {
    let text = '';
    const grounds = { rule: 'before/once', source: 'UNCAC 46(14) [M]', next: 'sign it under an id of its own' };
    const refused = {
      code: 'REPLAY_DETECTED',
      what: 'this id was used before',
      status: 409,
      violations: [],
      grounds,
      receipt: null,
      index: 51,
    };
    createPrinter((piece) => (text += piece), false).refusal(line, refused);
    for (const part of [
      'REPLAY_DETECTED',
      'this id was used before',
      'before/once',
      'UNCAC 46(14) [M]',
      'under an id of its own',
      'leaf 51',
    ])
      expect(text).toContain(part);
  });

  it('keeps within a hundred columns and bears no escape codes where colour is not wanted', () => {
    expect(printed(false)).not.toContain('\u001b');
    expect(
      Math.max(
        ...printed(false)
          .split('\n')
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(100);
    expect(printed(true)).toContain('\u001b[31m');
  });
});

it('shortens a digest, and leaves words as they are', () => {
  expect(readable(`item ${DIGEST}, INVESTIGATION`)).toBe('item S1RSvX_n…, INVESTIGATION');
});

it('wraps between words and loses none', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
});

it('says as a sentence what a client can do next', () => {
  expect(
    nextStep({ action: 'consent-request', originator: 'VG-FIX', items: [DIGEST], recipient: 'NG-EFCX', purpose: 'INTELLIGENCE' }),
  ).toBe('send VG-FIX a consent request: recipient NG-EFCX, purpose INTELLIGENCE');
  expect(nextStep({ action: 'choose-addressee', types: [] })).toBe('choose another addressee');
  expect(nextStep({ action: 'await-consent', consent: DIGEST, from: '2026-05-01T00:00:00.000Z' })).toBe(
    `wait until 2026-05-01T00:00:00.000Z, when the consent ${DIGEST} begins`,
  );
  const asked = { action: 'await-views', parts: ['a', 'b'] } as const;
  expect(nextStep({ ...asked, until: '2026-05-01T00:00:00.000Z' })).toBe(
    'wait for the views of the other side on a, b, or until 2026-05-01T00:00:00.000Z',
  );
  expect(nextStep({ ...asked, until: null })).toBe('wait for the views of the other side on a, b');
  expect(nextStep({ action: 'none' })).toBe('none on this channel');
});
