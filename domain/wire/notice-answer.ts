/** A holder's signed word on what it was told: that it deleted, or that it cannot. It is its word: nobody can look into its cellars. */
import { z } from 'zod';
import { authorityId, digest, head, instant } from './primitives.js';

/** Why a holder cannot delete [D]: its own law keeps the item. `LEGAL_HOLD` beats DESTROY_BY, and the originator is told (rulings 3). */
export const DELETION_INABILITIES = [
  'LEGAL_HOLD',
  'EVIDENCE_IN_PROCEEDINGS',
  'RETENTION_REQUIRED_BY_LAW',
  'DISCLOSED_TO_COURT',
  /** a review found it needed still, and says until when (domain.md 9.3) */
  'STILL_NEEDED',
] as const;
/** Why it cannot keep fact and substance confidential; said promptly (UNCAC 46(20) [M]); codes [D]. */
export const CONFIDENTIALITY_INABILITIES = ['DISCLOSURE_REQUIRED_BY_LAW', 'PUBLIC_PROCEEDINGS', 'DEFENCE_ACCESS_TO_FILE'] as const;

const common = { ...head, holder: authorityId, item: digest };

/** `parley-deletion+json`: the holder's signed statement that it deleted an item. It is no holder any more. */
export const deletion = z.strictObject({
  ...common,
  /** the retraction or correction that it answers; absent: the label's own day to destroy by, or no more need */
  answers: digest.optional(),
  /** digests of the seals that were deleted with it */
  seals: z.array(digest).max(32),
});

/** `parley-inability+json`: what was asked cannot be done, and why. */
export const inability = z.discriminatedUnion('of', [
  z.strictObject({
    ...common,
    of: z.literal('DELETION'),
    answers: digest.optional(),
    code: z.enum(DELETION_INABILITIES),
    /** absent: until the holder says so, by one that ends now */ until: instant.optional(),
  }),
  z.strictObject({ ...common, of: z.literal('CONFIDENTIALITY'), answers: digest.optional(), code: z.enum(CONFIDENTIALITY_INABILITIES) }),
]);
