import { rule } from '../../rule.js';

export const domesticDuty = rule({
  id: 'lawful/domestic-duty',
  code: 'LEGAL_BASIS_MISSING',
  on: ['notice'],
  source: 'INR.40 ¶14: legally obliged to disclose [F2:S9]; A.8 [D]',
  sentence: 'A duty to disclose {item} is one of domestic law, not of {basis}.',
  remedy: 'Name the provision: DOMESTIC_LAW and its reference.',
  violatedBy({ notice, item }) {
    return notice.way !== 'LEGAL_OBLIGATION' || notice.legalBasis.startsWith('DOMESTIC_LAW:')
      ? []
      : [
          {
            fill: { item: item.digest, basis: notice.legalBasis },
            offenders: ['legalBasis'],
            remedy: { action: 'complete-field', fields: ['legalBasis'] },
          },
        ];
  },
});
