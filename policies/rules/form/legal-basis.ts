import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

export const legalBasis = rule({
  id: 'form/legal-basis',
  code: 'LEGAL_BASIS_MISSING',
  on: ['send'],
  source: 'A.8 [D]; [S¶17, ¶29]',
  sentence: 'The exchange names no legal basis; a framework ({framework}) is none.',
  remedy: 'Name a treaty, RECIPROCITY, domestic law or a memorandum.',
  violatedBy({ envelope }) {
    return envelope.message !== 'SUBMIT' || envelope.legalBasis.length > 0
      ? []
      : [{ fill: { framework: named(envelope.framework) }, offenders: [], remedy: { action: 'complete-field', fields: ['legalBasis'] } }];
  },
});
