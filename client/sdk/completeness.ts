/** What a draft lacks, by article, told to whoever reviews it in their own client: the gateway never sees a draft (7.2 [D]). */
import { z } from 'zod';
import { clearMembersOf, URGENT_MEMBERS } from '../../domain/profiles/clear-members.js';
import { owedBy, type FieldCase, type Form, type FormField } from '../../domain/profiles/form.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { ASSISTANCE_TYPE_CODES, type AssistanceType, type ExchangeType, type ProfileId } from '../../domain/vocabulary.js';
import { shapeWords } from '../../domain/wire/shape-words.js';
import type { Opened } from './open.js';
import { ParleyError } from './error.js';
import { bodyWrongs } from './message-body.js';
import { formWrongs, profileForm, type FieldWrong } from './profile-form.js';

const assistance = z.array(z.enum(ASSISTANCE_TYPE_CODES)).max(64);
/** Of a draft as `parley compose` writes it, what completeness depends on. */
const draftSchema = z.looseObject({
  form: z.record(z.string().max(48), z.unknown()).optional(),
  assistanceTypes: assistance.optional(),
  urgency: z.string().max(48).optional(),
  deadline: z.string().max(48).optional(),
  matterType: z.string().max(48).optional(),
  body: z
    .looseObject({
      matterTypeRequested: z.string().max(48).optional(),
      parts: z.array(z.looseObject({ assistanceType: z.enum(ASSISTANCE_TYPE_CODES) })).optional(),
    })
    .optional(),
});
const openingSchema = draftSchema.refine(({ form, body }) => form !== undefined || body !== undefined, 'it has neither a form nor a body');

export interface ReviewedDraft {
  /** by field name; what stayed empty is absent. Null: it has no form */
  readonly form: Readonly<Record<string, unknown>> | null;
  /** what is asked for, as far as the draft says it */
  readonly asked: readonly AssistanceType[];
  /** null: only the form is known, and not the envelope that it would go in */
  readonly envelope: Readonly<Record<string, unknown>> | null;
  /** the clear part of the message as the draft has it, what stayed empty left out; absent: it has none */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Something that the draft owes and does not have. */
export interface Gap {
  readonly article: string;
  readonly field: string;
  readonly title: string;
  readonly help: string;
  /** heading of the form; null: it stands in clear */
  readonly section: string | null;
}

export interface Completeness {
  readonly profile: ProfileId;
  /** null: none is owed */
  readonly form: string | null;
  readonly isComplete: boolean;
  /** in the order of the form, then what stands in clear */
  readonly missing: readonly Gap[];
  /** not owed: what the provisions ask for where it is possible or relevant, such as 46(15)(e), and what practitioners look for ([S¶27]) */
  readonly possible: readonly Gap[];
  /** owed in a case that only the envelope tells, which is not known here */
  readonly depends: readonly (Gap & { readonly on: string })[];
  /** filled, and not as the form takes it */
  readonly wrong: readonly FieldWrong[];
}

/**
 * @param kind an answer may have no form, and has no facts of its own
 * @throws ParleyError `DRAFT_UNREADABLE`
 */
export function readReviewedDraft(text: string, kind: 'opening' | 'answer' = 'opening'): ReviewedDraft {
  const json = jsonOf(text);
  const parsed = (kind === 'opening' ? openingSchema : draftSchema).safeParse(json);
  if (!parsed.success)
    throw unreadable(`is not a draft as \`parley compose\` writes it: ${shapeWords(parsed.error.issues, json, 'it').join('; ')}`);
  const { form = null, assistanceTypes = [], body, ...rest } = parsed.data;
  const parts = body?.parts ?? [];
  return {
    form,
    ...(body === undefined ? {} : { body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '')) }),
    asked: [...assistanceTypes, ...parts.map(({ assistanceType }) => assistanceType)],
    envelope: { ...rest, ...body, ...(assistanceTypes.length === 0 ? {} : { assistanceTypes }) },
  };
}

/**
 * The draft in an opened item: its form, a draft in the form's field `draft`, or a draft in a text or a file.
 * @throws ParleyError `DRAFT_UNREADABLE`
 */
export function draftIn({ content, item }: Pick<Opened, 'content' | 'item'>, form: Form): ReviewedDraft {
  if (content.role !== 'FORM') return readReviewedDraft(content.role === 'TEXT' ? content.text : textOf(content.bytes));
  const fields = Object.fromEntries(content.fields);
  if (item.payload.form?.schema === form.schema) return { form: fields, asked: [], envelope: null };
  const { draft } = fields;
  if (typeof draft === 'string') return readReviewedDraft(draft);
  throw unreadable(`is a form ${item.payload.form?.schema}, and no draft of ${form.schema}`);
}

