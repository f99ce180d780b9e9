import { z } from 'zod';
import { FORMATS, ITEM_KINDS } from '../vocabulary.js';
import { label } from './label.js';
import { authorityId, code, digest, language, uuid, version1 } from './primitives.js';

/** `parley-item+json`, at most 16 KiB: what an issuer's officer signs about one sealed item. */
export const item = z.strictObject({
  v: version1,
  id: uuid,
  issuer: authorityId,
  itemRole: z.enum(['FORM', 'FILE', 'TEXT']),
  kind: z.enum(ITEM_KINDS),
  language: language.optional(),
  format: z.enum(FORMATS),
  /** RFC 6962 root over the 8 MiB parts of the sealed body */
  ciphertext: digest,
  /** bytes of the sealed body, at least 1 */
  size: z
    .int()
    .min(1)
    .max(2 ** 41),
  keyCommitment: digest,
  label,
  derivedFrom: z
    .array(digest)
    .max(32)
    .refine((sources) => new Set(sources).size === sources.length, 'one source twice'),
  /** the issuer's word that `derivedFrom` names every source */
  sourcesComplete: z.boolean(),
  form: z
    .strictObject({
      schema: code,
      /** names of the mandatory fields that are filled; values and optional names stay sealed */
      present: z
        .array(
          z
            .string()
            .max(48)
            .regex(/^[a-zA-Z][a-zA-Z0-9]*$/),
        )
        .max(64),
      /** in an order that tells nothing of the form's own: what is handed in anew has it (`isInOrder`), what was taken in before need not */
      _sd: z.array(digest).max(128),
    })
    .optional(),
});
export type ItemPayload = z.output<typeof item>;

/** Sorted, each once: any other order tells of the form, and a repeated digest opens for nobody. @param digests a form's `_sd` */
export const isInOrder = (digests: readonly string[]): boolean => digests.every((one, i) => i === 0 || one > digests[i - 1]!);
