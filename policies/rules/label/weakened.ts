import { holdersIn } from '../../../domain/handed-on.js';
import { isAtLeast, type Label } from '../../../domain/label.js';
import type { Purpose } from '../../../domain/vocabulary.js';
import type { ReleaseFacts } from '../../facts.js';
import { keepLabel } from '../../remedies.js';
import { rule } from '../../rule.js';
import { agreesToPurpose, agreesToRelease, named, purposesOf } from '../../vocabulary.js';

/** Would every originator agree, were the release for this purpose? */
const isAgreed = (facts: ReleaseFacts, purpose: Purpose): boolean =>
  facts.item.label.originators.every(agreesToPurpose({ ...facts, release: { ...facts.release, purpose } }));

/** The item's label, opened for this recipient and for agreed purposes only; all else stands (rulings 2). */
function floorOf(facts: ReleaseFacts): Label {
  const { label } = facts.item;
  const agrees = agreesToRelease(facts);
  const caveats = label.caveats.map((caveat) =>
    caveat.code === 'NAMED_RECIPIENTS' && facts.to !== null && agrees(caveat.by)
      ? { ...caveat, recipients: [...new Set([...caveat.recipients, facts.to.id])] }
      : caveat,
  );
  const approved = purposesOf(facts.item);
  const added = facts.release.label.purposes.filter((purpose) => !approved.includes(purpose) && isAgreed(facts, purpose));
  return { ...label, caveats, purposes: [...approved, ...added] };
}

export const weakened = rule({
  id: 'label/weakened',
  code: 'CAVEAT_WEAKENED',
  on: ['release'],
  source: 'UNCAC 46(5) [M]; AMLD6 33(1) [F:S18]; rules 0.6, 0.25',
  sentence: 'The label on this release is weaker than that of {item}; only {originators} can relax it.',
  remedy:
    'Hand it on under its own label, to which you may only add; where more originators were added to what it is made from than one label names, ask its issuer to hand it on itself.',
  violatedBy(facts) {
    const { item, release } = facts;
    return isAtLeast(release.label, floorOf(facts))
      ? []
      : [
          {
            fill: { item: item.digest, originators: named([...item.label.originators, ...holdersIn(item.label)]) },
            offenders: [item.digest],
            remedy: keepLabel(item.label.originators, [item.issuer]),
          },
        ];
  },
});
