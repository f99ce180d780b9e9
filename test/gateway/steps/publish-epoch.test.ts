/** Of two publishers one wins, whenever the other looked; and what does not follow from the log is not signed. */
import { expect, it } from 'vitest';
import { formatEpochLeaf, parseEpochLeaf, type EpochLeaf } from '../../../crypto/epoch-leaf.js';
import type { Store, StoredLeaf } from '../../../domain/ports.js';
import { entriesBetween } from '../../../gateway/epoch/epoch.js';
import { A, bytesOf, NOW } from '../../contract/store-rows.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { createCast, createTestGateway, enrol, openWalk } from '../../support/test-gateway.js';

const { fia, fix } = createCast(7);

async function scene(seed: number) {
  const gateway = createTestGateway(seed);
  const { world, operator, keys, store } = gateway;
  await enrol(gateway, [fia]);
  /** another process on the same store, which sees it through this */
  const other = (over: Partial<Store> = {}) => openWalk(world, operator, keys, { ...store, ...over });
  const epochs = async () => {
    const leaves = await store.leaves(0, await store.leafCount());
    return leaves.filter(({ data }) => parseEpochLeaf(data).ok).length;
  };
  return { ...gateway, other, epochs };
}

/** Does something once, before the first call is answered. */
const once = (happens: () => Promise<unknown>) => {
  let first = true;
  return async () => {
    const isFirst = first;
    first = false;
    if (isFirst) await happens();
  };
};

it('publishes over a directory that another process has changed just now', async () => {
  const gateway = await scene(1561);
  const { walk, directory } = gateway.other();
  await directory.current();
  await enrol(gateway, [fix]);
  expect(await walk.publishCheckpoint()).not.toBeNull();
});

it.each(['before the epoch was looked for', 'after it was made'])('leaves it to another one that publishes %s', async (when) => {
  const gateway = await scene(1562);
  const { walk, store, other, epochs } = gateway;
  await walk.publishCheckpoint();
  await enrol(gateway, [fix]);
  const meanwhile = once(() => walk.publishCheckpoint());
  const [version, commitBatch]: [Store['version'], Store['commitBatch']] = [
    (key) => (key === 'epoch' ? meanwhile() : Promise.resolve()).then(() => store.version(key)),
    (...asked) => meanwhile().then(() => store.commitBatch(...asked)),
  ];
  const late = other(when.startsWith('before') ? { version } : { commitBatch });
  expect(await late.walk.publishCheckpoint()).toBeNull();
  expect([await epochs(), (await store.latestCheckpoint())!.n]).toEqual([2, 2]);
});

it('signs nothing over a directory that moves while the epoch is made', async () => {
  const gateway = await scene(1563);
  const { store, other, epochs } = gateway;
  const meanwhile = once(() => enrol(gateway, [fix]));
  const late = other({ commitBatch: (...asked) => meanwhile().then(() => store.commitBatch(...asked)) });
  expect(await late.walk.publishCheckpoint()).toBeNull();
  expect(await epochs()).toBe(0);
});

it('goes on where one died behind its leaf, by the directory as it was then', async () => {
  const gateway = await scene(1564);
  const { walk, other } = gateway;
  expect(await other({ publish: () => Promise.resolve(false) }).walk.publishCheckpoint()).toBeNull();
  await enrol(gateway, [fix]);
  expect(await walk.publishCheckpoint()).not.toBeNull();
});

it.each<[string, Partial<EpochLeaf>]>([
  ['another number', { n: 2 }],
  ['more slots', { slots: 8 }],
  ['another map', { mapRoot: new Uint8Array(32) }],
])('signs no epoch leaf with %s than follows from the log', async (_, lie) => {
  const { store, other } = await scene(1565);
  await other({ publish: () => Promise.resolve(false) }).walk.publishCheckpoint();
  const told = (leaf: StoredLeaf): StoredLeaf => {
    const said = parseEpochLeaf(leaf.data);
    return said.ok ? { ...leaf, data: formatEpochLeaf({ ...said.value, ...lie }) } : leaf;
  };
  const { walk } = other({ leaves: async (...asked) => (await store.leaves(...asked)).map(told) });
  await expect(walk.publishCheckpoint()).rejects.toThrow(/epoch \d does not follow from the log/);
  expect(await store.latestCheckpoint()).toBeNull();
});

it('signs no tree with a gap', async () => {
  const { store, other } = await scene(1566);
  const { walk } = other({ leaves: async (...asked) => (await store.leaves(...asked)).filter(({ index }) => index !== 1) });
  await expect(walk.publishCheckpoint()).rejects.toThrow('the log has a gap');
  expect(await store.latestCheckpoint()).toBeNull();
});

it('reads a stream to its end, however long, and no further than it is asked', async () => {
  const store = createMemoryStore();
  const entries = Array.from({ length: 2_100 }, (_, n) => ({ authority: A, index: 2 * n, viewHash: bytesOf(`${n}`) }));
  await store.publish({ checkpoint: { n: 1, size: 4_200, note: 'note', at: NOW }, nodes: [], streams: [], slots: [], entries });
  const read = async (from: number, upTo: number) => (await entriesBetween(store, A, from, upTo)).map(({ index }) => index);
  expect(await read(0, 4_198)).toEqual(entries.map(({ index }) => index));
  expect(await read(10, 13)).toEqual([10, 12]);
});
