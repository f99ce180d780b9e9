/** Forms of consultations: before a formal request (Lausanne GL 9), before extradition (44), and about a person's access to data. */
import { free, oneOf, owed, section, type Form } from '../form.js';
import { ATTACHMENTS, OFFENCE_ROWS, PERSON_ROWS } from './parts.js';

export const CONSULTATION_FORM: Form = {
  schema: 'INFORMAL_CONSULTATION_1',
  title: 'Informal consultation before a formal request',
  source: '[S¶16, ¶28-30]; StAR [F:S48]; Lausanne GL 4, 9 [F:S50]; section 12 [D]. The kind stands in the envelope',
  fields: [
    owed('offenceSummary', 'Offence', 'The conduct, without names.', 'section 12 [D]'),
    owed(
      'question',
      'Question',
      'By kind: which requirements apply; whether it can be done; what the draft lacks; how a request stands; which way to go.',
      'section 12 [D]; [S¶18]',
    ),
    owed('plannedTiming', 'Planned timing', 'When the formal request may be expected.', 'Lausanne GL 4, 9 [F:S50]'),
    free(
      'assistanceConsidered',
      'Assistance considered',
      'Which kinds, coercive ones included: to talk about them is not to ask for them.',
      'section 12 [D]; rule 0.11',
    ),
    free('dualCriminality', 'Dual criminality', 'Doubts whether the conduct is an offence on both sides.', 'UNCAC 43(2), 46(9) [M]'),
    free('draft', 'Draft', 'The draft request, for review.', 'Lausanne GL 9 [F:S50]'),
    free('requestReference', 'Request', 'The formal request whose standing is asked about.', 'UNCAC 46(24) [M]'),
    free('persons', 'Persons', 'Names are not needed; a pseudonym serves.', 'section 12 [D]'),
  ],
};

export const CONSULTATION_ANSWER_FORM: Form = {
  schema: 'INFORMAL_CONSULTATION_ANSWER_1',
  title: 'Contribution to an informal consultation',
  source: 'Lausanne GL 5, 9 [F:S50]; [S¶18]',
  fields: [
    owed('answer', 'Answer', 'What is needed, what is possible, what the draft lacks, by article.', 'Lausanne GL 5, 9 [F:S50]'),
    free('requirements', 'Requirements', 'Law, procedure, evidence and language of the side that is asked.', '[S¶18]; [F:S49]'),
    free('alternatives', 'Other ways', 'Help without coercion, public records, another channel.', 'UNCAC 46(9)(b) [M]; [S¶31]'),
    ATTACHMENTS,
  ],
};

export const EXTRADITION_FORM: Form = {
  schema: 'EXTRADITION_CONSULTATION_1',
  title: 'Consultation on extradition',
  source: 'UNCAC 44 [M]; [S¶14]; section 12 [D]',
  fields: [
    ...section(
      '1. Person',
      owed('person', 'Person', 'A pseudonym serves at first.', 'section 12 [D]', PERSON_ROWS),
      owed('nationality', 'Nationality', 'Some States do not extradite their own and prosecute instead.', '44(11) [M]'),
      owed('location', 'Whereabouts', 'Where the person is thought to be: why this State is asked.', 'section 12 [D]'),
    ),
    ...section(
      '2. Offences',
      owed('offence', 'Offences and penalties', 'Conduct, provisions and highest penalties.', '44(1)-(2) [M]', OFFENCE_ROWS),
      owed(
        'dualCriminality',
        'Dual criminality',
        'The own view on whether the conduct is an offence on both sides.',
        '44(1)-(2) [M]',
        oneOf('MET', 'NOT_MET', 'UNKNOWN', 'WAIVED'),
      ),
    ),
    ...section(
      '3. The question',
      owed('question', 'Question', 'Prospects, obstacles, assurances that would be needed.', '44(17) [F2:S3]; [S¶14]'),
      owed('treatyBasis', 'Legal basis', 'Treaty, or whether the Convention is taken as the basis.', '44(5)-(6) [M]'),
      owed(
        'custody',
        'Custody',
        'Whether and until when, or that the person is free; for information only: provisional arrest is asked for formally, never here.',
        '44(10) [M]; rule 0.11',
      ),
      free('assurances', 'Assurances', 'What the asking State can promise.', '44(15), 44(17) [M]'),
      ATTACHMENTS,
    ),
  ],
};

export const EXTRADITION_ANSWER_FORM: Form = {
  schema: 'EXTRADITION_CONSULTATION_ANSWER_1',
  title: 'Contribution to a consultation on extradition',
  source: 'UNCAC 44(11), 44(15)-(17) [M]',
  fields: [
    owed('answer', 'Answer', 'Prospects and concerns.', '44(17) [F2:S3]'),
    free('concerns', 'Concerns', 'Nationality, discrimination, penalty, and what would meet each.', '44(11), 44(15) [M]'),
    free('prosecuteInstead', 'Prosecution instead', 'Whether the case would be prosecuted here, and what it needs.', '44(11) [M]'),
    ATTACHMENTS,
  ],
};

/** A person asks a holder what it has: the originator is heard before anything is said. */
export const SUBJECT_ACCESS_FORM: Form = {
  schema: 'SUBJECT_ACCESS_CONSULTATION_1',
  title: 'Consultation about a person’s request for access',
  source: '9.4 [M]; A.2 [D]',
  fields: [
    owed(
      'question',
      'Question',
      'What the person asked for, and what the holder means to say: confirm, refuse, or neither confirm nor deny.',
      '9.4 [M]',
    ),
    owed('answerDue', 'Due', 'By when the holder has to answer the person, and under which law.', '9.4 [M]'),
    free('itemReferences', 'Items', 'Which items of the originator are touched.', 'A.2 [D]'),
  ],
};
export const SUBJECT_ACCESS_ANSWER_FORM: Form = {
  schema: 'SUBJECT_ACCESS_ANSWER_1',
  title: 'Originator’s view on a person’s request for access',
  source: '9.4 [M]',
  fields: [
    owed(
      'answer',
      'View',
      'May it be disclosed, may its existence be confirmed.',
      '9.4 [M]',
      oneOf('DISCLOSE', 'CONFIRM_ONLY', 'NEITHER_CONFIRM_NOR_DENY'),
    ),
    free('reasons', 'Reasons', 'What would be harmed.', '9.4 [M]'),
  ],
};
