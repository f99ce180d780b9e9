/** The log to whoever wants to check it: checkpoints, tiles, inclusion proofs. */
import { encodeBase64url } from '../../crypto/base64url.js';
import type { Hash } from '../../crypto/merkle.js';
import type { NodeId } from '../../crypto/merkle/append.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { planInclusion } from '../../crypto/merkle/prove.js';
import { formatTlogProof } from '../../crypto/proof.js';
import { isTileOf, joinEntries, joinTile, nodesOfTile, parseTilePath, TILE_WIDTH } from '../../crypto/tiles.js';
import { Failure } from '../../domain/failure.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Caller } from '../../domain/caller.js';
import type { PublishedCheckpoint, Store } from '../../domain/ports.js';
import type { ProofAnswer } from '../../domain/wire/http-answers.js';
import type { Witnessing } from '../../domain/wire/witnessing.js';
import type { ServedCheckpoints } from './served.js';
import { ownViewOf } from './views.js';

export interface LogReader {
  size(): Promise<number>;
  /** the newest that enough witnesses have cosigned, where there is a policy */
  latest(): Promise<PublishedCheckpoint | null>;
  checkpoint(n: number): Promise<PublishedCheckpoint | null>;
  /** null: no policy, unwitnessed */
  witnessing(): Promise<Witnessing | null>;
  /** @param path `tile/0/x001/234`, as C2SP writes it; null for one that the published tree does not have */
  tile(path: string): Promise<Uint8Array | null>;
  /** Against the newest checkpoint; null where that does not cover the leaf yet. An officer gets the view of its own act besides. */
  proof(index: number, who: Pick<Caller, 'authority' | 'officer'>): Promise<ProofAnswer | null>;
  /** The same as a C2SP tlog-proof, which tells nothing but places and hashes. */
  proofFile(index: number): Promise<string | null>;
}

export function createLogReader(store: Store, served: ServedCheckpoints): LogReader {
  const hashes = (nodes: readonly NodeId[]): Promise<Hash[]> => readHashes(store, nodes);
  const pathOf = async (index: number): Promise<{ readonly checkpoint: PublishedCheckpoint; readonly path: readonly Hash[] } | null> => {
    const checkpoint = await served.newest();
    if (checkpoint === null || index >= checkpoint.size) return null;
    const plan = planInclusion(index, checkpoint.size);
    return { checkpoint, path: plan.finish(await hashes(plan.nodes)) };
  };
  return {
    size: () => store.leafCount(),
    latest: () => served.newest(),
    checkpoint: (n) => served.at(n),
    witnessing: () => served.witnessing(),
    async tile(path) {
      const tile = parseTilePath(path);
      const checkpoint = await store.latestCheckpoint();
      if (!tile.ok || checkpoint === null || !isTileOf(checkpoint.size, tile.value)) return null;
      const { level, index, width } = tile.value;
      if (level !== 'entries') return joinTile(await hashes(nodesOfTile({ level, index, width })));
      return joinEntries(await store.leafData(index * TILE_WIDTH, index * TILE_WIDTH + width));
    },
    async proofFile(index) {
      const found = await pathOf(index);
      return found && formatTlogProof({ index, path: found.path, note: found.checkpoint.note });
    },
    async proof(index, who) {
      const found = await pathOf(index);
      if (found === null) return null;
      const { checkpoint, path } = found;
      const leaf = await store.leaf(index);
      if (leaf === null) throw new Failure('INVARIANT_BROKEN', `leaf ${index} of a published tree is missing`);
      const view = ownViewOf(leaf, who.authority);
      return {
        index,
        size: checkpoint.size,
        path: path.map(encodeDigest),
        data: encodeBase64url(leaf.data),
        checkpoint: checkpoint.note,
        ...(view !== null && isActOf(who, view.event) ? { view } : {}),
      };
    },
  };
}

/** An act of this very officer: what colleagues did is read as a report, which is a leaf (`http/routes/audit.ts`). */
function isActOf({ authority, officer }: Pick<Caller, 'authority' | 'officer'>, event: string): boolean {
  const { actor } = JSON.parse(event) as Pick<AuditEvent, 'actor'>;
  return actor.authority === authority && actor.officer === officer;
}

async function readHashes(store: Store, nodes: readonly NodeId[]): Promise<Hash[]> {
  const found = await store.nodes(nodes);
  return found.map((hash, i) => {
    if (hash === null) throw new Failure('INVARIANT_BROKEN', `node ${nodes[i]!.level}/${nodes[i]!.index} of a published tree is missing`);
    return hash;
  });
}
