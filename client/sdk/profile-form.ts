/** A profile's form and label as a composer starts from them. */
import { tornGroup } from '../../crypto/disclosure.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { zodOf } from '../../domain/profiles/form-schema.js';
import { isTold } from '../../domain/profiles/form.js';
import { ATTACHMENTS } from '../../domain/profiles/forms/parts.js';
import { openingOf, PROFILES } from '../../domain/profiles/index.js';
import type { Form } from '../../domain/profiles/profile.js';
import { DAY_MS, plusMs, type Instant } from '../../domain/time.js';
import type { ExchangeType, ItemKind, ProfileId } from '../../domain/vocabulary.js';
import { shapeIssues } from '../../domain/wire/shape-words.js';
import type { FormSchema } from './draft.js';

/** Every form that a message has somewhere, more than once where it has it on several channels. */
export const FORMS: readonly Form[] = Object.values(PROFILES)
  .flatMap(({ openings }) => Object.values(openings))
  .flatMap(({ form, answer }) => [form, answer])
  .filter((form) => form !== null);

export function formSchema(form: Form): FormSchema {
  const groups = new Map<string, string[]>();
  for (const { name, group } of form.fields) if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), name]);
  // owed in some case or in all: the gateway is told that it is filled
  const fields = form.fields.map((field) => ({ ...field, mandatory: isTold(field) }));
  return { code: form.schema, fields, inseparable: [...groups.values()] };
}

/**
 * The form itself, with titles, help and articles.
 * @param type absent: the exchange that the profile is for
 * @returns null where such an exchange has no form of this kind, or is not offered on the profile
 */
export function profileForm(profile: ProfileId, kind: 'opening' | 'answer', type?: ExchangeType): Form | null {
  const { exchangeTypes } = PROFILES[profile];
  const opening = openingOf(profile, type ?? exchangeTypes[0]!);
  return (kind === 'opening' ? opening?.form : opening?.answer) ?? null;
}

/** Those of the exchange that the profile is for. */
export const openingForm = (profile: ProfileId): FormSchema => formSchema(PROFILES[profile].openingForm);
export const answerForm = (profile: ProfileId): FormSchema => formSchema(PROFILES[profile].answerForm);

/** What is wrong with a form's values, by field; nothing where they are in order. Rows may be given as text. */
export const formIssues = (form: Form, values: Readonly<Record<string, unknown>>): readonly { field: string; what: string }[] =>
  shapeIssues(zodOf(form).safeParse(values).error?.issues ?? [], values);

/** A field that is filled, and not as the form takes it; empty: it is about the form itself. */
export interface FieldWrong {
  readonly field: string;
  readonly what: string;
}

/** What is absent is another question, but for a part of what belongs together. */
export function formWrongs(form: Form, filled: Readonly<Record<string, unknown>>): readonly FieldWrong[] {
  const torn = tornGroup(new Set(Object.keys(filled)), formSchema(form).inseparable);
  return [
    ...formIssues(form, filled).filter(({ field }) => field === '' || field.split('.')[0]! in filled),
    ...(torn === null ? [] : [{ field: torn.join(', '), what: 'these belong together: fill all of them or none' }]),
  ];
}

/** The same of a form that was opened: who composes with a program of their own signs what they like. */
export function openedWrongs(schema: string, fields: ReadonlyMap<string, unknown>): readonly FieldWrong[] {
  const form = FORMS.find((one) => one.schema === schema);
  if (form === undefined) return [{ field: '', what: `this client knows no form ${schema}, and cannot say what belongs into it` }];
  const files = fields.get(ATTACHMENTS.name);
  if (!Array.isArray(files)) return formWrongs(form, Object.fromEntries(fields));
  // its sender's client put the names of the files there, as rows
  const unnamed = files.flatMap((row, at) => (isFileRow(row) ? [] : [{ field: ATTACHMENTS.name, what: `row ${at + 1} names no file` }]));
  return [...formWrongs(form, Object.fromEntries([...fields].filter(([name]) => name !== ATTACHMENTS.name))), ...unnamed];
}

/** A file that goes with a form, as it is listed there: its item by the id that it has in its statement. */
export interface FileRow {
  readonly item: string;
  readonly name: string;
  readonly mediaType: string;
}

export const isFileRow = (row: unknown): row is FileRow =>
  typeof row === 'object' &&
  row !== null &&
  ['item', 'name', 'mediaType'].every((member) => typeof (row as Record<string, unknown>)[member] === 'string');

/** of no leap year: what is proposed is never beyond the limit, by whichever clock */
const YEAR_MS = 365 * DAY_MS;

/**
 * What the profile proposes where the sender chooses nothing: its caveats are the sender's.
 * A report under the freedom to provide services bears no restriction and says so (AMLD6 33(1)).
 * @param now from when the longest retention of the profile counts, where it has one; absent: no day of deletion is proposed
 */
export function defaultLabel(profile: ProfileId, originator: AuthorityId, now?: Instant, kind?: ItemKind): Label {
  const { defaultLabel: proposed, retentionYearsMax: years } = PROFILES[profile];
  const { level, tlp, purposes } = proposed;
  const caveats = kind === 'FPS_REPORT' ? (['FPS_REPORT'] as const) : proposed.caveats;
  const destroyBy = years === null || now === undefined ? null : plusMs(now, years * YEAR_MS);
  return { level, tlp, caveats: caveats.map((code) => ({ code, by: originator })), purposes, originators: [originator], destroyBy };
}
