import { describe, expect, it } from 'vitest';
import { ungranted } from '../../domain/consent-left.js';
import type { Digest } from '../../domain/ids.js';
import { instantFromMs } from '../../domain/time.js';
import type { Purpose } from '../../domain/vocabulary.js';

const [one, two, field, other] = ['A', 'B', 'C', 'D'].map((letter) => letter.repeat(43) as Digest) as [Digest, Digest, Digest, Digest];
const PURPOSES: readonly Purpose[] = ['INTELLIGENCE', 'INVESTIGATION'];
const asked = { until: instantFromMs(1_000) };
const grant = { items: [one], purposes: PURPOSES, until: instantFromMs(1_000) };
const left = (grants: Parameters<typeof ungranted>[3], of: Parameters<typeof ungranted>[2] = asked) =>
  ungranted([one, two], PURPOSES, of, grants);

describe('what grants leave of a request', () => {
  it('is all of it without one, and nothing of what one grants whole', () => {
    expect(left([])).toEqual([one, two]);
    expect(left([grant])).toEqual([two]);
    expect(left([{ ...grant, items: [one, two] }])).toEqual([]);
  });

  it('is nothing where two grants have each purpose between them', () => {
    const [first, second] = PURPOSES.map((purpose) => ({ ...grant, purposes: [purpose] }));
    expect(left([first!])).toEqual([one, two]);
    expect(left([first!, second!])).toEqual([two]);
  });

  it('is what a grant for less time, for certain proceedings or of some fields does not give', () => {
    const less = [{ until: instantFromMs(999) }, { conditions: ['case-1'] }, { fields: [field] }];
    for (const over of less) expect(left([{ ...grant, ...over }])).toEqual([one, two]);
    expect(left([{ ...grant, fields: [field] }], { ...asked, fields: [field] })).toEqual([two]);
    expect(left([{ ...grant, fields: [field] }], { ...asked, fields: [field, other] })).toEqual([one, two]);
    const bound = { ...grant, conditions: ['case-1', 'case-2'] };
    expect(left([bound], { ...asked, conditions: ['case-2'] })).toEqual([two]);
    expect(left([bound], { ...asked, conditions: ['case-2', 'case-3'] })).toEqual([one, two]);
  });
});
