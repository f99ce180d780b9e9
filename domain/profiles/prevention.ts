import { ABOUT_WHAT_WAS_GIVEN } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { PREVENTION_FORM } from './forms/other.js';
import { GROUNDS_EVERYWHERE } from './grounds.js';
import type { Profile } from './profile.js';

/** Experience and material on prevention: no case, no personal data, open within the community. */
export const PREVENTION: Profile = createProfile({
  id: 'PREVENTION',
  title: 'Prevention of corruption',
  source: 'section 12; UNCAC 6(3) [M]; [S¶38-39]',
  main: ['INFORMAL_CONSULTATION', 'SPONTANEOUS_DISCLOSURE'],
  opening: { form: PREVENTION_FORM, answer: PREVENTION_FORM },
  pairs: [{ from: ['PREVENTION_AUTHORITY'], to: ['PREVENTION_AUTHORITY'] }],
  assurance: { levelMax: 'OFFICIAL', fallbackSuites: null, membersOf: null, source: 'UNCAC 6(3) [M]: topics, no case data [D]' },
  defaultLabel: { level: 'OFFICIAL', tlp: 'GREEN', caveats: [], purposes: ['PREVENTION', 'STRATEGIC_ANALYSIS'] },
  clocks: [...ABOUT_WHAT_WAS_GIVEN],
  promptness: 'No date: none is set (UNCAC 6(3) [M]).',
  forwardRule: 'Consent of the one that gave it; what is published is a PUBLIC_RECORD and needs none.',
  refusalGrounds: [...GROUNDS_EVERYWHERE],
});
