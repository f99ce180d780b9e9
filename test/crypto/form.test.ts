import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORM_BYTES_MAX, FORM_STEP_BYTES, padForm, parseForm } from '../../crypto/form.js';

const padded = (json: string): Uint8Array => Uint8Array.from(Buffer.from(json.padEnd(FORM_STEP_BYTES)));
const refusal = (plaintext: Uint8Array): string => {
  const form = parseForm(plaintext);
  return form.ok ? 'parsed' : form.error;
};

describe('the plaintext of a form', () => {
  it('is JSON and spaces, a whole number of 4 KiB, and reads back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 100 }),
        fc.option(fc.string(), { nil: undefined }),
        (disclosures, original) => {
          const form = original === undefined ? { disclosures } : { original, disclosures };
          const plaintext = padForm(form);
          expect(plaintext.length % FORM_STEP_BYTES).toBe(0);
          expect(parseForm(plaintext)).toEqual({ ok: true, value: form });
        },
      ),
    );
  });

  it('has the same size for a short and a shorter form', () =>
    expect(padForm({ disclosures: ['x'] }).length).toBe(padForm({ disclosures: ['x'.repeat(4000)] }).length));

  it('takes a step more at the boundary', () => {
    const empty = JSON.stringify({ v: 1, disclosures: [''] }).length;
    expect(padForm({ disclosures: ['x'.repeat(FORM_STEP_BYTES - empty)] })).toHaveLength(FORM_STEP_BYTES);
    expect(padForm({ disclosures: ['x'.repeat(FORM_STEP_BYTES - empty + 1)] })).toHaveLength(2 * FORM_STEP_BYTES);
  });

  it('is made and read up to the limit, with as many disclosures as an item has digests', () => {
    const around = JSON.stringify({ v: 1, disclosures: [''] }).length;
    const longest = { disclosures: ['x'.repeat(FORM_BYTES_MAX - around)] };
    expect(padForm(longest)).toHaveLength(FORM_BYTES_MAX);
    const most = { disclosures: Array.from({ length: 128 }, () => 'x') };
    for (const form of [longest, most]) expect(parseForm(padForm(form))).toStrictEqual({ ok: true, value: form });
  });

  it('is not made beyond the limit', () => expect(() => padForm({ disclosures: ['x'.repeat(FORM_BYTES_MAX)] })).toThrow(RangeError));
});

describe('a form is refused', () => {
  it.each([0, 1, FORM_STEP_BYTES - 1, FORM_STEP_BYTES + 1, FORM_BYTES_MAX + FORM_STEP_BYTES])('with %i bytes', (length) =>
    expect(refusal(new Uint8Array(length).fill(0x20))).toBe('not a padded form'),
  );
  it('with two readings', () => expect(refusal(padded('{"v":1,"disclosures":[],"disclosures":["x"]}'))).toContain('repeated'));
  it.each([
    'null',
    '[]',
    '1',
    '{"disclosures":[]}',
    '{"v":2,"disclosures":[]}',
    '{"v":1}',
    '{"v":1,"disclosures":"x"}',
    '{"v":1,"disclosures":[1]}',
    '{"v":1,"disclosures":[],"original":1}',
    '{"v":1,"disclosures":[],"more":1}',
    JSON.stringify({ v: 1, disclosures: Array.from({ length: 129 }, () => 'x') }),
  ])('where it is %s', (json) => expect(refusal(padded(json))).toContain('not a form'));
});
