import { ABOUT_WHAT_WAS_GIVEN, target } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { CIVIL_ADMIN_ANSWER_FORM, CIVIL_ADMIN_FORM } from './forms/other.js';
import { GROUNDS_CIVIL_ADMIN, GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Civil and administrative proceedings abroad, with confidentiality chosen in so many words: a matter may be criminal on the other side. */
export const CIVIL_ADMIN: Profile = createProfile({
  id: 'CIVIL_ADMIN',
  title: 'Civil and administrative proceedings relating to corruption',
  source: 'section 12; UNCAC 43(1) [M]; [S¶22, ¶33-36]; 7.5',
  main: ['CIVIL_ADMIN_REQUEST'],
  opening: {
    form: CIVIL_ADMIN_FORM,
    answer: CIVIL_ADMIN_ANSWER_FORM,
    body: [{ field: 'matterTypeRequested', article: '7.5; [S¶22]' }],
  },
  pairs: [
    { from: ['CIVIL_ADMIN_FOCAL_POINT'], to: ['CIVIL_ADMIN_FOCAL_POINT'] },
    // where the other side treats the matter as criminal, its central authority is asked
    { from: ['CIVIL_ADMIN_FOCAL_POINT'], to: ['CENTRAL_AUTHORITY_MLA'] },
  ],
  confidentialityChoice: true,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    // SPECIALITY and CONDITIONS name the proceedings and the day, so the sender states them
    caveats: ['NO_THIRD_PARTY'],
    purposes: ['CIVIL_PROCEEDING'],
  },
  minimumCaveats: ['NO_THIRD_PARTY'],
  clocks: [target('CIVIL_20BD', 20, ['CIVIL_ADMIN_REQUEST'], 'section 12'), ...ABOUT_WHAT_WAS_GIVEN],
  forwardRule: 'To the court or agency that the request names, with consent.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_CIVIL_ADMIN],
});
