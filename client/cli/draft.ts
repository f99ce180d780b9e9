/** A draft file: what `parley compose` writes, a person fills in, and `parley send` and `parley reply` take. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { digestOfBytes } from '../../crypto/digest.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { contradictions, type Caveat } from '../../domain/label.js';
import { present } from '../../domain/present.js';
import {
  ASSISTANCE_TYPE_CODES,
  AUTHORITY_TYPES,
  EXCHANGE_TYPES,
  FRAMEWORKS,
  ITEM_KINDS,
  MATTER_TYPES,
  PROFILE_IDS,
  PURPOSES,
  SUITES,
  URGENCIES,
  type ExchangeType,
  type ProfileId,
} from '../../domain/vocabulary.js';
import { label as labelSchema } from '../../domain/wire/label.js';
import { authorityId, deskId, instant, language, legalBasis, opaque } from '../../domain/wire/primitives.js';
import { shapeWords } from '../../domain/wire/shape-words.js';
import { checkNamed } from './caveats.js';
import { systemClock } from './clock-system.js';
import { mediaTypeOf, namingFiles } from './enclosed.js';
import { filledIn } from './form/blank.js';
import { clearGaps, issuesIn, printing } from './form/issues.js';
import { brokenAt, textIn } from './given-file.js';
import {
  ATTACHMENTS,
  CONTRADICTION_WORDS,
  confidentialityOwed,
  defaultLabel,
  formIssues,
  formSchema,
  ParleyError,
  profileForm,
  withCaveats,
  type DirectoryView,
  type EnvelopeDraft,
  type Holding,
  type ItemDraft,
} from '../sdk/index.js';

/** a path alone, or with what it is where its name does not say */
const attachment = z.preprocess(
  (one) => (typeof one === 'string' ? { path: one } : one),
  z.strictObject({ path: z.string(), mediaType: z.string().optional() }),
);
const contents = {
  /** values of the profile's form, by field name */
  form: z.record(z.string(), z.unknown()).optional(),
  text: z.string().optional(),
  attachments: z.array(attachment).optional(),
  /** absent: the profile's own */
  label: labelSchema.optional(),
  kind: z.enum(ITEM_KINDS).optional(),
  /** digests of items opened or sent here, from which it is made */
  sources: z.array(z.string()).optional(),
  sourcesComplete: z.boolean().optional(),
};
const contentsSchema = z.strictObject(contents);
export type Contents = z.output<typeof contentsSchema>;

const draftSchema = z.strictObject({
  ...contents,
  to: authorityId,
  toType: z.enum(AUTHORITY_TYPES),
  toDesk: deskId.optional(),
  fromType: z.enum(AUTHORITY_TYPES),
  onBehalfOf: authorityId.optional(),
  exchangeType: z.enum(EXCHANGE_TYPES),
  profile: z.enum(PROFILE_IDS),
  pairCase: opaque.optional(),
  legalBasis: z.array(legalBasis).max(8),
  framework: z.array(z.enum(FRAMEWORKS)).max(4),
  purposes: z.array(z.enum(PURPOSES)),
  matterType: z.enum(MATTER_TYPES),
  assistanceTypes: z.array(z.enum(ASSISTANCE_TYPE_CODES)).optional(),
  language,
  urgency: z.enum(URGENCIES),
  deadline: instant.optional(),
  suites: z.array(z.enum(SUITES)).optional(),
  body: z.looseObject({}),
});

export interface Composer {
  readonly authority: AuthorityId;
  holding(item: string): Promise<Holding>;
  directory(): Promise<DirectoryView>;
}

