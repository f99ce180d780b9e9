/** `POST /v1/explain`: an act that is named and not done, and what the law says of it. */
import { z } from 'zod';
import { AUTHORITY_TYPES, FRAMEWORKS, MATTER_TYPES, PROFILE_IDS, PURPOSES } from '../vocabulary.js';
import { envelope } from './envelope.js';
import { item } from './item.js';
import { label } from './label.js';
import { authorityId, code, digest } from './primitives.js';
import { violationAnswer } from './problem.js';
import { release, useRecord } from './release.js';

/** 64 items with a label each */
export const EXPLAIN_BYTES_MAX = 512 * 1024;

/** An item that is not sealed yet: what its statement would say. Its content stays where it is. */
const draft = item.pick({ itemRole: true, kind: true, language: true, label: true, derivedFrom: true, sourcesComplete: true }).extend({
  /** stands for it in the envelope's `items` and `seals` */
  digest,
  form: z.strictObject({ schema: code, present: item.shape.form.unwrap().shape.present }).optional(),
});

/** A release as it would be signed. Absent: no legal basis, whatever it may rest on already, the item's own label, 90 days. */
const releasing = release.pick({ item: true, to: true, toType: true, purpose: true }).extend(
  release
    .pick({
      holderType: true,
      legalBasis: true,
      basis: true,
      suite: true,
      label: true,
      disclosed: true,
      verifications: true,
      kept: true,
      until: true,
    })
    .partial().shape,
);

export const explainRequest = z.discriminatedUnion('act', [
  releasing.extend({ act: z.literal('release') }),
  useRecord
    .pick({ holderType: true, item: true, purpose: true, proceedings: true, action: true, verifications: true })
    .extend({ act: z.literal('use') }),
  /** a copy taken out of this gateway, into the holder's own case system; absent label: its own */
  useRecord
    .pick({ holderType: true, item: true, purpose: true, proceedings: true, verifications: true })
    .extend({ act: z.literal('export'), label: label.optional() }),
  /** the envelope as it would be signed; its seals name keys and nothing that was sealed */
  z.strictObject({ act: z.literal('send'), envelope, drafts: z.array(draft).max(64) }),
]);
export type ExplainRequest = z.output<typeof explainRequest>;
export type Explaining<A extends ExplainRequest['act']> = Extract<ExplainRequest, { act: A }>;
export type ItemInMind = z.output<typeof draft>;

const text = (max: number) => z.string().max(max);

/** A consent request as `parley send` takes it. */
const consentDraft = z.strictObject({
  to: authorityId,
  toType: z.enum(AUTHORITY_TYPES),
  fromType: z.enum(AUTHORITY_TYPES),
  exchangeType: z.literal('CONSENT_REQUEST'),
  profile: z.enum(PROFILE_IDS),
  legalBasis: z.array(text(48)).max(8),
  framework: z.array(z.enum(FRAMEWORKS)).max(4),
  purposes: z.array(z.enum(PURPOSES)).max(8),
  matterType: z.enum(MATTER_TYPES),
  language: text(8),
  urgency: z.literal('ROUTINE'),
  body: z.strictObject({
    consent: z.strictObject({
      items: z.array(text(43)).min(1).max(32),
      recipient: z.strictObject({
        authority: text(32),
        authorityType: z.enum(AUTHORITY_TYPES),
        purposes: z.array(z.enum(PURPOSES)).min(1).max(8),
      }),
      /** RFC 3339 */
      until: text(24),
    }),
  }),
});
export type ConsentDraft = z.output<typeof consentDraft>;

export const explanation = z.strictObject({
  act: z.enum(['release', 'use', 'export', 'send']),
  allowed: z.boolean(),
  violations: z.array(violationAnswer).max(256),
  /** what stands in its way that is no rule of the law, such as a step that does not follow; absent: nothing */
  obstacle: z.strictObject({ code: text(48), detail: text(1_000), rule: text(96), source: text(300), next: text(500) }).optional(),
  /** what a release would cite */
  restsOn: z.strictObject({
    consents: z.array(text(43)).max(16),
    presumed: text(43).optional(),
    exemption: text(48).optional(),
    /** where not all originators' parts rest on the same: the lines of `basis.each` */
    each: z
      .array(
        z.strictObject({
          originator: text(32),
          consent: text(43).optional(),
          presumed: text(43).optional(),
          exemption: text(48).optional(),
        }),
      )
      .max(16)
      .optional(),
  }),
  /** whose consent is lacking, of those who are originators to the asker's own knowledge: it holds the item */
  missing: z
    .array(
      z.strictObject({
        originator: text(32),
        codes: z.array(text(48)).max(64),
        /** null: the asker has no way to ask; who gave it the item may */
        ask: consentDraft.nullable(),
      }),
    )
    .max(64),
});
export type Explanation = z.output<typeof explanation>;
