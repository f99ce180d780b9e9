/** Forms of the remaining channels: civil and administrative, police bureaux, anti-corruption bodies, prevention, diagonal, unasked. */
import { DATE, free, oneOf, owed, section, someOf, type Form } from '../form.js';
import {
  ATTACHMENTS,
  CASE_REFERENCE,
  COORDINATION_PLAN,
  DEADLINE_REASON,
  FINDING,
  findingFields,
  OFFENCE_ROWS,
  PERIOD_JUSTIFICATION,
  SUBJECT_ROWS,
  URGENCY_REASON,
} from './parts.js';

export const CIVIL_ADMIN_FORM: Form = {
  schema: 'CIVIL_ADMIN_1',
  title: 'Request in civil or administrative proceedings relating to corruption',
  source: 'UNCAC 43(1) [M]; [S¶20, ¶22, ¶33-36]; 7.5. The choice on confidentiality stands in the envelope and has no default',
  fields: [
    ...section(
      '1. Proceedings',
      owed('proceedings', 'Proceedings', 'Civil claim or administrative case, its number and stage.', 'UNCAC 43(1) [M]; [S¶33]'),
      owed(
        'parties',
        'Parties',
        'Who stands on which side; private parties are never recipients here.',
        'section 12 [D]; UNCAC 39 [M]',
        SUBJECT_ROWS,
      ),
      owed('forum', 'Forum', 'Court or agency that decides.', 'section 12 [D]'),
      owed('facts', 'Facts', 'What happened, and the link with corruption.', 'UNCAC 43(1) [M]'),
    ),
    ...section(
      '2. What is asked, and for what',
      owed('informationSought', 'Information sought', 'Each question by itself.', 'section 12 [D]'),
      owed('purpose', 'Purpose', 'For what it will be used, in which proceedings.', 'UNCAC 46(19) by analogy [D]; section 12 [D]'),
    ),
    ...section(
      '3. Confidentiality',
      owed(
        'disclosureForeseen',
        'Disclosure foreseen',
        'Whether the answer is to be shown to the other party or in open court.',
        '7.5; [S¶22, ¶33-36]',
        oneOf('NO', 'TO_OPPOSING_PARTY', 'IN_OPEN_COURT'),
      ),
      free('confidentialityReasons', 'Reasons', 'What would be harmed if fact or substance became known.', '46(20) [M]'),
      COORDINATION_PLAN,
    ),
    ...section('4. Time and attachments', CASE_REFERENCE, PERIOD_JUSTIFICATION, URGENCY_REASON, DEADLINE_REASON, ATTACHMENTS),
  ],
};

export const CIVIL_ADMIN_ANSWER_FORM: Form = {
  schema: 'CIVIL_ADMIN_ANSWER_1',
  title: 'Answer in civil or administrative proceedings',
  source: 'UNCAC 43(1) [M]; [S¶33-36]',
  fields: [
    ...findingFields('UNCAC 43(1) [M]'),
    free('conditions', 'Conditions', 'Not before which day, in which proceedings alone.', '[S¶33-36]'),
  ],
};

export const INTERPOL_FORM: Form = {
  schema: 'INTERPOL_1',
  title: 'Request between national central bureaus',
  source: 'RPD 10, 12, 112 [M?]; [F:S33, S34]. The attestation under article 3 stands in the envelope',
  fields: [
    owed('purpose', 'Purpose', 'Which of the purposes of article 10, for which case.', 'RPD 10 [M?]'),
    owed('onBehalfOfUnit', 'National unit', 'The unit for which the bureau asks; it never asks itself.', '[F:S33]'),
    owed('subjects', 'Persons and things', 'Each with its role in the case.', 'section 12 [D]', SUBJECT_ROWS),
    owed('facts', 'Facts', 'The offence; nothing political, military, religious or racial.', 'Constitution 3 [F:S33]'),
    owed('sourceAccuracy', 'Accuracy and source', 'Where it comes from, and how sure it is.', 'RPD 12, 63 [M?]; [F:S34]'),
    owed('informationSought', 'Information sought', 'Each question by itself.', 'section 12 [D]'),
    free(
      'nativeLevel',
      'Confidentiality level',
      'The network’s own marking; without one it is for official use only.',
      'RPD 112 [M?]',
      oneOf('INTERPOL FOR OFFICIAL USE ONLY', 'INTERPOL RESTRICTED', 'INTERPOL CONFIDENTIAL'),
    ),
    free('offence', 'Offences', 'The conduct and the provisions.', 'UNCAC 43(2) [M]', OFFENCE_ROWS),
    CASE_REFERENCE,
    PERIOD_JUSTIFICATION,
    URGENCY_REASON,
    DEADLINE_REASON,
    ATTACHMENTS,
  ],
};
export const INTERPOL_ANSWER_FORM: Form = {
  schema: 'INTERPOL_ANSWER_1',
  title: 'Answer of a national central bureau',
  source: 'RPD 12, 63-66 [M?]; [F:S34]',
  fields: findingFields('[F:S34]'),
};

