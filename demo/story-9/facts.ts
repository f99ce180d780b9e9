/** What story 9 is about, and on which days: its dates are the story's own, so its clock begins on a named one. */
import { readAuthority, readInstant } from '../../client/sdk/index.js';
import type { Sending } from '../acts/exchanges.js';
import type { Fields } from '../items.js';

const PROFILE = 'CIVIL_ADMIN';
export const BEGINS = '2026-11-09';
export const CLAIM = 'CLAIM-2231-26';
/** before it nothing is filed in open court: on the morning after, what the investigation hides is hidden no more */
export const NOT_BEFORE = readInstant('2027-01-15T00:00:00Z');

/** Days after 2026-11-09. */
export const DAY = {
  acknowledge: 1,
  propose: 8,
  accept: 9,
  answer: 11,
  lawyers: 15,
  /** 2026-12-01 */
  early: 22,
  /** 2027-01-18 */
  file: 70,
  discipline: 71,
  last: 71,
};

const FORM: Fields = {
  proceedings: `Civil recovery claim no. ${CLAIM}; the claim is drafted and not yet filed.`,
  parties: 'Claimant: Company-V (victim). Defendant: Company-A. Both are private and receive nothing here.',
  forum: 'Provincial Court of Luanda, civil chamber.',
  facts: 'A public contract was paid twice; the second payment went to Company-A against a bribe.',
  informationSought: 'Company register and land register entries of Company-A and of what it holds.',
  purpose: `To name the assets in claim no. ${CLAIM}, and in no other proceedings.`,
  disclosureForeseen: 'IN_OPEN_COURT',
  confidentialityReasons: 'Company-A would move what it holds as soon as it hears of the claim.',
  coordinationPlan: 'PT investigates; AO files nothing before PT says when. PT-CIV and AO-CIV speak every two weeks.',
};

/** A request in a civil matter that is criminal on the other side. @param over what the sender left out or did otherwise */
export const civilRequest = (to: string, toType: Sending['toType'], over: { readonly body?: object } = {}): Sending => ({
  exchangeType: 'CIVIL_ADMIN_REQUEST',
  message: 'SUBMIT',
  profile: PROFILE,
  fromType: 'CIVIL_ADMIN_FOCAL_POINT',
  to,
  toType,
  legalBasis: ['UNCAC_43'],
  framework: [],
  purposes: ['CIVIL_PROCEEDING'],
  matterType: 'CIVIL',
  language: 'en',
  urgency: 'ROUTINE',
  body: over.body ?? { ...ABOUT_THE_OTHER_SIDE, confidentiality: 'FACT_AND_SUBSTANCE' },
  items: [{ role: 'FORM', of: 'opening', fields: FORM, caveats: [{ code: 'CONFIDENTIAL_FACT', by: readAuthority('AO-CIV') }] }],
});

/** PT has an open investigation of the same payment. */
export const ABOUT_THE_OTHER_SIDE = { matterTypeRequested: 'CRIMINAL' };
