/** The log's tree as the gateway serves it: tiles, from which a client makes its own proofs and takes no proof on trust. */
import { HASH_BYTES, type Hash } from '../../crypto/merkle.js';
import type { NodeId } from '../../crypto/merkle/append.js';
import { nodesInTile, tileOfNode, tilePath, type Tile } from '../../crypto/tiles.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Door } from './door.js';
import { PolicyRefusal } from './error.js';

/**
 * The hashes of complete nodes in the tree of the first `size` leaves. Nothing in the result is to be trusted: it is a proof's material.
 *
 * @returns in the order of `wanted`; or which tile the gateway does not have
 * @throws ParleyError `GATEWAY_UNREACHABLE`
 */
export async function readNodes(door: Door, wanted: readonly NodeId[], size: number): Promise<Result<Hash[], string>> {
  const tiles = new Map<string, Map<string, Hash>>();
  const found: Hash[] = [];
  for (const node of wanted) {
    const tile = tileOfNode(node, size);
    const path = tilePath(tile);
    let nodes = tiles.get(path);
    if (nodes === undefined) {
      const bytes = await readTile(door, path, tile.width);
      if (!bytes.ok) return bytes;
      tiles.set(path, (nodes = nodesOf(tile, bytes.value)));
    }
    const hash = nodes.get(`${node.level}/${node.index}`);
    if (hash === undefined) throw new RangeError('a complete node lies in its tile');
    found.push(hash);
  }
  return ok(found);
}

const nodesOf = (tile: Tile & { readonly level: number }, bytes: Uint8Array): Map<string, Hash> =>
  new Map(nodesInTile(tile, bytes).map(({ level, index, hash }) => [`${level}/${index}`, hash]));

async function readTile(door: Door, path: string, width: number): Promise<Result<Uint8Array, string>> {
  try {
    const { bytes } = await door.ask({ method: 'GET', path: `/${path}`, signed: false });
    return bytes.length === width * HASH_BYTES ? ok(bytes) : no(`${path} has the wrong length`);
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return no(`the gateway does not have ${path}`);
    throw error;
  }
}
