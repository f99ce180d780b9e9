import { ABOUT_WHAT_WAS_GIVEN, acknowledge, FORMAL_COPY_DUE, PRE_REFUSAL } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { FORMAL_MLA_ANSWER_FORM, FORMAL_MLA_FORM } from './forms/mla.js';
import { GROUNDS_EVERYWHERE, GROUNDS_MLA } from './grounds.js';
import { EXECUTORS, INVESTIGATORS } from './investigators.js';
import type { Profile } from './profile.js';

/** The formal request: between central authorities, and where both agreed and it is urgent through the bureaux (46(13)). */
export const FORMAL_MLA: Profile = createProfile({
  id: 'FORMAL_MLA',
  title: 'Mutual legal assistance between central authorities',
  source: 'section 12; UNCAC 46, 55 [M], 46(24) [F2:S3]',
  main: ['FORMAL_MLA_REQUEST'],
  opening: { form: FORMAL_MLA_FORM, answer: FORMAL_MLA_ANSWER_FORM },
  pairs: [
    { from: ['CENTRAL_AUTHORITY_MLA'], to: ['CENTRAL_AUTHORITY_MLA'] },
    { from: ['INTERPOL_NCB'], to: ['INTERPOL_NCB'] },
  ],
  formal: true,
  confidentialityChoice: true,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    // CONFIDENTIAL_FACT only where the request chooses it, which the client puts on it; an answer is for open court
    caveats: ['NO_THIRD_PARTY'],
    // investigations, prosecutions and judicial proceedings: those stated in the request (46(1), 46(19) [M])
    purposes: ['PROSECUTION_JUDICIAL', 'CONFISCATION', 'INVESTIGATION'],
  },
  // by law, whether or not it is said: the label says it, so that each use is held to it (46(19))
  speciality: true,
  clocks: [acknowledge(5, ['FORMAL_MLA_REQUEST']), PRE_REFUSAL('FORMAL_MLA_REQUEST'), FORMAL_COPY_DUE, ...ABOUT_WHAT_WAS_GIVEN],
  promptness: 'MLA_ASAP: as soon as possible, taking full account of a date that the request gives with its reason (UNCAC 46(24) [F2:S3]).',
  // a question about the request stops a clock only where the profile says so, and here no clock of law runs
  suspendsOnClarification: false,
  forwardRule:
    'To the authority that executes it (46(13)); of the answer, to whom the request names for its proceedings, until the one that gave it says otherwise; for other proceedings with prior consent; exculpatory after notice.',
  exemptions: [
    {
      code: 'EXECUTION',
      on: ['FORMAL_MLA_REQUEST'],
      side: 'REQUESTED',
      // what is urgent comes to the bureau, which sends it on
      heldAs: ['CENTRAL_AUTHORITY_MLA', 'INTERPOL_NCB'],
      to: [...EXECUTORS, 'CENTRAL_AUTHORITY_MLA'],
      isNamed: false,
      // nothing is necessary to execute what was refused, withdrawn or executed
      whileOpen: true,
      purposes: null,
      // its fact and substance are confidential except to the extent necessary to execute it (46(20))
      lifts: ['NO_THIRD_PARTY', 'CONFIDENTIAL_FACT'],
      source: 'UNCAC 46(13), 46(20) [M]; rulings 2',
    },
    {
      // the proceedings stated in the request need no further consent (46(19)), and it names who conducts them (46(15)(b))
      code: 'NAMED_TEAM',
      on: ['FORMAL_MLA_REQUEST'],
      side: 'REQUESTING',
      heldAs: ['CENTRAL_AUTHORITY_MLA', 'INTERPOL_NCB'],
      to: [...INVESTIGATORS, 'COURT', 'CENTRAL_AUTHORITY_MLA'],
      isNamed: true,
      whileOpen: false,
      purposes: null,
      lifts: ['NO_THIRD_PARTY'],
      source: 'UNCAC 46(15)(b), 46(19) [M]; section 12: for other proceedings prior consent',
    },
  ],
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_MLA],
  // interference with what is under way (46(25)); a search, a translation or a cost takes time and postpones nothing
  postponementGrounds: ['ONGOING_PROCEEDINGS'],
});
