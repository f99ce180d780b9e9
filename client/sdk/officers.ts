/** Officers of one authority: each makes their own keys on their own device, and whoever holds the root says who they are. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { isSoundAgeKey } from '../../crypto/age/keys.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import type { AuthorityId, DeskId, KeyId, OfficerId } from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { CASE_ROLES, type Level, type OfficerRole } from '../../domain/vocabulary.js';
import { OFFICER_KEY_USES, type Directory } from '../../domain/authority.js';
import { OFFICER_CARD_BYTES_MAX, officerCard, type OfficerCard } from '../../domain/wire/directory.js';
import type { ClientContext } from './context.js';
import { ownEntry, pinRoot } from './directory.js';
import { publishEntry, turnDeskKey } from './enrol.js';
import { publicKeysOf, rootOf } from './entry.js';
import { ParleyError } from './error.js';
import { createOfficerIdentity, keysBegin, writeIdentity, type Identity } from './identity.js';
import { shareAfter, type Sharing } from './keyring.js';
import { listed, type ListedOfficer } from './officer-standing.js';
import { quorumAfter } from './quorum.js';
import type { KeyStore } from './key-store.js';
import type { Sent } from './submit.js';

export interface NewOfficer {
  readonly authority: AuthorityId;
  readonly officer: OfficerId;
  /** fingerprint of the authority's root, told by a colleague and not by the gateway */
  readonly root: KeyId;
}

/** What the authority gives an officer: what they may do, where they sit, up to which level they read, and when. */
export interface Seat {
  readonly roles: readonly OfficerRole[];
  readonly desks: readonly DeskId[];
  readonly clearance: Level;
  /** absent: at once */
  readonly from?: Instant | undefined;
  readonly until: Instant;
}

/** Makes an officer's keys in an empty key store. @throws RangeError where there are some already */
export async function createOfficer(store: KeyStore, wanted: NewOfficer, chance: Chance): Promise<Identity> {
  if ((await store.read('identity')) !== null) throw new RangeError('this key store holds an identity already');
  const identity = createOfficerIdentity(wanted, chance);
  await pinRoot(store, wanted.authority, wanted.root);
  await writeIdentity(store, identity);
  return identity;
}

/** Public keys and codes alone: it may travel as it likes, but its ids are compared by another way before it is admitted. */
export const cardOf = (identity: Identity): OfficerCard => ({
  v: 1,
  authority: identity.authority,
  officer: identity.officer,
  ...publicKeysOf(identity),
});

/** @throws ParleyError `MALFORMED` for what is no card, or whose keys are not those that their ids name */
export function readCard(text: string): OfficerCard {
  const shaped = text.length <= OFFICER_CARD_BYTES_MAX ? officerCard.safeParse(jsonOf(text)) : null;
  if (!shaped?.success) throw new ParleyError('MALFORMED', 'This is no officer’s card.', 'Ask the officer for it: parley officer new');
  const { signing, auth, encryption } = shaped.data;
  for (const { suite, kid, publicKey } of [{ suite: SIGNING_SUITE, ...signing }, { suite: SIGNING_SUITE, ...auth }, encryption]) {
    const bytes = decodeBase64url(publicKey);
    if (!bytes.ok || kidOf(suite, bytes.value) !== kid || !isSound(suite, bytes.value))
      throw new ParleyError('MALFORMED', `A key of the card is not ${kid}.`, 'Ask the officer for the card again.');
  }
  return shaped.data;
}

/** A weak key would be refused with the entry that lists it; said here, its owner is still at hand. */
const isSound = (suite: string, bytes: Uint8Array): boolean =>
  suite === 'age-pq-1' || suite === 'age-x25519-1' ? isSoundAgeKey(suite, bytes) : parseSigningPublicKey(bytes).ok;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/**
 * Lists an officer in the authority's next entry, in place of what it said of that officer before, then wraps the desks' secrets to
 * them, or says that they are not shared yet. Repeating it after a cut changes nothing more.
 *
 * @throws ParleyError `ROOT_NOT_HERE`; `CARD_OF_ANOTHER`, `CARD_REVOKED`, `DESK_NOT_FOR_ROLE`, `NO_SUCH_DESK`, `TERM_ENDED`, or
 * `NOT_ADMISSIBLE` with all of them that are so
 */
export async function admitOfficer(context: ClientContext, card: OfficerCard, seat: Seat): Promise<Sent & Sharing> {
  const { identity, clock } = context;
  rootOf(identity);
  const view = await context.directory(true);
  const unfit = unfitness(card, seat, identity, view.directory, clock.now());
  if (unfit.length > 0) throw refusalOf(unfit);
  const { officer, signing, auth, encryption } = card;
  const last = ownEntry(view, identity);
  // admitted again with the same key: what it signed before stays signed
  const from = seat.from ?? keysBegin(clock.now());
  const since = last?.officers.find((one) => one.signing.kid === signing.kid)?.from ?? from;
  const row = {
    officer,
    roles: [...seat.roles],
    desks: [...seat.desks],
    clearance: seat.clearance,
    signing,
    auth,
    encryption,
    from: formatInstant(since < from ? since : from),
    until: formatInstant(seat.until),
  };
  const change = <T extends { readonly officer: string }>(colleagues: readonly T[]) => [
    ...colleagues.filter((one) => one.officer !== officer),
    row,
  ];
  const quorum = await quorumAfter(context, last, change(last?.officers ?? []));
  const sent = await publishEntry(context, undefined, change, { quorum });
  return { ...sent, ...(await shareAfter(context)) };
}

