/**
 * A portion: some fields of a form that was received, as an item of one's own. The originator's statement goes along with the
 * chosen disclosures, so that its signature over each of them still verifies; nothing tells what the other fields hold.
 */
import { disclosureDigest, tornGroup, verifyDisclosures } from '../../crypto/disclosure.js';
import type { ItemContent, ItemDraft, Portion } from './draft.js';
import { ParleyError } from './error.js';
import type { Opened } from './open.js';
import type { Item } from './reading-order.js';

/**
 * @param opened a form, or a portion of one
 * @param names of the fields to hand on
 * @param inseparable groups of the form's schema: a value with its evaluation and its as-of date
 * @returns a draft whose source is `opened`: its label joins
 * @throws ParleyError `FIELD_UNKNOWN`, `FIELDS_TORN`
 */
export function portionOf(opened: Opened, names: readonly string[], inseparable: readonly (readonly string[])[]): ItemDraft {
  const { content, item, label } = opened;
  if (content.role !== 'FORM')
    throw new ParleyError('NOT_A_FORM', 'Only a form has fields.', 'Release the whole item, or issue the information anew.');
  const original = content.original ?? item;
  const torn = tornGroup(new Set(names), inseparable);
  if (torn !== null) throw new ParleyError('FIELDS_TORN', `These fields belong together: ${torn.join(', ')}.`, 'Take all of them or none.');
  const disclosures = [...new Set(names)].map((name) => disclosureOf(original, content.disclosures, name));
  const present = (original.payload.form?.present ?? []).filter((name) => names.includes(name));
  const portion: Portion = { original, disclosures, disclosed: disclosures.map(disclosureDigest), present };
  const draft: ItemContent = {
    role: 'FORM',
    schema: { code: original.payload.form?.schema ?? '', fields: [], inseparable },
    fields: {},
    portion,
  };
  return { content: draft, label, kind: 'EXTRACT', sources: [opened], ...languageOf(item) };
}

function disclosureOf(original: Item, disclosures: readonly string[], name: string): string {
  const signed = original.payload.form?._sd ?? [];
  const found = disclosures.find((disclosure) => {
    const fields = verifyDisclosures(signed, [disclosure]);
    return fields.ok && fields.value.has(name);
  });
  if (found !== undefined) return found;
  const shown = verifyDisclosures(signed, disclosures);
  const names = shown.ok ? [...shown.value.keys()].join(', ') : '';
  throw new ParleyError(
    'FIELD_UNKNOWN',
    `What was opened of the form ${original.payload.form?.schema ?? ''} holds no field ${name}.`,
    `Name fields that it shows: ${names}.`,
  );
}

const languageOf = ({ payload }: Item): { language?: string } => (payload.language === undefined ? {} : { language: payload.language });
