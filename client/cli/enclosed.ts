/** Files that go with a message: what they are called is sealed, in the form's field for it; else in the text. */
import { basename, extname } from 'node:path';
import type { Digest } from '../../domain/ids.js';
import type { Form } from '../../domain/profiles/profile.js';
import { ATTACHMENTS, isFileRow, type Opened, type ParleyClient } from '../sdk/index.js';
import { visibleLine } from '../sdk/visible.js';

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** By the end of its name. */
export const mediaTypeOf = (path: string): string => TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';

interface File {
  readonly path: string;
  readonly mediaType?: string | undefined;
}

/**
 * @param form that goes with them; null: none does
 * @returns the text with the names that no form has a field for
 */
export function namingFiles(text: string | undefined, files: readonly File[], form: Form | null): string | undefined {
  if (files.length === 0 || form?.fields.some(({ name }) => name === ATTACHMENTS)) return text;
  const names = files.map(({ path, mediaType }) => `${basename(path)} (${mediaType ?? mediaTypeOf(path)})`);
  return [...(text === undefined || text.trim() === '' ? [] : [text, '']), ...names].join('\n');
}

/** A file by what its sender calls it. */
export interface Enclosed {
  /** null: not among what came with the form */
  readonly item: Digest | null;
  readonly name: string;
  readonly mediaType: string;
}

/** The files that an opened form lists, by the digests that commands take: the form was sealed before there were any. */
export async function enclosedWith(client: ParleyClient, { content, via }: Opened): Promise<readonly Enclosed[]> {
  const rows = content.role === 'FORM' ? content.fields.get(ATTACHMENTS) : undefined;
  if (!Array.isArray(rows)) return [];
  const digests = new Map<string, Digest>();
  for await (const { statement, items } of client.inbox()) {
    if (statement?.digest !== via) continue;
    for (const { digest, payload } of items) digests.set(payload.id, digest);
    break;
  }
  return rows.filter(isFileRow).map(({ item, name, mediaType }) => ({ item: digests.get(item) ?? null, name, mediaType }));
}

/** What a person is shown of a form whose files are listed by their digests. */
export const withoutFiles = (opened: Opened, files: readonly Enclosed[]): Opened =>
  opened.content.role !== 'FORM' || files.length === 0
    ? opened
    : { ...opened, content: { ...opened.content, fields: new Map([...opened.content.fields].filter(([name]) => name !== ATTACHMENTS)) } };

export const enclosedLines = (files: readonly Enclosed[]): string[] =>
  files.length === 0
    ? []
    : [
        '',
        'Files, each to be opened with --out FILE',
        ...files.map(({ item, name, mediaType }) => `  ${visibleLine(`${name} (${mediaType})`)}: ${item ?? 'not among what came here'}`),
      ];
