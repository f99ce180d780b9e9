import { ABOUT_WHAT_WAS_GIVEN } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { DISCLOSURE_FORM, GLOBE_ANSWER_FORM, GLOBE_FORM } from './forms/other.js';
import { GROUNDS_EVERYWHERE, GROUNDS_INFORMAL, GROUNDS_LE } from './grounds.js';
import type { Profile } from './profile.js';

/** Anti-corruption law-enforcement authorities, peer to peer, before any formal request; asked or unasked. */
export const GLOBE: Profile = createProfile({
  id: 'GLOBE',
  title: 'Anti-corruption law-enforcement authorities',
  source: 'section 12 [D]; 5.3 [F:S43]',
  main: ['LE_REQUEST'],
  opening: { form: GLOBE_FORM, answer: GLOBE_ANSWER_FORM },
  beside: {
    SPONTANEOUS_DISCLOSURE: {
      form: DISCLOSURE_FORM,
      answer: DISCLOSURE_FORM,
      body: [{ field: 'spontaneousBasis', article: 'UNCAC 46(4), 48, 56 [M]' }],
    },
  },
  pairs: [{ from: ['ANTI_CORRUPTION_LEA'], to: ['ANTI_CORRUPTION_LEA'] }],
  defaultLabel: { level: 'RESTRICTED', tlp: 'AMBER+STRICT', caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY'], purposes: ['INTELLIGENCE'] },
  clocks: [...ABOUT_WHAT_WAS_GIVEN],
  promptness: 'No date: none that the network sets is known (section 12 [D]).',
  forwardRule: 'Consent of the one that gave it.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_LE],
});
