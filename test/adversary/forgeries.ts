/** What only an operator can make: it has the key that signs checkpoints and the secret of the maps. */
import { signCheckpoint } from '../../crypto/checkpoint.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { formatEpochLeaf } from '../../crypto/epoch-leaf.js';
import { createEpochMap, entrySlot } from '../../crypto/epoch-map.js';
import { leafHash, rootOf, type Hash } from '../../crypto/merkle.js';
import { decodeDigest, encodeDigest } from '../../crypto/merkle/digests.js';
import { EMPTY_FRONTIER } from '../../crypto/merkle/append.js';
import { createTree } from '../../crypto/merkle/tree.js';
import { createNoteSigner } from '../../crypto/note-key.js';
import { joinEntries } from '../../crypto/tiles.js';
import type { ClientContext } from '../../client/sdk/context.js';
import { readLeaves } from '../../client/sdk/log-leaves.js';
import { ownEntries } from '../../client/sdk/own-entries.js';
import { watchOwnEntry } from '../../client/sdk/watch.js';
import { certain } from '../../domain/result.js';
import { parseDigest } from '../../domain/ids.js';
import { contextOf, type Town } from './town.js';

const ORIGIN = 'parley.test/log';
const event = (fill: number): Hash => new Uint8Array(32).fill(fill);
const root = new Uint8Array(32).fill(99);
const signed = ({ gateway }: Town, size: number, head: Hash): string =>
  signCheckpoint({ size, root: head }, createNoteSigner(ORIGIN, 'ED25519', gateway.key.seed));

/** Another root under the gateway's own signature. @param sizeOf from the size of the note that it shows otherwise */
export const forgedNote = (town: Town, note: string, sizeOf: (size: number) => number): string =>
  signed(town, sizeOf(Number(note.split('\n')[1])), root);

/** A log that says epoch 2 twice, read leaf by leaf by the owner. */
export async function secondEpoch(town: Town): Promise<string | null> {
  const epoch = (n: number, upTo: number) => formatEpochLeaf({ n, upTo, slots: 2, mapRoot: event(n) });
  const log = [event(1), epoch(1, 0), event(2), epoch(2, 2), event(3), formatEpochLeaf({ n: 2, upTo: 4, slots: 2, mapRoot: root })];
  const context = answering(contextOf(town.owner), () => joinEntries(log));
  const read = await readLeaves(context, { size: log.length, root: rootOf(log) }, { frontier: EMPTY_FRONTIER, n: 0, upTo: -1 });
  return read.ok ? null : 'EPOCHS';
}

/** An epoch after the newest whose map binds the reader's first entry again, and nothing else that is wrong. */
export async function forgedEpoch(town: Town): Promise<string | null> {
  const watching = await town.again(town.reader, ['checkpoint', 'sights', 'watch']);
  const context = contextOf(watching);
  if ((await ownEntries(context)).size < 2) throw new Error('the reader has published one entry only');
  const before = await watchOwnEntry(context);
  const [oldest] = [...(await ownEntries(context))].sort((a, b) => a[1].seq - b[1].seq).map(([digest]) => digest);
  const view = await context.directory(true);
  const slot = view.slots.get('EE-FIN')!;
  const { authority } = context.identity;
  const values = Array.from({ length: 2 * view.slots.size }, (_, i) =>
    i === 2 * slot + 1 ? entrySlot(authority, decodeDigest(certain(parseDigest(oldest!)))) : event(i),
  );
  const map = createEpochMap(values);
  const n = before.epoch + 1;
  const leaf = formatEpochLeaf({ n, upTo: 4, slots: map.slots, mapRoot: map.root });
  const log = [...Array.from({ length: 10_000 }, (_, i) => event(i % 256)), leaf];
  const tree = createTree(log.map(leafHash));
  const opening = { slot, entry: oldest, path: map.open(2 * slot + 1).path.map(encodeDigest) };
  const place = { n, index: log.length - 1, data: encodeBase64url(leaf), path: tree.path(log.length - 1).map(encodeDigest) };
  for (const name of await watching.store.names('checkpoint')) await watching.store.remove(name);
  const forged: ClientContext = {
    ...context,
    door: {
      ...context.door,
      ask: (request) =>
        request.path === '/v1/checkpoint'
          ? Promise.resolve({ status: 200, headers: new Headers(), bytes: new TextEncoder().encode(signed(town, log.length, tree.root)) })
          : context.door.ask(request),
      get: (path, ...rest) =>
        path.includes('/openings') ? Promise.resolve({ openings: [{ leaf: place, opening }] }) : context.door.get(path, ...rest),
    },
  };
  return (await watchOwnEntry(forged)).alarms[0]?.check ?? null;
}

const answering = (context: ClientContext, bytes: () => Uint8Array): ClientContext => ({
  ...context,
  door: { ...context.door, ask: () => Promise.resolve({ status: 200, headers: new Headers(), bytes: bytes() }) },
});
