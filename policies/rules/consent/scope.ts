import { consentsIn } from '../../../domain/basis.js';
import { coversFields, type Act, type Consent } from '../../../domain/consent.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { actOf, isInScope, named } from '../../vocabulary.js';

/** What else of the grant this release does not keep to; of one that does not say as what its reader gets it, nobody knows. */
const besides = (grant: Consent, act: Act): string[] => [
  ...(grant.recipientType === act.toType ? [] : [`as ${grant.recipientType}`]),
  ...(grant.holder === act.holder ? [] : [`by ${grant.holder}`]),
  ...(grant.items.includes(act.item) ? [] : ['of other items']),
  ...(grant.fields === null || coversFields(grant, act.disclosed) ? [] : [`in ${grant.fields.length} of the fields of a form`]),
  ...(act.suite === null || grant.suites.includes(act.suite) ? [] : [`under ${named(grant.suites)}`]),
];

const coversOf = (grant: Consent, act: Act | null): string =>
  [`${grant.recipient} for ${named(grant.purposes)}`, ...(act === null ? [] : besides(grant, act))].join(', ');

export const scope = rule({
  id: 'consent/scope',
  code: 'CONSENT_SCOPE_EXCEEDED',
  on: ['release'],
  source: 'A.3 CONSENT_REQUEST [D]; FINTRAC practice [F:S15]; rulings 2',
  sentence: 'Consent {consent} covers {covers} only, not this release.',
  remedy: 'Ask for a consent that covers it; nobody passes a consent on to somebody else.',
  violatedBy(facts) {
    const { cited, item, release } = facts;
    const act = actOf(facts);
    return cited.flatMap((grant, at) => {
      if (grant !== null && isInScope(grant, act)) return [];
      const consent = grant?.digest ?? consentsIn(release.basis)[at] ?? 'unknown';
      const covers = grant === null ? 'nothing known here, and therefore that' : coversOf(grant, act);
      const originator = grant?.originator ?? item.label.originators[0]!;
      return [{ fill: { consent, covers }, offenders: [consent], remedy: askFor(facts, originator) }];
    });
  },
});
