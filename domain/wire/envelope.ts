import { z } from 'zod';
import { REPLIES } from '../messages.js';
import {
  ASSISTANCE_TYPE_CODES,
  AUTHORITY_TYPES,
  EXCHANGE_TYPES,
  FRAMEWORKS,
  MATTER_TYPES,
  PROFILE_IDS,
  PURPOSES,
  URGENCIES,
} from '../vocabulary.js';
import { BODIES } from './bodies.js';
import { authorityId, deskId, digest, instant, keyId, language, legalBasis, opaque, origin, uuid, version1 } from './primitives.js';

const common = {
  v: version1,
  /** the log's origin: a statement for another gateway, or from a test, is not one for this */
  aud: origin,
  id: uuid,
  exchange: uuid,
  prev: digest.optional().meta({ description: 'digest of the last envelope of the exchange that the sender saw' }),
  /** within 24 h of the gateway's clock */
  sentAt: instant,
  exchangeType: z.enum(EXCHANGE_TYPES),
  profile: z.enum(PROFILE_IDS),
  /** the two authorities' common case reference */
  pairCase: opaque.optional(),
  from: authorityId,
  fromType: z.enum(AUTHORITY_TYPES),
  to: authorityId,
  toType: z.enum(AUTHORITY_TYPES),
  toDesk: deskId.optional(),
  onBehalfOf: authorityId.optional(),
  epoch: z
    .int()
    .min(0)
    .max(2 ** 40)
    .meta({ description: 'number of the directory epoch whose keys the seals use' }),
  legalBasis: z.array(legalBasis).max(8),
  framework: z.array(z.enum(FRAMEWORKS)).max(4),
  purposes: z.array(z.enum(PURPOSES)).max(8),
  matterType: z.enum(MATTER_TYPES),
  assistanceTypes: z.array(z.enum(ASSISTANCE_TYPE_CODES)).max(16).optional(),
  language,
  urgency: z.enum(URGENCIES),
  deadline: instant.optional(),
  items: z.array(digest).max(64),
  seals: z.array(z.strictObject({ item: digest, kid: keyId, seal: digest })).max(256),
};

/** `parley-envelope+json`, at most 64 KiB. `body` is a strict object of its own for each `message`. */
export const envelope = z.discriminatedUnion('message', [
  z.strictObject({ ...common, message: z.literal('SUBMIT'), body: BODIES.SUBMIT }),
  z.strictObject({ ...common, message: z.literal('ACKNOWLEDGE'), body: BODIES.ACKNOWLEDGE }),
  z.strictObject({ ...common, message: z.enum(REPLIES), body: BODIES.REPLY }),
  z.strictObject({ ...common, message: z.literal('NEGATIVE_REPLY'), body: BODIES.NEGATIVE_REPLY }),
  z.strictObject({ ...common, message: z.literal('REFUSE'), body: BODIES.REFUSE }),
  z.strictObject({ ...common, message: z.literal('POSTPONE'), body: BODIES.POSTPONE }),
  z.strictObject({ ...common, message: z.literal('DELAY_NOTICE'), body: BODIES.DELAY_NOTICE }),
  z.strictObject({ ...common, message: z.literal('NO_LONGER_REQUIRED'), body: BODIES.NO_LONGER_REQUIRED }),
  z.strictObject({ ...common, message: z.literal('PRE_REFUSAL_CONSULTATION'), body: BODIES.PRE_REFUSAL_CONSULTATION }),
  z.strictObject({ ...common, message: z.literal('VIEWS_SUBMITTED'), body: BODIES.VIEWS_SUBMITTED }),
  z.strictObject({ ...common, message: z.literal('CONDITIONS_PROPOSED'), body: BODIES.CONDITIONS_PROPOSED }),
  z.strictObject({ ...common, message: z.enum(['CONDITIONS_ACCEPTED', 'CONDITIONS_DECLINED']), body: BODIES.CONDITIONS_ANSWER }),
  z.strictObject({ ...common, message: z.literal('MEASURE_TAKEN'), body: BODIES.MEASURE_TAKEN }),
  z.strictObject({ ...common, message: z.literal('PROVISIONAL_MEASURE_LIFT_NOTICE'), body: BODIES.PROVISIONAL_MEASURE_LIFT_NOTICE }),
  z.strictObject({ ...common, message: z.literal('MEASURE_LIFTED'), body: BODIES.MEASURE_LIFTED }),
  z.strictObject({ ...common, message: z.literal('UNDECIPHERABLE'), body: BODIES.UNDECIPHERABLE }),
  z.strictObject({ ...common, message: z.literal('URGENCY_NOT_ACCEPTED'), body: BODIES.URGENCY_NOT_ACCEPTED }),
  z.strictObject({ ...common, message: z.literal('ORAL_CONFIRMATION'), body: BODIES.ORAL_CONFIRMATION }),
  z.strictObject({ ...common, message: z.literal('EXTERNAL_LEG'), body: BODIES.EXTERNAL_LEG }),
  z.strictObject({ ...common, message: z.literal('VERIFY_WITH_SOURCE'), body: BODIES.VERIFY_WITH_SOURCE }),
  z.strictObject({ ...common, message: z.literal('ESCALATE'), body: BODIES.ESCALATE }),
  z.strictObject({ ...common, message: z.literal('CONCLUDE'), body: BODIES.CONCLUDE }),
  z.strictObject({ ...common, message: z.enum(['MATURE', 'PROMOTE_TO_FORMAL']), body: BODIES.LINKED }),
  z.strictObject({
    ...common,
    message: z.enum([
      'RESUBMIT',
      'CLARIFICATION_REQUEST',
      'CLARIFICATION_REPLY',
      'STATUS_REQUEST',
      'STATUS_REPLY',
      'TRANSMITTED_FOR_EXECUTION',
      'MEASURE_REASONS',
      'CLOSE',
      'REOPEN',
      'FEEDBACK_REQUEST',
      'FEEDBACK',
      'DISCUSS',
      'PROCEED',
      'NOT_PURSUED',
      'PROSECUTE_INSTEAD',
      'ACCEPT',
      'NOT_RELEVANT',
      'CONFIDENTIALITY_INABILITY_NOTICE',
    ]),
    body: BODIES.PLAIN,
  }),
]);
export type EnvelopePayload = z.output<typeof envelope>;
