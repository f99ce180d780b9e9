/** A profile's form and label as a composer starts from them. */
import type { AuthorityId } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Form } from '../../domain/profiles/profile.js';
import type { ProfileId } from '../../domain/vocabulary.js';
import type { FormSchema } from './draft.js';

export function formSchema(form: Form): FormSchema {
  const groups = new Map<string, string[]>();
  for (const { name, group } of form.fields) if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), name]);
  return { code: form.schema, fields: form.fields, inseparable: [...groups.values()] };
}

export const openingForm = (profile: ProfileId): FormSchema => formSchema(PROFILES[profile].openingForm);
export const answerForm = (profile: ProfileId): FormSchema => formSchema(PROFILES[profile].answerForm);

/** What the profile proposes where the sender chooses nothing: its caveats are the sender's. */
export function defaultLabel(profile: ProfileId, originator: AuthorityId): Label {
  const { level, tlp, caveats, purposes } = PROFILES[profile].defaultLabel;
  return { level, tlp, caveats: caveats.map((code) => ({ code, by: originator })), purposes, originators: [originator], destroyBy: null };
}
