import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isStatementType, STATEMENT_TYPES } from '../../../domain/statement.js';
import { entry } from '../../../domain/wire/directory.js';
import { envelope } from '../../../domain/wire/envelope.js';
import { isInOrder, item } from '../../../domain/wire/item.js';
import { bytes64, civilDate, code, instant, language, opaque, origin, territory } from '../../../domain/wire/primitives.js';
import { release } from '../../../domain/wire/release.js';
import { submission } from '../../../domain/wire/submission.js';
import { sampleOf } from '../../support/wire.js';

const SCHEMAS = { submission, ...Object.fromEntries(Object.entries(STATEMENT_TYPES).map(([type, { schema }]) => [type, schema])) };

interface JsonSchema {
  readonly [keyword: string]: unknown;
}
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema within, with its path. */
function* within(schema: JsonSchema, at: string): Generator<[string, JsonSchema]> {
  yield [at, schema];
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' && isSchema(value))
      for (const [name, inner] of Object.entries(value)) yield* within(inner as JsonSchema, `${at}.${name}`);
    if (keyword === 'items' && isSchema(value)) yield* within(value, `${at}[]`);
    if ((keyword === 'anyOf' || keyword === 'oneOf') && Array.isArray(value))
      for (const inner of value) yield* within(inner as JsonSchema, at);
  }
}

describe.each(Object.entries(SCHEMAS))('the schema of %s', (name, schema) => {
  const all = [...within(z.toJSONSchema(schema, { io: 'input' }), name)];

  it('knows its members and no others', () => {
    for (const [path, { type, additionalProperties }] of all)
      if (type === 'object') expect([path, additionalProperties]).toEqual([path, false]);
  });

  it('gives every text, list and number a maximum', () => {
    for (const [path, { type, maxLength, maxItems, maximum, enum: listed, const: fixed }] of all) {
      const bounded = listed !== undefined || fixed !== undefined;
      if (type === 'string') expect([path, bounded || typeof maxLength === 'number']).toEqual([path, true]);
      if (type === 'array') expect([path, typeof maxItems]).toEqual([path, 'number']);
      if (type === 'integer' || type === 'number') expect([path, bounded || typeof maximum === 'number']).toEqual([path, true]);
    }
  });
});

describe('primitives', () => {
  it.each([
    ['code', code, ['A', 'A_1'], ['', 'a', '_A', 'A'.repeat(49), 'A\n']],
    ['opaque reference', opaque, ['2026/17-a:b.c'], ['', '-a', 'a b', 'a'.repeat(65)]],
    ['language', language, ['en', 'fil', 'en-GB'], ['EN', 'english', 'en-gb']],
    ['territory', territory, ['VG'], ['V', 'vg', 'VGX']],
    ['civil date', civilDate, ['2026-03-02', '1900-01-01', '2199-12-31'], ['2026-3-2', '2026-03-02Z', '1899-12-31', '2200-01-01']],
    [
      'time',
      instant,
      ['1990-01-01T00:00:00Z', '2199-12-31T23:59:59.999Z'],
      ['1989-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '9999-12-30T00:00:00Z', '2026-03-02'],
    ],
    ['origin', origin, ['parley.example/test'], ['', 'https://Parley', ' a']],
    ['binary value', bytes64(3), ['AAAA'], ['AAAAA', 'A=', '']],
  ] as const)('read a %s and nothing near it', (_, schema, good, bad) => {
    for (const text of good) expect([text, schema.safeParse(text).success]).toEqual([text, true]);
    for (const text of bad) expect([text, schema.safeParse(text).success]).toEqual([text, false]);
  });
});

describe('an item', () => {
  it('has the digests of its form in order where they are sorted, each once; what was taken in before stays readable in any', () => {
    const sample = sampleOf('parley-item+json') as { form: object };
    const [one, two, three] = ['-', '0', 'A'].map((first) => first.padEnd(43, 'A')) as [string, string, string];
    const isReadable = (digests: string[]) => item.safeParse({ ...sample, form: { ...sample.form, _sd: digests } }).success;
    const ordered = [[], [one], [one, two, three]];
    const disordered = [
      [two, one],
      [one, three, two],
      [one, one],
      [one, two, two],
    ];
    expect([...ordered, ...disordered].map(isReadable)).toEqual(Array(7).fill(true));
    expect([ordered.map(isInOrder), disordered.map(isInOrder)]).toEqual([Array(3).fill(true), Array(4).fill(false)]);
    expect(isReadable(['x'])).toBe(false);
  });
});

describe('an envelope', () => {
  it('has the body of its message', () => {
    const sample = sampleOf('parley-envelope+json');
    expect(envelope.safeParse({ ...sample, message: 'CLOSE', body: {} }).success).toBe(true);
    expect(envelope.safeParse({ ...sample, message: 'CLOSE' }).success).toBe(false);
    expect(envelope.safeParse({ ...sample, message: 'NEGATIVE_REPLY', body: {} }).success).toBe(false);
    const said = {
      searched: ['REGISTER'],
      consentToIntendedRecipients: [{ authority: 'NG-POL', authorityType: 'LAW_ENFORCEMENT', answer: 'GRANT' }],
    };
    expect(envelope.safeParse({ ...sample, message: 'NEGATIVE_REPLY', body: said }).success).toBe(true);
    expect(envelope.safeParse({ ...sample, message: 'BRIBE', body: {} }).success).toBe(false);
  });

  it('names a legal basis of the list, and no framework in its place', () => {
    const based = (legalBasis: string) => envelope.safeParse({ ...sampleOf('parley-envelope+json'), legalBasis: [legalBasis] }).success;
    expect(['UNCAC_46_4', 'MOU:2019-14', 'RECIPROCITY'].map(based)).toEqual([true, true, true]);
    expect(['EGMONT_PRINCIPLES', 'MOU', 'UNCAC_99', 'RECIPROCITY '].map(based)).toEqual([false, false, false, false]);
  });
});

describe('a release', () => {
  it('names an authority, or says plainly that its addressee is none', () => {
    const to = (text: string) => release.safeParse({ ...sampleOf('parley-release+json'), to: text }).success;
    expect(['NG-EFCX', 'private:NEWSPAPER'].map(to)).toEqual([true, true]);
    expect(['private:', 'private:a name', 'somebody'].map(to)).toEqual([false, false, false]);
  });
});

describe('an entry', () => {
  it('names a time zone as IANA spells them', () => {
    const zone = (timeZone: string) => entry.safeParse({ ...sampleOf('parley-entry+json'), timeZone }).success;
    expect(['UTC', 'America/Tortola', 'America/Port-au-Prince'].map(zone)).toEqual([true, true, true]);
    expect(['+04:00', '', 'A/../B'].map(zone)).toEqual([false, false, false]);
  });
});

it('covers every statement type', () => {
  expect(Object.keys(SCHEMAS).filter(isStatementType)).toHaveLength(Object.keys(STATEMENT_TYPES).length);
});
