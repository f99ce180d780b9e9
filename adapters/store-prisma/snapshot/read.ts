/** What a backup reads of a database that stands still: the same queries on both. */
import type { DatabaseKind, Snapshot } from '../../../domain/backup.js';
import { instantFromMs } from '../../../domain/time.js';
import { bytesOf, type RawRow, toPart } from '../rows.js';

export type Query = (sql: string, values?: readonly (string | number)[]) => Promise<readonly RawRow[]>;

const LEAVES_PAGE = 4_096;
const PARTS_PAGE = 1_000;

/** the migration that made the table of that name */
const BODY_FOLDER = '20261127000007_body_folder';

export interface Source {
  readonly database: DatabaseKind;
  /** sees the snapshot */
  readonly query: Query;
  /** sees the database as it is now */
  readonly live: Query;
  close(): Promise<void>;
}

export async function readSnapshot({ database, query, live, close }: Source): Promise<Snapshot> {
  const [migration] = await query('SELECT max(migration_name) AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL');
  const schema = String(migration?.['name']);
  const [head] = await query('SELECT size FROM log_head WHERE id = 1');
  const [checkpoint] = await query('SELECT n, size, note, at FROM checkpoint ORDER BY n DESC LIMIT 1');
  return {
    database,
    schema,
    size: Number(head?.['size']),
    checkpoint:
      checkpoint === undefined
        ? null
        : {
            n: Number(checkpoint['n']),
            size: Number(checkpoint['size']),
            note: String(checkpoint['note']),
            at: instantFromMs(Number(checkpoint['at'])),
          },
    async nodes(wanted) {
      const found: (Uint8Array | null)[] = [];
      for (const { level, index } of wanted) {
        const [row] = await query('SELECT hash FROM node WHERE level = $1 AND idx = $2', [level, index]);
        found.push(row === undefined ? null : bytesOf(row['hash']));
      }
      return found;
    },
    leafData: (from) => leafData(query, from),
    parts: () => partsOf(query),
    async bodyFolder() {
      // of a database that an older version wrote, which has no such table
      if (schema < BODY_FOLDER) return null;
      const [named] = await live('SELECT name FROM body_folder WHERE one = 1');
      return named === undefined ? null : String(named['name']);
    },
    isGone: async (upload) => (await live('SELECT id FROM upload WHERE id = $1', [upload])).length === 0,
    close,
  };
}

async function* leafData(query: Query, from: number): AsyncGenerator<Uint8Array> {
  for (let at = from; ; at += LEAVES_PAGE) {
    const rows = await query('SELECT data FROM leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx', [at, at + LEAVES_PAGE]);
    for (const row of rows) yield bytesOf(row['data']);
    if (rows.length < LEAVES_PAGE) return;
  }
}

type Parts = ReturnType<Snapshot['parts']>;

async function* partsOf(query: Query): Parts {
  for (let upload = '', n = -1; ;) {
    const rows = await query('SELECT upload, n, size_bytes, leaf_hash FROM part WHERE (upload, n) > ($1, $2) ORDER BY upload, n LIMIT $3', [
      upload,
      n,
      PARTS_PAGE,
    ]);
    for (const row of rows) {
      [upload, n] = [String(row['upload']), Number(row['n'])];
      yield toPart(row);
    }
    if (rows.length < PARTS_PAGE) return;
  }
}
