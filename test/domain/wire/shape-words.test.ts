import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BODIES } from '../../../domain/wire/bodies.js';
import { envelope } from '../../../domain/wire/envelope.js';
import { civilDate, language, legalBasis, opaque, territory } from '../../../domain/wire/primitives.js';
import { shapeIssues, shapeWords } from '../../../domain/wire/shape-words.js';

const words = (schema: z.ZodType, given: unknown): string[] => shapeWords(schema.safeParse(given).error?.issues ?? [], given);

describe('the words of a wrong shape', () => {
  it('name the missing member, and what it takes where that is a list', () => {
    expect(words(BODIES.REFUSE, {})).toEqual(['codes is missing']);
    expect(words(BODIES.CONCLUDE, {})).toEqual([expect.stringMatching(/^outcome is missing: it is one of PROCEED_MLA, OTHER_CHANNEL, /)]);
  });

  it('name the values that are allowed', () => {
    expect(words(BODIES.VIEWS_SUBMITTED, { view: 'PERHAPS' })).toEqual([
      'view: it is one of MAY_DISCLOSE, MAY_DISCLOSE_IN_PART, ANSWER_NEUTRALLY',
    ]);
    expect(words(envelope, { message: 'GOSSIP' })).toEqual([expect.stringMatching(/^message: it is one of SUBMIT, ACKNOWLEDGE, /)]);
  });

  it('name the member that is not known', () => {
    expect(words(BODIES.REFUSE, { codes: [], reason: 'a secret' })).toEqual(['payload: it has no member reason']);
    expect(words(BODIES.SUBMIT, { parts: [{ id: 'a', assistanceType: 'FREEZING', coercive: true, x: 1, y: 2 }] })).toEqual([
      'parts.0: it has no member x, y',
    ]);
  });

  it('say kind, form and number', () => {
    expect(words(BODIES.REFUSE, { codes: 'CODE' })).toEqual(['codes: it is a list, in square brackets']);
    expect(words(BODIES.REFUSE, null)).toEqual(['payload: it is an object, in braces']);
    expect(words(z.null(), 1)).toEqual(['payload: it is null']);
    expect(words(BODIES.REFUSE, { codes: ['lower'] })).toEqual(['codes.0: it is a code, of capital letters, digits and underscore']);
    expect(words(civilDate, '01.01.2025')).toEqual(['payload: it is a day, written yyyy-mm-dd']);
    expect(words(civilDate, '2025-02-30')).toEqual(['payload: not a day of the calendar']);
    expect(words(territory, 'vg')).toEqual(['payload: it is a territory of ISO 3166-1, written as VG']);
    expect(words(language, 'English')).toEqual(['payload: it is a language, written as en or en-GB']);
    expect(words(opaque, 'two words')).toEqual(['payload: it is a reference, of letters, digits and ._:/-']);
    expect(words(legalBasis, 'UNCAC 46')).toEqual([
      'payload: it is a legal basis, as UNCAC_46 or RECIPROCITY, or MLAT:, DOMESTIC_LAW: or MOU: and its reference, as MOU:2019-14',
    ]);
    expect(words(z.email(), 'nobody')).toEqual(['payload: it is an e-mail address, as desk@example.org']);
    expect(words(z.string().regex(/^x$/), 'y')).toEqual(['payload: it has the form /^x$/']);
    expect(words(z.jwt(), 'y')).toEqual(['payload: it has the form jwt']);
    expect(words(z.url(), 'a')).toEqual(['payload: it is an address, as https://example.org']);
    expect(words(z.iso.date(), 'soon')).toEqual(['payload: it is a day, written yyyy-mm-dd']);
    expect(words(BODIES.NEGATIVE_REPLY, { searched: [] })).toEqual(['searched: it has at least 1 entries']);
    expect(words(BODIES.REFUSE, { codes: ['A'.repeat(49)] })).toEqual(['codes.0: it has at most 48 characters']);
    expect(words(z.int().min(2).max(4), 1)).toEqual(['payload: it has at least 2']);
    expect(words(z.int().min(2).max(4), 5)).toEqual(['payload: it has at most 4']);
  });

  it('say what a check of its own says', () => {
    expect(words(BODIES.MEASURE_TAKEN, { until: 'tomorrow' })).toEqual(['until: not an RFC 3339 time with Z']);
    expect(words(BODIES.CONDITIONS_PROPOSED, {})).toEqual(['payload: a proposal without a condition']);
  });

  it('tell of a union the way that was begun, and each where none was', () => {
    const either = z.strictObject({ rows: z.union([z.string(), z.array(z.strictObject({ kind: z.enum(['A', 'B']) }))]) });
    expect(words(either, { rows: [{ kind: 'C' }] })).toEqual(['rows.0.kind: it is one of A, B']);
    expect(words(either, { rows: 1 })).toEqual(['rows: it is a text, in quotes', 'rows: it is a list, in square brackets']);
  });

  it('tell what decides between the ways of a union, and what it may be', () => {
    const either = z.discriminatedUnion('act', [z.strictObject({ act: z.literal('use') }), z.strictObject({ act: z.literal('send') })]);
    expect(words(either, { act: 'look' })).toEqual(['act: it is one of use, send']);
    expect(words(either, {})).toEqual(['act is missing: it is one of use, send']);
    const one = z.xor([z.strictObject({ act: z.string() }), z.strictObject({ act: z.literal('use') })]);
    expect(words(one, { act: 'use' })).toEqual(['payload: Invalid input: more than one option matched']);
  });

  it('stand beside the field, which of the whole is empty', () => {
    const beside = (given: object) => shapeIssues(BODIES.REFUSE.safeParse(given).error?.issues ?? [], given);
    expect(beside({})).toEqual([{ field: 'codes', what: 'it is missing' }]);
    expect(beside({ codes: ['lower'], reason: 'a secret' })).toEqual([
      { field: 'codes.0', what: 'it is a code, of capital letters, digits and underscore' },
      { field: '', what: 'it has no member reason' },
    ]);
  });

  it('repeat no value that was given', () => {
    const secret = 'canary-7f3a';
    const given = { consultationKind: secret, parts: secret, periodFrom: secret, parent: `${secret} ${secret}`, art3Compliant: secret };
    const said = words(BODIES.SUBMIT, given);
    expect(said.length).toBeGreaterThan(4);
    expect(said.join(' ')).not.toContain(secret);
  });

  it('fall back on what zod says', () => {
    expect(shapeWords([{ code: 'not_multiple_of', divisor: 2, path: [], message: 'no multiple of 2' }], 3)).toEqual([
      'payload: no multiple of 2',
    ]);
  });
});
