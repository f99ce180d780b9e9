import { z } from 'zod';
import { AUTHORITY_TYPES, LEVELS, OFFICER_ROLES, PROFILE_IDS, SUITES } from '../vocabulary.js';
import { declarations, seats } from './declarations.js';
import { quorum } from './quorum.js';
import {
  authorityId,
  bytes64,
  civilDate,
  code,
  deskId,
  digest,
  head,
  instant,
  keyId,
  language,
  officerId,
  origin,
  territory,
  version1,
} from './primitives.js';

/** `hh:mm` on the wall there. */
const wallClock = z
  .string()
  .max(5)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'it is a time of the day, written hh:mm');
const publicKey = z.strictObject({ suite: z.enum(SUITES), kid: keyId, publicKey: bytes64(4096) });

/** An officer's own keys, made on the officer's own device: what signs, what opens sessions, what desk secrets are wrapped to. */
const officerKeys = {
  /** Ed25519, signs statements; `auth` opens sessions and signs nothing else */
  signing: z.strictObject({ kid: keyId, publicKey: bytes64(32) }),
  auth: z.strictObject({ kid: keyId, publicKey: bytes64(32) }),
  /** receives wrapped desk secrets and never an item; of one format, so that one keyring serves all officers of a desk */
  encryption: z.strictObject({ suite: z.enum(['age-pq-1', 'age-x25519-1']), kid: keyId, publicKey: bytes64(1216) }),
};

/** Of the keys of the largest entry each one; older ones are of keys that nobody lists any more. */
export const REVOCATIONS_LISTED_MAX = 256;

/** `parley-entry+json`: an authority's own directory entry, signed by its offline root. */
export const entry = z.strictObject({
  ...head,
  authority: authorityId,
  /** rises by one with each entry of the authority; 1 is the first */
  seq: z.int().min(1).max(1_000_000),
  root: z.strictObject({ kid: keyId, publicKey: bytes64(32) }),
  /** the body's own name in its directory, not case data */
  name: z.string().min(1).max(120),
  territory,
  types: z.array(z.enum(AUTHORITY_TYPES)).min(1).max(8),
  languages: z.array(language).min(1).max(8),
  /** up to which level the authority may receive */
  clearance: z.enum(LEVELS),
  /** IANA time zone of the authority's calendar */
  timeZone: z
    .string()
    .max(48)
    .regex(/^[A-Za-z_]+(?:\/[A-Za-z_+-]+)*$/, 'it is a time zone of the IANA list, as Africa/Lagos'),
  /** how the body itself keeps time; what is absent is the territory's, or unknown */
  calendar: z
    .strictObject({
      /** where it differs from the territory's; one day of the week is worked at least */
      weekend: z
        .array(z.enum(['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']))
        .max(6)
        .optional(),
      /** days on which the body is closed, beside holidays; where nobody knows these: all, and with its weekend dates are firm up to the last */
      closingDays: z.array(civilDate).max(64).optional(),
      /** local time; without it hours are counted provisionally */
      officeHours: z
        .strictObject({ opens: wallClock, closes: wallClock })
        .refine(({ opens, closes }) => opens < closes)
        .optional(),
      /** somebody answers day and night: hours run on the wall clock (rulings 6) */
      roundTheClock: z.boolean().optional(),
    })
    .optional(),
  /** profiles on which this authority accepts presumed consent (0.4); off unless both sides list the profile */
  presumedConsent: z.array(z.enum(PROFILE_IDS)).max(8),
  ...declarations,
  /** when somebody last went through what it says, and who; absent: when it was signed. Turning a key confirms nothing. */
  lastConfirmedAt: instant.optional(),
  confirmedBy: officerId.optional(),
  desks: z
    .array(
      z.strictObject({
        desk: deskId,
        types: z.array(z.enum(AUTHORITY_TYPES)).min(1).max(8),
        generation: z.int().min(1).max(1_000_000),
        keys: z.array(publicKey).min(1).max(4),
        from: instant,
        until: instant,
      }),
    )
    .min(1)
    .max(16),
  officers: z
    .array(
      z.strictObject({
        officer: officerId,
        roles: z.array(z.enum(OFFICER_ROLES)).min(1).max(6),
        desks: z.array(deskId).max(16),
        clearance: z.enum(LEVELS),
        ...officerKeys,
        from: instant,
        until: instant,
      }),
    )
    .min(1)
    .max(64),
  /** who opens together what no desk opens; absent: nobody */
  quorum: quorum.optional(),
  /** digests of the authority's key revocations, oldest first: epochs bind entries, and so nobody can be shown the entry without these */
  revocations: z.array(digest).min(1).max(REVOCATIONS_LISTED_MAX).optional(),
  validUntil: instant,
});
export type EntryPayload = z.output<typeof entry>;

/** What an officer hands to whoever holds the root, to be admitted: public keys and nothing else. Not a statement. */
export const officerCard = z.strictObject({ v: version1, authority: authorityId, officer: officerId, ...officerKeys });
export type OfficerCard = z.output<typeof officerCard>;
export const OFFICER_CARD_BYTES_MAX = 16_384;

/** `parley-designation+json`: the operator's countersignature of *designation* only; it never chooses keys. */
export const designation = z.strictObject({
  ...head,
  operator: authorityId,
  authority: authorityId,
  /** fingerprint of the authority's root, compared out of band */
  root: keyId,
  types: z.array(z.enum(AUTHORITY_TYPES)).min(1).max(8),
  /** seats in networks that its entry may claim; absent, as in designations of before: whichever it claims */
  networks: seats.optional(),
  status: z.enum(['ACTIVE', 'SUSPENDED', 'OBSERVER']),
  /** owed where it suspends */
  reason: code.optional(),
  /** authorities whose successor it is: merged into it, or called so before; absent: of nobody */
  succeeds: z.array(authorityId).min(1).max(8).optional(),
});
export type DesignationPayload = z.output<typeof designation>;

/** `parley-revocation+json`: an authority's root ends one of its keys. */
export const revocation = z.strictObject({
  ...head,
  authority: authorityId,
  kid: keyId,
  reason: z.enum(['SCHEDULED', 'LOST', 'COMPROMISED']),
  doubtfulSince: instant.optional(),
});
export type RevocationPayload = z.output<typeof revocation>;

/** `parley-root+json`: the old root names the new one, and signs nothing after. Entries up to `after` are the old root's, later ones the new one's. */
export const rootChange = z.strictObject({
  ...head,
  authority: authorityId,
  old: z.strictObject({ kid: keyId, publicKey: bytes64(32) }),
  root: z.strictObject({ kid: keyId, publicKey: bytes64(32) }),
  /** `seq` of the newest entry */
  after: z.int().min(1).max(1_000_000),
});
export type RootChangePayload = z.output<typeof rootChange>;

/** `parley-session+json`: an officer's auth key asks for a session of 15 minutes. Never stored, never a leaf. */
export const sessionRequest = z.strictObject({
  v: version1,
  aud: origin,
  authority: authorityId,
  officer: officerId,
  at: instant,
  nonce: digest.meta({ description: 'base64url, 32 random bytes' }),
});
