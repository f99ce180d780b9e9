/**
 * Field disclosures: the issuer signs one digest a form field, a holder hands on the fields it may and no others, and the
 * issuer's signature still verifies.
 *
 * @see RFC 9901 (SD-JWT) 4.2 for disclosures and digests, 4.2.7 for decoys; protocol.md 3
 */
import type { Digest } from '../domain/ids.js';
import type { Chance } from '../domain/ports.js';
import { no, ok, type Result } from '../domain/result.js';
import { parseJsonStrict } from '../domain/wire/strict-json.js';
import { decodeBase64url, encodeBase64url } from './base64url.js';
import { digestOfBytes } from './digest.js';

/** of digests in a form's `_sd`, decoys counted */
export const SD_DIGESTS_MAX = 128;
const SALT_BYTES = 16;
// ours are 22 characters; the digest fixes the spelling, and an example of RFC 9901 has 23, which no 16 bytes give
const SALT = /^[\w-]{22,64}$/;
/** names that RFC 9901 keeps for itself, at any depth */
const RESERVED: ReadonlySet<string> = new Set(['_sd', '...', '_sd_alg']);

export interface FormDisclosures {
  /** by field name, in the form's order: base64url of the JSON array `[salt, name, value]` */
  readonly disclosures: ReadonlyMap<string, string>;
  /** what the item statement carries: sorted, as many as the schema has fields */
  readonly sd: readonly Digest[];
}

export interface DisclosedField {
  readonly digest: Digest;
  readonly name: string;
  readonly value: unknown;
}

const utf8 = new TextEncoder();

/** @returns SHA-256 over the ASCII of the encoded disclosure (RFC 9901 4.2.3) */
export const disclosureDigest = (disclosure: string): Digest => digestOfBytes(utf8.encode(disclosure));

/**
 * Salts and encodes each field; fills up with decoys to the schema's field count, because which optional fields are filled
 * is a fact too.
 *
 * @param fields what the form holds; an absent field is absent, never null
 * @param schemaFieldCount all fields that the schema knows, at most `SD_DIGESTS_MAX`
 * @throws RangeError where there are more fields than the schema knows, or one has a `fieldFault`
 */
export function discloseForm(fields: Readonly<Record<string, unknown>>, schemaFieldCount: number, chance: Chance): FormDisclosures {
  const entries = Object.entries(fields);
  if (entries.length > schemaFieldCount || schemaFieldCount > SD_DIGESTS_MAX) throw new RangeError('more fields than the schema has');
  const disclosures = new Map<string, string>();
  for (const [name, value] of entries) {
    const fault = fieldFault(name, value);
    if (fault !== null) throw new RangeError(`not a field: ${name}: ${fault}`);
    disclosures.set(name, encodeField(chance.bytes(SALT_BYTES), name, value));
  }
  const sd = [...disclosures.values()].map(disclosureDigest);
  // RFC 9901 4.2.7: a decoy is the digest of a random number, so that it looks like any other
  while (sd.length < schemaFieldCount) sd.push(digestOfBytes(chance.bytes(32)));
  return { disclosures, sd: sd.sort() };
}

/**
 * Would every reader take this field? To be asked before it is sealed: a form that holds one that they refuse is shown to nobody.
 *
 * @returns why not, such as a fraction, half a surrogate pair or a reserved name; null: they would
 */
export function fieldFault(name: string, value: unknown): string | null {
  if (value === undefined) return 'no value';
  const read = parseDisclosure(encodeField(new Uint8Array(SALT_BYTES), name, value));
  return read.ok ? null : read.error;
}

const encodeField = (salt: Uint8Array, name: string, value: unknown): string =>
  encodeBase64url(utf8.encode(JSON.stringify([encodeBase64url(salt), name, value])));

/**
 * Checks disclosed fields against the digests that the issuer signed. For a portion these are the digests of the *original*
 * item: its statement must have been verified before.
 *
 * @param sd the signed item's `form._sd`
 * @returns the fields in the order given
 */
export function verifyDisclosures(
  sd: readonly Digest[],
  disclosures: readonly string[],
): Result<ReadonlyMap<string, DisclosedField>, string> {
  const signed = new Set(sd);
  if (signed.size !== sd.length) return no('a digest is repeated');
  const fields = new Map<string, DisclosedField>();
  for (const disclosure of disclosures) {
    const digest = disclosureDigest(disclosure);
    // the digest comes first: what nobody signed is not even read
    if (!signed.has(digest)) return no('a disclosure that the item does not hold');
    const field = parseDisclosure(disclosure);
    if (!field.ok) return field;
    if (fields.has(field.value.name)) return no(`a field is disclosed twice: ${field.value.name}`);
    fields.set(field.value.name, { digest, ...field.value });
  }
  return ok(fields);
}

/**
 * Selective quoting inverts meaning: of a value with its evaluation and its as-of date a composer shows all or none.
 *
 * @returns the first group of which some fields are there and some are not, or null
 */
export function tornGroup(names: { has(name: string): boolean }, inseparable: readonly (readonly string[])[]): readonly string[] | null {
  return inseparable.find((group) => group.some((name) => names.has(name)) && !group.every((name) => names.has(name))) ?? null;
}

function parseDisclosure(disclosure: string): Result<{ name: string; value: unknown }, string> {
  const bytes = decodeBase64url(disclosure);
  if (!bytes.ok) return bytes;
  const json = parseJsonStrict(bytes.value);
  if (!json.ok) return json;
  if (!Array.isArray(json.value) || json.value.length !== 3) return no('not a disclosure of salt, name, value');
  const [salt, name, value] = json.value as unknown[];
  if (typeof salt !== 'string' || typeof name !== 'string') return no('salt or name is not a string');
  if (!SALT.test(salt)) return no('a salt is shorter than 128 bits');
  return holdsReserved({ [name]: value }) ? no('a reserved name') : ok({ name, value });
}

function holdsReserved(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (!Array.isArray(value) && Object.keys(value).some((name) => RESERVED.has(name))) || Object.values(value).some(holdsReserved);
}
