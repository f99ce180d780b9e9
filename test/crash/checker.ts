/**
 * Program: knows receipts and the database, and nothing of those who wrote them. Prints one line of JSON.
 * node checker.js DATABASE_URL RECEIPTS GATEWAY_KEY_FILE
 */
import { readFileSync } from 'node:fs';
import { systemChance } from '../../adapters/chance-system.js';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import type { Digest } from '../../domain/ids.js';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import type { Receipt } from '../../domain/receipt.js';
import { loadGatewayKeys } from '../../gateway/gateway-keys.js';
import { ORIGIN } from '../support/actors.js';
import { bodyOf, checkStreams, checkTree } from '../support/log-checks.js';

export interface CheckReport {
  readonly acknowledged: number;
  readonly stored: number;
  readonly lost: number;
  readonly doubled: number;
  readonly undelivered: number;
  readonly leaves: number;
  readonly outboxOpen: number;
  readonly violations: readonly string[];
}

const PAGE = 2_000;

async function allLeaves(store: Store): Promise<StoredLeaf[]> {
  const leaves: StoredLeaf[] = [];
  const count = await store.leafCount();
  while (leaves.length < count) {
    const page = await store.leaves(leaves.length, Math.min(count, leaves.length + PAGE));
    if (page.length === 0) throw new Error(`the log has a gap at ${leaves.length}`);
    leaves.push(...page);
  }
  return leaves;
}

async function check([url = '', receiptsFile = '', keyFile = '']: readonly string[]): Promise<CheckReport> {
  const lines = readFileSync(receiptsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const acknowledged = lines.map((line) => JSON.parse(line) as { readonly digest: Digest; readonly receipt: Receipt });
  const keys = await loadGatewayKeys(keyFile, systemChance);
  const store = await openStore(url);
  const leaves = await allLeaves(store);
  const accepted = new Map<string, number>();
  const delivered = new Map<string, number>();
  for (const { statement, stage, outcome } of leaves) {
    if (statement === null) continue;
    if (stage === 'accepted' && outcome === 'ALLOW') accepted.set(statement, (accepted.get(statement) ?? 0) + 1);
    if (stage === 'delivered') delivered.set(statement, (delivered.get(statement) ?? 0) + 1);
  }
  const violations: string[] = [];
  let lost = 0;
  for (const { digest, receipt } of acknowledged) {
    const { index, statement } = bodyOf(receipt);
    const stored = await store.statement(digest);
    if (statement !== digest || stored?.index !== index || leaves[index]?.statement !== digest) lost += 1;
  }
  const twice = (counts: ReadonlyMap<string, number>): number => [...counts.values()].filter((n) => n > 1).length;
  const view = { origin: ORIGIN, store, leaves, keys };
  const say = (violation: string): void => void violations.push(violation);
  await checkTree(
    view,
    acknowledged.map(({ receipt }) => receipt),
    say,
  );
  await checkStreams(view, say);
  const envelopes = [...accepted.keys()].filter((digest) => acknowledged.some((one) => one.digest === digest) || delivered.has(digest));
  const report = {
    acknowledged: acknowledged.length,
    stored: accepted.size,
    lost,
    doubled: twice(accepted) + twice(delivered),
    undelivered: envelopes.filter((digest) => !delivered.has(digest)).length,
    leaves: leaves.length,
    outboxOpen: await store.outboxOpen(),
    violations,
  };
  await store.close();
  return report;
}

console.log(JSON.stringify(await check(process.argv.slice(2))));
process.exit(0);
