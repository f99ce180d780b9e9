/** Clocks that several profiles share (A.7). A number of our own is an internal target, never law (rulings 6). */
import { PRE_REFUSAL_10BD, SILENCE_30CD } from '../calendar/second-stage.js';
import type { ExchangeType, Urgency } from '../vocabulary.js';
import type { ProfileClock } from './profile.js';

const CALM: readonly Urgency[] = ['ROUTINE', 'PRIORITY'];
const PRESSING: readonly Urgency[] = ['URGENT', 'EMERGENCY'];

export const acknowledge = (amount: number, on: readonly ExchangeType[]): ProfileClock => ({
  code: amount === 2 ? 'ACK_DEFAULT' : `ACK_${amount}BD`,
  kind: 'ACK',
  on,
  amount,
  unit: 'BUSINESS_DAYS',
  source: 'Egmont "acknowledge" [F2:S9], the number [D]',
  binding: 'internal target',
});

/** An answer within so many business days, where no source gives a number. */
export const target = (
  code: string,
  amount: number,
  on: readonly ExchangeType[],
  source: string,
  over: Partial<ProfileClock> = {},
): ProfileClock => ({
  code,
  kind: 'FIRST',
  on,
  amount,
  unit: 'BUSINESS_DAYS',
  source: `${source}, the number [D]`,
  binding: 'internal target',
  ...over,
});

/** AMLD6 34(2) says "promptly"; the number is ours. Silence is no consent, whatever this clock says. */
const CONSENT_5BD: ProfileClock = {
  code: 'CONSENT_5BD',
  kind: 'FINAL',
  on: ['CONSENT_REQUEST'],
  amount: 5,
  unit: 'BUSINESS_DAYS',
  lapses: true,
  source: 'AMLD6 34(2) [F:S18], the number [D]',
  binding: 'internal target',
};

/** Asked about a consent, or about a person's access to data, and when an answer is followed by silence: the same everywhere. */
export const ABOUT_WHAT_WAS_GIVEN: readonly ProfileClock[] = [
  acknowledge(2, ['CONSENT_REQUEST', 'SUBJECT_ACCESS_CONSULTATION']),
  CONSENT_5BD,
  target('SUBJECT_ACCESS_10BD', 10, ['SUBJECT_ACCESS_CONSULTATION'], '9.4 [M]', { kind: 'FINAL', lapses: true }),
  SILENCE_30CD,
];

export const EGMONT_30BD: ProfileClock = {
  code: 'EGMONT_30BD',
  kind: 'FIRST',
  on: ['FIU_REQUEST', 'MULTI_FIU_REQUEST'],
  amount: 30,
  unit: 'BUSINESS_DAYS',
  source: 'Egmont Principles [F2:S9]',
  binding: 'practice',
};

/** The numbers are firm, the wording of the postponement clause is not (section 14, point 1). Ten where it is exceptional and justified. */
export const EU_FIU_CLOCKS: readonly ProfileClock[] = [
  {
    code: 'EU_FIU_5WD',
    kind: 'FINAL',
    on: ['FIU_REQUEST', 'MULTI_FIU_REQUEST'],
    amount: 5,
    unit: 'BUSINESS_DAYS',
    source: 'AMLD6 31: the number [M], the wording on more time [M?]; transposed by 10 July 2027; to be verified',
    binding: 'law',
    urgency: CALM,
    extension: { code: 'EU_FIU_10WD', amount: 10 },
  },
  {
    code: 'EU_FIU_1WD',
    kind: 'FINAL',
    on: ['FIU_REQUEST', 'MULTI_FIU_REQUEST'],
    amount: 1,
    unit: 'BUSINESS_DAYS',
    source: 'AMLD6 31: the number [M], the wording on more time [M?]; transposed by 10 July 2027; to be verified',
    binding: 'law',
    urgency: PRESSING,
  },
];

/** What went between bureaux, because it was urgent, is followed by the formal copy: on paper or another network, told by EXTERNAL_LEG. */
export const FORMAL_COPY_DUE: ProfileClock = {
  code: 'FORMAL_COPY_DUE',
  kind: 'NOTICE',
  on: ['FORMAL_MLA_REQUEST'],
  owes: 'R',
  amount: 5,
  unit: 'BUSINESS_DAYS',
  source: 'UNCAC 46(13) through INTERPOL, 46(14) "forthwith" [M]; section 4, the number [D]',
  binding: 'internal target',
  askedAs: ['INTERPOL_NCB'],
  // once: what is reopened has been asked formally
  starts: ['DELIVERY_RECEIPT'],
  metBy: ['EXTERNAL_LEG', 'NO_LONGER_REQUIRED', 'CLOSE'],
};

/** Whoever needs a court's authorisation exceeds the limits as far as is needed, and says at once by how long and why (5(2) [F:S22]). */
const JUDICIAL = ['AWAITING_JUDICIAL_AUTHORISATION'] as const;

/**
 * Single points of contact. Whether a database is directly accessible only the one that is asked knows: both limits of an urgent
 * request run, the shorter for a first word, the longer for the whole answer.
 */
export const SPOC_CLOCKS: readonly ProfileClock[] = [
  {
    code: 'SPOC_8H',
    kind: 'FIRST',
    on: ['LE_REQUEST'],
    amount: 8,
    unit: 'HOURS',
    source: 'Dir 2023/977 5(1)(a) [F:S22]',
    binding: 'law',
    urgency: PRESSING,
    askedAs: ['SPOC'],
    exceededFor: JUDICIAL,
  },
  {
    code: 'SPOC_3CD',
    kind: 'FINAL',
    on: ['LE_REQUEST'],
    amount: 3,
    unit: 'CALENDAR_DAYS',
    source: 'Dir 2023/977 5(1)(b) [F:S22]',
    binding: 'law',
    urgency: PRESSING,
    askedAs: ['SPOC'],
    exceededFor: JUDICIAL,
  },
  {
    code: 'SPOC_7CD',
    kind: 'FINAL',
    on: ['LE_REQUEST'],
    amount: 7,
    unit: 'CALENDAR_DAYS',
    source: 'Dir 2023/977 5(1)(c) [F:S22]',
    binding: 'law',
    urgency: CALM,
    askedAs: ['SPOC'],
    exceededFor: JUDICIAL,
  },
];

/**
 * The duty to consult before refusing: who is about to be refused, or is offered help under conditions, has so long to answer, and then a
 * refusal may follow without it.
 */
export const PRE_REFUSAL = (on: ExchangeType): ProfileClock => ({
  ...PRE_REFUSAL_10BD,
  on: [on],
  starts: ['PRE_REFUSAL_CONSULTATION', 'CONDITIONS_PROPOSED'],
  metBy: ['VIEWS_SUBMITTED', 'CONDITIONS_ACCEPTED', 'CONDITIONS_DECLINED'],
});
