/** All that an archive brought back, held against the log's own proofs: views, leaves, root, statements and what came with them. */
import { isEpochLeaf, parseEpochLeaf } from '../../crypto/epoch-leaf.js';
import { isSameHash, leafHash } from '../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier, type Frontier } from '../../crypto/merkle/append.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { partHash } from '../../crypto/part-tree.js';
import { isViewSet, leafData } from '../../crypto/views.js';
import type { Checkpoint } from '../../crypto/checkpoint.js';
import type { Snapshot } from '../../domain/backup.js';
import { Failure } from '../../domain/failure.js';
import type { Digest, Uuid } from '../../domain/ids.js';
import type { Blobs, Store, StoredLeaf } from '../../domain/ports.js';
import type { BackupManifest } from '../../domain/wire/backup.js';
import { openVolume } from '../read/library.js';
import { viewHashesOf } from '../read/views.js';
import { verifyVolume } from './verify-volume.js';

const LEAVES_PAGE = 1_000;

const broken = (detail: string): Failure => new Failure('INVARIANT_BROKEN', detail);

/** An item whose body was erased while it was archived, after the database was. */
export interface Lost {
  readonly item: Digest;
  /** the statement that carried it */
  readonly carrier: Digest;
}

/**
 * Reads every leaf once.
 * @param published the newest checkpoint, verified before; null: none was published
 * @returns what the archive does not have though its log says no erasure
 * @throws Failure `INVARIANT_BROKEN`, which names the first thing that is wrong
 */
export async function verifyLog(
  store: Store,
  manifest: Pick<BackupManifest, 'size' | 'root' | 'dropped'>,
  published: Pick<Checkpoint, 'size' | 'root'> | null,
): Promise<readonly Lost[]> {
  const size = await store.leafCount();
  if (size !== manifest.size) throw broken(`the log has ${size} leaves, ${manifest.size} were archived`);
  const gone = new Set(manifest.dropped);
  const lost: Lost[] = [];
  let frontier: Frontier = EMPTY_FRONTIER;
  for (let from = 0; from < size; from += LEAVES_PAGE) {
    for (const leaf of await store.leaves(from, Math.min(size, from + LEAVES_PAGE))) {
      if (leaf.index !== frontier.size) throw broken(`the log has a gap at ${frontier.size}`);
      lost.push(...(await verifyLeaf(leaf, gone, store)));
      frontier = appendRun(frontier, [leafHash(leaf.data)]).frontier;
      if (frontier.size === published?.size && !isSameHash(rootOfFrontier(frontier), published.root))
        throw broken('the log has another root than its newest checkpoint');
    }
  }
  if (frontier.size !== size || encodeDigest(rootOfFrontier(frontier)) !== manifest.root) throw broken('the log has another root');
  return lost;
}

/** It is made of its views, and what it says was accepted is stored as it was signed. */
async function verifyLeaf(leaf: StoredLeaf, gone: ReadonlySet<Uuid>, store: Store): Promise<readonly Lost[]> {
  if (isEpochLeaf(leaf.data)) {
    if (!parseEpochLeaf(leaf.data).ok) throw broken(`leaf ${leaf.index} is no epoch leaf`);
    return [];
  }
  const views = viewHashesOf(leaf);
  if (!isViewSet(views) || !isSameHash(leaf.data, leafData(views))) throw broken(`leaf ${leaf.index} is not made of its views`);
  const carrier = leaf.statement;
  if (leaf.outcome !== 'ALLOW' || carrier === null) return [];
  const stored = await store.statement(carrier);
  const volume = stored === null ? null : openVolume(stored);
  if (volume?.statement.digest !== carrier) throw broken(`the statement of leaf ${leaf.index} is missing or altered`);
  return (await verifyVolume(volume, gone, store)).map((item) => ({ item, carrier }));
}

/** @throws Failure where a body that the database names is not there as it was signed for, or the archive had another number of parts */
export async function verifyBodies(
  snapshot: Pick<Snapshot, 'parts'>,
  blobs: Pick<Blobs, 'readPart'>,
  { parts, dropped }: Pick<BackupManifest, 'parts' | 'dropped'>,
): Promise<void> {
  const gone = new Set(dropped);
  let count = 0;
  for await (const { upload, n, sizeBytes, leafHash: expected } of snapshot.parts()) {
    if (gone.has(upload)) continue;
    const bytes = await blobs.readPart(upload, n, 0, sizeBytes);
    if (bytes === null || !isSameHash(partHash(bytes), expected)) throw broken(`part ${n} of ${upload} is missing or altered`);
    count += 1;
  }
  if (count !== parts) throw broken(`${count} sealed parts are there, ${parts} were archived`);
}
