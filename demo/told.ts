/** What a story is, and what several stories say alike. */
import type { Sending } from './acts/exchanges.js';
import type { Fields, Profile } from './items.js';
import type { Stage, StageFacts } from './stage.js';
import type { Receipt } from '../client/sdk/index.js';

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly below: string;
  readonly cast: readonly string[];
  /** how long it lasts */
  readonly days: number;
  readonly further?: StageFacts['further'];
  readonly begins?: StageFacts['begins'];
  /** @returns a receipt that is worth proving, and whose it is */
  play(stage: Stage): Promise<{ readonly witness: string; readonly receipt: Receipt }>;
}

/** The form of a request to a financial intelligence unit, whole: every mandatory field of the profile. */
export const requestFields = (subject: string, territory: string, offence: string, rest: Fields = {}): Fields => ({
  facts: `${subject} received payments of a public contractor and passed them on within a day.`,
  background: 'A suspicious transaction report of a bank; the file was opened in the month before.',
  reasons: `Who stands behind ${subject} decides whether the file goes on. No more than that is asked.`,
  countryLink: linkText(subject, territory),
  intendedUse: 'Analysis by the requesting unit.',
  subjects: `${subject} (company, suspected recipient)`,
  offence,
  ...rest,
});

const linkText = (subject: string, territory: string): string => `The registered office of ${subject} is in ${territory}.`;

/** What the gateway must see of such a request to decide: codes, dates and a digest, no prose. */
export const requestBody = (period: readonly [string, string], rest: object = {}) => ({
  intendedRecipients: [],
  alsoRequestedVia: [],
  periodFrom: period[0],
  periodTo: period[1],
  ...rest,
});

export const fiuRequest = (profile: Profile, to: string, rest: Pick<Sending, 'fromType' | 'body' | 'items' | 'purposes'>): Sending => ({
  exchangeType: 'FIU_REQUEST',
  message: 'SUBMIT',
  profile,
  to,
  toType: 'FIU',
  legalBasis: ['RECIPROCITY'],
  framework: ['EGMONT_PRINCIPLES'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  ...rest,
});

/** The civil date some years before `yyyy-mm-dd`. */
export const yearsBefore = (date: string, years: number): string => `${Number(date.slice(0, 4)) - years}${date.slice(4, 8)}01`;
