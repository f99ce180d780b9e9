/** What a client posts: one statement, the item statements it names, their seals, and small bodies inline. */
import { z } from 'zod';
import { bytes64, digest, keyId, uuid } from './primitives.js';

export const INLINE_BODY_BYTES_MAX = 65_536;
const SEAL_BYTES_MAX = 4_096;
/** as JSON: more goes as uploads */
export const SUBMISSION_BYTES_MAX = 1024 * 1024;
const compact = (bytesMax: number) => z.string().min(1).max(bytesMax);

export const submission = z.strictObject({
  statement: compact(262_144),
  items: z.array(compact(16_384)).max(64).optional(),
  seals: z
    .array(z.strictObject({ item: digest, kid: keyId, bytes: bytes64(SEAL_BYTES_MAX) }))
    .max(256)
    .optional(),
  /** one body for each item that the gateway does not hold yet: inline, or an upload that is complete */
  bodies: z
    .array(
      z.union([z.strictObject({ item: digest, bytes: bytes64(INLINE_BODY_BYTES_MAX) }), z.strictObject({ item: digest, upload: uuid })]),
    )
    .max(64)
    .optional(),
});
export type Submission = z.output<typeof submission>;
