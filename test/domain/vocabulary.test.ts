import { expect, it } from 'vitest';
import { spokenAs, type OfficerRole } from '../../domain/vocabulary.js';

it.each<[readonly OfficerRole[], OfficerRole | null]>([
  [['COMPLIANCE', 'OFFICER'], 'OFFICER'],
  [['OPERATOR', 'SUPERVISOR', 'LIAISON_OFFICER'], 'SUPERVISOR'],
  [['COMPLIANCE', 'OPERATOR'], 'COMPLIANCE'],
  [[], null],
])('whoever is %j speaks as %s', (roles, role) => {
  expect(spokenAs(roles)).toBe(role);
});
