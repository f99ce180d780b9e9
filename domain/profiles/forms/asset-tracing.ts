/** Tracing assets through contact points (5.1, 5.2): before any formal request, and nothing that needs a court. */
import { free, oneOf, owed, section, type Form, type FormField } from '../form.js';
import {
  ATTACHMENTS,
  CASE_REFERENCE,
  CONFISCATION_MODEL,
  DEADLINE_REASON,
  findingFields,
  OFFENCE_ROWS,
  PERIOD_JUSTIFICATION,
  SUBJECT_ROWS,
  URGENCY_REASON,
} from './parts.js';

const ASSET_STAGES = ['TRACING', 'FREEZING_PREP', 'MANAGEMENT', 'CONFISCATION', 'SHARING_RETURN'];

const FIELDS: readonly FormField[] = [
  ...section(
    '1. Who asks',
    owed(
      'contactPoint',
      'Contact point',
      'The id under which the network lists the contact point that asks.',
      '5.1 [F:S36]; section 12 [D]',
    ),
    owed(
      'investigatingAuthority',
      'Investigating authority',
      'The own State’s authority and team for which it is asked; it alone may be handed the answer.',
      'section 12 [D]; rulings 2',
    ),
    CASE_REFERENCE,
  ),
  ...section(
    '2. The case',
    owed('caseType', 'Case type', 'Criminal or non-conviction-based confiscation, and for which offence.', 'section 12 [D]'),
    CONFISCATION_MODEL,
    owed('assetStage', 'Asset stage', 'How far the case has come.', '5.2 [D]', oneOf(...ASSET_STAGES)),
    owed('facts', 'Facts', 'The offence, and what links the assets with it.', '[S¶27]; [S¶30]'),
    free('offence', 'Offences', 'The conduct and the provisions.', 'UNCAC 43(2) [M]', OFFENCE_ROWS),
    PERIOD_JUSTIFICATION,
  ),
  ...section(
    '3. Whose assets, and where',
    owed('subjects', 'Subjects', 'Persons, companies, accounts and assets, each with its role.', 'section 12 [D]', SUBJECT_ROWS),
    owed('suspectedLocation', 'Suspected location', 'Why the assets are thought to be there.', 'section 12 [D]; Egmont ¶25 by analogy [D]'),
  ),
  ...section(
    '4. Questions',
    owed(
      'questions',
      'Questions',
      'Each by itself: existence, whereabouts, owner, register, what a freezing request must contain.',
      '5.2 [D]',
    ),
    owed(
      'mlaIntended',
      'Formal request',
      'Whether one is meant to follow; evidence and freezing come by it alone.',
      'section 12 [D]; rule 0.11',
      oneOf('YES', 'NO', 'NOT_YET_KNOWN'),
    ),
  ),
  ...section('5. Time', URGENCY_REASON, DEADLINE_REASON),
  ...section('6. Attachments', ATTACHMENTS),
];

export const ASSET_TRACING_FORM: Form = {
  schema: 'ASSET_TRACING_1',
  title: 'Request to trace assets through contact points',
  source: 'section 12 [D], on what CARIN says of itself [F:S36]',
  fields: FIELDS,
};

/** ARIN-WCA has one request sample for all its members; its fields were not found, so the common ones stand in for it. */
export const ARIN_WCA_FORM: Form = {
  schema: 'ARIN_WCA_1',
  title: 'Single request form of the West and Central Asian network',
  source: 'that there is a single form [F:S38, S41]; its fields, as for the other networks [D]',
  fields: FIELDS,
};

export const ASSET_TRACING_ANSWER_FORM: Form = {
  schema: 'ASSET_TRACING_ANSWER_1',
  title: 'Answer of a contact point',
  source: '5.2 [D]; [S¶30]',
  fields: [
    ...findingFields('5.2 [D]'),
    free('requirements', 'Requirements', 'What a formal request for freezing or confiscation must contain here.', '[S¶18, ¶30]'),
  ],
};
