/**
 * Identifiers. Each is parsed once, at the border, and trusted afterwards by its type.
 * A cast to one of these types anywhere else is a review stop.
 */
import { no, ok, type Result } from './result.js';

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** An authority's code in the directory, at most 32 characters: `VG-FIX`. */
export type AuthorityId = Branded<string, 'AuthorityId'>;
/** An officer's pseudonym, unique within the authority, at most 32 characters. Never a name. */
export type OfficerId = Branded<string, 'OfficerId'>;
/** A desk of an authority (its function: `INTAKE`), at most 32 characters. */
export type DeskId = Branded<string, 'DeskId'>;
/** RFC 9562 UUID in lower case. */
export type Uuid = Branded<string, 'Uuid'>;
export type ExchangeId = Uuid;
/** SHA-256 as 43 characters of unpadded base64url. */
export type Digest = Branded<string, 'Digest'>;
/** Digest of suite ‖ 0 ‖ raw public key. */
export type KeyId = Branded<string, 'KeyId'>;

const AUTHORITY = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/;
const OFFICER = /^[a-z0-9][a-z0-9.-]*$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
// 43 characters carry 258 bits: the last one must leave the two spare bits zero, else one digest would have four spellings
const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

const matching =
  <T extends string>(pattern: RegExp, max: number, what: string) =>
  (text: string): Result<T, string> =>
    text.length <= max && pattern.test(text) ? ok(text as T) : no(`not ${what}`);

export const parseAuthorityId = matching<AuthorityId>(AUTHORITY, 32, 'an authority code');
export const parseOfficerId = matching<OfficerId>(OFFICER, 32, 'an officer code');
export const parseDeskId = matching<DeskId>(AUTHORITY, 32, 'a desk code');

/**
 * What one keyring holds: one generation of one desk's secrets (`INTAKE.3`), or the shares of a quorum's key (`QUORUM.` and the key's id,
 * which nobody can guess and take before it is dealt).
 */
export interface KeyringName {
  readonly text: string;
  readonly desk: DeskId;
  /** null: a quorum's shares, which are put once */
  readonly generation: number | null;
}

export function parseKeyringName(text: string): Result<KeyringName, string> {
  // no desk is called QUORUM (`quorum.ts`)
  const [, code = '', count = '', kid] = /^(?:([A-Z0-9-]+)\.([1-9][0-9]{0,6})|QUORUM\.([^.]+))$/.exec(text) ?? [];
  const desk = parseDeskId(kid === undefined ? code : 'QUORUM');
  const isNamed = kid === undefined ? code !== 'QUORUM' : parseKeyId(kid).ok;
  return desk.ok && isNamed
    ? ok({ text, desk: desk.value, generation: kid === undefined ? Number(count) : null })
    : no('not the name of a keyring');
}

export const parseUuid = matching<Uuid>(UUID, 36, 'a lower-case UUID');
export const parseDigest = matching<Digest>(DIGEST, 43, 'a base64url SHA-256');
export const parseKeyId = matching<KeyId>(DIGEST, 43, 'a key id');
