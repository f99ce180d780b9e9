import { hasType, type Authority } from '../../../domain/authority.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { rule } from '../../rule.js';
import { addresseeOf, isCurrent, isPrivate } from '../../vocabulary.js';

const typesNow = (authority: Authority | null): AuthorityType[] =>
  authority?.designatedTypes.filter((type) => hasType(authority, type)) ?? [];

export const addresseeDesignated = rule({
  id: 'recipient/addressee-designated',
  code: 'ADDRESSEE_NOT_DESIGNATED',
  on: ['send', 'release', 'consent', 'notice'],
  source: '[S¶16, ¶38-40, ¶43(c)(d)]; [F:S2]; rule 0.18',
  sentence: '{to} is not a current entry of the directory as {type}.',
  remedy: 'Choose an addressee that the directory lists for the role, or have the entry confirmed anew.',
  violatedBy(facts) {
    const { id, type, authority } = addresseeOf(facts);
    if (isPrivate(id)) return [];
    if (authority !== null && type !== null && hasType(authority, type) && isCurrent(authority, facts.now)) return [];
    const remedy = { action: 'choose-addressee', types: typesNow(authority) } as const;
    return [{ fill: { to: id, type: type ?? 'no stated type' }, offenders: [id], remedy }];
  },
});