export async function readDraft(path: string, composer: Composer): Promise<EnvelopeDraft & { readonly once: Digest }> {
  const json = await readJson(path);
  const half = halfFilledParts(json);
  if (half.length > 0) throw new ParleyError('MALFORMED', `${path}: ${half.join('; ')}.`, `Correct it, then: parley check ${path}`);
  const { form, text, attachments, label, kind, sources, sourcesComplete, ...facts } = parseWith(draftSchema, withoutBlank(json), path);
  const given = { form, text, attachments, label, kind, sources, sourcesComplete } as Contents;
  const items = await itemsOf(given, composer, {
    profile: facts.profile,
    language: facts.language,
    form: 'opening',
    type: facts.exchangeType,
    folder: dirname(path),
    confidentiality: facts.body['confidentiality'],
    lacksInClear: () => clearGaps(withoutBlank(json), facts.profile, facts.exchangeType),
  });
  // left empty in a skeleton
  const body = Object.fromEntries(Object.entries(facts.body).filter(([, value]) => value !== ''));
  const once = digestOfBytes(new TextEncoder().encode(JSON.stringify(json)));
  return { ...facts, body, message: 'SUBMIT', items, once } as EnvelopeDraft & { once: Digest };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parts that do not say what they ask for: what somebody wrote is not left out without a word. */
function halfFilledParts(json: unknown): readonly string[] {
  const body = isRecord(json) ? json['body'] : undefined;
  const parts: unknown = isRecord(body) ? body['parts'] : undefined;
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown, at) =>
    isRecord(part) && part['assistanceType'] === ''
      ? [`body.parts.${at}: it does not say what it asks for: fill in its assistanceType, or take the part out`]
      : [],
  );
}

/** Left empty in a skeleton, as what stands in its body: on whose behalf, and parts that ask for nothing. */
export function withoutBlank(json: unknown): unknown {
  if (!isRecord(json)) return json;
  const { onBehalfOf, body, ...rest } = json;
  return {
    ...rest,
    ...(onBehalfOf === undefined || onBehalfOf === '' ? {} : { onBehalfOf }),
    ...(body === undefined ? {} : { body: isRecord(body) ? withoutBlankParts(body) : body }),
  };
}

function withoutBlankParts({ parts, ...body }: Readonly<Record<string, unknown>>): object {
  if (!Array.isArray(parts)) return { ...body, ...present({ parts }) };
  const filled = parts.filter((part: unknown) => !isRecord(part) || part['assistanceType'] !== '');
  return { ...body, ...(filled.length === 0 ? {} : { parts: filled }) };
}

/**
 * What is wrong with a draft file, or with the contents of an answer, that sending would refuse before anything is sealed: members, the
 * label, files that are not there. What its form lacks is told elsewhere.
 *
 * @param json of the file at `path`
 */
