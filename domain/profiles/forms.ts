/** The sealed forms of the profiles (domain.md 2.4 [D]). Names are those that `present` of an item's form lists. */
import type { Form, FormField, Owed } from './profile.js';

const owed = (name: string, title: string, help: string, article: string, group?: string): FormField => ({
  name,
  title,
  help,
  article,
  mandatory: true,
  ...(group === undefined ? {} : { group }),
});
const free = (name: string, title: string, help: string, article: string, group?: string): FormField => ({
  ...owed(name, title, help, article, group),
  mandatory: false,
});

/** What the gateway asks for of a form's mandatory fields. */
export const owedBy = (form: Form): Owed[] =>
  form.fields.filter((field) => field.mandatory).map(({ name, article }) => ({ field: name, article }));

export const FIU_REQUEST_FORM: Form = {
  schema: 'FIU_REQUEST_1',
  title: 'Request to a financial intelligence unit',
  fields: [
    owed('facts', 'Facts', 'What happened, so far as it is known.', 'AMLD6 31(1) [F:S19]; INR.40 ¶1 [F:S13]'),
    owed('background', 'Background', 'How the case came to the requesting unit.', 'AMLD6 31(1) [F:S19]'),
    owed('reasons', 'Reasons', 'Why the information is needed, and why no more than this.', 'AMLD6 31(1) [F:S19]; Egmont ¶20 [F2:S9]'),
    owed('countryLink', 'Link', 'What links the case with the country that is asked.', 'AMLD6 31(1) [F:S19]; Egmont ¶25 [F2:S9]', 'link'),
    owed('intendedUse', 'Intended use', 'What will be done with the answer, and by whom.', 'INR.40 ¶1 [F:S13]'),
    owed('subjects', 'Subjects', 'Persons, companies and accounts, each with its role in the case.', 'section 2.4 [D]'),
    owed('offence', 'Suspected offence', 'The offence, or NOT_YET_IDENTIFIED, which is allowed.', 'AMLD6 31(1) [F:S19]'),
    free('informationSought', 'Information sought', 'Which registers, reports or accounts the question is about.', 'section 2.4 [D]'),
    free('urgencyReason', 'Reason for urgency', 'What would be lost by an ordinary answer.', 'Egmont ¶21 [F2:S9]'),
    free('periodJustification', 'Reason for the period', 'Why so long a look back is necessary.', 'Egmont ¶20 [F2:S9]'),
    free('caseReference', 'Own reference', 'The reference of the case in the own system.', 'section 2.4 [D]'),
    free('attachments', 'Attachments', 'Names and media types of the files: charts, transaction lists, goAML.', 'section 2.4 [D]'),
  ],
};

export const FIU_ANSWER_FORM: Form = {
  schema: 'FIU_ANSWER_1',
  title: 'Answer of a financial intelligence unit',
  fields: [
    owed('answer', 'Answer', 'What was found.', 'section 2.4 [D]', 'finding'),
    owed('evaluation', 'Evaluation', 'Reliability of the source and of the information.', 'A.11', 'finding'),
    owed('asOf', 'As of', 'The day on which the finding was true.', 'protocol 3 [D]', 'finding'),
    free('searched', 'Searched', 'Registers and databases that were looked at.', '[S¶29]'),
    free('restrictions', 'Restrictions in words', 'What the label says, for people who read paper.', 'UNCAC 46(5) [M]'),
    free('attachments', 'Attachments', 'Names and media types of the files.', 'section 2.4 [D]'),
  ],
};

export const CONSULTATION_FORM: Form = {
  schema: 'INFORMAL_CONSULTATION_1',
  title: 'Informal consultation before a formal request',
  fields: [
    owed('offenceSummary', 'Offence', 'The conduct, without names.', 'section 12 [D]'),
    owed('question', 'Question', 'What the other side is asked.', 'section 12 [D]'),
    owed('plannedTiming', 'Planned timing', 'When the formal request may be expected.', 'Lausanne GL 4, 9 [F:S50]'),
    free('draft', 'Draft', 'The draft request, for review.', 'Lausanne GL 9 [F:S50]'),
    free('persons', 'Persons', 'Names are not needed; a pseudonym serves.', 'section 12 [D]'),
  ],
};

export const DISCLOSURE_FORM: Form = {
  schema: 'SPONTANEOUS_DISCLOSURE_1',
  title: 'Information given without a request',
  fields: [
    owed('relevance', 'Relevance', 'Why the sender believes that it helps the receiver.', 'UNCAC 46(4), 56 [M]'),
    owed('facts', 'Facts', 'What is known.', 'UNCAC 46(4) [M]', 'finding'),
    free('evaluation', 'Evaluation', 'Reliability of the source and of the information.', 'A.11', 'finding'),
    free('asOf', 'As of', 'The day on which it was true.', 'protocol 3 [D]', 'finding'),
    free('attachments', 'Attachments', 'Names and media types of the files.', 'section 2.4 [D]'),
  ],
};
