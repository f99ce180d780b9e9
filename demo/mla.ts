/** What central authorities say to each other alike, in whichever story: a consultation first, then the formal request. */
import type { Sending } from './acts/exchanges.js';
import type { Fields } from './items.js';
import type { Stage } from './stage.js';
import type { AuthorityType } from '../client/sdk/index.js';

const CENTRAL = 'CENTRAL_AUTHORITY_MLA';

type Own = Pick<Sending, 'body'> & Partial<Pick<Sending, 'assistanceTypes' | 'language' | 'deadline'>>;

const between = (to: string, fromType: AuthorityType) =>
  ({
    message: 'SUBMIT',
    fromType,
    to,
    toType: CENTRAL,
    legalBasis: ['UNCAC_46'],
    framework: [],
    matterType: 'CRIMINAL',
    language: 'en',
    urgency: 'ROUTINE',
  }) as const;

/** Its fact and its substance are confidential: whoever asks says so in so many words. */
export const consultation = (to: string, fields: Fields, own: Own, fromType: AuthorityType = CENTRAL): Sending => ({
  ...between(to, fromType),
  exchangeType: 'INFORMAL_CONSULTATION',
  profile: 'INFORMAL_MLA_CONSULT',
  purposes: ['MLA_PREPARATION'],
  ...own,
  body: { confidentiality: 'FACT_AND_SUBSTANCE', ...own.body },
  items: [{ role: 'FORM', of: 'opening', fields }],
});

/** A part of a request: it is answered, refused and withdrawn by itself. */
export interface Part {
  readonly id: string;
  readonly assistanceType: NonNullable<Sending['assistanceTypes']>[number];
  readonly coercive: boolean;
}

export const formalRequest = (
  to: string,
  fields: Fields,
  parts: readonly Part[],
  own: Partial<Own> = {},
  fromType: AuthorityType = CENTRAL,
): Sending => ({
  ...between(to, fromType),
  exchangeType: 'FORMAL_MLA_REQUEST',
  profile: 'FORMAL_MLA',
  purposes: ['PROSECUTION_JUDICIAL', 'CONFISCATION'],
  ...own,
  body: { confidentiality: 'FACT_AND_SUBSTANCE', parts, ...own.body },
  items: [{ role: 'FORM', of: 'opening', fields, ...(own.language === undefined ? {} : { language: own.language }) }],
});

type Purpose = Parameters<typeof reads>[3];

/** The message arrives, and all that is in it is opened. @returns what was opened, by role */
export async function reads(stage: Stage, who: string, message: Sending['message'], purpose: Sending['purposes'][number]) {
  const { digest, items, exchange } = await stage.does(who, 'receive', { kind: 'envelope', message });
  const opened = [];
  for (const item of items) {
    const read = await stage.does(who, 'open', { item: item.digest, via: digest, purpose });
    opened.push({ ...read, item: item.digest, role: item.role });
  }
  return { digest, exchange, opened };
}

/** One message beside the answer, with words that are sealed, and the other side reads them. */
export async function says(
  stage: Stage,
  { who, whom, exchange, purpose }: { who: string; whom: string; exchange: string; purpose: Purpose },
  message: Sending['message'],
  text: string,
  body: object = {},
) {
  const sent = await stage.does(who, 'follow', { exchange, message, body, items: [{ role: 'TEXT', text }] });
  const got = await reads(stage, whom, message, purpose);
  return { ...sent, read: got.opened[0]?.text ?? null };
}
