import { ABOUT_WHAT_WAS_GIVEN, target } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { EMERGENCY_ASSET_FORM } from './forms/law-enforcement.js';
import { INTERPOL_ANSWER_FORM, INTERPOL_FORM } from './forms/other.js';
import { GROUNDS_EVERYWHERE, GROUNDS_INFORMAL, GROUNDS_INTERPOL } from './grounds.js';
import type { Owed, Profile } from './profile.js';

const ATTESTED: Owed = { field: 'art3Compliant', article: 'Constitution 3 [F:S33]' };

/** Bureaux speak to bureaux, for their own State's units; officers of the focal-point network speak about assets. */
export const INTERPOL: Profile = createProfile({
  id: 'INTERPOL',
  title: 'National central bureaus, and focal points for asset recovery',
  source: 'section 12; section 4 [F:S32-S35], articles of the RPD [M?]',
  main: ['LE_REQUEST', 'ASSET_TRACING_REQUEST'],
  opening: { form: INTERPOL_FORM, answer: INTERPOL_ANSWER_FORM, body: [ATTESTED] },
  beside: { EMERGENCY_ASSET_REQUEST: { form: EMERGENCY_ASSET_FORM, answer: INTERPOL_ANSWER_FORM, body: [ATTESTED] } },
  pairs: [
    { from: ['INTERPOL_NCB'], to: ['INTERPOL_NCB'] },
    {
      from: ['ASSET_RECOVERY_FOCAL_POINT'],
      to: ['ASSET_RECOVERY_FOCAL_POINT'],
      // a body that its State listed as a focal point (COSP 4/4) need not be one of this network's (section 4 [F:S35])
      network: 'INTERPOL_GFPN',
      on: ['ASSET_TRACING_REQUEST', 'EMERGENCY_ASSET_REQUEST', 'CONSENT_REQUEST', 'FEEDBACK', 'SUBJECT_ACCESS_CONSULTATION'],
    },
  ],
  assurance: { levelMax: 'CONFIDENTIAL', fallbackSuites: null, membersOf: null, source: 'RPD 112: three levels, the highest of them [M?]' },
  defaultLabel: {
    // INTERPOL FOR OFFICIAL USE ONLY, where the source says nothing (RPD 112 [M?])
    level: 'OFFICIAL',
    tlp: 'AMBER+STRICT',
    caveats: ['LEA_PURPOSE_ONLY', 'NO_THIRD_PARTY', 'CONTACT_SOURCE_BEFORE_ACTION'],
    purposes: ['INTELLIGENCE', 'INVESTIGATION'],
  },
  clocks: [
    target('INTERPOL_PROMPT', 10, ['LE_REQUEST', 'ASSET_TRACING_REQUEST'], 'RPD, no number [M?]'),
    // reached day and night (section 4 [F:S35]); the number is ours
    target('EMERGENCY_ASSET_24H', 24, ['EMERGENCY_ASSET_REQUEST'], 'emergency requests 24/7 [F:S35]', { unit: 'HOURS' }),
    ...ABOUT_WHAT_WAS_GIVEN,
  ],
  retentionYearsMax: 5,
  forwardRule: 'Authorisation of the bureau that gave it, after it was asked whether it still holds true.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_INTERPOL],
});
