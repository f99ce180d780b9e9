import type { Authority } from '../../../domain/authority.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

type Acting = FactsOf<
  'send' | 'release' | 'access' | 'use' | 'consent' | 'consent-refusal' | 'label' | 'notice' | 'approval' | 'verification'
>;

/** Revoking, retracting, adding a caveat and refusing consent tighten, so they stay open to a suspended participant; a text is content. */
function partiesOf(facts: Acting): readonly (Authority | null)[] {
  if (facts.action === 'send') return [facts.from, facts.to];
  if (facts.action === 'release') return [facts.holder, facts.to];
  if (facts.action === 'consent') return [facts.originator, facts.holder, facts.recipient];
  if (facts.action === 'consent-refusal') return facts.text === null ? [] : [facts.originator, facts.holder];
  if (facts.action === 'label') return facts.change.change === 'RELAX' ? [facts.originator] : [];
  if (facts.action === 'notice') return [facts.holder, facts.to];
  if (facts.action === 'approval') return [facts.holder, facts.approver];
  if (facts.action === 'verification') return [facts.originator];
  return [facts.action === 'access' ? facts.reader : facts.holder];
}

export const suspended = rule({
  id: 'recipient/suspended',
  code: 'PARTICIPANT_SUSPENDED',
  on: ['send', 'release', 'access', 'use', 'consent', 'consent-refusal', 'label', 'notice', 'approval', 'verification'],
  source: 'AMLD6 30 [F:S18]; rulings 2',
  sentence:
    '{authority} is suspended: it neither receives, reads, asks nor sends; it may still revoke, retract, add caveats and refuse consent without a text.',
  remedy:
    'Wait until the suspension is lifted, or use another channel of equal protection; where it is no more, its code is taken over (decisions/0040).',
  violatedBy(facts) {
    const ids = partiesOf(facts).flatMap((party) => (party?.standing === 'SUSPENDED' ? [party.id] : []));
    return [...new Set(ids)].map((id) => ({ fill: { authority: id }, offenders: [id], remedy: NONE }));
  },
});
