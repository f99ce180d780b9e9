/** What must be true of every log, whatever happened to those who wrote it. */
import { native } from '#native';
import { verifyCheckpoint } from '../../crypto/checkpoint.js';
import { createEpochMap, entrySlot, streamSlot } from '../../crypto/epoch-map.js';
import { isEpochLeaf, parseEpochLeaf } from '../../crypto/epoch-leaf.js';
import { isSameHash, leafHash, verifyConsistency, verifyInclusion, type Hash } from '../../crypto/merkle.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { planConsistency, planInclusion, type ProofPlan } from '../../crypto/merkle/prove.js';
import { createTree } from '../../crypto/merkle/tree.js';
import { parseReceiptBatch, verifyBatchPath } from '../../crypto/receipt-batch.js';
import { parseStatement } from '../../crypto/statement.js';
import { recomputeHeads } from '../../crypto/streams.js';
import { leafData, viewHash } from '../../crypto/views.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import type { GatewayKeys } from '../../gateway/deps.js';
import { ORIGIN } from '../support/actors.js';
import { checkReleases } from './model.js';
import type { Recorded } from './recorder.js';
import { remember, type Town } from './town.js';

type Say = (violation: string) => void;
const utf8 = new TextEncoder();

export async function checkAll(town: Town, rows: readonly Recorded[], keys: GatewayKeys): Promise<void> {
  const say: Say = (violation) => void town.violations.push(violation);
  await checkStatements(town, rows, say);
  checkDeliveries(rows, say);
  checkReleases(rows, say);
  await checkRetries(town, say);
  await checkTree(town, rows, keys, say);
  await checkStreams(town, rows, keys, say);
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
    for (const { key } of row.outbox) {
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
    const answer = await walk.acceptStatement(signed.submission, by.caller, 'again');
    // a reading is judged anew before bytes leave again
    if (!answer.ok && !signed.submission.statement.startsWith(ACCESS)) say(`${signed.digest} was acknowledged and is refused now`);
    if (answer.ok) remember(town, signed, by, answer);
  }
}
const ACCESS = Buffer.from('{"alg":"Ed25519","typ":"parley-access').toString('base64url').slice(0, -2);

const bodyOf = (receipt: Receipt): ReceiptBody => JSON.parse(receipt.body) as ReceiptBody;

const fetched = async (store: Store, { nodes, finish }: ProofPlan): Promise<Hash[]> =>
  finish((await store.nodes(nodes)).map((hash) => hash ?? new Uint8Array(32)));

/** views → leaves → root → checkpoints, and each receipt in the last of them */
async function checkTree(town: Town, rows: readonly Recorded[], keys: GatewayKeys, say: Say): Promise<void> {
  const { store } = town.world;
  for (const { leaf } of rows)
    if (!isEpochLeaf(leaf.data) && !isSameHash(leaf.data, leafData(leaf.views.map(({ salt, event }) => viewHash(salt, event)))))
      say(`leaf ${leaf.index} is not made of its views`);
  const last = await store.latestCheckpoint();
  if (last === null) return say('nothing was published');
  const trust = {
    origin: ORIGIN,
    logKeys: [{ name: ORIGIN, algorithm: 'ED25519' as const, publicKey: keys.publicKey }],
    witnesses: [],
    quorum: 0,
  };
  let older = { size: 0, root: native.sha256() };
  for (let n = 1; n <= last.n; n += 1) {
    const note = (await store.checkpointAt(n))?.note ?? '';
    const said = verifyCheckpoint(note, trust);
    if (!said.ok) return say(`checkpoint ${n}: ${said.error}`);
    const newer = said.value.checkpoint;
    const proof = older.size === 0 ? [] : await fetched(store, planConsistency(older.size, newer.size));
    if (!verifyConsistency(older, newer, proof)) say(`checkpoint ${n} does not follow from the one before`);
    older = newer;
  }
  const tree = createTree(rows.slice(0, older.size).map(({ leaf }) => leafHash(leaf.data)));
  if (!isSameHash(tree.root, older.root)) say('the last checkpoint has another root than its leaves');
  const receipts = [...town.acknowledged.values()].map(({ receipt }) => JSON.parse(receipt) as Receipt);
  for (const receipt of [...receipts, ...town.refusals.map((refusal) => refusal.receipt)]) {
    const { index, leaf } = bodyOf(receipt);
    if (!isSigned(receipt, keys)) say(`the receipt at ${index} is not signed`);
    if (index >= older.size) continue;
    const path = await fetched(store, planInclusion(index, older.size));
    if (!verifyInclusion(leafHash(decodeDigest(leaf)), index, older.size, path, older.root)) say(`the receipt at ${index} is not included`);
  }
}

function isSigned({ body, position, path, batch }: Receipt, keys: GatewayKeys): boolean {
  const jws = parseStatement(batch);
  const said = jws.ok ? parseReceiptBatch(jws.value.payload) : jws;
  if (!jws.ok || !said.ok || jws.value.kid !== keys.kid) return false;
  return (
    native.ed25519Verify(keys.publicKey, jws.value.signingInput, jws.value.signature) &&
    verifyBatchPath(utf8.encode(body), { index: position, hashes: path }, said.value)
  );
}

/** every stream recomputes against the map of every epoch, from the leaves alone */
async function checkStreams(town: Town, rows: readonly Recorded[], keys: GatewayKeys, say: Say): Promise<void> {
  const epochs = rows.filter(({ leaf }) => isEpochLeaf(leaf.data));
  const said = epochs.map(({ leaf }) => parseEpochLeaf(leaf.data));
  const upTos = said.map((epoch) => (epoch.ok ? epoch.value.upTo : -1));
  const authorities: AuthorityId[] = [];
  for (const { row } of rows)
    if (row.statement?.typ === 'parley-designation+json')
      for (const { kind, key } of row.links) if (kind === 'designation' && key !== 'all') authorities.push(key as string as AuthorityId);
  const heads = new Map(
    authorities.map((who) => {
      const entries = rows.flatMap(({ leaf }) =>
        leaf.views.filter(({ view }) => view === who).map(({ salt, event }) => ({ index: leaf.index, viewHash: viewHash(salt, event) })),
      );
      return [who, recomputeHeads(entries, upTos)] as const;
    }),
  );
  for (const [i, epoch] of said.entries()) {
    if (!epoch.ok || epoch.value.n !== i + 1) return say(`the ${i + 1}th epoch leaf is none`);
    const before = rows.slice(0, epochs[i]!.leaf.index);
    const slots = authorities.flatMap((who): (Hash | null)[] => {
      if (!before.some(({ row }) => row.links.some(({ kind, key }) => kind === 'designation' && key === who))) return [];
      const entered = before.find(({ row }) => row.links.some(({ kind, key }) => kind === 'entry' && key === who))?.row.statement;
      const salt = native.hmacSha256(keys.secret, utf8.encode(`epoch-salt\0${who}\0${i + 1}`));
      return [streamSlot(salt, who, heads.get(who)![i]!), entered ? entrySlot(who, decodeDigest(entered.digest)) : null];
    });
    const map = createEpochMap(slots);
    if (map.slots !== epoch.value.slots || !isSameHash(map.root, epoch.value.mapRoot))
      say(`the streams of epoch ${i + 1} do not recompute`);
  }
  for (const { authority, head } of await town.world.store.streams())
    if (!isSameHash(head, heads.get(authority)?.at(-1) ?? new Uint8Array(32))) say(`the stored stream of ${authority} is another`);
}
