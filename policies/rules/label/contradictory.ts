import { holdersIn } from '../../../domain/handed-on.js';
import type { AuthorityId } from '../../../domain/ids.js';
import { contradictions, type Label } from '../../../domain/label.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { named, NONE } from '../../vocabulary.js';

interface Stated {
  readonly of: string;
  readonly label: Label;
  /** who may have caveats there beside its originators: whoever handed it, or what it is made from, on */
  readonly holders: readonly AuthorityId[];
}

function labelsOf(facts: FactsOf<'send' | 'release' | 'label'>): Stated[] {
  const handed = (...labels: readonly (Label | null)[]) => labels.flatMap((label) => (label === null ? [] : holdersIn(label)));
  if (facts.action === 'send')
    return facts.items.map(({ digest, label, sources, givenOn, statedLabel, handedUnder }) => {
      // what was given before bears what its maker was bound by then
      return { of: digest, label, holders: [...handed(...sources, givenOn === null ? null : statedLabel), ...handedUnder] };
    });
  const { item } = facts;
  if (facts.action === 'label')
    return facts.change.label === undefined ? [] : [{ of: item.digest, label: facts.change.label, holders: handed(item.label) }];
  const { label, holder } = facts.release;
  // whomever the release calls an originator: who is one, the item says
  const stated = { ...label, originators: item.label.originators };
  return [{ of: item.digest, label: stated, holders: [...handed(item.label), ...item.handedUnder, holder] }];
}

/** The requester may keep its own request's fact confidential, on what is sent or said of it; whoever hands it on says so in no other name. */
const speaksForStranger = ({ action }: FactsOf<'send' | 'release' | 'label'>, { label, holders }: Stated): boolean =>
  action === 'release' &&
  label.caveats.some(({ code, by }) => code === 'CONFIDENTIAL_FACT' && ![...label.originators, ...holders].includes(by));

export const contradictory = rule({
  id: 'label/contradictory',
  code: 'LABEL_CONTRADICTORY',
  on: ['send', 'release', 'label'],
  source: 'A.5, section 6 [D]; rulings 3',
  sentence: 'The label of {item} contradicts itself: {how}.',
  remedy: 'Choose one of the two; the client says which before it seals.',
  violatedBy(facts) {
    return labelsOf(facts).flatMap((stated) => {
      const { of, label, holders } = stated;
      const strange = speaksForStranger(facts, stated) ? (['CAVEAT_OF_STRANGER'] as const) : [];
      const found = [...new Set([...contradictions(label, holders), ...strange])];
      return found.length === 0 ? [] : [{ fill: { item: of, how: named(found) }, offenders: [of], remedy: NONE }];
    });
  },
});
