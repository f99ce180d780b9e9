/** The commit on PostgreSQL: one round trip to the function `commit_batch`; any number of processes. */
import type { Pool } from 'pg';
import { Failure } from '../../../domain/failure.js';
import type { CommitRow, Conflict } from '../../../domain/ports.js';
import { LEAF_SKEW_MS_MAX, type Placed, type PlaceBatch } from '../judge-row.js';
import { encodeBatch } from './encode-batch.js';

interface VerdictRow {
  readonly n: number;
  readonly verdict: string;
  /** bigint arrives as text; null where nothing is stored */
  readonly idx: string | null;
}

export function placeBatchOn(pool: Pool): PlaceBatch {
  return async (rows, now) => {
    const { bytes, meta } = encodeBatch(rows);
    const { rows: verdicts } = await pool.query<VerdictRow>({
      name: 'commit-batch',
      text: 'SELECT n, verdict, idx FROM commit_batch($1, $2, $3, $4)',
      values: [bytes, meta, now, LEAF_SKEW_MS_MAX],
    });
    const byRow = new Map(verdicts.map((verdict) => [verdict.n, toPlaced(verdict, rows[verdict.n])]));
    const placed = rows.map((_, n) => byRow.get(n) ?? missing(n));
    const indexes = placed.flatMap((at) => (at.kind === 'committed' ? [at.index] : []));
    return { start: Math.min(...indexes), placed };
  };
}

function toPlaced({ verdict, idx }: VerdictRow, row: CommitRow | undefined): Placed {
  if (verdict === 'committed' || verdict === 'duplicate') return { kind: verdict, index: Number(idx) };
  return verdict === 'replay' ? { kind: 'replay' } : { kind: 'conflict', on: toConflict(verdict, row) };
}

/** The function says it in one text, which is one of the few that this row can lead to. */
function toConflict(text: string, row: CommitRow | undefined): Conflict {
  if (text === 'time') return { of: 'time' };
  const link = row?.links.find(({ kind, key }) => text === `link:${kind}:${key}`);
  if (link !== undefined) return { of: 'link', link };
  const fence = row?.settles?.key;
  return fence !== undefined && text === `fence:${fence}` ? { of: 'fence', key: fence } : { of: 'version', key: text };
}

const missing = (n: number): never => {
  throw new Failure('INVARIANT_BROKEN', `row ${n} of a batch has no verdict`);
};
