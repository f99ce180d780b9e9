import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { disclosureDigest, discloseForm, fieldFault, SD_DIGESTS_MAX, tornGroup, verifyDisclosures } from '../../crypto/disclosure.js';
import type { Digest } from '../../domain/ids.js';

/** Counts up: no two draws are alike. */
const chance = (() => {
  let drawn = 0;
  return { bytes: (length: number) => Uint8Array.from(createHash('sha512').update(`${drawn++}`).digest().subarray(0, length)) };
})();
const encoded = (json: string): string => Buffer.from(json).toString('base64url');
const SALT = 'AAAAAAAAAAAAAAAAAAAAAA';
/** A disclosure of any shape, signed as it stands. */
const refusal = (...disclosures: string[]): string => {
  const result = verifyDisclosures([...new Set(disclosures.map(disclosureDigest))], disclosures);
  return result.ok ? 'verified' : result.error;
};
const FORM = { subject: 'A. Person', value: '1000', evaluation: 'B2', asOf: '2026-11-25', place: { city: 'Wien' } };

describe('the examples of RFC 9901', () => {
  it.each([
    [
      '4.2.3',
      'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0',
      'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0',
      'family_name',
      'Möbius',
    ],
    [
      '5.1',
      'WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd',
      'jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4',
      'given_name',
      'John',
    ],
    [
      '5.1',
      'WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd',
      'TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo',
      'family_name',
      'Doe',
    ],
    [
      '5.1',
      'WyI2SWo3dE0tYTVpVlBHYm9TNXRtdlZBIiwgImVtYWlsIiwgImpvaG5kb2VAZXhhbXBsZS5jb20iXQ',
      'JzYjH4svliH0R3PyEMfeZu6Jt69u5qehZo7F7EPYlSE',
      'email',
      'johndoe@example.com',
    ],
  ])('section %s: %s has its digest', (_section, disclosure, digest, name, value) => {
    expect(disclosureDigest(disclosure)).toBe(digest);
    const verified = verifyDisclosures([digest as Digest], [disclosure]);
    expect(verified.ok && [...verified.value.values()]).toEqual([{ digest, name, value }]);
  });
});

describe('a disclosed form', () => {
  it('holds what is empty too', () => {
    const { sd, disclosures } = discloseForm({ subject: null }, 1, chance);
    expect(verifyDisclosures(sd, [...disclosures.values()])).toMatchObject({ ok: true });
  });

  it('has one digest for each field of the schema, sorted, whatever is filled in', () => {
    for (const fields of [{}, { subject: 'x' }, FORM]) {
      const { sd, disclosures } = discloseForm(fields, 9, chance);
      expect(sd).toHaveLength(9);
      expect([...disclosures.keys()]).toEqual(Object.keys(fields));
      expect([...new Set(sd)].sort()).toEqual(sd);
    }
  });

  it('salts each field with 128 fresh bits: equal forms share no digest', () => {
    const [one, other] = [discloseForm(FORM, 9, chance), discloseForm(FORM, 9, chance)];
    expect(new Set([...one.sd, ...other.sd]).size).toBe(18);
    const [salt] = JSON.parse(Buffer.from(one.disclosures.get('value')!, 'base64url').toString()) as [string];
    expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  });

  it('gives back any chosen fields, and only those', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(FORM)), (chosen) => {
        const { sd, disclosures } = discloseForm(FORM, 9, chance);
        const verified = verifyDisclosures(
          sd,
          chosen.map((name) => disclosures.get(name)!),
        );
        const expected = Object.fromEntries(chosen.map((name) => [name, FORM[name as keyof typeof FORM]]));
        expect(verified.ok && Object.fromEntries([...verified.value].map(([name, { value }]) => [name, value]))).toEqual(expected);
      }),
    );
  });

  it('is not made with more fields than the schema has, or a schema beyond the limit', () => {
    expect(() => discloseForm({ a: 1, b: 2 }, 1, chance)).toThrow(RangeError);
    expect(() => discloseForm({}, SD_DIGESTS_MAX + 1, chance)).toThrow(RangeError);
    expect(discloseForm({}, SD_DIGESTS_MAX, chance).sd).toHaveLength(SD_DIGESTS_MAX);
  });
  it.each([
    { _sd: [] },
    { '...': 1 },
    { _sd_alg: 'sha-256' },
    { a: { b: [{ _sd: [] }], c: 1 }, d: null },
    { a: { '...': 1, b: 2 } },
    { a: undefined },
    // what no reader would take: it would be sealed, signed and sent, and shown to nobody
    { a: 1.5 },
    { a: 2 ** 53 },
    { a: ['\ud800'] },
    { a: { b: [-0.1] } },
    { '\udc00': 1 },
  ])('is not made of %j', (fields) => expect(() => discloseForm(fields, 9, chance)).toThrow(RangeError));

  it('says what is wrong with a field before anything is sealed', () => {
    expect(fieldFault('a', 1.5)).toBe('a number is not a plain integer');
    expect(fieldFault('_sd', 1)).toBe('a reserved name');
    expect(fieldFault('a', undefined)).toBe('no value');
    for (const value of [null, '', 0, [], { b: 'x' }]) expect(fieldFault('a', value)).toBeNull();
  });
});

