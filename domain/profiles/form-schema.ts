/** A form as zod, and from that as JSON Schema: what a client checks values by. */
import { z } from 'zod';
import type { Column, FieldKind, Form, FormField } from './form.js';
import { present } from '../present.js';

/** A sealed form is padded and travels inline: 64 KiB in all, so no text of it needs more. */
const TEXT_CHARACTERS_MAX = 32_768;
const CELL_CHARACTERS_MAX = 2_000;
const ROWS_MAX = 200;

const text = z.string().trim().min(1).max(TEXT_CHARACTERS_MAX);

const cell = ({ title, choices }: Column): z.ZodType =>
  (choices === undefined ? z.string().max(CELL_CHARACTERS_MAX) : z.enum(choices)).optional().meta({ title });

function typeOf(takes: FieldKind): z.ZodType {
  switch (takes.kind) {
    case 'TEXT':
      return text;
    case 'DATE':
      return z.iso.date();
    case 'CHOICE':
      return z.enum(takes.choices);
    case 'CHOICES':
      return z.array(z.enum(takes.choices)).min(1).max(takes.choices.length);
    case 'ROWS': {
      const row = z.strictObject(Object.fromEntries(takes.columns.map((column) => [column.name, cell(column)])));
      return z.union([text, z.array(row).min(1).max(ROWS_MAX)]);
    }
  }
}

function fieldSchema({ title, help, article, mandatory, takes, group, when }: FormField): z.ZodType {
  const told = {
    title,
    description: help,
    article,
    mandatory,
    ...present({ group, when }),
  };
  const type = typeOf(takes ?? { kind: 'TEXT' });
  return (mandatory ? type : type.optional()).meta(told);
}

/** The values of a form: a strict object, so that an unknown field is an error with its name. */
export const zodOf = (form: Form): z.ZodType<Record<string, unknown>> =>
  z
    .strictObject(Object.fromEntries(form.fields.map((field) => [field.name, fieldSchema(field)])))
    .meta({ title: form.title, description: form.source }) as z.ZodType<Record<string, unknown>>;

/** JSON Schema 2020-12 of a form; `article`, `mandatory`, `group` and `when` stand beside the usual words. */
export const jsonSchemaOf = (form: Form): object => ({ $id: `urn:parley:form:${form.schema}`, ...z.toJSONSchema(zodOf(form)) });
