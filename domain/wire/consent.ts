import { z } from 'zod';
import { AUTHORITY_TYPES, PURPOSES, SUITES } from '../vocabulary.js';
import { authorityId, code, digest, head, instant, keyId, opaque } from './primitives.js';

const common = { ...head, originator: authorityId, holder: authorityId };

/** `parley-consent+json`: an originator's signed exception for one recipient. */
export const consent = z.strictObject({
  ...common,
  items: z.array(digest).min(1).max(32),
  /** disclosure digests: the grant covers these form fields only; absent: the whole item */
  fields: z.array(digest).min(1).max(128).optional(),
  recipient: z.strictObject({ authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES) }),
  purposes: z.array(z.enum(PURPOSES)).min(1).max(8),
  /** suites under which the recipient may be sealed to */
  suites: z.array(z.enum(SUITES)).min(1).max(8),
  from: instant,
  until: instant,
  /** opaque proceedings to which use under the grant is bound */
  conditions: z.array(opaque).min(1).max(8).optional(),
  /** digest of the asking envelope, whose exchange this moves on */
  request: digest.optional(),
});
export type ConsentPayload = z.output<typeof consent>;

/** `parley-consent-refusal+json`: on the closed grounds, with a sealed text whose digest stands here. */
export const consentRefusal = z.strictObject({
  ...common,
  items: z.array(digest).min(1).max(32),
  recipient: z.strictObject({ authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES) }),
  purposes: z.array(z.enum(PURPOSES)).min(1).max(8),
  codes: z.array(code).max(8),
  /** an item statement in the same submission, sealed for the holder; absent: REFUSAL_WITHOUT_REASON */
  text: digest.optional(),
  seals: z.array(z.strictObject({ item: digest, kid: keyId, seal: digest })).max(8),
  request: digest,
});
export type ConsentRefusalPayload = z.output<typeof consentRefusal>;

/** `parley-consent-revocation+json`: stops future use, not reading by who has it already. */
export const consentRevocation = z.strictObject({ ...common, consent: digest });
