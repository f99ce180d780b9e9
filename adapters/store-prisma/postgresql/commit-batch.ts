/** The commit on PostgreSQL: one round trip to the function `commit_batch`; any number of processes. */
import type { Pool } from 'pg';
import { Failure } from '../../../domain/failure.js';
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
    const byRow = new Map(verdicts.map((verdict) => [verdict.n, toPlaced(verdict)]));
    const placed = rows.map((_, n) => byRow.get(n) ?? missing(n));
    const indexes = placed.flatMap((at) => (at.kind === 'committed' ? [at.index] : []));
    return { start: Math.min(...indexes), placed };
  };
}

function toPlaced({ verdict, idx }: VerdictRow): Placed {
  if (verdict === 'committed' || verdict === 'duplicate') return { kind: verdict, index: Number(idx) };
  return verdict === 'replay' ? { kind: 'replay' } : { kind: 'conflict', on: verdict };
}

const missing = (n: number): never => {
  throw new Failure('INVARIANT_BROKEN', `row ${n} of a batch has no verdict`);
};
