/** The next step where a recipient gets nothing yet: an originator's consent, or somebody else to give it to. Not legal advice. */
import type { Authority } from '../domain/authority.js';
import type { Consent } from '../domain/consent.js';
import { isOfHolder } from '../domain/handed-on.js';
import { seatIn } from '../domain/seats.js';
import type { AuthorityId } from '../domain/ids.js';
import { PROFILES } from '../domain/profiles/index.js';
import { formatInstant } from '../domain/time.js';
import type { Remedy } from '../domain/violation.js';
import type { ProfileId, Purpose } from '../domain/vocabulary.js';
import { ORIGINATORS_MAX } from '../domain/wire/label.js';
import { addressable, onwardTypes } from './channels.js';
import type { FactsOf, ItemFacts, ReleaseFacts, SendFacts } from './facts.js';
import { actOf, intentionOf, isBeaten, isInScope, isPrivate, named, NONE } from './vocabulary.js';

export const FORMAL_MLA: Remedy = { action: 'formal-mla', via: 'CENTRAL_AUTHORITY_MLA' };

/** Does it take part as an observer, at all or in the network of the channel? Then no consent makes it a recipient (5.1 [F:S36]). */
export function isObserver(to: Authority | null, profile: ProfileId | null): boolean {
  const network = profile === null ? null : PROFILES[profile].network;
  const seat = network === null ? null : seatIn(to, network);
  return to?.standing === 'OBSERVER' || (seat !== null && seat !== 'MEMBER');
}

/** Somebody that takes part: whom the sender may address on the profile, or whom the holder may hand anything on to. */
export const chooseAnother = (facts: SendFacts | ReleaseFacts): Remedy => ({
  action: 'choose-addressee',
  types: facts.action === 'send' ? addressable(PROFILES[facts.envelope.profile], facts.envelope.fromType) : onwardTypes(facts.heldAs),
});

/** Whose caveat it is lifts it: an originator by its word, a holder by handing the item on anew. */
export const askOwner = ({ label }: ItemFacts, owner: AuthorityId): Remedy =>
  isOfHolder(label, owner) ? { action: 'ask-holder', holders: [owner] } : { action: 'ask-originator', originators: [owner] };

/**
 * Labelled as strictly, where one label names so many: more may have been added to what it is made from since.
 *
 * @param givers who can give it anew where none does
 */
export const keepLabel = (originators: readonly string[], givers: readonly string[]): Remedy =>
  originators.length > ORIGINATORS_MAX
    ? { action: 'ask-originator', originators: givers.slice(0, ORIGINATORS_MAX) }
    : { action: 'keep-label' };

/** Nobody can consent to a private recipient, and no holder to what is not its own. */
export function askConsent(originator: AuthorityId, item: ItemFacts, recipient: string, purpose: Purpose): Remedy {
  if (isPrivate(recipient)) return NONE;
  return isOfHolder(item.label, originator)
    ? askOwner(item, originator)
    : { action: 'consent-request', originator, items: [item.digest], recipient, purpose };
}

/** The first grant of `originator` to begin that will cover the act: to ask for another is of no use. */
const grantAhead = (facts: ReleaseFacts, originator: AuthorityId): Consent | undefined =>
  facts.consents
    .filter(
      (grant) =>
        grant.originator === originator &&
        isInScope(grant, actOf(facts)) &&
        facts.now < grant.from &&
        grant.revokedAt === null &&
        !isBeaten(grant, facts.item),
    )
    .toSorted((a, b) => a.from - b.from)[0];

/** What mends that `originator` has not agreed to this release. */
export function askFor(facts: ReleaseFacts, originator: AuthorityId): Remedy {
  if (isObserver(facts.to, facts.item.givenOn)) return chooseAnother(facts);
  const { item, release } = facts;
  // who asked keeps it confidential and is no originator of the answer: it can disclose that, and consent to nothing
  if (!isPrivate(release.to) && !item.label.originators.includes(originator)) return askOwner(item, originator);
  const ahead = grantAhead(facts, originator);
  return ahead === undefined
    ? askConsent(originator, item, release.to, release.purpose)
    : { action: 'await-consent', consent: ahead.digest, from: formatInstant(ahead.from) };
}

/** references of 64 characters, of which a sentence has room for these */
const PROCEEDINGS_MAX = 4;

interface BoundConsent {
  /** to be put behind the sentence, of the first who gave one; empty: nobody did */
  readonly told: string;
  /** who has to be asked: the first that gave none, or where all did, in other proceedings, the first of them */
  readonly asked: AuthorityId;
  /** where the proceedings are not named, naming them may mend it for all of these */
  readonly remedy: Remedy | null;
}

/** Grants that would let a use, in proceedings that are not its own. @param against whose consent it lacks */
export function boundConsent(
  facts: FactsOf<'send' | 'release' | 'access' | 'use'>,
  against: readonly [AuthorityId, ...AuthorityId[]],
): BoundConsent {
  if (facts.action !== 'use') return { told: '', asked: against[0], remedy: null };
  const bound = facts.consents.filter(({ conditions }) => conditions !== null);
  // it opens in each of its own proceedings what it opens in one of them
  const lets = (grant: Consent, proceedings: string): boolean =>
    intentionOf({ ...facts, consents: [grant], use: { ...facts.use, proceedings } }).agrees(grant.originator);
  const letting = bound.filter((grant) => grant.conditions!.slice(0, 1).some((one) => lets(grant, one)));
  const given = against
    .map((originator) => {
      const own = letting.filter((grant) => grant.originator === originator);
      return { originator, proceedings: [...new Set(own.flatMap(({ conditions }) => conditions!))] };
    })
    .filter(({ proceedings }) => proceedings.length > 0);
  const told = given.map(
    ({ originator, proceedings }) => ` ${originator} consents to it in proceedings ${named(proceedings, PROCEEDINGS_MAX)} alone.`,
  );
  const isNamed = facts.use.proceedings !== undefined || given.length < against.length;
  const asked = against.find((one) => !given.some(({ originator }) => originator === one)) ?? against[0];
  return { told: told[0] ?? '', asked, remedy: isNamed ? null : { action: 'complete-field', fields: ['proceedings'] } };
}
