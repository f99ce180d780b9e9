/**
 * Splits a batch into waves. Rows of one wave touch no key in common, so the database may judge and write a wave as one set,
 * and still a row sees what an earlier row of its batch did. Nearly always there is one wave.
 */
import { exchangeKey } from '../../domain/guard-keys.js';
import { type CommitRow, UNIQUE_LINKS } from '../../domain/ports.js';
import { LEAF_SKEW_MS_MAX } from './judge-row.js';

/** @returns the wave of each row, from 0 */
export function planWaves(rows: readonly CommitRow[]): number[] {
  const written = new Map<string, number>();
  const read = new Map<string, number>();
  let newest = 0;
  let last = 0;
  return rows.map((row) => {
    const writes = writtenKeys(row);
    const after = (wave: number | undefined): number => (wave === undefined ? 0 : wave + 1);
    let wave = row.leaf.at < newest - LEAF_SKEW_MS_MAX ? last + 1 : 0;
    for (const key of writes) wave = Math.max(wave, after(written.get(key)), after(read.get(key)));
    for (const { key } of row.expects) wave = Math.max(wave, after(written.get(key)));
    for (const key of writes) written.set(key, wave);
    for (const { key } of row.expects) read.set(key, Math.max(wave, read.get(key) ?? 0));
    newest = Math.max(newest, row.leaf.at);
    last = Math.max(last, wave);
    return wave;
  });
}

function writtenKeys(row: CommitRow): Set<string> {
  const keys = new Set(row.bumps);
  if (row.statement !== null) keys.add(`s ${row.statement.digest}`).add(`i ${row.statement.author} ${row.statement.id}`);
  if (row.exchange !== null) keys.add(exchangeKey(row.exchange.id));
  for (const { kind, key } of row.links) if (UNIQUE_LINKS.has(kind)) keys.add(`l ${kind} ${key}`);
  for (const { key } of row.outbox) keys.add(`o ${key}`);
  if (row.settles !== null) keys.add(`o ${row.settles.key}`);
  return keys;
}
