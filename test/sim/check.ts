/** What must be true of every log, whatever happened to those who wrote it. */
import type { Receipt } from '../../domain/receipt.js';
import type { GatewayKeys } from '../../gateway/deps.js';
import { ORIGIN } from '../support/actors.js';
import { bodyOf, checkStreams, checkTree, type Say } from '../support/log-checks.js';
import { checkReleases } from './model.js';
import type { Recorded } from './recorder.js';
import { remember, type Town } from './town.js';

/** @returns how far items went (model.ts) */
export async function checkAll(town: Town, rows: readonly Recorded[], keys: GatewayKeys): Promise<readonly string[]> {
  const say: Say = (violation) => void town.violations.push(violation);
  await checkStatements(town, rows, say);
  checkDeliveries(rows, say);
  const ways = checkReleases(rows, say);
  await checkRetries(town, say);
  const receipts = [...town.acknowledged.values()].map(({ receipt }) => JSON.parse(receipt) as Receipt);
  const view = { origin: ORIGIN, store: town.world.store, leaves: rows.map(({ leaf }) => leaf), keys };
  await checkTree(view, [...receipts, ...town.refusals.map((refusal) => refusal.receipt)], say);
  await checkStreams(view, say);
  return ways;
}

/** acknowledged = stored = leaf, once each */
async function checkStatements(town: Town, rows: readonly Recorded[], say: Say): Promise<void> {
  rows.forEach(({ leaf }, i) => leaf.index === i || say(`the leaf ${leaf.index} is the ${i}th that was written`));
  const leaves = new Map<string, number[]>();
  for (const { row, leaf } of rows)
    if (row.statement !== null) leaves.set(row.statement.digest, [...(leaves.get(row.statement.digest) ?? []), leaf.index]);
  for (const [digest, indexes] of leaves) if (indexes.length !== 1) say(`${digest} is stored ${indexes.length} times`);
  for (const [digest, { receipt }] of town.acknowledged) {
    const stored = await town.world.store.statement(digest);
    const { index } = bodyOf(JSON.parse(receipt) as Receipt);
    if (stored?.index !== index || leaves.get(digest)?.[0] !== index) say(`${digest} was acknowledged at ${index} and is not there`);
  }
  for (const { receipt, digest } of town.refusals) {
    const { index, outcome } = bodyOf(receipt);
    const leaf = rows[index]?.leaf;
    if (outcome !== 'DENY' || leaf?.outcome !== 'DENY' || leaf.statement !== digest) say(`the refusal of ${digest} is no leaf`);
  }
}

/** no outbox row is lost, none delivers twice */
function checkDeliveries(rows: readonly Recorded[], say: Say): void {
  const arrived = new Map<string, number>();
  for (const { leaf } of rows)
    if (leaf.stage === 'delivered') {
      const key = `${leaf.statement} ${leaf.mailbox}`;
      arrived.set(key, (arrived.get(key) ?? 0) + 1);
    }
  for (const { row } of rows)
    for (const { key, kind } of row.outbox) {
      // a clock rings long after the run
      if (kind !== 'deliver') continue;
      const times = arrived.get(key) ?? 0;
      if (times !== 1) say(`${key} was delivered ${times} times`);
      arrived.delete(key);
    }
  for (const key of arrived.keys()) say(`${key} was delivered and never sent`);
}

/** a retry of every acknowledged statement gives identical bytes */
async function checkRetries(town: Town, say: Say): Promise<void> {
  const { walk } = town.processes[0]!;
  for (const { signed, by } of [...town.acknowledged.values()]) {
    const answer = await walk.acceptStatement(signed.submission, by.caller);
    // a reading is judged anew before bytes leave again
    if (!answer.ok && !signed.submission.statement.startsWith(ACCESS)) say(`${signed.digest} was acknowledged and is refused now`);
    if (answer.ok) remember(town, signed, by, answer);
  }
}
const ACCESS = Buffer.from('{"alg":"Ed25519","typ":"parley-access').toString('base64url').slice(0, -2);
