/** What each message states in clear beside the facts of its exchange: its body, as the schema says that the gateway reads it by. */
import { z } from 'zod';
import { parseDigest } from '../../domain/ids.js';
import type { Message } from '../../domain/vocabulary.js';
import { envelope } from '../../domain/wire/envelope.js';
import { shapeIssues, shapeWords } from '../../domain/wire/shape-words.js';
import type { ItemDraft } from './draft.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { owesReason, withExplanations, withSealedWords } from './sealed-words.js';

export interface BodyMember {
  /** `parts[].id`: in each entry of the list `parts` */
  readonly name: string;
  /** within what it stands in */
  readonly isOwed: boolean;
  readonly takes: string;
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

function schemaOf(message: Message): z.ZodType {
  const found = envelope.options.find(({ shape }) => shape.message.safeParse(message).success);
  if (found === undefined) throw new RangeError(`no envelope carries ${message}`);
  return found.shape.body;
}

/** Its members, those of members within them too; empty: it states nothing beside its facts. */
export const bodyMembers = (message: Message): readonly BodyMember[] =>
  membersWithin(withReasons(message, z.toJSONSchema(schemaOf(message), { io: 'input' }) as JsonSchema), '', filledMembers(message));

/** Its shape leaves the reason out where a rule owes it: a ground at least, and the words. */
function withReasons(message: Message, schema: JsonSchema): JsonSchema {
  if (!owesReason(message)) return schema;
  const { properties = {}, required = [] } = schema;
  const codes = properties['codes'] === undefined ? {} : { codes: { ...properties['codes'], minItems: 1 } };
  return { ...schema, properties: { ...properties, ...codes }, required: [...required, 'text'] };
}

const ANY = certain(parseDigest('A'.repeat(43)));
const sealed = (itemRole: string) => ({ statement: { digest: ANY, payload: { itemRole } } });
const EXPLAINING = { content: { role: 'FORM', fields: { countryLink: '-', periodJustification: '-' } } } as unknown as ItemDraft;

/** What is sealed stands there by a digest, which sending fills in. */
const filledMembers = (message: Message): readonly string[] =>
  Object.keys(
    message === 'SUBMIT' ? withExplanations({}, '', [EXPLAINING], [sealed('FORM')]) : withSealedWords(message, {}, [sealed('TEXT')]),
  );

const membersWithin = ({ properties = {}, required = [] }: JsonSchema, at: string, filled: readonly string[]): BodyMember[] =>
  Object.entries(properties).flatMap(([member, schema]) => {
    const name = `${at}${member}`;
    const takes = filled.includes(name) ? `filled in by sending, from what is sealed; else ${takesOf(schema)}` : takesOf(schema);
    const within = schema.items?.properties ? membersWithin(schema.items, `${name}[].`, []) : membersWithin(schema, `${name}.`, []);
    return [{ name, isOwed: required.includes(member), takes }, ...within];
  });

function takesOf({ type = 'text', description, pattern, enum: listed, items, minItems = 0, maxItems, properties }: JsonSchema): string {
  if (listed !== undefined) return `one of ${listed.join(', ')}`;
  if (type === 'array') return `a list of ${minItems} to ${maxItems}: ${takesOf(items ?? {})}`;
  if (properties !== undefined) return 'an object';
  if (type === 'boolean') return 'true or false';
  return description ?? (pattern === undefined ? type : `text of the form ${pattern}`);
}

/**
 * Is the body one of this message? What the gateway would refuse by its shape, said before anything is sealed.
 *
 * @param body without what sending fills in
 * @returns what is wrong, by member; empty: nothing
 */
export const bodyIssues = (message: Message, body: object): readonly string[] => shapeWords(issuesIn(message, body), body);

/** The same beside the member that it is about. */
export const bodyWrongs = (message: Message, body: object): readonly { readonly field: string; readonly what: string }[] =>
  shapeIssues(issuesIn(message, body), body).map(({ field, what }) => ({ field: field === '' ? 'body' : `body.${field}`, what }));

// a condition may be a sealed text, which is not there yet
const issuesIn = (message: Message, body: object) =>
  (schemaOf(message).safeParse(body).error?.issues ?? []).filter(({ code, path }) => code !== 'custom' || path.length > 0);

/** @throws ParleyError `MALFORMED` naming the members, and what each takes */
export function checkBody(message: Message, body: object): void {
  const issues = bodyIssues(message, body);
  if (issues.length > 0)
    throw new ParleyError(
      'MALFORMED',
      `The clear part of ${message} has not its shape: ${issues.join('; ')}.`,
      `See what it takes: parley body ${message}.`,
    );
}
