/** The notices of the lawful ways, the second person's approval, and what an originator answers. Codes and ids, never prose. */
import { z } from 'zod';
import { AUTHORITY_TYPES, PURPOSES } from '../vocabulary.js';
import { authorityId, digest, head, instant, legalBasis } from './primitives.js';

/** Why an originator could not be told before (UNCAC 46(5): "in an exceptional case" [M]); codes [D]. */
export const IMPOSSIBLE_BEFORE = ['HEARING_UNDER_WAY', 'ORDERED_AT_ONCE', 'ACCUSED_DETAINED', 'ORIGINATOR_UNREACHABLE'] as const;
/** Which duty compels a supervisor (INR.40 ¶14 [F2:S9]); codes [D]. */
export const OBLIGATIONS = ['COURT_ORDER', 'STATUTORY_DUTY', 'PARLIAMENTARY_INQUIRY'] as const;
/** What is imminent (LED 35(2) [M]). */
export const EMERGENCIES = ['THREAT_TO_LIFE', 'THREAT_TO_PUBLIC_SECURITY'] as const;

const common = {
  ...head,
  holder: authorityId,
  item: digest,
  recipient: z.strictObject({ authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES) }),
  legalBasis,
  /** when it was disclosed, where that was before this notice */
  disclosedAt: instant.optional(),
  /** where the holder has one officer only: an authority of its own State whose officer is the second person (rulings 4) */
  deputy: authorityId.optional(),
};

/** `parley-notice+json`: a holder tells every originator of a disclosure that the law allows or asks without its consent. */
export const notice = z.discriminatedUnion('way', [
  z.strictObject({
    ...common,
    way: z.literal('EXCULPATORY'),
    purpose: z.literal('EXCULPATORY'),
    /** no time for the consultation */
    impossible: z.enum(IMPOSSIBLE_BEFORE).optional(),
  }),
  z.strictObject({ ...common, way: z.literal('LEGAL_OBLIGATION'), purpose: z.enum(PURPOSES), reason: z.enum(OBLIGATIONS) }),
  z.strictObject({ ...common, way: z.literal('EMERGENCY'), purpose: z.literal('IMMINENT_THREAT'), reason: z.enum(EMERGENCIES) }),
]);
export type NoticePayload = z.output<typeof notice>;

/** `parley-approval+json`: the second person. */
export const approval = z.strictObject({ ...head, authority: authorityId, notice: digest });
export type ApprovalPayload = z.output<typeof approval>;

/** `parley-consultation+json`: an originator asks to be consulted, or has nothing against it. */
export const consultation = z.strictObject({
  ...head,
  originator: authorityId,
  notice: digest,
  answer: z.enum(['CONSULT', 'NO_OBJECTION']),
});

/** `parley-verification+json`: an originator confirms its item to a holder that asked before it acts (CONTACT_SOURCE_BEFORE_ACTION). */
export const verification = z.strictObject({
  ...head,
  originator: authorityId,
  holder: authorityId,
  item: digest,
  answer: z.enum(['CONFIRMED', 'NOT_CONFIRMED']),
});
export type VerificationPayload = z.output<typeof verification>;