/**
 * Lists an officer again as the newest entry does, until a later day: the root vouched for these keys, and nothing of theirs is asked for.
 *
 * @throws ParleyError `ROOT_NOT_HERE`, `NO_SUCH_OFFICER`, `TERM_LONGER`, and as `admitOfficer` does
 */
export async function prolongOfficer(context: ClientContext, officer: OfficerId, until: Instant): Promise<Sent & Sharing> {
  const { identity } = context;
  rootOf(identity);
  const row = ownEntry(await context.directory(true), identity)?.officers.find((one) => one.officer === officer);
  if (row === undefined || officer === identity.officer)
    throw new ParleyError(
      'NO_SUCH_OFFICER',
      `${officer} is no other officer of the newest entry.`,
      'See them: parley officer list. Your own term: parley entry confirm',
    );
  if (until <= row.until)
    throw new ParleyError('TERM_LONGER', `The term of ${officer} ends ${formatInstant(row.until)}.`, 'Name a later end: --until');
  const { signing, auth, encryption } = row;
  return admitOfficer(context, { v: 1, authority: identity.authority, officer, signing, auth, encryption }, { ...row, until });
}

interface Unfit {
  readonly code: string;
  readonly what: string;
  readonly next: string;
}

/** Everything that stands against it. The gateway would take most of it, and an officer who can do nothing would be listed. */
function unfitness(card: OfficerCard, seat: Seat, identity: Identity, { revoked }: Directory, now: Instant): readonly Unfit[] {
  const found: Unfit[] = [];
  const say = (code: string, what: string, next: string) => found.push({ code, what, next });
  if (card.authority !== identity.authority || card.officer === identity.officer)
    say('CARD_OF_ANOTHER', `The card is not that of another officer of ${identity.authority}.`, 'Check whose card it is.');
  const ended = OFFICER_KEY_USES.filter((use) => revoked.has(card[use].kid));
  if (ended.length > 0)
    say('CARD_REVOKED', `Keys of ${card.officer} were revoked: ${ended.join(', ')}.`, 'Have new ones made: parley officer new');
  if (seat.desks.length > 0 && !seat.roles.some((role) => CASE_ROLES.includes(role)))
    say('DESK_NOT_FOR_ROLE', `${seat.roles.join(', ')} reads no content and sits at no desk.`, 'Leave the desks out.');
  const desks = [...new Set(identity.desks.map(({ desk }) => desk))];
  const unknown = seat.desks.filter((desk) => !desks.includes(desk));
  if (unknown.length > 0)
    say('NO_SUCH_DESK', `No desk of ${identity.authority}: ${unknown.join(', ')}.`, `Its desks are ${desks.join(', ') || 'none'}.`);
  if (seat.until <= now || seat.until <= (seat.from ?? now))
    say('TERM_ENDED', `The term ends at ${formatInstant(seat.until)}, before it could begin.`, 'Name a later end.');
  return found;
}

function refusalOf(unfit: readonly Unfit[]): ParleyError {
  const together = (part: (one: Unfit) => string): string => unfit.map(part).join(' ');
  const code = unfit.length === 1 ? unfit[0]!.code : 'NOT_ADMISSIBLE';
  return new ParleyError(
    code,
    together((one) => one.what),
    together((one) => one.next),
  );
}

export interface Dismissed extends Sent, Sharing {
  /** too few holders are left, or it could not be dealt anew at once: nothing is opened by the quorum until it is set up again */
  readonly quorumEnded: boolean;
}

/**
 * Leaves an officer out of the next entry: from then on they sign nothing, open no session, and new mail is sealed to desk keys
 * that they never had. What they read before they have read.
 *
 * @param keep takes the identity with a new generation of a desk where they sat, before anything is published: whoever goes on without it
 * makes that generation a second time, and mail that was sealed to the first opens nowhere
 * @throws ParleyError `ROOT_NOT_HERE`, `NO_SUCH_OFFICER`, `QUORUM_NEEDED`
 */
export async function dismissOfficer(context: ClientContext, officer: OfficerId, keep: (identity: Identity) => void): Promise<Dismissed> {
  rootOf(context.identity);
  const last = ownEntry(await context.directory(true), context.identity);
  const row = last?.officers.find((one) => one.officer === officer);
  if (row === undefined || officer === context.identity.officer)
    throw new ParleyError(
      'NO_SUCH_OFFICER',
      `${officer} is no other officer of the newest entry.`,
      'See them: parley officer list. Was the dismissal cut off? Then share the new keys: parley keys share',
    );
  const stay = <T extends { readonly officer: string }>(colleagues: readonly T[]) => colleagues.filter((one) => one.officer !== officer);
  const quorum = await quorumAfter(context, last, stay(last?.officers ?? []));
  let { identity } = context;
  const held = new Set(identity.desks.map(({ desk }) => desk));
  for (const desk of row.desks.filter((one) => held.has(one))) keep((identity = await turnDeskKey({ ...context, identity }, desk)));
  const turned = { ...context, identity };
  const sent = await publishEntry(turned, undefined, stay, { quorum });
  return { ...sent, ...(await shareAfter(turned)), quorumEnded: quorum === null };
}

/** The officers of the authority's newest entry, each with what became of them since. */
export async function listOfficers(context: ClientContext): Promise<readonly ListedOfficer[]> {
  const view = await context.directory(true);
  const officers = ownEntry(view, context.identity)?.officers ?? [];
  return officers.map((one) => listed(one, view.directory, context.clock.now()));
}
