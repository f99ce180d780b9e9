import { ABOUT_WHAT_WAS_GIVEN, acknowledge } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { DISCLOSURE_FORM } from './forms/other.js';
import { GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Who speaks to whom about assets, in whichever network both sit. */
const ASSET_RECOVERY = ['ASSET_RECOVERY_OFFICE', 'ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_FOCAL_POINT'] as const;

/** Information nobody asked for, from an authority to its counterpart. */
export const SPONTANEOUS: Profile = createProfile({
  id: 'SPONTANEOUS',
  title: 'Spontaneous disclosure to a counterpart',
  source: 'section 12; UNCAC 46(4)-(5), 56 [M]; [S¶30]',
  main: ['SPONTANEOUS_DISCLOSURE'],
  opening: {
    form: DISCLOSURE_FORM,
    answer: DISCLOSURE_FORM,
    body: [{ field: 'spontaneousBasis', article: 'UNCAC 46(4), 48, 56 [M]' }],
  },
  pairs: [
    { from: ['FIU'], to: ['FIU'] },
    { from: ['LAW_ENFORCEMENT', 'PROSECUTION'], to: ['LAW_ENFORCEMENT', 'PROSECUTION'] },
    { from: ['SPOC', 'LAW_ENFORCEMENT'], to: ['SPOC'] },
    { from: ['ANTI_CORRUPTION_LEA'], to: ['ANTI_CORRUPTION_LEA'] },
    { from: ASSET_RECOVERY, to: ASSET_RECOVERY },
    { from: ['INTERPOL_NCB'], to: ['INTERPOL_NCB'] },
    { from: ['CENTRAL_AUTHORITY_MLA'], to: ['CENTRAL_AUTHORITY_MLA'] },
    { from: ['CENTRAL_AUTHORITY_EXTRADITION'], to: ['CENTRAL_AUTHORITY_EXTRADITION'] },
    { from: ['CIVIL_ADMIN_FOCAL_POINT'], to: ['CIVIL_ADMIN_FOCAL_POINT'] },
    { from: ['PREVENTION_AUTHORITY'], to: ['PREVENTION_AUTHORITY'] },
  ],
  defaultLabel: { level: 'RESTRICTED', tlp: 'AMBER+STRICT', caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY'], purposes: ['INTELLIGENCE'] },
  minimumCaveats: ['NO_THIRD_PARTY'],
  clocks: [acknowledge(5, ['SPONTANEOUS_DISCLOSURE']), ...ABOUT_WHAT_WAS_GIVEN],
  suspendsOnClarification: false,
  forwardRule: "The sender's consent.",
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL],
});
