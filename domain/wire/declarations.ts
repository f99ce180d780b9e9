/**
 * What an authority declares of itself beside its keys (1.4): directory data that anybody may read, never case data. What is absent
 * is not said. No persons: a desk answers, and its telephone is the office's.
 */
import { z } from 'zod';
import { CAVEAT_CODES } from '../label.js';
import { AUTHORITY_TYPES, NETWORK_SEATS, NETWORKS, PROFILE_IDS } from '../vocabulary.js';
import { authorityId, code, deskId, language, opaque } from './primitives.js';

/** By which ways it takes a request [D], after the fields of the printed directories (1.4 [M]). */
const ACCEPTED_CHANNELS = ['PARLEY', 'ESW', 'FIU_NET', 'I_24_7', 'SIENA', 'ENCRYPTED_MAIL', 'POST', 'DIPLOMATIC'] as const;
/** How an FIU is built: told, never a reason to refuse (A.1; FATF R.29). */
const FIU_MODELS = ['ADMINISTRATIVE', 'LAW_ENFORCEMENT', 'JUDICIAL', 'HYBRID'] as const;
/** When it asks, of assistance, that the deed be a crime on both sides (46(9) [M]). */
const DUAL_CRIMINALITY = ['ALWAYS', 'COERCIVE_ONLY', 'NEVER'] as const;
/** What a State said on joining a treaty. */
const DECLARATION_KINDS = ['RESERVATION', 'DECLARATION', 'NOTIFICATION'] as const;

const words = (max: number) => z.string().min(1).max(max);
const phone = z
  .string()
  .max(32)
  .regex(/^\+[0-9][0-9 ()/-]{3,30}$/, 'it is a telephone number with its country, as +234 9 460 0000');
const email = z.email().max(120);
const page = z.url({ protocol: /^https$/ }).max(200);
/** An article of a treaty or law, as a code: `UNCAC_46_15`. */
const article = code;
const profile = z.enum(PROFILE_IDS);

const contact = z.strictObject({
  nameNative: words(120).optional(),
  parentBody: words(120).optional(),
  postalAddress: words(300).optional(),
  phones: z.array(phone).max(8).optional(),
  emails: z.array(email).max(8).optional(),
  website: page.optional(),
  /** the function that answers; one of the entry's desks */
  dutyDesk: deskId.optional(),
  /** by day and night, where something cannot wait */
  urgent: z.strictObject({ phone: phone.optional(), email: email.optional(), languages: z.array(language).max(8) }).optional(),
});

/** What is to be observed in a request to it. */
const requirements = z.strictObject({
  channels: z.array(z.enum(ACCEPTED_CHANNELS)).max(8).optional(),
  /** a formal request goes by the foreign ministry (46(13)), and is refused here. Counted on. */
  requiresDiplomaticChannel: z.boolean().optional(),
  /** what must be enclosed, as codes of its own */
  documents: z.array(code).max(32).optional(),
  /** legal and procedural requirements, by article */
  legal: z
    .array(z.strictObject({ article, requirement: code, text: words(300).optional() }))
    .max(64)
    .optional(),
  /** its own forms beside those that Parley brings */
  templates: z.array(z.strictObject({ profile, language, page })).max(32).optional(),
  /** within how many days it usually answers: a statement of its own, no deadline */
  usualDays: z
    .array(z.strictObject({ profile, days: z.int().min(1).max(730) }))
    .max(32)
    .optional(),
  /** added to what it gives, beside those of the profile */
  defaultCaveats: z.array(z.enum(CAVEAT_CODES)).max(32).optional(),
  page: page.optional(),
});

/** What the law of its State lets it do, and what that asks of others. */
const law = z.strictObject({
  /** takes the convention as the legal basis: 44(5)-(6), 46(7), 55(6); absent: not said. Counted on. */
  uncacApplies: z
    .strictObject({ extradition: z.boolean().optional(), mla: z.boolean().optional(), confiscation: z.boolean().optional() })
    .optional(),
  treaties: z.array(opaque).max(64).optional(),
  declarations: z
    .array(z.strictObject({ kind: z.enum(DECLARATION_KINDS), article, text: words(500).optional() }))
    .max(32)
    .optional(),
  /** who says NEVER refuses no assistance for want of it; absent: not said. Counted on. */
  dualCriminality: z.enum(DUAL_CRIMINALITY).optional(),
  /** below this it does not act (46(9)(b)); in its own words, which are told and no reason to refuse */
  deMinimis: words(300).optional(),
  /** its law wants a memorandum before it exchanges (Egmont ¶17 [F2:S9]); absent: no, and no ground of refusal. Counted on. */
  requiresMou: z.boolean().optional(),
  fiuModel: z.enum(FIU_MODELS).optional(),
  /** for how long it can hold back a transaction for a foreign FIU */
  suspensionDaysMax: z.int().min(1).max(365).optional(),
  /** areas in which a prevention authority assists, as codes of its own */
  assistance: z.array(code).max(32).optional(),
  laws: z.array(page).max(16).optional(),
});

/** In practitioners' networks (1.4). */
export const seats = z.array(z.strictObject({ network: z.enum(NETWORKS), seat: z.enum(NETWORK_SEATS) })).max(16);

/** Members of an entry that are declared and not counted on: each may be absent. */
export const declarations = {
  /** as it says itself; absent: nothing is said of any. Counted on as far as the designation says the same (decisions/0024). */
  networks: seats.optional(),
  /** an FIU outside the Egmont Group that protects what it gets as well as its members do (section 12) */
  equalAssurance: z.boolean().optional(),
  /** helps in civil and administrative matters; absent: not said */
  civilAdminCooperation: z.enum(['NONE', 'LIMITED', 'FULL']).optional(),
  /** takes urgent formal requests through INTERPOL (46(13)); absent: no */
  acceptsInterpolUrgent: z.boolean().optional(),
  /** an FIU whose law lets it hold back a transaction for a foreign one (2.2); absent: no */
  canSuspendForForeignFiu: z.boolean().optional(),
  contact: contact.optional(),
  requirements: requirements.optional(),
  law: law.optional(),
  /** bodies whose OVERSIGHT officers may read its view of the log, such as its data-protection authority; absent: none. Counted on. */
  overseers: z.array(authorityId).max(8).optional(),
  /** what differs by the type as which it acts: a body may be several (¶29) */
  byType: z
    .array(
      z.strictObject({
        type: z.enum(AUTHORITY_TYPES),
        contact: contact.optional(),
        requirements: requirements.optional(),
        law: law.optional(),
      }),
    )
    .max(8)
    .optional(),
};
export type Declarations = z.output<z.ZodObject<typeof declarations>>;

/** What it declares as one of its types: its own for the type where there is one, section by section, else that of the body. */
export function declaredAs(
  said: Declarations,
  type: (typeof AUTHORITY_TYPES)[number],
): Pick<Declarations, 'contact' | 'requirements' | 'law'> {
  const own = said.byType?.find((one) => one.type === type);
  return {
    contact: own?.contact ?? said.contact,
    requirements: own?.requirements ?? said.requirements,
    law: own?.law ?? said.law,
  };
}
