/** Fields that several forms share, and the closed words that they take. */
import { DATE, free, owed, rows, someOf, type FormField } from '../form.js';

const SUBJECT_ROLES = ['SUSPECT', 'VICTIM', 'ASSOCIATE', 'BENEFICIARY', 'WITNESS', 'UNKNOWN'];
const SUBJECT_KINDS = ['PERSON', 'COMPANY', 'ACCOUNT', 'ASSET', 'VIRTUAL_ASSET_ADDRESS', 'VEHICLE', 'REAL_ESTATE'];
const STAGES = ['ANALYSIS', 'INVESTIGATION', 'PROSECUTION', 'TRIAL', 'CONFISCATION'];

/** One row a person, company, account or thing (2.4 [D]). */
export const SUBJECT_ROWS = rows(
  ['kind', 'Kind', SUBJECT_KINDS],
  ['role', 'Role in the case', SUBJECT_ROLES],
  ['name', 'Name, or a pseudonym'],
  ['born', 'Date and place of birth, or of registration'],
  ['nationality', 'Nationality, or country of registration'],
  ['identifier', 'Document, registration or account number'],
  ['address', 'Address or whereabouts'],
  ['remarks', 'Aliases, occupation, office held, beneficial owners'],
);
export const OFFENCE_ROWS = rows(
  ['conduct', 'Conduct: what was done, whatever it is called'],
  ['provision', 'Provision of the own law'],
  ['category', 'Category, or NOT_YET_IDENTIFIED'],
  ['penalty', 'Highest penalty'],
);
export const PERSON_ROWS = rows(
  ['name', 'Name, or a pseudonym'],
  ['born', 'Date and place of birth'],
  ['identifier', 'Identity document'],
  ['remarks', 'What else tells the person apart'],
);
export const STAGE = { takes: { kind: 'CHOICE', choices: STAGES } } as const;

export const URGENCY_REASON: FormField = free(
  'urgencyReason',
  'Reason for urgency',
  'What would be lost by an ordinary answer.',
  'Egmont ¶21 [F2:S9]; A.7',
  { when: { envelope: 'URGENT' } },
);
export const PERIOD_JUSTIFICATION: FormField = free(
  'periodJustification',
  'Reason for the period',
  'Why so long a look back is necessary.',
  'Egmont ¶20 [F2:S9]',
  { when: { envelope: 'LONG_PERIOD' } },
);
export const DEADLINE_REASON: FormField = free(
  'deadlineReason',
  'Reason for the date asked for',
  'Why the answer is needed by that day: a hearing, a limitation, the end of a measure.',
  'UNCAC 46(24) [F2:S3]',
  { when: { envelope: 'DEADLINE' } },
);
export const COORDINATION_PLAN: FormField = free(
  'coordinationPlan',
  'Coordination plan',
  'How the two proceedings are kept from harming each other, and who speaks to whom before something becomes public.',
  '7.5 [D]; [S¶22, ¶33-36]',
  { when: { envelope: 'MATTERS_DIFFER' } },
);
export const CONFISCATION_MODEL: FormField = free(
  'confiscationModel',
  'Kind of confiscation',
  'OBJECT: the property itself. VALUE: property worth as much. NON_CONVICTION_BASED: without a conviction. EXTENDED: beyond the offence that was tried.',
  'UNCAC 31(1), 54(1)(c) [M]; [S¶27, ¶32]',
  someOf('OBJECT', 'VALUE', 'NON_CONVICTION_BASED', 'EXTENDED'),
);
export const CASE_REFERENCE: FormField = free('caseReference', 'Own reference', 'The reference of the case in the own system.', '2.4 [D]');
export const ATTACHMENTS: FormField = free('attachments', 'Attachments', 'Names and media types of the files.', '2.4 [D]');

/** An answer's finding is disclosed whole: without its evaluation or its day it says something else. */
export const FINDING = { group: 'finding' } as const;
export const findingFields = (articleOfFinding: string): FormField[] => [
  owed('answer', 'Answer', 'What was found.', articleOfFinding, FINDING),
  owed('evaluation', 'Evaluation', 'Reliability of the source and of the information.', 'A.11', FINDING),
  owed('asOf', 'As of', 'The day on which the finding was true.', 'protocol 3 [D]', { ...FINDING, ...DATE }),
  free('searched', 'Searched', 'Registers and databases that were looked at.', '[S¶29]'),
  free('notAnswered', 'Not answered', 'Parts that are not answered, and why.', 'UNCAC 46(23) [M]; [S¶29]'),
  free('restrictions', 'Restrictions in words', 'What the label says, for people who read paper.', 'UNCAC 46(5) [M]'),
  ATTACHMENTS,
];
