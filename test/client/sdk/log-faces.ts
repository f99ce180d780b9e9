/** A log for the client's tests: it grows, signs, serves tiles, and can be told to serve another history. */
import { cosign } from '../../../crypto/cosignature.js';
import { signCheckpoint } from '../../../crypto/checkpoint.js';
import { leafHash, nodeHash, rootOf, type Hash } from '../../../crypto/merkle.js';
import { createNoteSigner } from '../../../crypto/note-key.js';
import { parseNote } from '../../../crypto/note.js';
import { isTileOf, joinTile, nodesOfTile, parseTilePath } from '../../../crypto/tiles.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import type { Door } from '../../../client/sdk/door.js';
import { PolicyRefusal } from '../../../client/sdk/error.js';
import { createMemoryKeyStore } from '../../../client/sdk/key-store.js';
import { instantFromMs, type Instant } from '../../../domain/time.js';

const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
export const ORIGIN = 'parley.test/log';
export const logSigner = createNoteSigner(ORIGIN, 'ED25519', seed(1));
export const witnessSigner = (n: number) => createNoteSigner(`witness.test/w${n}`, 'COSIGNATURE_V1', seed(10 + n));
export const NOW = instantFromMs(1_800_000_000_000);

/** @param history names the leaves: two logs of one history share them */
export const leaves = (count: number, history = 'a'): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => new TextEncoder().encode(`${history}${i}`));

/** @param witnesses numbers of those that cosign; @param at when they do, each its own time or all the same */
export function noteOf(data: readonly Uint8Array[], witnesses: readonly number[] = [], at: Instant | readonly Instant[] = NOW): string {
  const note = signCheckpoint({ size: data.length, root: rootOf(data) }, logSigner);
  const parsed = parseNote(note);
  if (!parsed.ok) throw new Error(parsed.error);
  const timeOf = (i: number): Instant => (typeof at === 'number' ? at : at[i]!);
  return note + witnesses.map((n, i) => cosign(parsed.value.text, witnessSigner(n), timeOf(i))).join('');
}

function nodeOf(data: readonly Uint8Array[], level: number, index: number): Hash {
  if (level === 0) return leafHash(data[index]!);
  return nodeHash(nodeOf(data, level - 1, index * 2), nodeOf(data, level - 1, index * 2 + 1));
}

export interface Shown {
  /** what it serves tiles of */
  data: readonly Uint8Array[];
  note: string;
  /** paths that were asked for */
  readonly asked: string[];
}

export function openLog(pins: Partial<ClientContext['gateway']> = {}): { readonly shown: Shown; readonly context: ClientContext } {
  const shown: Shown = { data: [], note: '', asked: [] };
  const ask: Door['ask'] = ({ path }) => {
    shown.asked.push(path);
    if (path === '/v1/checkpoint') return Promise.resolve(answer(new TextEncoder().encode(shown.note)));
    const tile = parseTilePath(path.slice(1));
    if (!tile.ok || tile.value.level === 'entries' || !isTileOf(shown.data.length, tile.value))
      return Promise.reject(new PolicyRefusal('NOT_FOUND', 'no such tile', 404, [], null));
    const nodes = nodesOfTile({ ...tile.value, level: tile.value.level });
    return Promise.resolve(answer(joinTile(nodes.map(({ level, index }) => nodeOf(shown.data, level, index)))));
  };
  const context = {
    door: { ask },
    store: createMemoryKeyStore(),
    clock: { now: () => NOW },
    gateway: { origin: ORIGIN, publicKey: logSigner.key.publicKey, ...pins },
  } as unknown as ClientContext;
  return { shown, context };
}

const answer = (bytes: Uint8Array) => ({ status: 200, headers: new Headers(), bytes });
