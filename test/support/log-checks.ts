/** What must be true of every log: checked from its leaves alone, whoever wrote them. */
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
import { GENESIS_HEAD, nextHead } from '../../crypto/streams.js';
import { leafData, viewHash } from '../../crypto/views.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import type { Receipt, ReceiptBody } from '../../domain/receipt.js';
import type { GatewayKeys } from '../../gateway/deps.js';
import { openVolume } from '../../gateway/read/library.js';
import { viewHashesOf } from '../../gateway/read/views.js';

export type Say = (violation: string) => void;
export interface LogView {
  readonly origin: string;
  readonly store: Store;
  /** all of them, in order */
  readonly leaves: readonly StoredLeaf[];
  readonly keys: GatewayKeys;
}

const utf8 = new TextEncoder();
const STATEMENTS_MAX = 20_000;

export const bodyOf = (receipt: Receipt): ReceiptBody => JSON.parse(receipt.body) as ReceiptBody;

const fetched = async (store: Store, { nodes, finish }: ProofPlan): Promise<Hash[]> =>
  finish((await store.nodes(nodes)).map((hash) => hash ?? new Uint8Array(32)));

/** views → leaves → root → checkpoints, and each receipt in the last of them */
export async function checkTree({ origin, store, leaves, keys }: LogView, receipts: readonly Receipt[], say: Say): Promise<void> {
  for (const leaf of leaves)
    if (!isEpochLeaf(leaf.data) && !isSameHash(leaf.data, leafData(viewHashesOf(leaf)))) say(`leaf ${leaf.index} is not made of its views`);
  const last = await store.latestCheckpoint();
  if (last === null) return say('nothing was published');
  const trust = {
    origin,
    logKeys: [{ name: origin, algorithm: 'ED25519' as const, publicKey: keys.publicKey }],
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
  const tree = createTree(leaves.slice(0, older.size).map((leaf) => leafHash(leaf.data)));
  if (!isSameHash(tree.root, older.root)) say('the last checkpoint has another root than its leaves');
  for (const receipt of receipts) {
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

/** the head of a stream at each epoch; a leaf between an epoch's `upTo` and its own leaf belongs to the next one */
function headsOf(entries: readonly { readonly index: number; readonly viewHash: Hash }[], upTos: readonly number[]): Hash[] {
  let head = GENESIS_HEAD;
  return upTos.map((upTo, epoch) => {
    const news = entries.filter(({ index }) => index > (upTos[epoch - 1] ?? -1) && index <= upTo);
    return (head = nextHead(
      head,
      news.map(({ viewHash }) => viewHash),
    ));
  });
}

/** every stream recomputes against the map of every epoch */
export async function checkStreams({ store, leaves, keys }: LogView, say: Say): Promise<void> {
  const epochs = leaves.filter((leaf) => isEpochLeaf(leaf.data));
  const said = epochs.map((leaf) => parseEpochLeaf(leaf.data));
  const upTos = said.map((epoch) => (epoch.ok ? epoch.value.upTo : -1));
  const { designated, entered } = await readEnrolments(store);
  const heads = new Map(
    [...designated.keys()].map((who) => {
      const entries = leaves.flatMap(({ index, views, erased }) => [
        ...views.filter(({ view }) => view === who).map(({ salt, event }) => ({ index, viewHash: viewHash(salt, event) })),
        ...erased.filter(({ view }) => view === who).map(({ hash }) => ({ index, viewHash: hash })),
      ]);
      return [who, headsOf(entries, upTos)] as const;
    }),
  );
  for (const [i, epoch] of said.entries()) {
    if (!epoch.ok || epoch.value.n !== i + 1) return say(`the ${i + 1}th epoch leaf is none`);
    const before = epochs[i]!.index;
    const slots = [...designated].flatMap(([who, at]): (Hash | null)[] => {
      if (at >= before) return [];
      const entry = entered.findLast(({ authority, index }) => authority === who && index < before);
      const salt = native.hmacSha256(keys.secret, utf8.encode(`epoch-salt\0${who}\0${i + 1}`));
      return [streamSlot(salt, who, heads.get(who)![i]!), entry ? entrySlot(who, decodeDigest(entry.digest)) : null];
    });
    const map = createEpochMap(slots);
    if (map.slots !== epoch.value.slots || !isSameHash(map.root, epoch.value.mapRoot))
      say(`the streams of epoch ${i + 1} do not recompute`);
  }
  for (const { authority, head } of await store.streams())
    if (!isSameHash(head, heads.get(authority)?.at(-1) ?? new Uint8Array(32))) say(`the stored stream of ${authority} is another`);
}

/** Who was designated at which leaf first, and each directory entry. */
async function readEnrolments(store: Store) {
  const designated = new Map<AuthorityId, number>();
  const entered: { readonly authority: AuthorityId; readonly index: number; readonly digest: Digest }[] = [];
  for (const stored of await store.linked('designation', 'all', STATEMENTS_MAX)) {
    const { statement } = openVolume(stored);
    if (statement.typ === 'parley-designation+json' && !designated.has(statement.payload.authority))
      designated.set(statement.payload.authority, stored.index);
  }
  for (const stored of await store.linked('entry', 'all', STATEMENTS_MAX))
    entered.push({ authority: stored.author, index: stored.index, digest: stored.digest });
  return { designated, entered };
}
