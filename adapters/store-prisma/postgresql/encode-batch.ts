/** A batch as the SQL function `commit_batch` takes it: every binary field in one buffer, the rest as JSON with places in that buffer. */
import { type CommitRow, UNIQUE_LINKS } from '../../../domain/ports.js';
import { distinctLinks } from '../judge-row.js';
import { packViews } from '../pack-views.js';
import { planWaves } from '../plan-waves.js';

export interface EncodedBatch {
  readonly bytes: Buffer;
  /** JSON: a list of waves */
  readonly meta: string;
}

/** What a row has several of lies beside the rows, so that the database unfolds each list once. */
interface Wave {
  readonly rows: object[];
  readonly links: object[];
  readonly expects: object[];
  readonly bumps: object[];
  readonly outbox: object[];
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
  const waves: Wave[] = [];
  planWaves(rows).forEach((at, n) => {
    const row = rows[n];
    if (row !== undefined) addRow((waves[at] ??= { rows: [], links: [], expects: [], bumps: [], outbox: [] }), n, row, put);
  });
  return { bytes: Buffer.concat(chunks, length), meta: JSON.stringify(waves) };
}

function addRow(wave: Wave, n: number, row: CommitRow, put: (bytes: Uint8Array) => [number, number]): void {
  const { statement, leaf, exchange, settles } = row;
  wave.rows.push({
    n,
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
  });
  for (const { kind, key } of distinctLinks(row)) wave.links.push({ n, kind, key, uniq: UNIQUE_LINKS.has(kind) });
  for (const { key, version } of row.expects) wave.expects.push({ n, key, version });
  for (const key of new Set(row.bumps)) wave.bumps.push({ n, key });
  for (const added of row.outbox) wave.outbox.push({ n, ...added });
}
