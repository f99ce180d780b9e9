import { ABOUT_WHAT_WAS_GIVEN } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { DISCLOSURE_FORM } from './forms/other.js';
import { GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import { EXECUTORS, INVESTIGATORS } from './investigators.js';
import type { Profile } from './profile.js';

const CONTACTS = ['ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_OFFICE', 'ASSET_RECOVERY_FOCAL_POINT'] as const;

/**
 * From the authority that deals with abroad to its own State's others. It is a third-party disclosure all the same: every caveat
 * goes along, and what the holder was not allowed is asked for through the holder (rulings 2).
 */
export const DOMESTIC_ONWARD: Profile = createProfile({
  id: 'DOMESTIC_ONWARD',
  title: "Handing on within the holder's own State",
  source: 'rulings 2; section 12, cross-profile rule 2 [D]; UNCAC 38 [M]',
  main: ['SPONTANEOUS_DISCLOSURE'],
  opening: { form: DISCLOSURE_FORM, answer: DISCLOSURE_FORM },
  pairs: [
    { from: ['FIU'], to: [...INVESTIGATORS, 'ASSET_RECOVERY_OFFICE', 'TAX_AUTHORITY', 'CUSTOMS', 'SUPERVISOR'] },
    { from: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'SPOC'], to: INVESTIGATORS },
    { from: CONTACTS, to: INVESTIGATORS },
    { from: ['INTERPOL_NCB'], to: INVESTIGATORS },
    // who works on a case tells the own central authority what it is to ask for formally: UNCAC 46(13) [M], [S¶28-30]; who executed a request
    // what came of it; and a bureau what came to it because it was urgent, or where somebody is who is sought
    {
      from: [...CONTACTS, ...INVESTIGATORS, 'FIU', 'SPOC', 'COURT', 'INTERPOL_NCB'],
      to: ['CENTRAL_AUTHORITY_MLA', 'CENTRAL_AUTHORITY_EXTRADITION'],
    },
    // a court is reached through the central authority only: UNCAC 46(15)(b) [M], A.1
    { from: ['CENTRAL_AUTHORITY_MLA'], to: EXECUTORS },
    { from: ['CENTRAL_AUTHORITY_EXTRADITION'], to: [...INVESTIGATORS, 'COURT'] },
    // the court or agency before which the civil or administrative proceedings are pending (section 12)
    { from: ['CIVIL_ADMIN_FOCAL_POINT'], to: [...INVESTIGATORS, 'COURT', 'SUPERVISOR', 'TAX_AUTHORITY', 'CUSTOMS'] },
  ],
  domestic: true,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY'],
    purposes: ['INTELLIGENCE'],
  },
  minimumCaveats: ['NO_THIRD_PARTY'],
  clocks: [...ABOUT_WHAT_WAS_GIVEN],
  suspendsOnClarification: false,
  forwardRule: 'Consent of every originator, asked for through the holder that handed it on.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL],
});
