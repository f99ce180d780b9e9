/** A batch as the SQL function `commit_batch` takes it: every binary field in one buffer, the rest as JSON with places in that buffer. */
import { type CommitRow, UNIQUE_LINKS } from '../../../domain/ports.js';
import { distinctLinks } from '../judge-row.js';
import { packViews } from '../pack-views.js';
import { planWaves } from '../plan-waves.js';

export interface EncodedBatch {
  readonly bytes: Buffer;
  /** JSON: waves of rows */
  readonly meta: string;
  readonly waves: number;
}

export function encodeBatch(rows: readonly CommitRow[]): EncodedBatch {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const put = (bytes: Uint8Array): [number, number] => {
    const offset = length + 1;
    chunks.push(bytes);
    length += bytes.length;
    return [offset, bytes.length];
  };
  const waves: object[][] = [];
  planWaves(rows).forEach((wave, n) => {
    const row = rows[n];
    if (row !== undefined) (waves[wave] ??= []).push({ n, ...encodeRow(row, put) });
  });
  return { bytes: Buffer.concat(chunks, length), meta: JSON.stringify(waves), waves: waves.length };
}

function encodeRow(row: CommitRow, put: (bytes: Uint8Array) => [number, number]): object {
  const { statement, leaf, exchange, settles } = row;
  return {
    ...(statement && { ...statement, raw: put(statement.raw) }),
    data: put(leaf.data),
    views: put(packViews(leaf.views)),
    about: leaf.statement,
    stage: leaf.stage,
    outcome: leaf.outcome,
    leaf_at: leaf.at,
    version: leaf.version,
    mailbox: leaf.mailbox,
    ...(exchange && { xid: exchange.id, xversion: exchange.version, xbody: put(exchange.body) }),
    ...(settles && { skey: settles.key, sfence: settles.fence }),
    until: row.validUntil,
    links: distinctLinks(row).map(({ kind, key }) => ({ kind, key, uniq: UNIQUE_LINKS.has(kind) })),
    outbox: row.outbox,
    expects: row.expects,
    bumps: [...new Set(row.bumps)],
  };
}
