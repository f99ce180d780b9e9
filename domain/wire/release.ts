import { z } from 'zod';
import { CHANNEL_EXEMPTIONS, EXEMPTIONS } from '../exemption.js';
import { AUTHORITY_TYPES, JUSTIFICATIONS, PURPOSES, SUITES } from '../vocabulary.js';
import { LABEL_CHANGES } from '../label-change.js';
import { CAVEAT_CODES, USE_ACTIONS } from '../label.js';
import { label } from './label.js';
import { authorityId, code, digest, head, instant, keyId, legalBasis, opaque } from './primitives.js';

/** A release names an authority, or says plainly that its addressee is none: `private:NEWSPAPER` (always refused, always logged). */
const releaseTo = z.union([
  authorityId,
  z
    .string()
    .max(48)
    .regex(/^private:[A-Z][A-Z0-9_]*$/),
]);

/** As which of its types the holder acts; absent: as the one as which it has the item (decisions/0033). */
const holderType = z.enum(AUTHORITY_TYPES).optional();

/** `parley-release+json`: a holder hands an item it holds to one more reader, on a basis that the gateway checks. */
export const release = z.strictObject({
  ...head,
  holder: authorityId,
  holderType,
  to: releaseTo,
  toType: z.enum(AUTHORITY_TYPES).optional(),
  item: digest,
  keyCommitment: digest,
  /** digest of the new seal; absent where there is no reader to seal to (a private party) */
  seal: digest.optional(),
  kid: keyId.optional(),
  suite: z.enum(SUITES).optional(),
  purpose: z.enum(PURPOSES),
  legalBasis,
  /** at least as strict as the item's effective label, recipients that a consent adds aside */
  label,
  /** the label state the holder saw: number of label statements about the item */
  labelEpoch: z.int().min(0).max(1_000_000),
  basis: z.union([
    z.strictObject({ consents: z.array(digest).max(16) }),
    /** digest of the request envelope that named the recipient */
    z.strictObject({ presumed: digest }),
    /** a lawful way: the notice, and the second person's approval of it, so that the new reader can check both */
    z.strictObject({ notices: z.array(digest).max(4), approvals: z.array(digest).max(4) }),
    z.strictObject({ exemption: z.enum(EXEMPTIONS) }),
    z.strictObject({ reseal: z.literal(true) }),
    /** originator by originator, where they do not all rest on the same (domain/basis.ts) */
    z.strictObject({
      each: z
        .array(
          z.union([
            z.strictObject({ originator: authorityId, consent: digest }),
            z.strictObject({ originator: authorityId, presumed: digest }),
            z.strictObject({ originator: authorityId, exemption: z.enum(CHANNEL_EXEMPTIONS) }),
          ]),
        )
        .min(1)
        .max(16)
        .refine((each) => new Set(each.map(({ originator }) => originator)).size === each.length, 'one originator twice'),
    }),
  ]),
  /** sources' confirmations, where one is owed before anything is done with it */
  verifications: z.array(digest).min(1).max(16).optional(),
  /** texts of OTHER_RESTRICTION and CONDITIONS that whoever signs has read: handing it on keeps to them, or is what their owner consented to */
  kept: z.array(digest).min(1).max(256).optional(),
  /** digests of the form disclosures handed over; absent: the whole item */
  disclosed: z.array(digest).min(1).max(128).optional(),
  until: instant,
});
export type ReleasePayload = z.output<typeof release>;

/** `parley-access+json`: a reading is the reader's own word. */
export const access = z.strictObject({
  ...head,
  reader: authorityId,
  item: digest,
  /** the envelope or release that gave it */
  via: digest,
  purpose: z.enum(PURPOSES),
  justification: z.enum(JUSTIFICATIONS),
  /** the request to the authority's quorum that gives the right to read, where no desk does */
  quorum: digest.optional(),
});
export type AccessPayload = z.output<typeof access>;

/** `parley-label+json`: what an originator says later of what it gave; each change has its own members (label-change.ts). */
export const labelChange = z.strictObject({
  ...head,
  originator: authorityId,
  item: digest,
  change: z.enum(LABEL_CHANGES),
  /** ADD: what is joined */
  label: label.optional(),
  /** RELAX: caveats of one's own that fall */
  lifts: z.array(z.enum(CAVEAT_CODES)).min(1).max(16).optional(),
  /** CORRECT: why, as a code */
  reason: code.optional(),
  /** CORRECT: the item that is right, where there is one */
  replacement: digest.optional(),
});
export type LabelChangePayload = z.output<typeof labelChange>;

/** `parley-use+json`: a holder records a use before it happens (rulings 1); the policy answers as for a release. */
export const useRecord = z.strictObject({
  ...head,
  holder: authorityId,
  holderType,
  item: digest,
  purpose: z.enum(PURPOSES),
  proceedings: opaque.optional(),
  /** what is done towards others because of it; absent: nothing that anybody could notice */
  action: z.enum(USE_ACTIONS).optional(),
  verifications: z.array(digest).min(1).max(16).optional(),
});
export type UseRecordPayload = z.output<typeof useRecord>;
