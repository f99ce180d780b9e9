import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_DEPTH_MAX, parseJsonStrict } from '../../../domain/wire/strict-json.js';

const utf8 = new TextEncoder();
const read = (text: string) => parseJsonStrict(utf8.encode(text));
const refusal = (text: string): string => {
  const result = read(text);
  return result.ok ? `read ${JSON.stringify(result.value)}` : result.error;
};

const text = fc.string({ unit: 'grapheme' });
const name = text.filter((word) => word !== '__proto__');
const plain = fc.anything({ key: name, values: [text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null)], maxDepth: 8 });

describe('strict JSON', () => {
  it('reads what JSON.stringify writes, where the numbers are safe integers', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const written = JSON.stringify(value);
        expect(read(written)).toEqual({ ok: true, value: JSON.parse(written) });
      }),
      { numRuns: 500 },
    );
  });

  it('reads the same with white space between all tokens', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(read(JSON.stringify(value, null, 3)).ok).toBe(true);
      }),
    );
  });

  it('finds a member written twice behind a long string, whatever is escaped in it', () => {
    for (const long of ['x'.repeat(500), `${'x'.repeat(200)}\\"${'y'.repeat(200)}`, `${'x'.repeat(300)}\\\\`]) {
      expect(read(`{"a":"${long}","b":1}`).ok).toBe(true);
      expect(read(`{"a":"${long}","a":1}`).ok).toBe(false);
    }
  });

  it('reads long strings of every make, and finds what is written twice behind them', () => {
    const piece = fc.constantFrom('\\', '"', ':', '\n', 'é', 'x', 'x'.repeat(62), 'x'.repeat(64), ':'.repeat(65), 'z'.repeat(300));
    const long = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(long, long, (one, other) => {
        const written = JSON.stringify({ a: one, [`b${other}`]: other, c: [one, other] });
        expect(read(written)).toEqual({ ok: true, value: JSON.parse(written) });
        expect(refusal(`${written.slice(0, -1)},"a":1}`)).toBe('a member name is repeated');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['one escape after the other', '\\na'.repeat(350_000)],
    ['escapes far from each other', `\\n${'a'.repeat(70)}`.repeat(14_000)],
    ['one escape at the end', `${'a'.repeat(1_000_000)}\\n`],
  ])('looks at a string once, with %s', (_, long) => {
    const begun = performance.now();
    expect(read(`{"a":"${long}"}`).ok).toBe(true);
    // it takes a hundredth; what looks again and again took minutes
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('looks once at many long strings before one escape', () => {
    const begun = performance.now();
    expect(read(JSON.stringify([...Array.from({ length: 8_000 }, () => 'a'.repeat(120)), '\n'])).ok).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('refuses any object once one of its members is written twice', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.integer(), { minKeys: 1 }), fc.string(), fc.nat(), (object, extra, pick) => {
        const names = Object.keys(object);
        const again = JSON.stringify({ [names[pick % names.length]!]: extra });
        const twice = `${JSON.stringify(object).slice(0, -1)},${again.slice(1)}`;
        expect(refusal(twice)).toBe('a member name is repeated');
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', 'even with the same value'],
    ['{"a":1,"\\u0061":2}', 'spelled with an escape'],
    ['[{"b":{"a":1,"c":[],"a":2}}]', 'deep inside'],
    ['{"a":{"x":1},"a":{"x":1}}', 'with objects as values'],
    ['{"a\\"":1,"a\\"":2}', 'with a quote in it'],
    ['{"a\\\\":1,"a\\\\":2}', 'with a backslash at its end'],
  ])('refuses a repeated member name in %s, %s', (text) => expect(refusal(text)).toBe('a member name is repeated'));

  it.each(['{"a":{"x":1},"b":{"x":1}}', '[{"x":1},{"x":1}]', '{"a":"b:c","d":":"}', '{":":1}', '{"a\\"":":\\\\"}'])('reads %s', (text) =>
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) }),
  );

  it.each(['1.0', '1e2', '1E2', '[1e+2]', '{"a":0.5}', '-0', '[-0]', '{"a":-0.0}', '1e400'])(
    'refuses %s, which is no plain integer',
    (text) => expect(refusal(text)).toContain('integer'),
  );
  it.each(['9007199254740992', '[-9007199254740993]'])('refuses %s, which some parsers round', (text) =>
    expect(refusal(text)).toBe('a number is not a safe integer'),
  );
  it.each(['9007199254740991', '-9007199254740991', '0', '[true,false,null]', '"1.5e3"', 'true', '""'])('reads %s', (text) =>
    expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) }),
  );

  it.each(['', '{', '{"a":1,}', "{'a':1}", '{"a":1} x', 'NaN', '\ufeff{}', '[1] // c', '[01]'])('refuses %j, which is no JSON', (text) =>
    expect(refusal(text)).toBe('not UTF-8 JSON'),
  );
  it('refuses invalid UTF-8 inside a string', () => {
    expect(parseJsonStrict(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, error: 'not UTF-8 JSON' });
    expect(parseJsonStrict(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)).ok).toBe(false);
  });

  it('refuses half a surrogate pair, in a value and in a name', () => {
    expect(refusal('["\\ud800"]')).toBe('a string holds half a surrogate pair');
    expect(refusal('{"\\udc00":1}')).toBe('a member name is not allowed');
    expect(read('["\\ud83d\\ude00"]')).toEqual({ ok: true, value: ['😀'] });
  });
  it('refuses __proto__ as a name', () => expect(refusal('{"a":{"__proto__":{}}}')).toBe('a member name is not allowed'));

  it('reads the deepest allowed nesting and refuses one level more', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(read(nested(JSON_DEPTH_MAX)).ok).toBe(true);
    expect(refusal(nested(JSON_DEPTH_MAX + 1))).toBe('nested deeper than 16');
    expect(refusal(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`)).toBe('nested deeper than 16');
    expect(refusal(nested(100_000)).length).toBeGreaterThan(0);
  });
});
