import { ABOUT_WHAT_WAS_GIVEN, PRE_REFUSAL } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { EXTRADITION_ANSWER_FORM, EXTRADITION_FORM } from './forms/consultation.js';
import { GROUNDS_EVERYWHERE, GROUNDS_EXTRADITION, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Central authorities for extradition, before a request and before a refusal. Arrest is asked for elsewhere. */
export const EXTRADITION_CONSULT: Profile = createProfile({
  id: 'EXTRADITION_CONSULT',
  title: 'Consultation between central authorities for extradition',
  source: 'section 12; UNCAC 44 [M], 44(17) [F2:S3]; [S¶14]',
  main: ['EXTRADITION_CONSULTATION'],
  opening: { form: EXTRADITION_FORM, answer: EXTRADITION_ANSWER_FORM },
  pairs: [{ from: ['CENTRAL_AUTHORITY_EXTRADITION'], to: ['CENTRAL_AUTHORITY_EXTRADITION'] }],
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    // who is named stands in the caveat of the item itself; the client asks for the names
    caveats: ['CONFIDENTIAL_FACT', 'NO_THIRD_PARTY'],
    purposes: ['EXTRADITION'],
  },
  clocks: [PRE_REFUSAL('EXTRADITION_CONSULTATION'), ...ABOUT_WHAT_WAS_GIVEN],
  promptness: 'No date: as soon as possible (UNCAC 44(9) [M]).',
  forwardRule: 'To prosecutors and courts of the own State, for this extradition alone.',
  exemptions: [
    {
      code: 'OWN_PROCEEDINGS',
      on: ['EXTRADITION_CONSULTATION'],
      side: null,
      heldAs: ['CENTRAL_AUTHORITY_EXTRADITION'],
      to: ['PROSECUTION', 'COURT'],
      isNamed: false,
      whileOpen: false,
      purposes: ['EXTRADITION'],
      // whom an originator names by NAMED_RECIPIENTS are the only ones all the same
      lifts: ['NO_THIRD_PARTY', 'CONFIDENTIAL_FACT'],
      source: 'section 12: for the extradition only [M], [S¶14]; rulings 2',
    },
  ],
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_EXTRADITION],
});