/**
 * What is owed and not there, and what sending would refuse, so far as it can be known without the gateway.
 *
 * @param kind ANSWER: of a later message, which has a form and no facts of its own
 * @throws ParleyError `NO_FORM` where it has a form and such an exchange has none on the profile
 */
export function completenessOf(
  profile: ProfileId,
  draft: ReviewedDraft,
  type?: ExchangeType,
  kind: 'opening' | 'answer' = 'opening',
): Completeness {
  // feedback has a form of its own on every channel, whatever it is about
  const form = profileForm(profile, type === 'FEEDBACK' ? 'opening' : kind, type);
  if (form === null && draft.form !== null)
    throw new ParleyError('NO_FORM', `Such an exchange has no form on ${profile}.`, 'See which do: parley form list.');
  // an answer need not be one on the form
  const { fields, schema } = form !== null && (draft.form !== null || kind === 'opening') ? form : { fields: [], schema: null };
  const filled = draft.form ?? {};
  const owed = new Set(form === null ? [] : owedBy(form, draft.asked).map(({ field }) => field));
  const absent = fields.filter(({ name }) => !(name in filled));
  const cases = absent.flatMap((field) =>
    field.when !== undefined && 'envelope' in field.when ? [{ field, on: field.when.envelope }] : [],
  );
  const told = cases.filter(({ on }) => draft.envelope !== null && CASES[on](draft.envelope)).map(({ field }) => field);
  const missing = [
    ...absent.filter((field) => owed.has(field.name) || told.includes(field)).map(gapOf),
    ...(kind === 'answer' ? [] : clearGaps(profile, type ?? PROFILES[profile].exchangeTypes[0]!, draft, fields)),
  ];
  const possible = absent
    .filter(({ mandatory, when, article }) => !mandatory && when === undefined && CONTENT_OF_REQUESTS.test(article))
    .map(gapOf);
  const depends = draft.envelope === null ? cases.map(({ field, on }) => ({ ...gapOf(field), on: on as string })) : [];
  const wrong = [
    ...(form === null || draft.form === null ? [] : formWrongs(form, draft.form)),
    ...(draft.body === undefined || kind === 'answer' ? [] : bodyWrongs('SUBMIT', draft.body)),
  ];
  return { profile, form: schema, isComplete: missing.length === 0 && wrong.length === 0, missing, possible, depends, wrong };
}

/** what the Convention lists as the content of a request, and what a central authority looks for in it first */
const CONTENT_OF_REQUESTS = /^(?:46\(15\)|55\(3\)|\[S¶27\])/;

type EnvelopeCase = Extract<FieldCase, { envelope: string }>['envelope'];

/** As the rules of the gateway judge them; how long a look back needs a reason is its deployment's to say. */
const CASES: Readonly<Record<EnvelopeCase, (envelope: Readonly<Record<string, unknown>>) => boolean>> = {
  URGENT: ({ urgency }) => urgency === 'URGENT' || urgency === 'EMERGENCY',
  DEADLINE: ({ deadline }) => deadline !== undefined,
  LONG_PERIOD: () => false,
  MATTERS_DIFFER: ({ matterType, matterTypeRequested }) => matterTypeRequested !== undefined && matterTypeRequested !== matterType,
};

const gapOf = ({ name, title, help, article, section = '' }: FormField): Gap => ({ article, field: name, title, help, section });

/** These are there only where they name something; others say by being empty that there is nothing. */
const NAMES_SOMETHING: ReadonlySet<string> = new Set(['legalBasis', 'purposes', 'links', 'parts', 'urgencyThresholds']);

function clearGaps(profile: ProfileId, type: ExchangeType, { envelope, asked }: ReviewedDraft, fields: readonly FormField[]): Gap[] {
  if (envelope === null) return [];
  const members = clearMembersOf(PROFILES[profile], type);
  const urgent = (CASES.URGENT(envelope) ? URGENT_MEMBERS : []).filter(({ name }) => !members.some((one) => one.name === name));
  return [...members, ...urgent]
    .filter(({ name }) => {
      // sending names the form that explains it, in a field of its own
      if (name === 'links' && fields.some((field) => field.name === 'countryLink')) return false;
      // said of the whole
      if (name === 'parts' && asked.length > 0) return false;
      const value = envelope[name];
      return value === undefined || value === '' || (NAMES_SOMETHING.has(name) && Array.isArray(value) && value.length === 0);
    })
    .map(({ name, title, help, article }) => ({ article, field: name, title, help, section: null }));
}

const unreadable = (what: string): ParleyError =>
  new ParleyError(
    'DRAFT_UNREADABLE',
    `What was to be checked ${what}.`,
    'Check a draft file, or an item that holds one: a form, a text or a file.',
  );

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable('is not JSON');
  }
}

function textOf(bytes: Uint8Array | null): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes ?? new Uint8Array());
  } catch {
    throw unreadable('is not text');
  }
}
