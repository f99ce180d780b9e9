/** A log is read while it grows: a checkpoint that comes meanwhile shows nothing twice, or whoever reads would call it a gateway that lies. */
import { expect, it } from 'vitest';
import { formatEpochLeaf } from '../../../crypto/epoch-leaf.js';
import type { Store } from '../../../domain/ports.js';
import { createAuditReader } from '../../../gateway/read/audit-events.js';
import { A, bytesOf, NOW, rowOf } from '../../contract/store-rows.js';
import { answered } from '../../support/answered.js';
import { createMemoryStore } from '../../support/memory-store.js';

it('gives each event once, in order, where a checkpoint comes between two looks', async () => {
  const { store, walk, fia } = await answered(941);
  await walk.publishCheckpoint();
  await walk.deliverDue();
  const whole = await createAuditReader(store).page({ of: fia.id, from: null, to: null }, 0, 100);
  let isPublished = false;
  const meanwhile: Store = {
    ...store,
    async streamEntries(...asked) {
      if (!isPublished) await walk.publishCheckpoint();
      isPublished = true;
      return store.streamEntries(...asked);
    },
  };
  const { events } = await createAuditReader(meanwhile).page({ of: fia.id, from: null, to: null }, 0, 100);
  expect(events.map(({ index }) => index)).toEqual(whole.events.map(({ index }) => index));
});

it('gives each event once, in order, of a stream that is longer than what is read at once', async () => {
  const store = createMemoryStore();
  const leaves = Array.from({ length: 450 }, (_, n) => n);
  await store.commitBatch(
    leaves.map((n) => rowOf(`${n}`)),
    NOW,
  );
  const data = formatEpochLeaf({ n: 1, upTo: leaves.length - 1, slots: 2, mapRoot: bytesOf('map') });
  await store.commitBatch([rowOf('epoch', { statement: null, leaf: { data, views: [] } }), rowOf('behind')], NOW);
  await store.publish({
    checkpoint: { n: 1, size: leaves.length + 1, note: 'note', at: NOW },
    nodes: [],
    streams: [],
    slots: [],
    entries: leaves.map((index) => ({ authority: A, index, viewHash: bytesOf(`${index}`) })),
  });
  const { events } = await createAuditReader(store).page({ of: A, from: null, to: null }, 0, 1_000);
  expect(events.map(({ index }) => index)).toEqual([...leaves, leaves.length + 1]);
});
