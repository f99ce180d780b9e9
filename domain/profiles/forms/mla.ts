/** Formal mutual legal assistance: article 46(15)(a)-(f), and what 55(3) adds for assets. */
import type { AssistanceType } from '../../vocabulary.js';
import { free, oneOf, owed, rows, section, type FieldCase, type Form } from '../form.js';
import {
  ATTACHMENTS,
  CONFISCATION_MODEL,
  COORDINATION_PLAN,
  DEADLINE_REASON,
  FINDING,
  OFFENCE_ROWS,
  STAGE,
  SUBJECT_ROWS,
  URGENCY_REASON,
} from './parts.js';

const when = (...asked: readonly AssistanceType[]): { when: FieldCase } => ({ when: { asked } });
const ORDER = when('CONFISCATION_ORDER', 'UNCAC_46_3_K');
const ENFORCEMENT = when('CONFISCATION_ENFORCEMENT');
const FREEZING = when('FREEZING', 'SEIZURE', 'UNCAC_46_3_J');
const NOT_SERVICE: { when: FieldCase } = { when: { askedBeyond: ['UNCAC_46_3_B'] } };

export const FORMAL_MLA_FORM: Form = {
  schema: 'FORMAL_MLA_1',
  title: 'Request for mutual legal assistance',
  source: 'UNCAC 46(15)(a)-(f), 55(3) [M]; order of the MLA Request Writer Tool [M]',
  fields: [
    ...section(
      '1. Authority',
      owed('requestingAuthority', 'Authority making the request', 'Name, address and contact of the central authority.', '46(15)(a) [M]'),
      owed(
        'conductingAuthority',
        'Authority conducting the proceedings',
        'Name and functions of the authority that conducts them.',
        '46(15)(b) [M]',
      ),
    ),
    ...section(
      '2. Proceedings',
      owed(
        'subjectMatter',
        'Subject matter and nature',
        'Which investigation, prosecution or judicial proceeding, on what.',
        '46(15)(b) [M]',
      ),
      free('stage', 'Stage', 'How far the proceedings have come.', '7.2 [M]', STAGE),
      free(
        'offence',
        'Offences',
        'The conduct, provisions and penalties; their text goes in as an attachment.',
        'UNCAC 43(2) [M]; 7.2 [M]',
        OFFENCE_ROWS,
      ),
      CONFISCATION_MODEL,
    ),
    ...section(
      '3. Facts',
      free(
        'factualSummary',
        'Summary of facts',
        'What happened; not needed for the service of documents alone.',
        '46(15)(c) [M]',
        NOT_SERVICE,
      ),
    ),
    ...section(
      '4. Assistance',
      owed('assistance', 'Assistance sought', 'What is to be done, part by part, as the envelope numbers the parts.', '46(15)(d) [M]'),
      free(
        'specialProcedure',
        'Particular procedure',
        'Which procedure is to be followed, and why; it is where the law of the other side allows.',
        '46(15)(d), 46(17) [M]',
      ),
      free('persons', 'Persons concerned', 'Identity, location and nationality, where possible.', '46(15)(e) [M]', SUBJECT_ROWS),
      owed('purpose', 'Purpose', 'For what the evidence, information or action is sought.', '46(15)(f) [M]'),
      free(
        'linkToCase',
        'Link of the assistance with the case',
        'Why this piece of evidence bears on these facts; what links the assets with the crime.',
        '[S¶27]; 7.2 [M]',
      ),
    ),
    ...section(
      '5. Assets: an order of confiscation is to be obtained',
      free('propertyDescription', 'Description of the property', 'What and, so far as possible, where it is.', '55(3)(a) [M]', ORDER),
      free(
        'propertyValue',
        'Estimated value',
        'Amount and currency, where relevant; trivial values may be declined.',
        '55(3)(a), 55(7) [M]',
      ),
      free('orderFacts', 'Facts relied on', 'Enough for the other side to seek the order under its own law.', '55(3)(a) [M]', ORDER),
    ),
    ...section(
      '6. Assets: an order of confiscation is to be enforced',
      free('orderCopy', 'Copy of the order', 'Name of the attached copy that the other side’s law admits.', '55(3)(b) [M]', ENFORCEMENT),
      free('enforcementFacts', 'Facts and extent', 'The facts, and how far the order is to be enforced.', '55(3)(b) [M]', ENFORCEMENT),
      free(
        'thirdPartyNotice',
        'Third parties and due process',
        'How third parties in good faith were told and due process was kept.',
        '55(3)(b) [M]',
        ENFORCEMENT,
      ),
      free('orderIsFinal', 'Finality', 'That the order is final.', '55(3)(b) [M]', { ...ENFORCEMENT, ...oneOf('FINAL') }),
    ),
    ...section(
      '7. Assets: freezing or seizure',
      free('freezingFacts', 'Facts relied on', 'What points to the property being liable to confiscation.', '55(3)(c) [M]', FREEZING),
      free('freezingActions', 'Actions asked for', 'Which property, which measure, for how long.', '55(3)(c) [M]', FREEZING),
      free(
        'freezingNeed',
        'Need for the measure',
        'What would become of the property without it, and why nothing less would do.',
        '[S¶27]',
      ),
      free('freezingOrder', 'Order relied on', 'Name of the attached copy, where there is one.', '55(3)(c) [M]'),
    ),
    ...section(
      '8. Confidentiality and use',
      free(
        'confidentialityReasons',
        'Reasons for confidentiality',
        'What would be harmed; the choice itself stands in the envelope.',
        '46(20) [M]',
      ),
      owed('undertakings', 'Undertakings', 'Speciality; reciprocity and costs, where they are asked for.', '46(19), 46(28) [M]'),
      COORDINATION_PLAN,
    ),
    ...section('9. Time', URGENCY_REASON, DEADLINE_REASON),
    ...section(
      '10. Language, authenticity, attachments',
      free('authentication', 'Signature and authentication', 'Who signed, and what the other side requires beyond it.', '46(14) [M]'),
      free(
        'translations',
        'Translations',
        'Into which language, and who made them.',
        '46(14) [M]',
        rows(['document', 'Document'], ['language', 'Language'], ['translator', 'Made by']),
      ),
      ATTACHMENTS,
    ),
  ],
};

export const FORMAL_MLA_ANSWER_FORM: Form = {
  schema: 'FORMAL_MLA_ANSWER_1',
  title: 'Answer to a request for mutual legal assistance',
  source: 'UNCAC 46(17), 46(19), 46(29) [M]',
  fields: [
    owed('result', 'Result', 'What was done, part by part.', '46(24) [M]', FINDING),
    owed('executedBy', 'Executed by', 'The authority that executed, and the day.', '46(13) [M]', FINDING),
    free('procedure', 'Procedure', 'How it was done, where one was asked for.', '46(17) [M]'),
    free('documents', 'Documents', 'What is handed over, and whether it was open to the public.', '46(29) [M]'),
    free('conditions', 'Conditions', 'Conditions that were agreed on.', '46(26) [M]'),
    free('returnOf', 'To be returned', 'What has to come back, and when.', '46(3)(f) by analogy [D]'),
    ATTACHMENTS,
  ],
};
