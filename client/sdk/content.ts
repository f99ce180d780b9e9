/** What an opened body holds: a form held to its signed digests, a text, or a file that is shown when its end was proved. */
import { concat } from '../../crypto/age/bytes.js';
import { verifyDisclosures } from '../../crypto/disclosure.js';
import { parseForm } from '../../crypto/form.js';
import type { Instant } from '../../domain/time.js';
import type { ClientContext } from './context.js';
import { ParleyError, ReadingRefused } from './error.js';
import { viewThatKnows } from './key-history.js';
import { openedWrongs, type FieldWrong } from './profile-form.js';
import { checkItem, readItem, type Item } from './reading-order.js';
import { readStatementOf } from './statements.js';

/** Where a large file's plaintext goes: kept only when its end was proved. */
export interface Stage {
  write(bytes: Uint8Array): Promise<void>;
  /** shows what was written */
  keep(): Promise<void>;
  /** leaves nothing of it behind */
  discard(): Promise<void>;
}

export type OpenedContent =
  | {
      readonly role: 'FORM';
      readonly fields: ReadonlyMap<string, unknown>;
      readonly disclosures: readonly string[];
      readonly original: Item | null;
      /** what its issuer signed all the same: to be shown with the fields */
      readonly wrong: readonly FieldWrong[];
    }
  | { readonly role: 'TEXT'; readonly text: string }
  /** null where it went to the stage that was given */
  | { readonly role: 'FILE'; readonly bytes: Uint8Array | null };

/** Without a stage a file is held in memory, so that it is bounded. */
const WHOLE_BYTES_MAX = 64 * 1024 * 1024;
/** OpenPGP is opened whole, wherever it goes: of the longest file that a client seals so, with the packets around it. */
const OPENPGP_BODY_BYTES_MAX = WHOLE_BYTES_MAX + 4096;

/** Who reads, and when the log took what gave the item. */
export interface Reading {
  readonly context: ClientContext;
  readonly at: Instant;
}

/** @throws ReadingRefused where the body does not open to its end, or is not what its item says */
export async function contentOf(
  item: Item,
  body: AsyncIterable<Uint8Array>,
  stage: Stage | undefined,
  reading: Reading,
): Promise<OpenedContent> {
  if (item.payload.format === 'openpgp' && item.payload.size > OPENPGP_BODY_BYTES_MAX)
    throw new ReadingRefused('TOO_LARGE', 'OpenPGP of more than 64 MiB is not opened here.', 'Ask its sender for it in parts.');
  if (item.payload.itemRole === 'FILE' && stage !== undefined) {
    await fill(stage, body);
    return { role: 'FILE', bytes: null };
  }
  const bytes = await wholeOf(item, body);
  if (item.payload.itemRole === 'FILE') return { role: 'FILE', bytes };
  if (item.payload.itemRole === 'TEXT') return { role: 'TEXT', text: textOf(bytes) };
  return formContent(item, bytes, reading);
}

const refusedBody = (cause: unknown): never => {
  // an answer that did not come says nothing of the body
  if (cause instanceof ParleyError) throw cause;
  throw new ReadingRefused('BODY', 'The body does not open to its end: it was altered, cut off or continued.', undefined);
};

/** Bounded by what it unfolds to: OpenPGP compresses, and a small body can be made to unfold a thousandfold. */
async function wholeOf({ payload }: Item, body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (payload.size > WHOLE_BYTES_MAX) throw tooLarge(payload.itemRole);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      if (length > WHOLE_BYTES_MAX) throw tooLarge(payload.itemRole);
      pieces.push(piece);
    }
  } catch (error) {
    return refusedBody(error);
  }
  return concat(...pieces);
}

/** Only a file goes anywhere else than into memory. */
const tooLarge = (role: string): ReadingRefused =>
  role === 'FILE'
    ? new ReadingRefused('TOO_LARGE', 'The file is too large for memory.', 'Open it into a file: parley open --out FILE.')
    : new ReadingRefused('TOO_LARGE', 'It is larger than any form or text may be.');

async function fill(stage: Stage, body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of orRefused(body)) await stage.write(piece);
    await stage.keep();
  } catch (error) {
    await stage.discard();
    throw error;
  }
}

/** What fails where it is written to, such as a full disk, is no fault of the body's. */
async function* orRefused(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    refusedBody(error);
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ReadingRefused('CONTENT', 'The text is not UTF-8.');
  }
}

/** A whole form is held to its own digests, a portion to those of the item that it is a portion of. */
async function formContent(item: Item, bytes: Uint8Array, reading: Reading): Promise<OpenedContent> {
  const form = parseForm(bytes);
  if (!form.ok) throw new ReadingRefused('CONTENT', `The form is ${form.error}.`);
  const original = form.value.original === undefined ? null : await originalOf(item, form.value.original, reading);
  const signed = (original ?? item).payload.form;
  const own = item.payload.form;
  if (signed === undefined || own === undefined) throw new ReadingRefused('CONTENT', 'The item statement has no form.');
  // a field means what it means in its form
  if (signed.schema !== own.schema)
    throw new ReadingRefused('ORIGINAL', `It says that it is of the form ${own.schema}, and is of ${signed.schema}.`);
  const fields = verifyDisclosures(signed._sd, form.value.disclosures);
  if (!fields.ok) throw new ReadingRefused('DISCLOSURES', `The form holds ${fields.error}.`);
  // a portion was consented to and released as what it says it discloses
  const declared = verifyDisclosures(own._sd, form.value.disclosures);
  if (!declared.ok) throw new ReadingRefused('DISCLOSURES', 'The portion holds more fields than it declares.');
  const missing = own.present.filter((name) => !fields.value.has(name));
  if (missing.length > 0) throw new ReadingRefused('DISCLOSURES', `The form says that it holds ${missing.join(', ')}, and does not.`);
  const values = new Map([...fields.value].map(([name, { value }]) => [name, value]));
  return { role: 'FORM', fields: values, disclosures: form.value.disclosures, original, wrong: openedWrongs(own.schema, values) };
}

async function originalOf(portion: Item, compact: string, { context, at }: Reading): Promise<Item> {
  const original = readStatementOf('parley-item+json', compact);
  if (!original.ok || !portion.payload.derivedFrom.includes(original.value.digest))
    throw new ReadingRefused('ORIGINAL', 'The portion is not of an item that it declares.');
  const view = await viewThatKnows(context, [compact]);
  const item = readItem(compact, original.value.digest, view);
  await checkItem(item, view, at);
  return item;
}
