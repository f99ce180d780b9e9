/** A profile's form and label as a composer starts from them. */
import type { AuthorityId } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { zodOf } from '../../domain/profiles/form-schema.js';
import { isTold } from '../../domain/profiles/form.js';
import { openingOf, PROFILES } from '../../domain/profiles/index.js';
import type { Form } from '../../domain/profiles/profile.js';
import type { ExchangeType, ProfileId } from '../../domain/vocabulary.js';
import type { FormSchema } from './draft.js';

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
  zodOf(form)
    .safeParse(values)
    .error?.issues.map(({ path, message }) => ({ field: path.join('.'), what: message })) ?? [];

/** What the profile proposes where the sender chooses nothing: its caveats are the sender's. */
export function defaultLabel(profile: ProfileId, originator: AuthorityId): Label {
  const { level, tlp, caveats, purposes } = PROFILES[profile].defaultLabel;
  return { level, tlp, caveats: caveats.map((code) => ({ code, by: originator })), purposes, originators: [originator], destroyBy: null };
}
