/**
 * Evidence of one exchange: what the gateway gives a party to put into a file, and the list by which the file answers for its members
 * (`client/sdk/evidence/`). Nothing here holds a key's secret, a seal's content or a plaintext.
 */
import { z } from 'zod';
import { eventsQuery } from './audit.js';
import { ownView, receiptAnswer } from './http-answers.js';
import { pageQuery } from './http-requests.js';
import { authorityId, bytes64, digest, instant, keyId, origin, uuid } from './primitives.js';

/** entries of one page: each holds a receipt, a view and, once, its statement with up to 64 items of 16 KiB */
export const EVIDENCE_PAGE_MAX = 50;

/** `ticket` of a reading of one's own log: what leaves is views of it */
export const evidenceQuery = pageQuery.extend({ ticket: eventsQuery.shape.ticket });

const compact = z.string().max(262_144).meta({ description: 'compact JWS' });
const operator = z.strictObject({ authority: authorityId, root: z.strictObject({ kid: keyId, publicKey: bytes64(32) }) });

/** Leaves of the caller's own stream that belong to one exchange, in log order. */
export const evidencePage = z.strictObject({
  /** whose root designates: a key, so that a stranger can check designations without asking anybody */
  operator: z.strictObject({
    authority: z.string().max(32),
    root: z.strictObject({ kid: z.string().length(43), publicKey: z.string().length(43) }),
  }),
  entries: z
    .array(
      z.strictObject({
        index: z.int().min(0),
        receipt: receiptAnswer,
        view: ownView,
        /** with the leaf that took it in, where the caller may see it; a refused statement was not kept */
        statement: compact.optional(),
        items: z.array(compact).max(64),
      }),
    )
    .max(EVIDENCE_PAGE_MAX),
  /** leaves among these whose event was erased for this authority: a receipt of each is left, and no view */
  erased: z.int().min(0),
  next: z.string().max(24).optional(),
});
export type EvidencePage = z.output<typeof evidencePage>;

export const EVIDENCE_TYPE = 'parley-evidence+json';
export const EVIDENCE_MEMBERS_MAX = 50_000;
export const MEMBER_NAME_CHARS_MAX = 120;

/**
 * Payload of the file's manifest, which has a statement's form and is none: an officer of the maker answers for exactly these members.
 * Each name is a path below the file's root (`layout.ts` says which there are).
 */
/** Of README and timeline the wording counts too, and what a file must hold: whoever changes it makes another version. */
export const EVIDENCE_VERSION = 5;

export const evidenceManifest = z.strictObject({
  v: z.literal(EVIDENCE_VERSION),
  /** the log's origin */
  aud: origin,
  /** who made the file: what is in it is this authority's sight of the exchange */
  authority: authorityId,
  exchange: uuid,
  at: instant,
  /** C2SP verifier key of the log, as the maker had pinned it */
  log: z.string().max(300),
  operator,
  /** `digest`: SHA-256 of the bytes; of a sealed body the RFC 6962 root over its parts of 8 MiB, as its item names it */
  members: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(MEMBER_NAME_CHARS_MAX),
        bytes: z
          .int()
          .min(0)
          .max(2 ** 32 - 1),
        digest,
      }),
    )
    .max(EVIDENCE_MEMBERS_MAX),
});
/** Of a file that reads differently: its version, and what names its maker, unchecked. */
export const olderManifest = z.looseObject({
  v: z
    .int()
    .min(1)
    .max(EVIDENCE_VERSION - 1),
  ...evidenceManifest.pick({ authority: true, at: true }).shape,
});
export type EvidenceManifest = z.output<typeof evidenceManifest>;
