import { describe, expect, it } from 'vitest';
import { parseKeyId } from '../../domain/ids.js';
import { authorOf, isStatementType, shapeStatement, STATEMENT_TYPES, type StatementType } from '../../domain/statement.js';
import { digest } from '../support/ids.js';
import { sampleOf } from '../support/wire.js';

const types = Object.keys(STATEMENT_TYPES).filter(isStatementType);
const kid = parseKeyId(digest('kid'));
const jws = (typ: string, compact = 'a.b.c') => ({ typ, kid: kid.ok ? kid.value : (undefined as never), digest: digest('s'), compact });
const shape = (type: StatementType, json: unknown) => shapeStatement(jws(type), json);

/** The payload with `x` added to each object in it, one at a time, as [where, payload]. */
function* withStranger(value: unknown, at = 'payload'): Generator<[string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries())
      for (const [path, made] of withStranger(inner, `${at}[${index}]`)) yield [path, value.with(index, made)];
  } else if (typeof value === 'object' && value !== null) {
    yield [at, { ...value, x: 1 }];
    for (const [name, inner] of Object.entries(value))
      for (const [path, made] of withStranger(inner, `${at}.${name}`)) yield [path, { ...value, [name]: made }];
  }
}

describe.each(types)('a %s', (type) => {
  const sample = sampleOf(type);

  it('has the shape of its type', () => {
    expect(shape(type, sample)).toMatchObject({
      ok: true,
      value: { typ: type, kid: digest('kid'), digest: digest('s'), compact: 'a.b.c' },
    });
  });

  it('has no member that the type does not know, at any depth', () => {
    for (const [path, payload] of withStranger(sample))
      expect([path, shape(type, payload)]).toMatchObject([path, { ok: false, error: { code: 'MALFORMED' } }]);
  });

  it('is of version 1 exactly', () => {
    expect(shape(type, { ...sample, v: 2 })).toEqual({
      ok: false,
      error: { code: 'UNKNOWN_VERSION', detail: 'known versions: 1', members: ['v'] },
    });
  });

  it('is no larger than its type allows', () => {
    const { bytesMax } = STATEMENT_TYPES[type];
    expect(shapeStatement(jws(type, 'a'.repeat(bytesMax)), sample).ok).toBe(true);
    expect(shapeStatement(jws(type, 'a'.repeat(bytesMax + 1)), sample)).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
  });
});

describe('a statement', () => {
  it('of a type that nobody knows is refused with the list of those known', () => {
    expect(shapeStatement(jws('parley-bribe+json'), {})).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_TYPE', detail: expect.stringContaining('parley-envelope+json'), members: ['typ'] },
    });
    expect(isStatementType('toString')).toBe(false);
  });

  it('is an object', () => {
    for (const json of [null, 1, 'text', []])
      expect(shape('parley-use+json', json)).toMatchObject({ ok: false, error: { code: 'MALFORMED' } });
    expect(shape('parley-use+json', null)).toMatchObject({ error: { detail: 'payload: it is an object, in braces' } });
  });

  it('is refused by the names of members, never their values', () => {
    const refused = shape('parley-use+json', { ...sampleOf('parley-use+json'), holder: 'a secret', purpose: 'another', extra: 1 });
    expect(refused).toMatchObject({ ok: false, error: { members: expect.arrayContaining(['holder', 'purpose', '+extra']) } });
    expect(JSON.stringify(refused)).not.toMatch(/secret|another/);
  });
});

describe('who speaks', () => {
  const SPEAKERS = {
    from: ['envelope'],
    originator: ['consent', 'consent-refusal', 'consent-revocation', 'label', 'consultation', 'verification'],
    holder: ['release', 'use', 'notice', 'deletion', 'inability'],
    reader: ['access'],
    authority: ['approval', 'quorum-request', 'quorum-share', 'entry', 'revocation', 'root'],
    operator: ['designation', 'designation-approval', 'agreement'],
  };
  const rows = Object.entries(SPEAKERS).flatMap(([member, names]) => names.map((name): [string, string] => [name, member]));

  it.each(rows)('in a parley-%s+json is its `%s`', (name, member) => {
    const type = `parley-${name}+json`;
    if (!isStatementType(type)) throw new Error(type);
    const shaped = shape(type, { ...sampleOf(type), [member]: 'ZZ-SPEAKER' });
    if (!shaped.ok || shaped.value.typ === 'parley-item+json' || shaped.value.typ === 'parley-session+json') throw new Error(type);
    expect(authorOf(shaped.value)).toBe('ZZ-SPEAKER');
  });

  it('is said of each type but an item, whose issuer is another matter, and the request for a session', () => {
    expect(rows.map(([name]) => `parley-${name}+json`).sort()).toEqual(
      types.filter((type) => type !== 'parley-item+json' && type !== 'parley-session+json').sort(),
    );
  });
});
