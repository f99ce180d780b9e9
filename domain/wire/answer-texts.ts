/** Texts in the gateway's answers, checked as far as whoever reads one then takes for granted. */
import { z } from 'zod';
import { parseUuid } from '../ids.js';
import { parseInstant } from '../time.js';

/** The last character by the length's remainder: none of one, and spare bits that are zero. */
const SPARE_BITS = [/(?:)/, /^(?!)/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;

/** what decodes, of any length */
export const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .refine((text) => SPARE_BITS[text.length % 4]!.test(text));

const bytesOf32 = z
  .string()
  .length(43)
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
export const hash = bytesOf32.meta({ description: 'base64url SHA-256' });
/** a key or a salt */
export const bytes32 = bytesOf32.meta({ description: 'base64url, 32 bytes' });

export const time = z
  .string()
  .max(24)
  .refine((text) => parseInstant(text).ok)
  .meta({ description: 'RFC 3339 time in UTC with Z' });

export const id = z
  .string()
  .length(36)
  .refine((text) => parseUuid(text).ok)
  .meta({ description: 'UUID' });

/** The exact text of a JSON object, as it was hashed. */
export const jsonObject = (charsMax: number) => z.string().max(charsMax).refine(isJsonObject);

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
