import { ABOUT_WHAT_WAS_GIVEN, acknowledge, EU_FIU_CLOCKS } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { FIU_BODY, POSTPONEMENT, POSTPONEMENT_CLOCK } from './egmont-fiu.js';
import { FIU_ANSWER_FORM, FIU_REQUEST_FORM } from './forms/fiu.js';
import { CLOSED_EU_FIU, CONSENT_REFUSAL_GROUNDS_EU, GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import { DISCLOSURE_FORM } from './forms/other.js';
import type { Owed, Profile } from './profile.js';

/** Member States (27). They agree among themselves on the network that this profile stands in for. */
export const EU_TERRITORIES: readonly string[] = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(
  ' ',
);

const FALLBACK: Owed = { field: 'fallbackReason', article: 'AMLD6 30(3) [F:S18]' };

/**
 * The units of the Union's States, beside their own network. This gateway is not that network: whoever sends here says why the
 * network could not be used, and protects what is sent as well as it would have.
 */
export const EU_FIU: Profile = createProfile({
  id: 'EU_FIU',
  title: 'Financial intelligence units of the European Union, where their own network cannot be used',
  source: 'section 12; AMLD6 29-35 [F:S18, S19], [M]',
  main: ['FIU_REQUEST', 'MULTI_FIU_REQUEST'],
  opening: {
    form: FIU_REQUEST_FORM,
    answer: FIU_ANSWER_FORM,
    body: [...FIU_BODY, FALLBACK],
  },
  beside: {
    POSTPONEMENT_REQUEST: POSTPONEMENT,
    // unasked too, such as a report that concerns another State (AMLD6 31(1) [F:S19]); the legal basis stands in the envelope
    SPONTANEOUS_DISCLOSURE: { form: DISCLOSURE_FORM, answer: DISCLOSURE_FORM, body: [FALLBACK] },
  },
  pairs: [{ from: ['FIU'], to: ['FIU'] }],
  region: EU_TERRITORIES,
  countryLink: true,
  fpsReports: true,
  assurance: {
    levelMax: null,
    fallbackSuites: ['age-pq-1', 'age-x25519-1'],
    membersOf: null,
    source: 'AMLD6 30(3) [F:S18]; which suites [D]',
  },
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY'],
    purposes: ['INTELLIGENCE'],
  },
  impliedPurposes: { INVESTIGATION: ['INTELLIGENCE'], ASSET_TRACING: ['INTELLIGENCE'] },
  clocks: [
    acknowledge(2, ['FIU_REQUEST', 'MULTI_FIU_REQUEST', 'POSTPONEMENT_REQUEST']),
    acknowledge(5, ['SPONTANEOUS_DISCLOSURE']),
    ...EU_FIU_CLOCKS,
    POSTPONEMENT_CLOCK,
    ...ABOUT_WHAT_WAS_GIVEN,
  ],
  // AMLD6 31 is known to give more time for reasons, and not for a question ([M?]): what is called law is not put off by a rule of ours
  suspendsOnClarification: false,
  forwardRule:
    'Prior consent, given promptly and to the largest extent possible to competent authorities; a report under the freedom to provide services is free.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, 'FUNDAMENTAL_PRINCIPLES'],
  closedGrounds: [CLOSED_EU_FIU],
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS_EU,
});
