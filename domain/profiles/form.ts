/** A sealed form as data: what paper, the console and JSON Schema are made from. */
import { present } from '../present.js';
import type { AssistanceType } from '../vocabulary.js';

/** A field that an opening message owes, and the provision that asks for it. */
export interface Owed {
  readonly field: string;
  readonly article: string;
}

/** When a field that is otherwise optional is owed. Its being filled is told in clear as a mandatory field's is. */
export type FieldCase =
  /** one of these is asked for */
  | { readonly asked: readonly AssistanceType[] }
  /** anything but these is asked for, or nothing by name */
  | { readonly askedBeyond: readonly AssistanceType[] }
  /** the envelope says so; a rule of its own judges it */
  | { readonly envelope: 'URGENT' | 'DEADLINE' | 'LONG_PERIOD' | 'MATTERS_DIFFER' };

export interface Column {
  readonly name: string;
  readonly title: string;
  /** the only words it takes; absent: text */
  readonly choices?: readonly string[];
}

/** What a field takes. Rows and text are both taken: an attachment or a legacy system may know no rows. */
export type FieldKind =
  | { readonly kind: 'TEXT' }
  | { readonly kind: 'DATE' }
  | { readonly kind: 'CHOICE'; readonly choices: readonly string[] }
  | { readonly kind: 'CHOICES'; readonly choices: readonly string[] }
  | { readonly kind: 'ROWS'; readonly columns: readonly Column[] };

export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  /** the provision that asks for it, with its mark */
  readonly article: string;
  readonly mandatory: boolean;
  readonly when?: FieldCase;
  /** absent: text */
  readonly takes?: FieldKind;
  /** heading under which it stands on paper */
  readonly section?: string;
  /** fields of one group are disclosed together or not at all: selective quoting inverts meaning (protocol 3) */
  readonly group?: string;
}

/** A sealed form. Its values are checked by the clients; the gateway sees only which fields that are owed are filled. */
export interface Form {
  readonly schema: string;
  readonly title: string;
  readonly source: string;
  readonly fields: readonly FormField[];
}

type More = Pick<FormField, 'takes' | 'group' | 'when'>;

export const owed = (name: string, title: string, help: string, article: string, more: More = {}): FormField => ({
  name,
  title,
  help,
  article,
  mandatory: true,
  ...more,
});
export const free = (name: string, title: string, help: string, article: string, more: More = {}): FormField => ({
  ...owed(name, title, help, article, more),
  mandatory: false,
});

export const section = (title: string, ...fields: readonly FormField[]): FormField[] =>
  fields.map((field) => ({ ...field, section: title }));

export const rows = (...columns: readonly (readonly [name: string, title: string, choices?: readonly string[]])[]): More => ({
  takes: {
    kind: 'ROWS',
    columns: columns.map(([name, title, choices]) => ({ name, title, ...present({ choices }) })),
  },
});
export const oneOf = (...choices: readonly string[]): More => ({ takes: { kind: 'CHOICE', choices } });
export const someOf = (...choices: readonly string[]): More => ({ takes: { kind: 'CHOICES', choices } });
export const DATE: More = { takes: { kind: 'DATE' } };

function isOwed({ mandatory, when }: FormField, asked: readonly AssistanceType[]): boolean {
  if (when === undefined) return mandatory;
  if ('asked' in when) return asked.some((type) => when.asked.includes(type));
  return 'askedBeyond' in when && (asked.length === 0 || asked.some((type) => !when.askedBeyond.includes(type)));
}

/**
 * The sealed fields that a message owes.
 * @param asked kinds of assistance that it asks for; some fields are owed for some kinds only
 */
export const owedBy = (form: Form, asked: readonly AssistanceType[] = []): Owed[] =>
  form.fields.filter((field) => isOwed(field, asked)).map(({ name, article }) => ({ field: name, article }));

/** Fields of which the gateway is told that they are filled: those that are owed, always or in some case. */
export const isTold = ({ mandatory, when }: FormField): boolean => mandatory || when !== undefined;
