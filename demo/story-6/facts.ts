/** What story 6 is about, and on which of its days things happen. */
import type { Part } from '../mla.js';

/** Status is asked for every 14 days from the request on. */
export const DAY = {
  discuss: 3,
  conclude: 5,
  tries: 7,
  file: 8,
  acknowledge: 10,
  status: [22, 36, 50],
  propose: 24,
  accept: 26,
  misuse: 27,
  consult: 28,
  views: 31,
  secrecy: 32,
  refuse: 37,
  withdraw: 39,
  answer: 55,
  use: 57,
  last: 58,
} as const;

/** days from the request until the answer is needed */
export const DEADLINE_DAYS = 60;

export const US = 'US-OIX';
export const MY = 'MY-AGX';

export const BANK: Part = { id: 'A', assistanceType: 'BANK_RECORDS_COMPELLED', coercive: true };
export const REGISTER: Part = { id: 'B', assistanceType: 'COMPANY_RECORDS', coercive: false };
export const INTERVIEW: Part = { id: 'C', assistanceType: 'VOLUNTARY_INTERVIEW', coercive: false };
export const PARTS: readonly Part[] = [BANK, REGISTER, INTERVIEW];

/** Opaque: it says which proceedings, and nothing about them. */
export const PROCEEDINGS = 'MY-2026-CR-11';
export const UNRELATED = 'MY-2026-CR-99';

/** What US-OIX and MY-AGX read the formal request and its answer for. */
export const PURPOSE = 'PROSECUTION_JUDICIAL';

const DEADLINE_REASON = 'The hearing of the case has been set for the week after; what comes later cannot be put before the court.';

export const requestFields = {
  requestingAuthority: 'MY-AGX, central authority under article 46(13).',
  conductingAuthority: 'MY-ACX, which investigates corruption; the public prosecutor conducts the case in court.',
  subjectMatter: 'Criminal investigation of illicit enrichment (UNCAC 20) of Subject-4, a former head of procurement.',
  factualSummary:
    'In five years Subject-4 acquired assets of eleven times the lawful income of that time. Company-D, registered in the US, ' +
    'bought two flats; its money came from an account that Subject-4 opened.',
  assistance: 'A: statements of the account for five years. B: extracts of the company register on Company-D. C: a voluntary interview.',
  persons: 'Subject-4 (suspect), whereabouts known; Company-D.',
  purpose: 'Evidence in the proceedings named above, and confiscation.',
  linkToCase: 'A shows where the money of the flats came from; B shows who stands behind Company-D.',
  undertakings: 'Used in the proceedings named above alone, unless US-OIX consents (46(19)); reciprocity.',
  deadlineReason: DEADLINE_REASON,
};

/** The same, whose deadline has no reason. */
const { deadlineReason: _without, ...unreasoned } = requestFields;
export const unreasonedFields = unreasoned;
