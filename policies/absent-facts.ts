/** Every fact of each action: one that the walk forgot is noticed before anything is decided. */
import type { ActionName, Facts, FactsOf } from './facts.js';

const COMMON = ['now', 'deployment', 'officer'] as const;
type Names<A extends ActionName> = Exclude<keyof FactsOf<A>, 'action' | (typeof COMMON)[number]>;

/** Every fact of each action, so that one that the walk forgot is noticed even where no rule would have read it. */
const NAMES: { readonly [A in ActionName]: Readonly<Record<Names<A>, true>> } = {
  send: {
    envelope: true,
    from: true,
    to: true,
    exchange: true,
    opening: true,
    items: true,
    siblings: true,
    heldFromOthers: true,
    givenBefore: true,
  },
  release: {
    release: true,
    item: true,
    holder: true,
    holds: true,
    heldAs: true,
    heldBy: true,
    to: true,
    consents: true,
    cited: true,
    presumption: true,
    givenIn: true,
    notices: true,
    verifiedWith: true,
  },
  access: {
    access: true,
    item: true,
    reader: true,
    holds: true,
    heldAs: true,
    release: true,
    heldBy: true,
    consents: true,
    sealedTo: true,
    seatedAt: true,
    byQuorum: true,
  },
  consent: { consent: true, asked: true, originator: true, holder: true, recipient: true, items: true },
  'consent-refusal': {
    refusal: true,
    asked: true,
    originator: true,
    holder: true,
    holderType: true,
    items: true,
    text: true,
    profile: true,
  },
  label: { change: true, item: true, originator: true, added: true },
  use: {
    use: true,
    item: true,
    holder: true,
    holds: true,
    heldAs: true,
    heldBy: true,
    consents: true,
    madeFrom: true,
    verifiedWith: true,
  },
  notice: { notice: true, item: true, holder: true, heldAs: true, to: true },
  approval: { approval: true, notice: true, author: true, holder: true, approver: true },
  verification: { verification: true, item: true, originator: true },
};

const NAMES_OF = new Map<string, readonly string[]>(
  Object.entries(NAMES).map(([action, names]) => [action, [...COMMON, ...Object.keys(names)]]),
);

/**
 * Which facts are not there at all; nothing can be decided without them.
 * @returns `action` where the action itself is unknown
 */
export function absentFacts(facts: Facts): readonly string[] {
  const names = NAMES_OF.get(facts.action);
  return names === undefined ? ['action'] : names.filter((name) => facts[name as keyof Facts] === undefined);
}
