/** What is kept of an epoch is what was published of it, or nothing is said of it. */
import { expect, it } from 'vitest';
import type { SlotRow, Store } from '../../../domain/ports.js';
import { createEpochs } from '../../../gateway/read/openings.js';
import { answered } from '../../support/answered.js';
import { openWalk } from '../../support/test-gateway.js';

async function scene(seed: number, over: (store: Store) => Partial<Store> = () => ({})) {
  const gateway = await answered(seed);
  const { store, walk, keys } = gateway;
  await walk.publishCheckpoint();
  return { ...gateway, epochs: createEpochs({ ...store, ...over(store) }, keys.secret) };
}

it.each<[string, (row: SlotRow) => SlotRow | null]>([
  ['another head', (row) => ({ ...row, head: new Uint8Array(32) })],
  ['a slot less', (row) => (row.slot === 2 ? null : row)],
])('a map with %s is not shown', async (_, change) => {
  const kept = (store: Store) => ({
    slots: async (n: number) => (await store.slots(n)).flatMap((row) => change(row) ?? []),
  });
  const { epochs } = await scene(1551, kept);
  await expect(epochs.mapAt(await epochs.at(1))).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
});

it('is nothing where an older version of this program kept nothing of it', async () => {
  const { epochs } = await scene(1552, () => ({ slots: () => Promise.resolve([]) }));
  expect(await epochs.mapAt(await epochs.at(1))).toBeNull();
});

it('is of a size that a checkpoint has: not of a log that ends elsewhere, nor of an epoch whose checkpoint is not signed yet', async () => {
  const { epochs, store, walk, world, operator, keys } = await scene(1553);
  const { size } = (await store.latestCheckpoint())!;
  await walk.deliverDue();
  const dying = openWalk(world, operator, keys, { ...store, publish: () => Promise.resolve(false) });
  expect(await dying.walk.publishCheckpoint()).toBeNull();
  const next = await store.leafCount();
  const sizes = [size - 1, size, size + 1, next];
  const found = await Promise.all(sizes.map((one) => epochs.ofSize(one)));
  expect(found.map((epoch) => epoch?.leaf.n ?? null)).toEqual([null, 1, null, null]);
});
