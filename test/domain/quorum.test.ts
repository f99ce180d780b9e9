import { describe, expect, it } from 'vitest';
import { parseKeyId, parseOfficerId } from '../../domain/ids.js';
import { COUNTERPART_SEES, countedFor, isHolder, isQuorate, QUORUM_REASONS } from '../../domain/quorum.js';
import { LATER, NOW } from '../support/facts.js';
import { digest } from '../support/ids.js';
import { certain } from '../../domain/result.js';

const officer = (code: string) => certain(parseOfficerId(code));
const [kid, other] = [certain(parseKeyId(digest('quorum'))), certain(parseKeyId(digest('other')))];
const [one, two, three, stranger] = ['o.1', 'o.2', 'o.3', 'o.9'].map(officer) as [
  ReturnType<typeof officer>,
  ...ReturnType<typeof officer>[],
];
const quorum = { kid, need: 2, holders: [one, two!, three!].map((holder) => ({ officer: holder })) };
const asked = { quorum: kid, until: LATER, requester: one };

describe('a quorum', () => {
  it('is reached by enough holders beside whoever asks', () => {
    expect(countedFor(asked, [two!, three!], quorum)).toEqual([two, three]);
    expect(isQuorate(asked, [two!, three!], quorum, NOW)).toBe(true);
  });

  it('does not count whoever asks, one holder twice, or who holds no share', () => {
    for (const agreed of [[], [two!], [two!, two!], [one, two!], [two!, stranger!]])
      expect(isQuorate(asked, agreed, quorum, NOW), agreed.join()).toBe(false);
  });

  it('is over when its time is, and once the key was dealt anew or is gone', () => {
    expect(isQuorate(asked, [two!, three!], quorum, LATER)).toBe(false);
    expect(isQuorate(asked, [two!, three!], { ...quorum, kid: other }, NOW)).toBe(false);
    expect(isQuorate(asked, [two!, three!], null, NOW)).toBe(false);
    expect(countedFor(asked, [two!, three!], null)).toEqual([]);
  });

  it('is held by whom the entry names', () => {
    expect([isHolder(quorum, one), isHolder(quorum, stranger!)]).toEqual([true, false]);
  });

  it('is told to the counterpart for each reason but an inquiry into the own officer', () => {
    expect(QUORUM_REASONS.filter((reason) => !COUNTERPART_SEES[reason])).toEqual(['INTERNAL_INVESTIGATION']);
  });
});
