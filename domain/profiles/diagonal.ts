import { ABOUT_WHAT_WAS_GIVEN, EGMONT_30BD } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { DIAGONAL_ANSWER_FORM, DIAGONAL_FORM } from './forms/other.js';
import { GROUNDS_EVERYWHERE, GROUNDS_FIU, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

const NON_COUNTERPARTS = [
  'LAW_ENFORCEMENT',
  'ANTI_CORRUPTION_LEA',
  'PROSECUTION',
  'ASSET_RECOVERY_OFFICE',
  'SUPERVISOR',
  'TAX_AUTHORITY',
  'CUSTOMS',
] as const;

/** Through one's own unit to a foreign one, which may ask its own State's authorities; the answer comes back the same way. */
export const DIAGONAL: Profile = createProfile({
  id: 'DIAGONAL',
  title: 'Indirect exchange with bodies that are no counterparts',
  source: 'section 12; INR.40 ¶18-19 [M]',
  main: ['DIAGONAL_REQUEST'],
  opening: {
    form: DIAGONAL_FORM,
    answer: DIAGONAL_ANSWER_FORM,
    body: [
      { field: 'chain', article: 'INR.40 ¶18 [M]' },
      { field: 'ultimatePurpose', article: 'INR.40 ¶19 [M]' },
    ],
  },
  pairs: [
    { from: NON_COUNTERPARTS, to: ['FIU'], domestic: true },
    { from: ['FIU'], to: ['FIU', 'SUPERVISOR'] },
    { from: ['FIU'], to: NON_COUNTERPARTS, domestic: true },
  ],
  countryLink: true,
  // the strictest of the legs: what units give each other, and what police put on it
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY', 'NOT_FOR_EVIDENCE'],
    purposes: ['INTELLIGENCE'],
  },
  minimumCaveats: ['NO_THIRD_PARTY'],
  // the slowest leg is the one between units
  clocks: [{ ...EGMONT_30BD, on: ['DIAGONAL_REQUEST'] }, ...ABOUT_WHAT_WAS_GIVEN],
  forwardRule: 'Every leg consents, and the answer retraces the chain.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_FIU],
});
