/** What one authority hands to another so that both see whether "sent" and "received" are the same. It goes from desk to desk, never by a gateway. */
import { z } from 'zod';
import { authorityId, instant, origin, version1 } from './primitives.js';

/** statements one way that one file may list */
const RECONCILED_MAX = 200_000;

const mac = z
  .string()
  .length(43)
  .regex(/^[A-Za-z0-9_-]+$/);
const macs = z.array(mac).max(RECONCILED_MAX);

export const reconciliation = z.strictObject({
  v: version1,
  kind: z.literal('parley-reconciliation'),
  log: origin,
  /** whose stream it was made from, and for whom */
  by: authorityId,
  with: authorityId,
  /** of the period, RFC 3339; absent: open at that end */
  from: instant.optional(),
  to: instant.optional(),
  /** the last leaf that the proof covers */
  upTo: z.int().min(0),
  /** the signed note that it was proved against: also how two clients find out that they are shown two logs */
  checkpoint: z.string().max(16_384),
  /** key of the hashes below, new for each file: who has neither list learns no digest, and no two files can be joined */
  salt: mac,
  /** HMAC-SHA-256 of direction and statement digest, sorted */
  sent: macs,
  received: macs,
});
export type Reconciliation = z.output<typeof reconciliation>;
