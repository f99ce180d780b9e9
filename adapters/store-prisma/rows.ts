/** From columns to the domain's words. What stands in our own tables was parsed before it was written: here the types are trusted. */
import type { AuthorityId, Digest, ExchangeId, Uuid } from '../../domain/ids.js';
import type {
  ExchangeRow,
  LinkTitle,
  OutboxRow,
  PartRow,
  PublishedCheckpoint,
  SessionRow,
  SlotRow,
  Stage,
  StoredLeaf,
  StatementTitle,
  StoredStatement,
  UploadRow,
} from '../../domain/ports.js';
import { instantFromMs } from '../../domain/time.js';
import type * as Db from './generated/postgresql/client.js';
import { unpackViews } from './pack-views.js';

/** A driver's row: whole numbers as number, bigint or text, bytes as Buffer or ArrayBuffer. */
export type RawRow = Readonly<Record<string, unknown>>;
export const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(value as ArrayBuffer));

export const toStatement = (row: RawRow): StoredStatement => ({ ...toTitle(row), raw: bytesOf(row['raw']) });

export const toTitle = (row: RawRow): StatementTitle => ({
  digest: row['digest'] as Digest,
  typ: String(row['typ']),
  author: row['author'] as AuthorityId,
  id: row['id'] as Uuid,
  exchange: row['exchange'] as ExchangeId | null,
  at: instantFromMs(Number(row['at'])),
  index: Number(row['idx']),
});

export const toExchange = (row: RawRow): ExchangeRow => ({
  id: row['id'] as ExchangeId,
  version: Number(row['version']),
  body: bytesOf(row['body']),
});

export const toSession = (row: RawRow): SessionRow => ({
  id: String(row['id']),
  authority: row['authority'] as AuthorityId,
  officer: String(row['officer']),
  key: bytesOf(row['key']),
  until: instantFromMs(Number(row['until'])),
});

export const toSlot = (row: RawRow): SlotRow => ({
  authority: row['authority'] as AuthorityId,
  n: Number(row['n']),
  slot: Number(row['slot']),
  head: bytesOf(row['head']),
  entry: row['entry'] === null ? null : bytesOf(row['entry']),
});

/** A part of whichever upload. */
export const toPart = (row: RawRow): PartRow & { readonly upload: Uuid } => ({
  upload: row['upload'] as Uuid,
  n: Number(row['n']),
  sizeBytes: Number(row['size_bytes']),
  leafHash: bytesOf(row['leaf_hash']),
});

export const toAuthority = (code: string): AuthorityId => code as AuthorityId;

function viewsOf(packed: Uint8Array): Pick<StoredLeaf, 'views' | 'erased'> {
  const { views, erased } = unpackViews(packed);
  return {
    views: views.map((one) => ({ ...one, view: toAuthority(one.view) })),
    erased: erased.map((one) => ({ ...one, view: toAuthority(one.view) })),
  };
}

export const toLeaf = (row: Db.Leaf): StoredLeaf => ({
  data: row.data,
  ...viewsOf(row.views),
  statement: row.statement as Digest | null,
  stage: row.stage as Stage,
  outcome: row.outcome as StoredLeaf['outcome'],
  at: instantFromMs(Number(row.at)),
  version: row.version,
  mailbox: row.mailbox as AuthorityId | null,
  index: Number(row.index),
  batchStart: Number(row.batchStart),
});

/** The same from a raw query. */
export const leafOfRow = (row: RawRow): StoredLeaf => ({
  data: bytesOf(row['data']),
  ...viewsOf(bytesOf(row['views'])),
  statement: row['statement'] as Digest | null,
  stage: row['stage'] as Stage,
  outcome: row['outcome'] as StoredLeaf['outcome'],
  at: instantFromMs(Number(row['at'])),
  version: Number(row['version']),
  mailbox: row['mailbox'] as AuthorityId | null,
  index: Number(row['idx']),
  batchStart: Number(row['batch_start']),
});

export const toCheckpoint = (row: Db.Checkpoint): PublishedCheckpoint => ({
  n: row.n,
  size: Number(row.size),
  note: row.note,
  at: instantFromMs(Number(row.at)),
});

export const toUpload = (row: Db.Upload): UploadRow => ({
  id: row.id as Uuid,
  owner: row.owner as AuthorityId,
  sizeBytes: Number(row.sizeBytes),
  createdAt: instantFromMs(Number(row.createdAt)),
  claimedBy: row.claimedBy as Digest | null,
});

export const toOutbox = (row: RawRow): OutboxRow => ({
  key: String(row['key']),
  kind: row['kind'] as OutboxRow['kind'],
  statement: row['statement'] as Digest | null,
  exchange: row['exchange'] as ExchangeId | null,
  addressee: row['addressee'] as AuthorityId | null,
  due: instantFromMs(Number(row['due'])),
  attempts: Number(row['attempts']),
  fence: Number(row['fence']),
});

/** Prisma takes bytes on a buffer of their own. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

export const toLink = ({ key, statement, typ }: RawRow): LinkTitle => ({
  key: String(key),
  statement: String(statement) as Digest,
  typ: String(typ) as LinkTitle['typ'],
});
