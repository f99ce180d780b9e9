import type { Authority } from '../../../domain/authority.js';
import { declaredAs } from '../../../domain/wire/declarations.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** For what each article of the convention would be the basis; of the others no entry says anything. */
const SERVES: Readonly<Partial<Record<string, 'extradition' | 'mla' | 'confiscation'>>> = {
  UNCAC_44: 'extradition',
  UNCAC_46: 'mla',
  UNCAC_46_4: 'mla',
  UNCAC_55: 'confiscation',
};

/** Does its entry say that the convention is no basis for it? What it does not say counts for nothing. */
function isDisclaimed(basis: string, side: Authority | null, type: AuthorityType): boolean {
  const service = SERVES[basis];
  if (service === undefined || side === null || side.entry === null) return false;
  return declaredAs(side.entry, type).law?.uncacApplies?.[service] === false;
}

export const conventionApplies = rule({
  id: 'form/convention-applies',
  code: 'LEGAL_BASIS_MISSING',
  on: ['send'],
  source: 'UNCAC 44(5)-(6), 46(7), 55(6) [M]',
  sentence: '{sides} does not take the convention as legal basis for this: its entry says so; nothing but {bases} is named.',
  remedy: 'Name a treaty, RECIPROCITY, domestic law or a memorandum beside it.',
  violatedBy({ envelope, from, to }) {
    const { message, legalBasis, fromType, toType } = envelope;
    if (message !== 'SUBMIT' || legalBasis.length === 0) return [];
    const sides = [
      { id: envelope.from, lacks: legalBasis.filter((basis) => isDisclaimed(basis, from, fromType)) },
      { id: envelope.to, lacks: legalBasis.filter((basis) => isDisclaimed(basis, to, toType)) },
    ];
    if (!legalBasis.every((basis) => sides.some(({ lacks }) => lacks.includes(basis)))) return [];
    const offenders = sides.flatMap(({ id, lacks }) => (lacks.length === 0 ? [] : [id]));
    return [
      {
        fill: { sides: named(offenders), bases: named(legalBasis) },
        offenders,
        remedy: { action: 'complete-field', fields: ['legalBasis'] },
      },
    ];
  },
});
