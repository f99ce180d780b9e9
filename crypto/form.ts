/**
 * The plaintext of a `FORM` item: UTF-8 JSON that carries the disclosures, padded so that its size tells steps of 4 KiB only.
 *
 * @see protocol.md 3
 */
import { no, ok, type Result } from '../domain/result.js';
import { parseJsonStrict } from '../domain/wire/strict-json.js';
import { SD_DIGESTS_MAX } from './disclosure.js';

export const FORM_STEP_BYTES = 4 * 1024;
/** of a padded form; a field that needs more is a FILE or a TEXT */
export const FORM_BYTES_MAX = 1024 * 1024;
const SPACE = 0x20;

export interface FormPlaintext {
  /** a portion carries the compact item statement that its disclosures belong to; a whole form does not */
  readonly original?: string;
  readonly disclosures: readonly string[];
}

const utf8 = new TextEncoder();

/**
 * @returns a whole number of steps
 * @throws RangeError beyond `FORM_BYTES_MAX`
 */
export function padForm(form: FormPlaintext): Uint8Array {
  const json = utf8.encode(JSON.stringify({ v: 1, ...form }));
  const padded = new Uint8Array(Math.ceil(json.length / FORM_STEP_BYTES) * FORM_STEP_BYTES).fill(SPACE);
  if (padded.length > FORM_BYTES_MAX) throw new RangeError(`a form is longer than ${FORM_BYTES_MAX} bytes`);
  padded.set(json);
  return padded;
}

/** Reads a decrypted form; its disclosures are still to be verified against the signed digests. */
export function parseForm(plaintext: Uint8Array): Result<FormPlaintext, string> {
  const { length } = plaintext;
  if (length === 0 || length % FORM_STEP_BYTES !== 0 || length > FORM_BYTES_MAX) return no('not a padded form');
  const json = parseJsonStrict(plaintext);
  if (!json.ok) return json;
  if (!isForm(json.value)) return no('not a form of v, disclosures, original?');
  const { original, disclosures } = json.value;
  return ok(original === undefined ? { disclosures } : { original, disclosures });
}

function isForm(value: unknown): value is FormPlaintext {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { v, original, disclosures, ...unknown } = value as Readonly<Record<string, unknown>>;
  return (
    v === 1 &&
    Object.keys(unknown).length === 0 &&
    (original === undefined || typeof original === 'string') &&
    Array.isArray(disclosures) &&
    disclosures.length <= SD_DIGESTS_MAX &&
    disclosures.every((disclosure) => typeof disclosure === 'string')
  );
}
