import { describe, expect, it } from 'vitest';
import { CLEAR_MEMBERS, clearMembersOf } from '../../../domain/profiles/clear-members.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import { PROFILE_IDS } from '../../../domain/vocabulary.js';

const COMMON = ['legalBasis', 'purposes', 'matterType', 'language', 'urgency'];
const names = (...of: Parameters<typeof clearMembersOf>): string[] => clearMembersOf(...of).map(({ name }) => name);

describe('what stands in clear', () => {
  it.each(PROFILE_IDS)('has words for whatever %s asks for', (id) => {
    for (const type of PROFILES[id].exchangeTypes)
      for (const { name, title, help, article } of clearMembersOf(PROFILES[id], type)) {
        expect(CLEAR_MEMBERS, name).toHaveProperty(name);
        for (const text of [title, help, article]) expect(text, name).not.toBe('');
      }
  });

  it('is what all ask, what the exchange asks, and what the channel asks of its own exchange', () => {
    expect(names(PROFILES.EGMONT_FIU, 'MULTI_FIU_REQUEST')).toEqual([
      ...COMMON,
      'intendedRecipients',
      'periodFrom',
      'alsoRequestedVia',
      'links',
    ]);
    expect(names(PROFILES.EGMONT_FIU, 'CONSENT_REQUEST')).toEqual([...COMMON, 'consent']);
    expect(names(PROFILES.FORMAL_MLA, 'FORMAL_MLA_REQUEST')).toEqual([...COMMON, 'confidentiality', 'parts']);
    expect(names(PROFILES.DIAGONAL, 'DIAGONAL_REQUEST')).toEqual([...COMMON, 'chain', 'ultimatePurpose', 'links', 'onBehalfOf']);
  });

  it('is no more than what all ask where the exchange is not offered', () => {
    expect(names(PROFILES.CARIN, 'MATCH_QUERY')).toEqual(COMMON);
  });
});
