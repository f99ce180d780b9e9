import { ABOUT_WHAT_WAS_GIVEN, SPOC_CLOCKS, target } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { EU_TERRITORIES } from './eu-fiu.js';
import { LE_ANSWER_FORM, LE_REQUEST_FORM } from './forms/law-enforcement.js';
import { CLOSED_SPOC, GROUNDS_EVERYWHERE, GROUNDS_INFORMAL, GROUNDS_LE } from './grounds.js';
import type { Profile } from './profile.js';

/** Where Dir 2023/977 binds: the Union, and the States associated with Schengen, whose law it is too (recitals [M]). */
const SPOC_TERRITORIES: readonly string[] = [...EU_TERRITORIES, 'CH', 'IS', 'LI', 'NO'];

/** The template and procedure under article 48 that the expert meeting asked for ([S¶21]). Liaison officers act for their own authority. */
export const LE_ART48: Profile = createProfile({
  id: 'LE_ART48',
  title: 'Law-enforcement cooperation under article 48 of the Convention',
  source: 'section 12; UNCAC 48 [M]; [S¶21]; Dir 2023/977 [F:S21, S22]',
  main: ['LE_REQUEST'],
  opening: { form: LE_REQUEST_FORM, answer: LE_ANSWER_FORM },
  pairs: [
    { from: ['LAW_ENFORCEMENT', 'PROSECUTION'], to: ['LAW_ENFORCEMENT', 'PROSECUTION'] },
    // in the Union a single point of contact is asked, by another or by a designated authority (Dir 2023/977 4(1)-(2), 14 [F:S21]); who lies outside asks the police
    { from: ['SPOC', 'LAW_ENFORCEMENT'], to: ['SPOC'], region: SPOC_TERRITORIES },
  ],
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['LEA_PURPOSE_ONLY', 'NOT_FOR_EVIDENCE', 'NO_THIRD_PARTY'],
    purposes: ['INTELLIGENCE', 'INVESTIGATION'],
  },
  clocks: [
    ...SPOC_CLOCKS,
    target('LE_10BD', 10, ['LE_REQUEST'], 'section 12', { askedAs: ['LAW_ENFORCEMENT', 'PROSECUTION'] }),
    ...ABOUT_WHAT_WAS_GIVEN,
  ],
  forwardRule: 'Consent of the one that gave it; evidence by formal request only.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_LE],
  closedGrounds: [CLOSED_SPOC],
});
