/** The template for information requests under article 48 that the expert meeting asked for ([S¶21]). */
import { free, oneOf, owed, section, someOf, DATE, type Form } from '../form.js';
import {
  ATTACHMENTS,
  CASE_REFERENCE,
  DEADLINE_REASON,
  findingFields,
  OFFENCE_ROWS,
  PERIOD_JUSTIFICATION,
  STAGE,
  SUBJECT_ROWS,
  URGENCY_REASON,
} from './parts.js';

export const LE_REQUEST_FORM: Form = {
  schema: 'LE_REQUEST_1',
  title: 'Request for information for law-enforcement cooperation under article 48 of the Convention',
  source: 'UNCAC 48 [M]; [S¶21]; Dir 2023/977 4 [M]; section 12',
  fields: [
    ...section(
      '1. Who asks',
      owed(
        'requestingUnit',
        'Requesting authority and unit',
        'Name and function of the authority and the unit that conducts the case.',
        'UNCAC 48(1)(a) [M]; [S¶21]',
      ),
      owed('contact', 'Contact', 'Officer, telephone and hours; the liaison officer, where there is one.', 'UNCAC 48(1)(e) [M]; [S¶43(e)]'),
      owed('caseReference', 'Case', 'The reference of the case in the own system.', 'Dir 2019/1153 17(b) [F:S25]; section 12 [D]'),
      free('stage', 'Stage', 'How far the case has come.', '7.2 [M]', STAGE),
      free(
        'previousCorrespondence',
        'Earlier correspondence',
        'References of both sides, and other channels on which the same was asked.',
        'INR.40 ¶1 [F:S13]',
      ),
    ),
    ...section(
      '2. What the inquiry is about',
      owed(
        'subTypes',
        'Kind of inquiry',
        'PERSON: identity, whereabouts, activities. PROCEEDS: movement of proceeds or property. INSTRUMENTALITIES: movement of what was used. METHODS: means and methods, concealment. COORDINATION: meetings, staff, liaison.',
        'UNCAC 48(1)(b)(i)-(iii), (c)-(f) [M]',
        someOf('PERSON', 'PROCEEDS', 'INSTRUMENTALITIES', 'METHODS', 'COORDINATION'),
      ),
      owed(
        'offence',
        'Offence',
        'The conduct, and the provision of the own law; the conduct counts, not its name.',
        'UNCAC 43(2), 48(1)(b) [M]',
        OFFENCE_ROWS,
      ),
      owed('facts', 'Facts', 'What happened, where and when, so far as it is known.', 'Dir 2023/977 4 [M]; [S¶21]'),
    ),
    ...section(
      '3. Persons and things',
      owed(
        'subjects',
        'Persons, companies, property',
        'Whom and what the question is about, each with its role in the case.',
        'UNCAC 48(1)(b) [M]',
        SUBJECT_ROWS,
      ),
      owed(
        'personPurposeLink',
        'Connection of the person with the purpose',
        'Why this person’s data are needed for this purpose.',
        'Dir 2023/977 4 [M]',
      ),
    ),
    ...section(
      '4. What is asked',
      owed(
        'informationSought',
        'Information sought',
        'Each question by itself, as narrow as the case allows.',
        'Dir 2023/977 4 [M]; [S¶21]',
      ),
      owed(
        'reasonToBelieve',
        'Reason to believe that it is there',
        'What points to the information being with the authority that is asked.',
        'Dir 2023/977 4 [M]',
      ),
      owed('necessity', 'Necessity', 'Why the information is needed, and why no less would do.', 'INR.40 ¶1 [F:S13]; rule 0.13'),
      free(
        'itemsForAnalysis',
        'Items for analysis',
        'Samples, substances, documents or data that are sent or asked for.',
        'UNCAC 48(1)(c) [M]',
      ),
      PERIOD_JUSTIFICATION,
    ),
    ...section(
      '5. Use',
      owed(
        'intendedUse',
        'Purpose and intended use',
        'For which inquiry, by which authority and unit.',
        'INR.40 ¶15 [M]; Dir 2023/977 4 [M]',
      ),
      owed(
        'useLimits',
        'Limits of use',
        'What the asking side undertakes, and which limits it puts on the information in this request.',
        'UNCAC 48(2) [M]; Dir 2023/977 4 [M]',
      ),
      free(
        'evidenceIntended',
        'Evidence',
        'Whether a formal request for evidence will follow: what is given here is intelligence and proves nothing in court.',
        'rule 0.11; [S¶16, ¶30]',
        oneOf('NO', 'FORMAL_REQUEST_PLANNED', 'FORMAL_REQUEST_SENT'),
      ),
      free(
        'confidentialityWishes',
        'Discretion',
        'Whether the person, a bank or another authority may learn of the inquiry.',
        'UNCAC 46(20) by analogy [D]',
      ),
      free('feedbackBy', 'Feedback by', 'The day by which the asking side says what the answer was good for.', 'INR.40 ¶1 [F:S13]', DATE),
    ),
    ...section('6. Time', URGENCY_REASON, DEADLINE_REASON),
    ...section(
      '7. Legal basis and attachments',
      free(
        'agreement',
        'Agreement',
        'The treaty or arrangement relied on; without one the Convention itself may be the basis.',
        'UNCAC 48(2) [M]; [S¶17]',
      ),
      free('costs', 'Costs', 'What has been agreed on unusual costs.', 'UNCAC 46(28) by analogy [D]'),
      ATTACHMENTS,
    ),
  ],
};

export const LE_ANSWER_FORM: Form = {
  schema: 'LE_ANSWER_1',
  title: 'Answer to a request under article 48',
  source: 'UNCAC 48 [M]; [S¶21]; A.11',
  fields: findingFields('UNCAC 48(1)(b) [M]'),
};

/** Officers of one network are reached day and night; what they ask for is still no coercive measure. */
export const EMERGENCY_ASSET_FORM: Form = {
  schema: 'EMERGENCY_ASSET_REQUEST_1',
  title: 'Emergency request about assets',
  source: 'section 4 [F:S35]; Lausanne GL 2 [F:S50]',
  fields: [
    CASE_REFERENCE,
    owed('subjects', 'Persons and assets', 'Whose assets, and which.', '[F:S35]', SUBJECT_ROWS),
    owed('facts', 'Facts', 'The offence and the link of the assets with it.', '[S¶27]'),
    owed('danger', 'Danger', 'Why the assets are about to be gone, and when.', 'A.7'),
    owed(
      'informationSought',
      'What is asked',
      'Confirmation, whereabouts, what a freezing request must contain; the freezing itself goes by formal request.',
      'rule 0.11',
    ),
    owed('nextStep', 'Next step', 'Which formal request follows, from whom and when.', 'UNCAC 46(13) [M]'),
    URGENCY_REASON,
    DEADLINE_REASON,
  ],
};
