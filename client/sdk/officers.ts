/** Officers of one authority: each makes their own keys on their own device, and whoever holds the root says who they are. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { isSoundAgeKey } from '../../crypto/age/keys.js';
import { kidOf, parseSigningPublicKey, SIGNING_SUITE } from '../../crypto/signing-key.js';
import type { AuthorityId, DeskId, KeyId, OfficerId } from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { CASE_ROLES, type Level, type OfficerRole } from '../../domain/vocabulary.js';
import { OFFICER_CARD_BYTES_MAX, officerCard, type OfficerCard } from '../../domain/wire/directory.js';
import type { ClientContext } from './context.js';
import { ownEntry, pinRoot } from './directory.js';
import { publishEntry, turnDeskKey } from './enrol.js';
import { publicKeysOf, rootOf } from './entry.js';
import { ParleyError } from './error.js';
import { createOfficerIdentity, writeIdentity, type Identity } from './identity.js';
import { shareAfter, type Sharing } from './keyring.js';
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
  readonly from: Instant;
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
 * @throws ParleyError `ROOT_NOT_HERE`, `CARD_OF_ANOTHER`, `DESK_NOT_FOR_ROLE`
 */
export async function admitOfficer(context: ClientContext, card: OfficerCard, seat: Seat): Promise<Sent & Sharing> {
  const { identity } = context;
  rootOf(identity);
  if (card.authority !== identity.authority || card.officer === identity.officer)
    throw new ParleyError(
      'CARD_OF_ANOTHER',
      `The card is not that of another officer of ${identity.authority}.`,
      'Check whose card it is.',
    );
  if (seat.desks.length > 0 && !seat.roles.some((role) => CASE_ROLES.includes(role)))
    throw new ParleyError('DESK_NOT_FOR_ROLE', `${seat.roles.join(', ')} reads no content and sits at no desk.`, 'Leave the desks out.');
  const { officer, signing, auth, encryption } = card;
  const row = {
    officer,
    roles: [...seat.roles],
    desks: [...seat.desks],
    clearance: seat.clearance,
    signing,
    auth,
    encryption,
    from: formatInstant(seat.from),
    until: formatInstant(seat.until),
  };
  const last = ownEntry(await context.directory(true), identity);
  const change = <T extends { readonly officer: string }>(colleagues: readonly T[]) => [
    ...colleagues.filter((one) => one.officer !== officer),
    row,
  ];
  const quorum = await quorumAfter(context, last, change(last?.officers ?? []));
  const sent = await publishEntry(context, undefined, change, { quorum });
  return { ...sent, ...(await shareAfter(context)) };
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

/** The officers of the authority's newest entry. */
export const listOfficers = async (context: ClientContext) => ownEntry(await context.directory(true), context.identity)?.officers ?? [];
