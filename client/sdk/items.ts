/** Items: what a composer wrote, sealed and signed, with the provenance of what it was made from. */
import { concat } from '../../crypto/age/bytes.js';
import { discloseForm, fieldFault, tornGroup } from '../../crypto/disclosure.js';
import { padForm } from '../../crypto/form.js';
import { keyCommitment } from '../../crypto/key-commitment.js';
import { sealContentKey, sealItem, type ItemName, type ReaderKey, type Seal, type SealedFormat } from '../../crypto/seal.js';
import type { Digest, Uuid } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import { INLINE_BODY_BYTES_MAX } from '../../domain/wire/submission.js';
import type { ClientContext, Progress } from './context.js';
import type { ItemContent, ItemDraft, PreparedItem } from './draft.js';
import { ParleyError } from './error.js';
import { createUuid } from '../../domain/uuid.js';
import { checkLabel, labelFrom, writeLabel } from './labels.js';
import { makeStatement } from './statements.js';
import { uploadBytes, uploadFile } from './upload.js';

/** Above this a file is streamed and never whole in memory. */
const WHOLE_BYTES_MAX = 1024 * 1024;
/** OpenPGP streams cannot be resumed, so their plaintext is sealed whole. */
const OPENPGP_BYTES_MAX = 64 * 1024 * 1024;
const utf8 = new TextEncoder();

/**
 * Seals and signs one item for its readers.
 *
 * @param id chosen before, because a form names its files by it
 * @throws PolicyRefusal where the label contradicts itself or is weaker than a source's
 */
export async function prepareItem(
  context: ClientContext,
  id: Uuid,
  draft: ItemDraft,
  readers: readonly ReaderKey[],
  format: SealedFormat,
  progress?: Progress,
): Promise<PreparedItem> {
  const sources = draft.sources ?? [];
  const label = labelFrom(
    draft.label,
    sources.map((source) => source.label),
  );
  if (context.refusesLocally)
    checkLabel(
      label,
      sources.map((source) => source.label),
    );
  const name: ItemName = { id, issuer: context.identity.authority, format };
  const form = draft.content.role === 'FORM' ? formOf(draft.content, context) : null;
  const sealed = await sealContent(context, name, draft.content, form?.plaintext ?? null, readers, progress);
  const statement = await makeStatement(
    'parley-item+json',
    {
      v: 1,
      id,
      issuer: name.issuer,
      itemRole: draft.content.role,
      kind: draft.kind ?? (sources.length > 0 ? 'EXTRACT' : 'OWN'),
      ...present({ language: draft.language }),
      format,
      ciphertext: sealed.ciphertext,
      size: sealed.size,
      keyCommitment: sealed.keyCommitment,
      label: writeLabel(label),
      derivedFrom: [...new Set(sources.map(({ item }) => item.digest))],
      sourcesComplete: draft.sourcesComplete ?? true,
      ...(form === null ? {} : { form: form.statement }),
    },
    context.identity.signing,
  );
  return { statement, seals: sealed.seals, body: sealed.body, label };
}

type FormContent = Extract<ItemContent, { role: 'FORM' }>;

function formOf({ schema, fields, portion }: FormContent, { chance }: ClientContext) {
  if (typeof schema !== 'object')
    throw new ParleyError('MALFORMED', 'The schema of a form is no text.', 'Take it from openingForm(profile) or answerForm(profile).');
  if (portion !== undefined) {
    const { original, disclosures, disclosed, present } = portion;
    const plaintext = padForm({ original: original.compact, disclosures });
    return { plaintext, statement: { schema: schema.code, present: [...present], _sd: [...disclosed].sort() } };
  }
  const torn = tornGroup(new Set(Object.keys(fields)), schema.inseparable);
  if (torn !== null) throw new ParleyError('FIELDS_TORN', `These fields belong together: ${torn.join(', ')}.`, 'Fill all of them or none.');
  const unknown = Object.keys(fields).filter((name) => !schema.fields.some((field) => field.name === name));
  if (unknown.length > 0)
    throw new ParleyError(
      'FIELD_UNKNOWN',
      `The form ${schema.code} has no ${unknown.join(', ')}.`,
      `It has ${schema.fields.map(({ name }) => name).join(', ')}. Which profile and exchange it is of: parley form list`,
    );
  const faults = Object.entries(fields).flatMap(([name, value]) => {
    const fault = fieldFault(name, value);
    return fault === null ? [] : [`${name}: ${fault}`];
  });
  if (faults.length > 0)
    throw new ParleyError('MALFORMED', `No reader would be shown this form: ${faults.join('; ')}.`, 'Write a fraction as a text.');
  const { disclosures, sd } = discloseForm(fields, schema.fields.length, chance);
  const present = presentIn({ schema, fields });
  return { plaintext: padForm({ disclosures: [...disclosures.values()] }), statement: { schema: schema.code, present, _sd: [...sd] } };
}

/** What the gateway is told of a form: which of the fields that may be owed are filled. */
export const presentIn = ({ schema, fields, portion }: Pick<FormContent, 'schema' | 'fields' | 'portion'>): string[] =>
  portion === undefined
    ? schema.fields.filter(({ name, mandatory }) => mandatory && name in fields).map(({ name }) => name)
    : [...portion.present];

interface SealedContent {
  readonly ciphertext: Digest;
  readonly size: number;
  readonly keyCommitment: Digest;
  readonly seals: readonly Seal[];
  readonly body: PreparedItem['body'];
}

async function sealContent(
  context: ClientContext,
  name: ItemName,
  content: ItemContent,
  form: Uint8Array | null,
  readers: readonly ReaderKey[],
  progress?: Progress,
): Promise<SealedContent> {
  if (content.role === 'TEXT' && content.text.trim() === '')
    throw new ParleyError(
      'NOTHING_SAID',
      'A text without a word would say nothing, and cannot be taken back.',
      'Write the text, or leave the item out.',
    );
  const sealing = { chance: context.chance, at: context.clock.now() };
  if (content.role === 'FILE' && name.format === 'age' && content.file.sizeBytes > WHOLE_BYTES_MAX) {
    const resume = content.resume ?? createUuid(context.chance);
    const { upload, contentKey, ciphertext, size } = await uploadFile(context, content.file, resume, progress);
    const seals = await Promise.all(readers.map((reader) => sealContentKey(contentKey, reader, sealing)));
    return { ciphertext, size, keyCommitment: keyCommitment(contentKey, name.format, name.id, name.issuer), seals, body: { upload } };
  }
  const plaintext = form ?? (content.role === 'TEXT' ? utf8.encode(content.text) : await wholeOf(content));
  const { ciphertext, size, keyCommitment: commitment, seals, body } = await sealItem(name, plaintext, readers, sealing);
  const inline = body.length <= INLINE_BODY_BYTES_MAX;
  return {
    ciphertext,
    size,
    keyCommitment: commitment,
    seals,
    body: inline ? { bytes: body } : { upload: await uploadBytes(context, body, progress) },
  };
}

async function wholeOf(content: ItemContent): Promise<Uint8Array> {
  if (content.role !== 'FILE') return utf8.encode('');
  if (content.file.sizeBytes > OPENPGP_BYTES_MAX)
    throw new ParleyError(
      'FILE_TOO_LARGE',
      'The addressee has OpenPGP only, which takes 64 MiB at most here.',
      'Ask the addressee to enrol an age key.',
    );
  const pieces: Uint8Array[] = [];
  for await (const piece of content.file.open()) pieces.push(piece);
  return concat(...pieces);
}
