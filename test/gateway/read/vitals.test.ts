/** Watchers ask most of what says nothing: they must not be what ends the rest. */
import { expect, it } from 'vitest';
import { plusMs, SECOND_MS } from '../../../domain/time.js';
import { createVitals } from '../../../gateway/read/vitals.js';
import { NOW } from '../../contract/store-rows.js';

it('asks a store that says nothing anew after a while, and a folder that says nothing once until it does', async () => {
  const asked = { store: 0, blobs: 0 };
  let answer!: () => void;
  let passed = 0;
  const store = { outboxOpen: () => ((asked.store += 1), new Promise<number>(() => undefined)) };
  const blobs = { assertUsable: () => ((asked.blobs += 1), new Promise<void>((resolve) => (answer = resolve))) };
  const log = { latest: () => Promise.resolve(null), size: () => Promise.resolve(0) };
  const vitals = createVitals({ store, blobs }, log, { now: () => plusMs(NOW, passed) });
  const watched: Promise<unknown>[] = [];
  for (; passed < 60 * SECOND_MS; passed += 10 * SECOND_MS) {
    void vitals.outboxOpen();
    watched.push(vitals.blobsUsable());
  }
  // each look at a folder that says nothing keeps one of the few threads that all files are read by
  expect(asked).toEqual({ store: 6, blobs: 1 });
  answer();
  expect(new Set(await Promise.all(watched))).toEqual(new Set([true]));
  void vitals.blobsUsable();
  expect(asked.blobs).toBe(2);
});
