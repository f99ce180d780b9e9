import type { Authority } from '../../../domain/authority.js';
import { WAYS, type LawfulWay } from '../../../domain/lawful-way.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { inOneTerritory, lawfulWayOf, noticesOf, returnsTo } from '../../vocabulary.js';

/** Who looks at the log, and who runs the gateway, are no recipients of anything. */
const NEVER: ReadonlySet<AuthorityType> = new Set(['OVERSIGHT', 'OPERATOR']);

interface Reach {
  readonly way: LawfulWay;
  readonly holder: Authority | null;
  readonly to: Authority | null;
  readonly id: string;
  readonly type: AuthorityType | undefined;
}

/** Where it is to go, and by which way; null: by none, or back to who gave it. */
function reachOf(facts: FactsOf<'notice' | 'release'>): Reach | null {
  const { holder, to } = facts;
  if (facts.action === 'notice') {
    const { way, recipient } = facts.notice;
    return { way, holder, to, id: recipient.authority, type: recipient.authorityType };
  }
  const { release, item } = facts;
  const way = lawfulWayOf(facts) ?? noticesOf(facts)[0]?.way ?? (release.purpose === 'EXCULPATORY' ? 'EXCULPATORY' : null);
  const isReturn = item.label.originators.every(returnsTo(facts));
  return way === null || isReturn ? null : { way, holder, to, id: release.to, type: release.toType };
}

export const recipient = rule({
  id: 'lawful/recipient',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['notice', 'release'],
  source:
    "UNCAC 46(5): in its proceedings [M]; section 12: the holder State's own proceedings, and nobody who oversees or operates [D]; INR.40 ¶14 [F2:S9]",
  sentence: '{way} leads to {allowed}, not to {to}.',
  remedy:
    'Choose a recipient that this way leads to: for what clears an accused a court or prosecution service of your own State, from which the defence gets it.',
  violatedBy(facts) {
    const reach = reachOf(facts);
    if (reach === null) return [];
    const { way, holder, to, id, type } = reach;
    const { to: types, ownState, reach: reachInWords } = WAYS[way];
    const isAllowed = type !== undefined && !NEVER.has(type) && (types === null || types.includes(type));
    if (isAllowed && (!ownState || inOneTerritory(holder, to))) return [];
    return [{ fill: { way, to: id, allowed: reachInWords }, offenders: [id], remedy: { action: 'choose-addressee', types: types ?? [] } }];
  },
});
