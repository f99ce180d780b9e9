/** Fields that a next step names, in the words of the form and by the option or member that takes them. */
import { CLEAR_MEMBERS } from '../../domain/profiles/clear-members.js';
import { FORMS } from '../sdk/profile-form.js';
import { visibleLine } from '../sdk/visible.js';

const SEALED: ReadonlyMap<string, string> = new Map(FORMS.flatMap(({ fields }) => fields.map(({ name, title }) => [name, title])));

/** A field as its form calls it, and by its name. One that the form does not have is called whatever its sender likes: another's name, or several lines. */
export function titleIn(schema: string | undefined, name: string): string {
  const form = FORMS.find((one) => one.schema === schema);
  const title = form?.fields.find((field) => field.name === name)?.title;
  return title === undefined ? `“${visibleLine(name)}”, no field of a form known here` : `${title} (${name})`;
}

/** What stands in no form. */
const OWN: Readonly<Record<string, string>> = {
  text: 'the reason in words, sealed: --text or --text-file, an item of the role TEXT',
  items: 'what it is about, sealed: --text, --form or --attach, an item of any role',
  codes: 'a ground, by its code: `codes` of the body, --code of a refusal of consent',
  label: 'the label of what is added',
  holderType: 'as which of your types you act: --as',
  until: 'until when it holds: --until',
  derivedFrom: 'what it is made from: --source ITEM for each; what came from elsewhere, leave out',
  'body.codes': 'the grounds: `codes` of the body',
  'body.parts': 'the parts that it is about: `parts` of the body, by the ids that `parley show` names',
  'body.consentToIntendedRecipients': 'an answer for each recipient that the request names: `consentToIntendedRecipients` of the body',
  'label.caveats': 'the caveats of the label: leave out the one that is named',
  'label.destroyBy': 'the day of deletion: `destroyBy` of the label, --destroy-by',
};

export function fieldWords(field: string): string {
  const own = OWN[field];
  if (own !== undefined) return own;
  const [, caveat] = /^label\.caveats\.(\w+)$/.exec(field) ?? [];
  if (caveat !== undefined) return `the caveat ${caveat} of the label: --caveat ${caveat}`;
  const name = field.replace(/^body\./, '');
  const sealed = name === field ? SEALED.get(name) : undefined;
  if (sealed !== undefined) return `“${sealed}” of the form: \`${name}\`, sealed`;
  const title = CLEAR_MEMBERS[name]?.title;
  return title === undefined ? `\`${field}\`` : `“${title}” in the envelope: \`${field}\``;
}
