/** A bilateral FIU request that a gateway takes as it is. */
import { defaultLabel, openingForm, type EnvelopeDraft, type ParleyClient } from '../../../client/sdk/index.js';

export const REQUEST_FIELDS = {
  facts: 'Company-A received 1,000,000 without trade.',
  background: 'A report of a bank.',
  reasons: 'Its owner is not known.',
  countryLink: 'Its registered office is in VG.',
  intendedUse: 'Analysis.',
  subjects: [{ name: 'Company-A', role: 'suspect' }],
  offence: 'NOT_YET_IDENTIFIED',
};

type Fields = Readonly<Record<string, unknown>>;

/** @param fields of its form */
export const requestTo = (from: ParleyClient, to: ParleyClient, fields: Fields = REQUEST_FIELDS): EnvelopeDraft => ({
  exchangeType: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  fromType: 'FIU',
  to: to.authority,
  toType: 'FIU',
  legalBasis: ['RECIPROCITY'],
  framework: ['EGMONT_PRINCIPLES'],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  message: 'SUBMIT',
  body: { intendedRecipients: [], alsoRequestedVia: [], reciprocity: true, periodFrom: '2026-01-01', periodTo: '2026-06-30' },
  items: [
    {
      content: { role: 'FORM', schema: openingForm('BVI_BILATERAL_FIU'), fields },
      label: defaultLabel('BVI_BILATERAL_FIU', from.authority),
      language: 'en',
    },
  ],
});
