/** The directory entry: what an authority says of itself, signed by its root and by nobody else. */
import { encodeBase64url } from '../../crypto/base64url.js';
import type { Digest } from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import type { StatementOf } from '../../domain/statement.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { AuthorityType, Level, OfficerRole, ProfileId, Suite } from '../../domain/vocabulary.js';
import { confirmedAt } from '../../domain/staleness.js';
import { declarations, type Declarations } from '../../domain/wire/declarations.js';
import { REVOCATIONS_LISTED_MAX, type EntryPayload } from '../../domain/wire/directory.js';
import type { Quorum } from '../../domain/wire/quorum.js';
import type { SigningKey } from '../../crypto/signing-key.js';
import { ParleyError } from './error.js';
import { createUuid } from '../../domain/uuid.js';
import { keysBegin, type DeskGeneration, type Identity } from './identity.js';
import { makeStatement, type DraftOf } from './statements.js';

/** Officers' signing keys last a year (protocol 5). */
const OFFICER_KEY_MS = 365 * DAY_MS;
/** Longer than the twelve months after which it is stale: senders are warned before they are refused. */
const ENTRY_MS = 2 * 365 * DAY_MS;

/** What the authority declares; the keys come from its identity. */
export interface EntryFacts {
  readonly name: string;
  readonly territory: string;
  readonly types: readonly AuthorityType[];
  readonly languages: readonly string[];
  readonly clearance: Level;
  readonly timeZone: string;
  /** weekend, closing days and office hours of its own, where they are not the territory's or not known */
  readonly calendar?: EntryPayload['calendar'];
  readonly presumedConsent: readonly ProfileId[];
  /** contact, requirements, law, seats in networks; what is absent is not said */
  readonly declares?: Declarations | undefined;
  /** which types a desk serves, where a body is several that are strangers to each other; a desk that is not named serves all */
  readonly desks?: Readonly<Record<string, readonly AuthorityType[]>> | undefined;
  /** the officer's roles in this client */
  readonly roles: readonly OfficerRole[];
}

export interface EntryOptions {
  readonly aud: string;
  /** rises by one with each entry */
  readonly seq: number;
  readonly now: Instant;
  readonly chance: Chance;
  /** the last entry, if there is one: a key that it listed already keeps the day from which it counts */
  readonly last: EntryPayload | null;
  /** has somebody gone through these facts now? Else the day is kept on which somebody did */
  readonly confirms: boolean;
  /** the authority's officers beside the one who signs here */
  readonly colleagues: readonly OfficerRow[];
  /** whose secret its holders share; absent: as in the last entry; null: none any more */
  readonly quorum?: Quorum | null | undefined;
  /** digests of the authority's key revocations, oldest first */
  readonly revocations: readonly Digest[];
}

/** An officer of an entry as it is signed. */
export type OfficerRow = DraftOf<'parley-entry+json'>['officers'][number];

/** An officer as an entry that was read lists them, to be listed again. */
export const rowOf = (officer: EntryPayload['officers'][number]): OfficerRow => ({
  ...officer,
  from: formatInstant(officer.from),
  until: formatInstant(officer.until),
});

/** @throws ParleyError `ROOT_NOT_HERE` where the root is kept elsewhere, `NO_DESK_KEY` */
export async function makeEntry(identity: Identity, facts: EntryFacts, options: EntryOptions): Promise<StatementOf<'parley-entry+json'>> {
  const root = rootOf(identity);
  const from = formatInstant(options.now);
  const validUntil = formatInstant(plusMs(options.now, ENTRY_MS));
  const desks = newestOfEach(identity);
  const signingSince = options.last?.officers.find(({ signing }) => signing.kid === identity.signing.kid)?.from;
  return makeStatement(
    'parley-entry+json',
    {
      v: 1,
      aud: options.aud,
      id: createUuid(options.chance),
      at: from,
      authority: identity.authority,
      seq: options.seq,
      root: keyOf(root),
      name: facts.name,
      territory: facts.territory,
      types: [...facts.types],
      languages: [...facts.languages],
      clearance: facts.clearance,
      timeZone: facts.timeZone,
      ...present({ calendar: facts.calendar }),
      presumedConsent: [...facts.presumedConsent],
      ...facts.declares,
      ...confirmationOf(identity.officer, options),
      desks: desks.map((desk) => deskRow(desk, facts)),
      officers: [
        {
          officer: identity.officer,
          roles: [...facts.roles],
          desks: desks.map(({ desk }) => desk),
          clearance: facts.clearance,
          ...publicKeysOf(identity),
          from: formatInstant(signingSince ?? keysBegin(options.now)),
          until: formatInstant(plusMs(options.now, OFFICER_KEY_MS)),
        },
        ...options.colleagues,
      ],
      ...quorumOf(options),
      ...(options.revocations.length === 0 ? {} : { revocations: options.revocations.slice(-REVOCATIONS_LISTED_MAX) }),
      validUntil,
    },
    root,
  );
}