describe('disclosures are refused', () => {
  const { sd, disclosures } = discloseForm(FORM, 9, chance);

  it('where the item does not hold them, even with one character altered', () => {
    const other = discloseForm(FORM, 9, chance).disclosures.get('value')!;
    expect(verifyDisclosures(sd, [other])).toEqual({ ok: false, error: 'a disclosure that the item does not hold' });
    const value = disclosures.get('value')!;
    fc.assert(
      fc.property(fc.nat(value.length - 1), fc.constantFrom(...'Aa0-_='), (at, to) => {
        fc.pre(value[at] !== to);
        expect(verifyDisclosures(sd, [value.slice(0, at) + to + value.slice(at + 1)]).ok).toBe(false);
      }),
    );
  });
  it('where one comes twice', () =>
    expect(refusal(disclosures.get('value')!, disclosures.get('value')!)).toBe('a field is disclosed twice: value'));
  it('where two signed ones have the same name', () =>
    expect(refusal(encoded(`["${SALT}","a",1]`), encoded(`["${SALT}","a",2]`))).toBe('a field is disclosed twice: a'));
  it('where the signed digests repeat', () => expect(verifyDisclosures([sd[0]!, sd[0]!], []).ok).toBe(false));
  it.each([
    ['padding', `${encoded(`["${SALT}","a",1]`)}=`, 'base64url'],
    ['no JSON', encoded('["'), 'JSON'],
    ['an object', encoded('{}'), 'not a disclosure'],
    ['two elements, as for an array', encoded(`["${SALT}","a"]`), 'not a disclosure'],
    ['four elements', encoded(`["${SALT}","a",1,2]`), 'not a disclosure'],
    ['a salt that is a number', encoded('[1,"a",1]'), 'not a string'],
    ['a name that is a number', encoded(`["${SALT}",1,1]`), 'not a string'],
    ['a salt of 126 bits', encoded(`["${SALT.slice(1)}","a",1]`), '128 bits'],
    ['a salt without end', encoded(`["${SALT.repeat(3)}","a",1]`), '128 bits'],
    ['a salt in another alphabet', encoded(`["${SALT.slice(1)}+","a",1]`), '128 bits'],
    ['the name _sd', encoded(`["${SALT}","_sd",[]]`), 'reserved'],
    ['the name ...', encoded(`["${SALT}","...","x"]`), 'reserved'],
    ['a digest nested in its value', encoded(`["${SALT}","a",[{"b":{"...":"x"}}]]`), 'reserved'],
    ['one beside other members', encoded(`["${SALT}","a",{"b":null,"...":"x"}]`), 'reserved'],
    ['two readings', encoded(`["${SALT}","a",{"b":1,"b":2}]`), 'repeated'],
  ])('with %s', (_what, disclosure, why) => expect(refusal(disclosure)).toContain(why));
});

describe('fields that may not be torn apart', () => {
  const groups = [['value', 'evaluation', 'asOf']];
  const torn = (...names: string[]) => tornGroup(new Set(names), groups);

  it('pass together', () => expect(torn('asOf', 'value', 'evaluation')).toBeNull());
  it('may all be left out', () => expect(torn('subject')).toBeNull());
  it('are named once one is left out', () => expect(torn('value', 'asOf', 'subject')).toEqual(groups[0]));
});
