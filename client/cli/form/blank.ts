/** A form to fill in, as `parley compose --form` takes it. What stays empty counts as not filled. */
import type { Form, FormField } from '../../../domain/profiles/form.js';

function emptyOf({ takes }: FormField): unknown {
  if (takes?.kind === 'CHOICES') return [];
  return takes?.kind === 'ROWS' ? [Object.fromEntries(takes.columns.map(({ name }) => [name, '']))] : '';
}

export const blankForm = (form: Form): Record<string, unknown> =>
  Object.fromEntries(form.fields.map((field) => [field.name, emptyOf(field)]));

const isEmpty = (value: unknown): boolean => value === '' || value === null || (Array.isArray(value) && value.length === 0);

/** Without what nobody filled in: an empty cell, a row of nothing but such, a field of nothing but such rows. */
export function filledIn(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form)
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(filledRow).filter((row) => row !== null) : value] as const)
      .filter(([, value]) => !isEmpty(value)),
  );
}

function filledRow(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return isEmpty(row) ? null : row;
  const cells = Object.entries(row).filter(([, cell]) => !isEmpty(cell));
  return cells.length === 0 ? null : Object.fromEntries(cells);
}
