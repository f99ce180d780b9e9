/** Forms between financial intelligence units (2.4 [D]). Names are those that `present` of an item's form lists. */
import { free, owed, section, someOf, DATE, type Form } from '../form.js';
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

const SOUGHT = [
  'KNOWN_TO_UNIT',
  'REPORTS',
  'ACCOUNTS',
  'TRANSACTIONS',
  'COMPANY_AND_OWNER',
  'REAL_ESTATE',
  'CRIMINAL_RECORD',
  'TAX',
  'TRAVEL',
  'OTHER',
];

export const FIU_REQUEST_FORM: Form = {
  schema: 'FIU_REQUEST_1',
  title: 'Request to a financial intelligence unit',
  source: '2.4 [D], from AMLD6 31(1) [F:S19], INR.40 ¶1, ¶8 [F:S13], [M] and Egmont ¶20, ¶21, ¶25 [F2:S9]',
  fields: [
    ...section(
      '1. Reference',
      CASE_REFERENCE,
      free(
        'previousCorrespondence',
        'Earlier correspondence',
        'References of both sides, where the case was written about before.',
        '2.4 [D]',
      ),
    ),
    ...section(
      '2. Subjects',
      owed('subjects', 'Subjects', 'Persons, companies, accounts and assets, each with its role in the case.', '2.4 [D]', SUBJECT_ROWS),
    ),
    ...section(
      '3. The case',
      owed(
        'facts',
        'Facts',
        'What happened, so far as it is known: how, when, which amounts and flows.',
        'AMLD6 31(1) [F:S19]; INR.40 ¶1 [F:S13]',
      ),
      owed('background', 'Background', 'How the case came to the requesting unit.', 'AMLD6 31(1) [F:S19]'),
      owed('reasons', 'Reasons', 'Why the information is needed, and why no more than this.', 'AMLD6 31(1) [F:S19]; Egmont ¶20 [F2:S9]'),
      owed(
        'offence',
        'Suspected offence',
        'The offence and its predicate, or NOT_YET_IDENTIFIED, which is allowed.',
        'AMLD6 31(1) [F:S19]',
        OFFENCE_ROWS,
      ),
      free('stage', 'Stage', 'How far the case has come.', '2.4 [D]', STAGE),
      PERIOD_JUSTIFICATION,
    ),
    ...section(
      '4. The link',
      owed('countryLink', 'Link', 'What links the case with the country that is asked.', 'AMLD6 31(1) [F:S19]; Egmont ¶25 [F2:S9]', {
        group: 'link',
      }),
    ),
    ...section(
      '5. What is asked',
      free('informationSought', 'Information sought', 'Which registers, reports or accounts the question is about.', '2.4 [D]'),
      free('soughtKinds', 'Kinds of information', 'The same as a list to tick.', '2.4 [D]', someOf(...SOUGHT)),
      free(
        'queryOnBehalf',
        'Inquiries on our behalf',
        'May the unit that is asked inquire with banks and companies? The asking unit never does.',
        'Egmont ¶18 [F2:S9]; INR.40 ¶5 [M]',
      ),
      free('discretion', 'Discretion', 'May the subject’s bank be asked, may the police be told?', '2.4 [D]; 6.2 [D]'),
    ),
    ...section(
      '6. Use',
      owed('intendedUse', 'Intended use', 'What will be done with the answer, and by whom.', 'INR.40 ¶1 [F:S13]'),
      free('ownConsent', 'Consent to own information', 'For whom and for what the information in this request may be used.', '2.4 [D]'),
      free('feedbackBy', 'Feedback by', 'The day by which the asking unit says what the answer was good for.', 'INR.40 ¶1 [F:S13]', DATE),
      free(
        'undertakings',
        'Undertakings',
        'Use limitation, third-party rule, and what else the law of the requesting unit adds.',
        '2.4 [D]',
      ),
    ),
    ...section('7. Time', URGENCY_REASON, DEADLINE_REASON),
    ...section('8. Attachments', ATTACHMENTS),
  ],
};

export const FIU_ANSWER_FORM: Form = {
  schema: 'FIU_ANSWER_1',
  title: 'Answer of a financial intelligence unit',
  source: '2.4 [D]; [S¶29]; A.11',
  fields: findingFields('2.4 [D]'),
};

/** A transaction is held back for a short time, where the law of the unit that is asked lets it do so for a foreign one. */
export const POSTPONEMENT_FORM: Form = {
  schema: 'POSTPONEMENT_REQUEST_1',
  title: 'Request to hold back a transaction',
  source: '2.2; CETS 198 14, 47 [M]; AMLD6 24 [M]; Lausanne GL 2 [F:S50]',
  fields: [
    owed('transaction', 'Transaction', 'Number, account, institution and day of the transaction.', '2.2 [M]', { group: 'transaction' }),
    owed('amount', 'Amount', 'Amount and currency.', '2.2 [M]', { group: 'transaction' }),
    owed('reasons', 'Reasons', 'The suspicion, and what would be lost if the transaction went through.', 'CETS 198 47 [M]'),
    owed('countryLink', 'Link', 'What links the case with the country that is asked.', 'Egmont ¶25 [F2:S9]'),
    owed('expiry', 'Until', 'How long it is to be held back: a short fixed time.', '2.2 [M]'),
    free('nextStep', 'Next step', 'Which formal request will follow, and when.', 'Lausanne GL 2 [F:S50]'),
    URGENCY_REASON,
    DEADLINE_REASON,
  ],
};
export const POSTPONEMENT_ANSWER_FORM: Form = {
  schema: 'POSTPONEMENT_ANSWER_1',
  title: 'Answer to a request to hold back a transaction',
  source: '2.2; CETS 198 47 [M]',
  fields: [
    owed('outcome', 'Outcome', 'Held back, until when; or not, and why.', 'CETS 198 47 [M]'),
    free('conditions', 'Conditions', 'What has to arrive by when for the measure to last.', '2.2 [M]'),
    ATTACHMENTS,
  ],
};
