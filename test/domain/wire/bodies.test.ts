import { describe, expect, it } from 'vitest';
import { BODIES } from '../../../domain/wire/bodies.js';
import { digest } from '../../support/ids.js';

describe('a proposal of conditions', () => {
  const isRead = (body: object): boolean => BODIES.CONDITIONS_PROPOSED.safeParse(body).success;

  it('names a text, a day or proceedings, any one of them', () => {
    expect(isRead({ texts: [digest('text')] })).toBe(true);
    expect(isRead({ notBefore: '2027-01-15T00:00:00Z' })).toBe(true);
    expect(isRead({ proceedings: ['claim-7'] })).toBe(true);
    expect(isRead({ texts: [digest('text')], notBefore: '2027-01-15T00:00:00Z', proceedings: ['claim-7'] })).toBe(true);
  });

  it('is none where it names nothing', () => {
    for (const nothing of [{}, { texts: [] }, { proceedings: [] }, { texts: [], proceedings: [] }]) expect(isRead(nothing)).toBe(false);
  });
});