export async function draftIssues(json: unknown, kind: 'opening' | 'answer', path: string): Promise<readonly string[]> {
  const schema: z.ZodType<Contents> = kind === 'opening' ? draftSchema : contentsSchema;
  const half = kind === 'opening' ? halfFilledParts(json) : [];
  const parsed = schema.safeParse(withoutBlank(json));
  if (!parsed.success) return [...half, ...shapeWords(parsed.error.issues, json, 'the file')];
  const { label, attachments = [], form, text = '' } = parsed.data;
  const says = form !== undefined || text.trim() !== '' || attachments.length > 0;
  const missing: string[] = [];
  for (const one of attachments) if (!(await isThere(resolve(dirname(path), one.path)))) missing.push(one.path);
  return [
    ...half,
    ...(label === undefined ? [] : contradictions(label).map((one) => `label: ${CONTRADICTION_WORDS[one]}`)),
    ...missing.map((one) => `attachments: there is no file ${one}`),
    ...(attachments.length > 0 && ATTACHMENTS in filledIn(form ?? {})
      ? [`form.${ATTACHMENTS}: it is filled in by itself with the files that go along; leave it empty`]
      : []),
    ...(kind === 'answer' && !says ? ['the file: it says nothing: no form, no text, no attachment'] : []),
  ];
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

export async function readContents(path: string): Promise<Contents> {
  const source = 'parley form print PROFILE --blank, and of an answer with --answer';
  return parseWith(contentsSchema, await readJson(path, source), path, `See an example: ${source}.`);
}

/** A label as it is joined to an item's own: complete, because who reads it must know what it means. */
export const readLabelFile = async (path: string) => parseWith(labelSchema, await readJson(path), path);

export interface Setting {
  readonly profile: ProfileId;
  readonly language: string;
  readonly form: 'opening' | 'answer';
  readonly type: ExchangeType;
  /** attachments' paths are relative to it */
  readonly folder: string;
  /** that the label bears beside its own */
  readonly caveats?: readonly Caveat[];
  /** what the own request chose; absent: it is not one's own, or chose nothing */
  readonly confidentiality?: unknown;
  /** the text is what the message says by its clear part, such as a reason: nothing is added to it */
  readonly textIsSaid?: boolean;
  /** of an opening: what the envelope owes in clear, told together with what is wrong in its form */
  readonly lacksInClear?: (() => readonly string[]) | undefined;
}

export async function itemsOf(
  given: Contents,
  composer: Composer,
  { profile, language, form, type, folder, caveats = [], confidentiality, textIsSaid = false, lacksInClear }: Setting,
): Promise<ItemDraft[]> {
  const label = withCaveats(given.label ?? defaultLabel(profile, composer.authority, systemClock.now(), given.kind), caveats);
  const shared = {
    label: withCaveats(label, confidentialityOwed(confidentiality, label.caveats, composer.authority)),
    sources: await Promise.all((given.sources ?? []).map((item) => composer.holding(item))),
    ...present({ kind: given.kind, sourcesComplete: given.sourcesComplete }),
  };
  const own = shared.label.caveats.filter(({ by }) => by === composer.authority);
  if (own.some(({ code }) => code === 'NAMED_RECIPIENTS')) checkNamed(await composer.directory(), own);
  const items: ItemDraft[] = [];
  if (given.form !== undefined)
    items.push({ ...shared, language, content: formContent(given.form, { profile, form, type, lacksInClear }) });
  const attached = given.form === undefined ? null : profileForm(profile, form, type);
  const text = textIsSaid ? given.text : namingFiles(given.text, given.attachments ?? [], attached);
  if (text !== undefined && text.trim() !== '') items.push({ ...shared, language, content: { role: 'TEXT', text } });
  for (const one of given.attachments ?? []) items.push({ ...shared, content: await fileOf(resolve(folder, one.path), one.mediaType) });
  return items;
}

/** what a form is checked by */
type FormSetting = Pick<Setting, 'profile' | 'form' | 'type' | 'lacksInClear'>;

/** What was left empty in a skeleton is absent, never an empty text; what is filled has the shape that the form wants. */
function formContent(given: Readonly<Record<string, unknown>>, of: FormSetting): ItemDraft['content'] {
  const form = profileForm(of.profile, of.form, of.type);
  if (form === null) throw new ParleyError('NO_FORM', 'Such a message has no form.', 'See which do: parley form list.');
  const fields = filledIn(given);
  const issues = formIssues(form, fields);
  if (issues.length > 0) {
    const inClear = of.lacksInClear?.() ?? [];
    const beside = inClear.length === 0 ? '' : ` In clear, in the envelope: ${inClear.join('; ')}.`;
    throw new ParleyError(
      'FORM_INVALID',
      `The form ${form.schema} is not in order: ${issuesIn(form, issues)}.${beside}`,
      `See what it asks for: ${printing(of)}`,
    );
  }
  return { role: 'FORM', schema: formSchema(form), fields };
}

/** @returns its bytes @throws ParleyError `FILE_MISSING` */
export async function requireFile(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true)
    throw new ParleyError(
      'FILE_MISSING',
      found === null ? `There is no file ${path}.` : `${path} is no file.`,
      'Correct its path: in the draft, or after --attach.',
    );
  return found.size;
}

async function fileOf(path: string, mediaType = mediaTypeOf(path)): Promise<ItemDraft['content']> {
  const sizeBytes = await requireFile(path);
  // a cut upload of the same path goes on where it was cut
  const resume = createHash('sha256').update(path).digest('base64url');
  return { role: 'FILE', name: basename(path), mediaType, resume, file: { sizeBytes, open: () => createReadStream(path) } };
}

/**
 * @param source where a sound file of its kind comes from
 * @throws ParleyError `FILE_MISSING`, `TEXT_UNREADABLE`, `DRAFT_UNREADABLE`; of the system, with the path
 */
export async function readJson(path: string, source = 'parley compose PROFILE'): Promise<unknown> {
  const text = await textIn(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ParleyError('FILE_MISSING', `There is no file ${path}.`, 'Check how it is written, and where you are.', { cause: error });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const what = text.trim() === '' ? 'is empty' : `is not JSON${brokenAt(text, error)}`;
    throw new ParleyError('DRAFT_UNREADABLE', `${path} ${what}.`, `See an example: ${source}.`);
  }
}

function parseWith<S extends z.ZodType>(schema: S, value: unknown, path: string, next = 'Correct the named members.'): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = shapeWords(parsed.error.issues, value, 'the file');
  throw new ParleyError('MALFORMED', `${path}: ${issues.join('; ')}.`, next);
}