function quorumOf({ quorum, last }: EntryOptions): { quorum?: Quorum } {
  const listed = quorum === undefined ? last?.quorum : quorum;
  return listed ? { quorum: listed } : {};
}

const deskRow = ({ desk, generation, keys, from, until }: DeskGeneration, { types, desks }: EntryFacts) => ({
  desk,
  types: [...(desks?.[desk] ?? types)],
  generation,
  keys: keys.map(({ suite, kid, publicKey }) => ({ suite, kid, publicKey: encodeBase64url(publicKey) })),
  from: formatInstant(from),
  until: formatInstant(until),
});

function confirmationOf(officer: string, { confirms, last, now }: EntryOptions): { lastConfirmedAt: string; confirmedBy?: string } {
  if (confirms || last === null) return { lastConfirmedAt: formatInstant(now), confirmedBy: officer };
  const by = last.confirmedBy === undefined ? {} : { confirmedBy: last.confirmedBy };
  return { lastConfirmedAt: formatInstant(confirmedAt(last)), ...by };
}

/** What an entry says, as facts: to be confirmed as it stands in the directory, and not as a key store remembers it. */
export function factsOf(entry: EntryPayload, officer: string): EntryFacts {
  const { name, territory, types, languages, clearance, timeZone, calendar, presumedConsent } = entry;
  const said = Object.entries(entry).filter(([key]) => Object.hasOwn(declarations, key));
  return {
    name,
    territory,
    types,
    languages,
    clearance,
    timeZone,
    ...present({ calendar }),
    presumedConsent,
    declares: Object.fromEntries(said),
    desks: Object.fromEntries(entry.desks.map((desk) => [desk.desk, desk.types])),
    roles: entry.officers.find((one) => one.officer === officer)?.roles ?? [],
  };
}

/** @throws ParleyError `ROOT_NOT_HERE` */
export function rootOf(identity: Identity): SigningKey {
  if (identity.root !== null) return identity.root;
  throw new ParleyError('ROOT_NOT_HERE', 'The authority’s root key is not in this key store.', 'Sign where the root is kept.');
}

/** What an entry, and a card, list of an officer's keys. */
export const publicKeysOf = ({ signing, auth, encryption }: Identity) => ({
  signing: keyOf(signing),
  auth: keyOf(auth),
  encryption: { suite: encryptionSuite(encryption.suite), kid: encryption.kid, publicKey: encodeBase64url(encryption.publicKey) },
});

function encryptionSuite(suite: Suite): Exclude<Suite, 'openpgp-4'> {
  if (suite !== 'openpgp-4') return suite;
  throw new ParleyError('KEY_STORE_DAMAGED', 'An officer’s encryption key is an age key.', 'Restore the key store from its backup.');
}

const keyOf = (key: SigningKey) => ({ kid: key.kid, publicKey: encodeBase64url(key.publicKey) });

/** @throws ParleyError `NO_DESK_KEY` where there is none: whoever was enrolled to designate alone has none */
function newestOfEach({ desks }: Identity): readonly DeskGeneration[] {
  const newest = new Map(desks.map((desk) => [desk.desk, desk]));
  if (newest.size > 0) return [...newest.values()];
  throw new ParleyError(
    'NO_DESK_KEY',
    'An entry names a desk, and this key store has none.',
    'Make its keys, then publish the entry: parley entry desk OFFICE',
  );
}
