import { ABOUT_WHAT_WAS_GIVEN, acknowledge, EGMONT_30BD, target } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { FIU_ANSWER_FORM, FIU_REQUEST_FORM, POSTPONEMENT_ANSWER_FORM, POSTPONEMENT_FORM } from './forms/fiu.js';
import { GROUNDS_EVERYWHERE, GROUNDS_FIU, GROUNDS_INFORMAL } from './grounds.js';
import type { Opening, Owed, Profile } from './profile.js';

export const FIU_BODY: readonly Owed[] = [
  { field: 'intendedRecipients', article: 'Egmont, near ¶38 [F2:S9]' },
  { field: 'periodFrom', article: 'Egmont ¶20 [F2:S9]' },
  { field: 'alsoRequestedVia', article: 'Egmont fn 2 [F2:S9]' },
];

/** Units alone, and only where the law of the one that is asked lets it do so for a foreign one (2.2 [M]). */
export const POSTPONEMENT: Opening = { form: POSTPONEMENT_FORM, answer: POSTPONEMENT_ANSWER_FORM, body: [] };

/** A few hours decide whether the money is still there; no source gives their number. */
export const POSTPONEMENT_CLOCK = target('POSTPONEMENT_1BD', 1, ['POSTPONEMENT_REQUEST'], 'CETS 198 47 [M]', { kind: 'FINAL' });

/** Modelled on public descriptions of the Egmont Principles (rev. July 2025, secondary); not affiliated, not connected. */
export const EGMONT_FIU: Profile = createProfile({
  id: 'EGMONT_FIU',
  title: 'Financial intelligence units, on the Egmont Principles',
  source: 'section 12; Egmont Principles rev. July 2025 [F2:S9], [M]',
  main: ['FIU_REQUEST', 'MULTI_FIU_REQUEST'],
  opening: { form: FIU_REQUEST_FORM, answer: FIU_ANSWER_FORM, body: FIU_BODY },
  beside: { POSTPONEMENT_REQUEST: POSTPONEMENT },
  pairs: [{ from: ['FIU'], to: ['FIU'] }],
  countryLink: true,
  assurance: { levelMax: null, fallbackSuites: null, membersOf: 'EGMONT', source: 'section 12; Egmont Principles on the channel [M]' },
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY'],
    purposes: ['INTELLIGENCE'],
  },
  impliedPurposes: { INVESTIGATION: ['INTELLIGENCE'], ASSET_TRACING: ['INTELLIGENCE'] },
  clocks: [
    acknowledge(2, ['FIU_REQUEST', 'MULTI_FIU_REQUEST', 'POSTPONEMENT_REQUEST']),
    EGMONT_30BD,
    POSTPONEMENT_CLOCK,
    ...ABOUT_WHAT_WAS_GIVEN,
  ],
  presumedConsentPossible: true,
  forwardRule:
    "The originator's explicit consent; or presumed consent for a recipient named in the request, where the reply did not refuse and both entries switch it on.",
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_FIU],
});
