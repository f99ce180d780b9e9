import { describe, expect, it } from 'vitest';
import { base64url, id, jsonObject, time } from '../../../domain/wire/answer-texts.js';

const reads = (schema: typeof time, text: unknown): boolean => schema.safeParse(text).success;

describe('what stands in an answer', () => {
  it('is base64url where every text of it decodes, and only to what is written so', () => {
    for (const bytes of [[], [0], [255], [1, 2], [255, 255], [1, 2, 3], [9, 8, 7, 6]])
      expect(reads(base64url, Buffer.from(bytes).toString('base64url'))).toBe(true);
    for (const text of ['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'A+/A', 'AA A', 7]) expect(reads(base64url, text)).toBe(false);
  });

  it('is a time or an id that there is', () => {
    expect(reads(time, '2026-11-27T04:00:00.000Z')).toBe(true);
    for (const text of ['2026-02-30T04:00:00Z', '2026-11-27', `2026-11-27T04:00:00.${'0'.repeat(9)}Z`])
      expect(reads(time, text)).toBe(false);
    expect(reads(id, '0a1b2c3d-0000-4000-8000-000000000001')).toBe(true);
    for (const text of ['0a1b2c3d-0000-4000-8000-00000000000', 'x'.repeat(36)]) expect(reads(id, text)).toBe(false);
  });

  it('is the text of a JSON object, and of nothing else', () => {
    const schema = jsonObject(20);
    expect(reads(schema, '{"a":1}')).toBe(true);
    for (const text of ['[]', 'null', '1', '"a"', '{"a":', '', `{"a":"${'x'.repeat(20)}"}`]) expect(reads(schema, text)).toBe(false);
  });
});
