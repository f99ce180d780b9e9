/** A draft that is in order: something told that nobody asked for. */
export const disclosureTo = (to: string, facts = 'An account was closed.') => ({
  to,
  toType: 'FIU',
  fromType: 'FIU',
  exchangeType: 'SPONTANEOUS_DISCLOSURE',
  profile: 'SPONTANEOUS',
  legalBasis: ['UNCAC_46_4'],
  framework: [],
  purposes: ['INTELLIGENCE'],
  matterType: 'INTELLIGENCE',
  language: 'en',
  urgency: 'ROUTINE',
  body: { spontaneousBasis: 'UNCAC_46_4' },
  form: { relevance: 'A link.', facts, evaluation: 'A1', asOf: '2026-11-01' },
});
