/** What the gateway must see of each message to decide (rulings 1): codes, ids, dates and digests, never prose. */
import { z } from 'zod';
import {
  ASSISTANCE_TYPE_CODES,
  AUTHORITY_TYPES,
  DELAY_CODES,
  FALLBACK_REASONS,
  MATTER_TYPES,
  PURPOSES,
  URGENCIES,
  URGENCY_THRESHOLDS,
} from '../vocabulary.js';
import { authorityId, civilDate, code, digest, instant, opaque, territory, uuid } from './primitives.js';

const recipient = { authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES), purposes: z.array(z.enum(PURPOSES)).min(1).max(8) };

/** Parts of the request that a message is about; absent: all that are owed. */
const parts = z.array(opaque).min(1).max(16).optional();
/** An item of the envelope: its content is sealed, and that it is there can be proved. */
const text = digest.optional();

/** Per recipient named in the request: silence is an answer of its own. */
const consentToIntendedRecipients = z
  .array(z.strictObject({ authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES), answer: z.enum(['GRANT', 'REFUSE', 'SILENT']) }))
  .max(16)
  .optional();

export const BODIES = {
  SUBMIT: z.strictObject({
    /** named in the request, so that consent may be presumed where both sides switched that on (0.4) */
    intendedRecipients: z.array(z.strictObject(recipient)).max(16).optional(),
    /** other channels on which the same was asked; declared even when empty */
    alsoRequestedVia: z.array(code).max(8).optional(),
    urgencyThresholds: z.array(z.enum(URGENCY_THRESHOLDS)).max(6).optional(),
    periodFrom: civilDate.optional(),
    periodTo: civilDate.optional(),
    /** the item that justifies it; never the digest of its text, which could be guessed */
    periodJustified: digest.optional(),
    /** with the item that explains it, likewise */
    links: z.array(z.strictObject({ territory, digest })).max(10).optional(),
    parts: z
      .array(z.strictObject({ id: opaque, assistanceType: z.enum(ASSISTANCE_TYPE_CODES), coercive: z.boolean() }))
      .max(16)
      .optional(),
    /** MULTI_FIU_REQUEST: the sender's own id for what it asks of several; it names nobody */
    parent: opaque.optional(),
    /** the sender's own case reference: it joins formal and informal exchanges, and no label moves along it */
    ownCase: opaque.optional(),
    /** earlier exchanges of the same two authorities */
    relatesTo: z.array(uuid).max(8).optional(),
    /** INFORMAL_CONSULTATION: what is asked */
    consultationKind: z.enum(['REQUIREMENTS_QUESTION', 'FEASIBILITY', 'DRAFT_REVIEW', 'STATUS_CONTACT', 'STRATEGY']).optional(),
    confidentiality: z.enum(['FACT_AND_SUBSTANCE', 'SUBSTANCE', 'NONE']).optional(),
    /** what the matter is on the side that is asked, where it is not the same as `matterType` (7.5) */
    matterTypeRequested: z.enum(MATTER_TYPES).optional(),
    /** DIAGONAL_REQUEST: from the body that needs it to the one that is asked at last */
    chain: z
      .array(z.strictObject({ authority: authorityId, authorityType: z.enum(AUTHORITY_TYPES) }))
      .min(2)
      .max(6)
      .optional(),
    /** DIAGONAL_REQUEST: what the first of the chain wants it for */
    ultimatePurpose: z.enum(PURPOSES).optional(),
    /** INTERPOL: nothing political, military, religious or racial (Constitution 3) */
    art3Compliant: z.boolean().optional(),
    /** why this is not sent by the way that comes first, such as the network of the Union's units */
    fallbackReason: z.enum(FALLBACK_REASONS).optional(),
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
  REPLY: z.strictObject({ consentToIntendedRecipients, parts }),
  NEGATIVE_REPLY: z.strictObject({ searched: z.array(code).min(1).max(16), consentToIntendedRecipients, parts }),
  REFUSE: z.strictObject({
    codes: z.array(code).max(8),
    text,
    consulted: digest.optional(),
    notAppropriate: digest.optional(),
    parts,
  }),
  POSTPONE: z.strictObject({ code: z.enum(DELAY_CODES), text, reviewDate: civilDate, parts }),
  DELAY_NOTICE: z.strictObject({ code: z.enum(DELAY_CODES), text, newDate: civilDate, parts }),
  NO_LONGER_REQUIRED: z.strictObject({ parts }),
  /** the grounds on which a refusal or a postponement is considered */
  PRE_REFUSAL_CONSULTATION: z.strictObject({ codes: z.array(code).max(8), text, parts }),
  /** SUBJECT_ACCESS_CONSULTATION: what the originator would have the data subject told */
  VIEWS_SUBMITTED: z.strictObject({ view: z.enum(['MAY_DISCLOSE', 'MAY_DISCLOSE_IN_PART', 'ANSWER_NEUTRALLY']).optional() }),
  CONDITIONS_PROPOSED: z
    .strictObject({
      texts: z.array(digest).max(8).optional(),
      /** no use before it */
      notBefore: instant.optional(),
      /** the only proceedings that it may serve */
      proceedings: z.array(opaque).max(8).optional(),
      parts,
    })
    .refine(({ texts = [], notBefore, proceedings = [] }) => texts.length + proceedings.length > 0 || notBefore !== undefined, {
      message: 'a proposal without a condition',
    }),
  CONDITIONS_ANSWER: z.strictObject({ proposal: digest }),
  MEASURE_TAKEN: z.strictObject({ until: instant }),
  /** why it is to end (55(7)); what there is to say of it is sealed */
  PROVISIONAL_MEASURE_LIFT_NOTICE: z.strictObject({ ground: z.enum(['INSUFFICIENT_EVIDENCE', 'DE_MINIMIS', 'OTHER']) }),
  /** why who asked for it could not be heard before ("wherever possible", 55(8)) */
  MEASURE_LIFTED: z.strictObject({ withoutNotice: z.enum(['ORDERED_AT_ONCE', 'ENDED_BY_LAW']).optional() }),
  /** `proof` is the digest of the seal that none of the addressee's keys opens, as the envelope that brought the item lists it */
  UNDECIPHERABLE: z.strictObject({ item: digest, proof: digest }),
  URGENCY_NOT_ACCEPTED: z.strictObject({ urgency: z.enum(URGENCIES), text }),
  ORAL_CONFIRMATION: z.strictObject({ spokenAt: instant, means: z.enum(['TELEPHONE', 'VIDEO', 'IN_PERSON']) }),
  EXTERNAL_LEG: z.strictObject({
    means: z.enum(['PAPER', 'TELEPHONE', 'IN_PERSON', 'OTHER_NETWORK']),
    direction: z.enum(['SENT', 'RECEIVED']),
    at: instant,
    reference: opaque.optional(),
  }),
  /** do these still hold true? The source answers by a verification, which it signs for whoever asked */
  VERIFY_WITH_SOURCE: z.strictObject({ items: z.array(digest).min(1).max(32) }),
  ESCALATE: z.strictObject({ reason: z.enum(['OVERDUE', 'NOT_ACKNOWLEDGED', 'REFUSAL_DISPUTED', 'CAVEATS_DISPUTED', 'QUALITY']) }),
  CONCLUDE: z.strictObject({
    outcome: z.enum([
      'PROCEED_MLA',
      'OTHER_CHANNEL',
      'NOT_FEASIBLE',
      'ANSWERED_INFORMALLY',
      'WITHDRAWN',
      'DISCLOSED',
      'DISCLOSED_IN_PART',
      'ANSWERED_NEUTRALLY',
    ]),
  }),
  /** the exchange that came of it */
  LINKED: z.strictObject({ request: uuid }),
  PLAIN: z.strictObject({}),
};
