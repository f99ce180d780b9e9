/** A bilateral FIU request as an officer's draft has it, of NG-FIA to VG-FIX. */
export const REQUEST = {
  to: 'VG-FIX',
  toType: 'FIU',
  fromType: 'FIU',
  exchangeType: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  legalBasis: ['RECIPROCITY'],
  framework: [],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  body: { intendedRecipients: [], alsoRequestedVia: [], reciprocity: true, periodFrom: '2026-01-01' },
  form: {
    subjects: 'Company-A',
    facts: 'f',
    background: 'b',
    reasons: 'r',
    countryLink: 'l',
    intendedUse: 'u',
    offence: 'NOT_YET_IDENTIFIED',
  },
};
