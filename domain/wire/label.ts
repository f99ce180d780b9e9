import { z } from 'zod';
import { ACTION_LIMITS, PLAIN_CAVEATS } from '../label.js';
import { LEVELS, PURPOSES, TLPS } from '../vocabulary.js';
import { authorityId, digest, instant, opaque } from './primitives.js';

const by = authorityId;
const caveat = z.discriminatedUnion('code', [
  z.strictObject({ code: z.enum(PLAIN_CAVEATS), by }),
  z.strictObject({ code: z.literal('NAMED_RECIPIENTS'), by, recipients: z.array(authorityId).max(32) }),
  z.strictObject({ code: z.literal('CONFIDENTIAL_UNTIL'), by, until: instant }),
  z.strictObject({ code: z.literal('SPECIALITY'), by, proceedings: z.array(opaque).max(8) }),
  z.strictObject({ code: z.literal('ACTION_LIMIT'), by, limit: z.enum(ACTION_LIMITS) }),
  z.strictObject({ code: z.literal('CONDITIONS'), by, texts: z.array(digest).max(8), notBefore: instant.nullable() }),
  z.strictObject({ code: z.literal('OTHER_RESTRICTION'), by, texts: z.array(digest).max(8) }),
]);

/** Each of them has to be asked, and is told. */
export const ORIGINATORS_MAX = 16;

export const label = z.strictObject({
  level: z.enum(LEVELS),
  tlp: z.enum(TLPS),
  caveats: z.array(caveat).max(32),
  purposes: z.array(z.enum(PURPOSES)).max(8),
  originators: z.array(authorityId).min(1).max(ORIGINATORS_MAX),
  destroyBy: instant.nullable(),
});
