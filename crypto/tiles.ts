/**
 * The tree as static files: C2SP tlog-tiles, height 8. A tile is up to 256 neighbouring hashes of one level; stock clients
 * fetch tiles and make every proof themselves.
 *
 * @see https://c2sp.org/tlog-tiles
 */
import { no, ok, type Result } from '../domain/result.js';
import { HASH_BYTES, nodeHash, type Hash } from './merkle.js';
import type { NodeId } from './merkle/append.js';

const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

export interface Tile {
  /** tile level: its hashes are tree nodes of level 8 × this; `entries` for a bundle of leaf data */
  readonly level: number | 'entries';
  readonly index: number;
  /** hashes in it, 1 to 256; fewer than 256 only at the right border */
  readonly width: number;
}

/** @returns the path below the log's prefix, `tile/0/x001/234` or `tile/0/x001/234.p/17` */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const TILE_PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/** Reads only what `tilePath` writes, for the levels 0 to 63. */
export function parseTilePath(path: string): Result<Tile, string> {
  const match = TILE_PATH.exec(path);
  if (match === null) return no('not a tile path');
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const tile = {
    level,
    index: Number(match[2]!.replaceAll(/[x/]/g, '')),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  } as const;
  const exists = level === 'entries' || level < 64;
  return exists && tile.width >= 1 && tile.width <= TILE_WIDTH && tilePath(tile) === path ? ok(tile) : no('not a tile path');
}

/** Does a tree of `size` leaves have all hashes of this tile? A server answers no other. */
export function isTileOf(size: number, { level, index, width }: Tile): boolean {
  return index * TILE_WIDTH + width <= Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
}

/** The tree nodes that a tile is made of, in order: their hashes, joined by `joinTile`, are its bytes. */
export function nodesOfTile({ level, index, width }: Tile & { readonly level: number }): NodeId[] {
  return Array.from({ length: width }, (_, i) => ({ level: level * TILE_HEIGHT, index: index * TILE_WIDTH + i }));
}

export function joinTile(hashes: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  hashes.forEach((hash, i) => bytes.set(hash, i * HASH_BYTES));
  return bytes;
}

/** @returns every complete node that a tile's bytes tell, from its own level upward, as a publisher would have stored them */
export function nodesInTile({ level, index }: Tile & { readonly level: number }, bytes: Uint8Array): (NodeId & { hash: Hash })[] {
  const nodes: (NodeId & { hash: Hash })[] = [];
  let row: Hash[] = Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, i) =>
    bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
  // the root of a full tile belongs to the tile above
  for (let up = 0; up < TILE_HEIGHT && row.length > 0; up += 1) {
    const first = index * (TILE_WIDTH / 2 ** up);
    row.forEach((hash, i) => nodes.push({ level: level * TILE_HEIGHT + up, index: first + i, hash }));
    row = Array.from({ length: Math.floor(row.length / 2) }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
  }
  return nodes;
}

/** The tile to fetch for a node (`nodesInTile` finds it there), in a tree of `size` leaves: how a client makes proofs from tiles. */
export function tileOfNode({ level, index }: NodeId, size: number): Tile & { readonly level: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const tileIndex = Math.floor((index * 2 ** (level % TILE_HEIGHT)) / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** tileLevel) - tileIndex * TILE_WIDTH);
  return { level: tileLevel, index: tileIndex, width };
}

/** An entry bundle: each entry behind its length as two bytes, big-endian. @throws RangeError past 65,535 bytes an entry */
export function joinEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.some((entry) => entry.length > 0xffff)) throw new RangeError('an entry has at most 65,535 bytes');
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    bytes.set([entry.length >> 8, entry.length & 0xff], at);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

export function splitEntries(bundle: Uint8Array): Result<Uint8Array[], string> {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 + ((bundle[at]! << 8) | (bundle[at + 1] ?? 0));
    if (at + 2 > bundle.length || end > bundle.length) return no('the bundle ends inside an entry');
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return ok(entries);
}