export const GLOBE_FORM: Form = {
  schema: 'GLOBE_1',
  title: 'Request between anti-corruption law-enforcement authorities',
  source: '5.3 [F:S43]; section 12 [D]',
  fields: [
    owed('offence', 'Corruption offence', 'The conduct and the provisions.', '5.3 [F:S43]; UNCAC 15-25 [F:S6]', OFFENCE_ROWS),
    owed('facts', 'Facts', 'What happened, so far as it is known.', 'section 12 [D]'),
    owed('subjects', 'Subjects', 'Persons, companies and assets, each with its role.', 'section 12 [D]', SUBJECT_ROWS),
    owed('informationSought', 'Information sought', 'Each question by itself.', 'section 12 [D]'),
    owed('intendedUse', 'Intended use', 'For which inquiry; evidence comes by formal request.', 'rule 0.11'),
    CASE_REFERENCE,
    PERIOD_JUSTIFICATION,
    URGENCY_REASON,
    DEADLINE_REASON,
    ATTACHMENTS,
  ],
};
export const GLOBE_ANSWER_FORM: Form = {
  schema: 'GLOBE_ANSWER_1',
  title: 'Answer of an anti-corruption law-enforcement authority',
  source: '5.3 [F:S43]; A.11',
  fields: findingFields('5.3 [F:S43]'),
};

export const PREVENTION_FORM: Form = {
  schema: 'PREVENTION_1',
  title: 'Exchange on the prevention of corruption',
  source: 'UNCAC 6(3) [M]; [S¶38-39]',
  fields: [
    owed('topic', 'Topic', 'Measure, institution or experience that is asked about or told. No case, no personal data.', 'UNCAC 6(3) [M]'),
    free('question', 'Question', 'What the other side is asked.', 'UNCAC 6(3) [M]'),
    free('material', 'Material', 'What is told, or where it is published.', 'UNCAC 6(3) [M]'),
    ATTACHMENTS,
  ],
};

export const DIAGONAL_FORM: Form = {
  schema: 'DIAGONAL_1',
  title: 'Request through a counterpart on behalf of another authority',
  source: 'INR.40 ¶18-19 [M]. On whose behalf, the chain and the last purpose stand in the envelope',
  fields: [
    owed('onBehalfOfUnit', 'On whose behalf', 'The authority that needs the information, and its mandate.', 'INR.40 ¶18-19 [M]'),
    owed('ultimateUse', 'Last use', 'What that authority will do with the answer.', 'INR.40 ¶18-19 [M]'),
    owed('facts', 'Facts', 'What happened, so far as it is known.', 'INR.40 ¶1 [F:S13]'),
    owed('subjects', 'Subjects', 'Persons, companies and accounts, each with its role.', 'section 12 [D]', SUBJECT_ROWS),
    owed('informationSought', 'Information sought', 'Each question by itself.', 'section 12 [D]'),
    owed('countryLink', 'Link', 'What links the case with the country that is asked.', 'Egmont ¶25 [F2:S9]'),
    CASE_REFERENCE,
    PERIOD_JUSTIFICATION,
    URGENCY_REASON,
    DEADLINE_REASON,
    ATTACHMENTS,
  ],
};
export const DIAGONAL_ANSWER_FORM: Form = {
  schema: 'DIAGONAL_ANSWER_1',
  title: 'Answer through the same chain',
  source: 'INR.40 ¶18-19 [M]; A.11',
  fields: findingFields('INR.40 ¶18-19 [M]'),
};

export const DISCLOSURE_FORM: Form = {
  schema: 'SPONTANEOUS_DISCLOSURE_1',
  title: 'Information given without a request',
  source: 'UNCAC 46(4)-(5), 56 [M]; [S¶30]',
  fields: [
    owed('relevance', 'Relevance', 'Why the sender believes that it helps the receiver.', 'UNCAC 46(4), 56 [M]'),
    owed('facts', 'Facts', 'What is known.', 'UNCAC 46(4) [M]', FINDING),
    owed('evaluation', 'Evaluation', 'Reliability of the source and of the information.', 'A.11', FINDING),
    owed('asOf', 'As of', 'The day on which it was true.', 'protocol 3 [D]', { ...FINDING, ...DATE }),
    free('expectedUse', 'Use', 'To what the receiver may put it, in words; the label binds.', 'UNCAC 46(5) [M]'),
    ATTACHMENTS,
  ],
};

export const FEEDBACK_FORM: Form = {
  schema: 'FEEDBACK_1',
  title: 'Feedback on information that was received',
  source: 'INR.40 ¶1, ¶7-9 [F:S13], [M]; rule 0.20',
  fields: [
    owed(
      'usefulness',
      'Usefulness',
      'What it was good for.',
      'INR.40 ¶1 [F:S13]',
      oneOf('DECISIVE', 'USEFUL', 'CONFIRMED_WHAT_WAS_KNOWN', 'NOT_USEFUL', 'NOT_YET_KNOWN'),
    ),
    free('use', 'Use', 'To what it was put.', 'INR.40 ¶1 [F:S13]'),
    free(
      'outcome',
      'Outcome',
      'What became of the case.',
      'INR.40 ¶7-9 [M]',
      someOf('ANALYSIS', 'INVESTIGATION', 'FORMAL_REQUEST', 'FREEZING', 'PROSECUTION', 'CONVICTION', 'CONFISCATION', 'CLOSED', 'OPEN'),
    ),
    free('publicVerdict', 'Published verdict', 'Where the final verdict can be read, if it is public.', '[S¶43(h)]'),
    free('remarks', 'Remarks', 'What would have helped more.', 'INR.40 ¶1 [F:S13]'),
  ],
};
