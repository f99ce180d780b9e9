/** The small schemas every wire message is made of. Each string and array has a maximum; each branded type is made here. */
import { z } from 'zod';
import { parseAuthorityId, parseDeskId, parseDigest, parseKeyId, parseKeyringName, parseOfficerId, parseUuid } from '../ids.js';
import { no, type Result } from '../result.js';
import { isCivilDate, parseInstant, type Instant } from '../time.js';
import { LEGAL_BASIS } from '../vocabulary.js';

/** A string that `parse` turns into a branded value; the message names what was expected, never the input. */
const branded = <T>(max: number, parse: (text: string) => Result<T, string>, description: string) =>
  z
    .string()
    .max(max)
    .transform((text, context): T => {
      const parsed = parse(text);
      if (parsed.ok) return parsed.value;
      context.issues.push({ code: 'custom', message: parsed.error, input: undefined });
      return z.NEVER;
    })
    .meta({ description });

/** Nothing that a statement names was before the first of these years or ends after the last. */
const YEARS_NAMED = /^(?:199|20\d|21\d)\d-/;

function parseNamedInstant(text: string): Result<Instant, string> {
  const parsed = parseInstant(text);
  return parsed.ok && !YEARS_NAMED.test(text) ? no('not in the years 1990 to 2199') : parsed;
}

export const authorityId = branded(32, parseAuthorityId, 'authority code of the directory, e.g. VG-FIX');
export const officerId = branded(32, parseOfficerId, 'officer pseudonym');
export const deskId = branded(32, parseDeskId, 'desk code');
export const keyringName = branded(
  50,
  parseKeyringName,
  'desk, a full stop, generation: INTAKE.3; or QUORUM, a full stop, the id of its key',
);
export const uuid = branded(36, parseUuid, 'RFC 9562 UUID, lower case');
export const digest = branded(43, parseDigest, 'base64url SHA-256, 43 characters');
export const keyId = branded(43, parseKeyId, 'key id: base64url SHA-256 of suite, zero byte, raw public key');
export const instant = branded(24, parseNamedInstant, 'RFC 3339 time in UTC with Z, in the years 1990 to 2199');

/** A closed or open code: capital letters, digits, underscore, at most 48. */
export const code = z
  .string()
  .max(48)
  .regex(/^[A-Z][A-Z0-9_]*$/, 'it is a code, of capital letters, digits and underscore')
  .meta({ description: 'code: capital letters, digits, underscore' });
/** An opaque reference that reveals nothing: at most 64 of a small alphabet. */
export const opaque = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, 'it is a reference, of letters, digits and ._:/-')
  .meta({ description: 'reference that reveals nothing: letters, digits and ._:/-' });
/** BCP 47 primary language with optional region. */
export const language = z
  .string()
  .max(8)
  .regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'it is a language, written as en or en-GB')
  .meta({ description: 'language, as en or en-GB' });
/** ISO 3166-1 alpha-2. */
export const territory = z
  .string()
  .max(2)
  .regex(/^[A-Z]{2}$/, 'it is a territory of ISO 3166-1, written as VG')
  .meta({ description: 'ISO 3166-1 alpha-2, as VG' });
export const civilDate = z
  .string()
  .max(10)
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'it is a day, written yyyy-mm-dd', abort: true })
  .refine(isCivilDate, 'not a day of the calendar')
  .meta({ description: 'day, yyyy-mm-dd, in the years 1900 to 2199' });
/** On which law. */
export const legalBasis = z
  .string()
  .max(48)
  .regex(LEGAL_BASIS, 'it is a legal basis, as UNCAC_46 or RECIPROCITY, or MLAT:, DOMESTIC_LAW: or MOU: and its reference, as MOU:2019-14');
export const version1 = z.literal(1);
/** The log's origin, a C2SP checkpoint origin line without a scheme. */
export const origin = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[a-z0-9][a-z0-9.:/_-]*$/);
/** What a statement begins with: its version, the log that it is for, its id, and when its signer says that it was made. */
export const head = { v: version1, aud: origin, id: uuid, at: instant };
/** A public key or another short binary value: unpadded base64url. */
export const bytes64 = (maxBytes: number) =>
  z
    .string()
    .max(Math.ceil((maxBytes * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/);

/** Query strings are text: a number is decimal digits, without sign and without leading zeros. */
export const decimal = (max: number, digits: number) =>
  z
    .string()
    .max(digits)
    .regex(/^(?:0|[1-9][0-9]*)$/)
    .transform(Number)
    .pipe(z.int().min(0).max(max))
    .meta({ description: `a whole number, at most ${max}` });
