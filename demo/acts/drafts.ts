/** A draft of a formal request: reviewed by the other side before it is sent, and made from own data alone. */
import {
  completenessOf,
  draftIn,
  profileForm,
  readDigest,
  readExchangeId,
  type Promotion,
  type ReviewedDraft,
} from '../../client/sdk/index.js';
import type { Reading } from './exchanges.js';
import type { Seat } from './seat.js';

export interface Reviewing extends Omit<Reading, 'purpose'> {
  readonly profile: Promotion['profile'];
  /** kinds of assistance that are considered, as the envelope names them */
  readonly asked: ReviewedDraft['asked'];
}

export const drafts = ({ client }: Seat) => ({
  /** @returns what the draft in an item lacks, by article; found in this authority's own process: the gateway cannot read it */
  async review({ item, via, profile, asked }: Reviewing) {
    const form = profileForm(profile, 'opening');
    if (form === null) throw new RangeError(`${profile} has no form`);
    const us = await client();
    const opened = await us.open({
      item: readDigest(item),
      via: readDigest(via),
      purpose: 'MLA_PREPARATION',
      justification: 'CASE_WORK',
    });
    const { missing } = completenessOf(profile, { ...draftIn(opened, form), asked });
    return missing.map(({ article, field, title, help }) => ({ article, field, title, help }));
  },
  /** @returns the form as far as own data fill it, and who gave what was left behind */
  async promote({ exchange, profile, purpose }: { exchange: string } & Pick<Promotion, 'profile' | 'purpose'>) {
    const { form, relatesTo, leftOut } = await (await client()).promote(readExchangeId(exchange), { profile, purpose });
    const fields = Object.fromEntries(Object.entries(form).filter((field): field is [string, string] => typeof field[1] === 'string'));
    return { fields, relatesTo: relatesTo as readonly string[], leftOut: leftOut.map(({ issuer }) => issuer as string) };
  },
});
