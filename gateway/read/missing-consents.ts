/** Whose consent an act lacks. It is told to a holder alone, who reads the originators in the label that it has. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { DAY_MS, plusMs } from '../../domain/time.js';
import type { Violation } from '../../domain/violation.js';
import { PURPOSES, type AuthorityType } from '../../domain/vocabulary.js';
import type { Explanation } from '../../domain/wire/explain.js';
import type { ItemFacts } from '../../policies/facts.js';
import type { Gathering } from '../plan.js';
import { draftOfAsking } from './ways-to-ask.js';

export type Missing = Explanation['missing'][number];

type Bound = Pick<ItemFacts, 'digest' | 'label'>;

export interface Act {
  /** what it is about, and what that is made from where consent is asked to that */
  readonly items: readonly Bound[];
  /** as what the recipient would get it; null: it is not said */
  readonly recipientType: AuthorityType | null;
}

/** for how long consent is asked; a choice of ours, as the clients' for a release [D] */
const ASKED_FOR_MS = 90 * DAY_MS;

type Asking = Violation & { readonly remedy: Extract<Violation['remedy'], { action: 'consent-request' }> };

const asksConsent = (violation: Violation): violation is Asking => violation.remedy.action === 'consent-request';

/** The one that the remedy names, and whoever else offends by not having agreed. */
const lackingIn = ({ remedy, offenders }: Asking, { label }: Bound): AuthorityId[] =>
  label.originators.filter((originator) => originator === remedy.originator || offenders.includes(originator));

/** @returns by item and originator, in the order in which the rules name them */
export async function missingOf(violations: readonly Violation[], { items, recipientType }: Act, gathering: Gathering): Promise<Missing[]> {
  const asking = violations.filter(asksConsent);
  const found: Missing[] = [];
  for (const item of new Map(items.map((one) => [one.digest, one])).values()) {
    const about = asking.filter(({ remedy }) => remedy.items.includes(item.digest));
    for (const originator of new Set(about.flatMap((violation) => lackingIn(violation, item)))) {
      const broken = about.filter((violation) => lackingIn(violation, item).includes(originator));
      const { recipient, purpose } = broken[0]!.remedy;
      const ask = await draftFor(originator, item.digest, { recipient, purpose, recipientType }, gathering);
      found.push({ originator, codes: [...new Set(broken.map(({ code }) => code))], ask });
    }
  }
  return found;
}

/** An item that is not sealed yet has nobody's consent to wait for: consent is never given ahead (rulings 4). */
async function draftFor(
  originator: AuthorityId,
  item: Digest,
  wanted: { readonly recipient: string; readonly purpose: string; readonly recipientType: AuthorityType | null },
  { author, library, directory, now }: Gathering,
): Promise<Missing['ask']> {
  const recipient = [...directory.authorities.values()].find(({ id }) => id === wanted.recipient);
  const purpose = PURPOSES.find((one) => one === wanted.purpose);
  if (recipient === undefined || purpose === undefined || (await library.item(item)) === null) return null;
  const wish = {
    item,
    recipient: recipient.id,
    recipientType: wanted.recipientType,
    purpose,
    until: plusMs(now, ASKED_FOR_MS),
  };
  return draftOfAsking(originator, wish, author.authority, { library, directory });
}
