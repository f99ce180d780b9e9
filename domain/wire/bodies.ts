/** What the gateway must see of each message to decide (rulings 1): codes, ids, dates and digests, never prose. */
import { z } from 'zod';
import { ASSISTANCE_TYPE_CODES, AUTHORITY_TYPES, PURPOSES, URGENCY_THRESHOLDS } from '../vocabulary.js';
import { authorityId, civilDate, code, digest, instant, opaque, territory, uuid } from './primitives.js';

const recipient = { authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES), purposes: z.array(z.enum(PURPOSES)).min(1).max(8) };

export const BODIES = {
  SUBMIT: z.strictObject({
    /** named in the request, so that consent may be presumed where both sides switched that on (0.4) */
    intendedRecipients: z.array(z.strictObject(recipient)).max(16).optional(),
    /** other channels on which the same was asked; declared even when empty */
    alsoRequestedVia: z.array(code).max(8).optional(),
    urgencyThresholds: z.array(z.enum(URGENCY_THRESHOLDS)).max(6).optional(),
    periodFrom: civilDate.optional(),
    periodTo: civilDate.optional(),
    /** digest of the sealed justification */
    periodJustified: digest.optional(),
    links: z.array(z.strictObject({ territory, digest })).max(10).optional(),
    parts: z
      .array(z.strictObject({ id: opaque, assistanceType: z.enum(ASSISTANCE_TYPE_CODES), coercive: z.boolean() }))
      .max(16)
      .optional(),
    /** INFORMAL_CONSULTATION: what is asked */
    consultationKind: z.enum(['REQUIREMENTS_QUESTION', 'FEASIBILITY', 'DRAFT_REVIEW', 'STATUS_CONTACT', 'STRATEGY']).optional(),
    confidentiality: z.enum(['FACT_AND_SUBSTANCE', 'SUBSTANCE', 'NONE']).optional(),
    /** BVI_BILATERAL_FIU: the requester's statement of reciprocity */
    reciprocity: z.boolean().optional(),
    /** CONSENT_REQUEST: the grid that is asked */
    consent: z
      .strictObject({
        items: z.array(digest).min(1).max(32),
        fields: z.array(digest).max(128).optional(),
        recipient: z.strictObject(recipient),
        until: instant,
      })
      .optional(),
    /** SPONTANEOUS_DISCLOSURE: on which provision */
    spontaneousBasis: z.enum(['UNCAC_46_4', 'UNCAC_56', 'UNCAC_48']).optional(),
  }),
  ACKNOWLEDGE: z.strictObject({ receivedAt: instant, handlerRef: opaque.optional(), expectedDate: civilDate.optional() }),
  REPLY: z.strictObject({
    /** per recipient named in the request: silence is an answer of its own */
    consentToIntendedRecipients: z
      .array(
        z.strictObject({ authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES), answer: z.enum(['GRANT', 'REFUSE', 'SILENT']) }),
      )
      .max(16)
      .optional(),
  }),
  NEGATIVE_REPLY: z.strictObject({ searched: z.array(code).min(1).max(16) }),
  REFUSE: z.strictObject({
    codes: z.array(code).max(8),
    text: digest.optional(),
    consulted: digest.optional(),
    notAppropriate: digest.optional(),
  }),
  POSTPONE: z.strictObject({ code, text: digest.optional(), reviewDate: civilDate }),
  DELAY_NOTICE: z.strictObject({ code, text: digest.optional(), newDate: civilDate }),
  CONCLUDE: z.strictObject({ outcome: z.enum(['PROCEED_MLA', 'OTHER_CHANNEL', 'NOT_FEASIBLE', 'ANSWERED_INFORMALLY', 'WITHDRAWN']) }),
  MATURE: z.strictObject({ request: uuid }),
  PLAIN: z.strictObject({}),
};
