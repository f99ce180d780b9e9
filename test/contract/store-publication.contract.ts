import { describe, expect, it } from 'vitest';
import type { Publication } from '../../domain/ports.js';
import type { All, Current } from './store.contract.js';
import { A, B, bytesOf, NOW, plain } from './store-rows.js';

/** A's slots bind the same in every epoch. */
const firstSlots = (n: number) => (n === 1 ? [{ authority: A, n, slot: 0, head: bytesOf('still'), entry: bytesOf('entry A') }] : []);

export const epoch = (n: number, mark = ''): Publication => ({
  nodes: [
    { level: 0, index: n, hash: bytesOf(`node ${n}${mark}`) },
    { level: 1, index: n, hash: bytesOf(`pair ${n}${mark}`) },
  ],
  streams: [A, B].map((authority, slot) => ({
    authority,
    slot,
    head: bytesOf(`head ${authority} ${n}${mark}`),
    salt: bytesOf(`salt ${authority}`),
  })),
  slots: [
    { authority: B, n, slot: 1, head: bytesOf(`head ${B} ${n}${mark}`), entry: n === 1 ? null : bytesOf(`entry ${n}`) },
    ...firstSlots(n),
  ],
  entries: [
    { authority: A, index: n, viewHash: bytesOf(`view ${n}${mark}`) },
    { authority: B, index: n, viewHash: bytesOf(`other ${n}${mark}`) },
  ],
  checkpoint: { n, size: n * 2, note: `log\n${n}\n${mark}`, at: NOW },
});

export function publicationContract(store: Current, all: All): void {
  describe('a publication', () => {
    it('is read back whole', async () => {
      expect([await store().latestCheckpoint(), await store().checkpointAt(1), await store().streams(), await store().nodes([])]).toEqual([
        null,
        null,
        [],
        [],
      ]);
      expect([await store().publish(epoch(1)), await store().publish(epoch(2))]).toEqual([true, true]);
      expect(await store().latestCheckpoint()).toEqual(epoch(2).checkpoint);
      expect(await store().checkpointAt(1)).toEqual(epoch(1).checkpoint);
      expect(plain(await store().streams())).toEqual(plain(epoch(2).streams));
      const wanted = [
        { level: 1, index: 2 },
        { level: 5, index: 0 },
        { level: 0, index: 1 },
      ];
      expect(plain(await store().nodes(wanted))).toEqual(plain([bytesOf('pair 2'), null, bytesOf('node 1')]));
      expect(plain(await store().streamEntries(A, 2, 10))).toEqual(plain([{ index: 2, viewHash: bytesOf('view 2'), n: 2 }]));
      expect((await store().streamEntries(B, 0, 1)).map(({ index }) => index)).toEqual([1]);
    });

    it('shows a node from when it is published, however often it was asked for before, and then always the same', async () => {
      const high = [
        { level: 12, index: 1 },
        { level: 1, index: 2 },
      ];
      expect(await store().nodes(high)).toEqual([null, null]);
      const { nodes, ...rest } = epoch(1);
      expect(await store().publish({ ...rest, nodes: [...nodes, { level: 12, index: 1, hash: bytesOf('high') }] })).toBe(true);
      const after = plain([bytesOf('high'), null]);
      expect(plain(await store().nodes(high))).toEqual(after);
      expect(await store().publish(epoch(2))).toBe(true);
      for (let times = 0; times < 2; times += 1)
        expect(plain(await store().nodes(high))).toEqual(plain([bytesOf('high'), bytesOf('pair 2')]));
    });

    it('tells what each slot bound in any epoch, though only changes are kept', async () => {
      expect(await store().slots(1)).toEqual([]);
      for (const n of [1, 2, 3]) await store().publish(epoch(n));
      const [still] = epoch(1).slots.slice(1);
      for (const n of [1, 2, 3]) expect(plain(await store().slots(n))).toEqual(plain([still, epoch(n).slots[0]]));
      expect(plain(await store().slots(9))).toEqual(plain(await store().slots(3)));
    });

    it('has the number after the newest, else nothing changes', async () => {
      expect(await store().publish(epoch(2))).toBe(false);
      await store().publish(epoch(1));
      expect([await store().publish(epoch(1, 'again')), await store().publish(epoch(3))]).toEqual([false, false]);
      expect(plain(await store().streams())).toEqual(plain(epoch(1).streams));
    });

    it('has one winner of a race, whole', async () => {
      const stores = await all();
      const won = await Promise.all(['a', 'b', 'c', 'd'].map((mark, n) => (stores[n % stores.length] ?? store()).publish(epoch(1, mark))));
      expect(won.filter(Boolean)).toHaveLength(1);
      const mark = ['a', 'b', 'c', 'd'][won.indexOf(true)] ?? '';
      expect(await store().latestCheckpoint()).toEqual(epoch(1, mark).checkpoint);
      expect(plain(await store().streams())).toEqual(plain(epoch(1, mark).streams));
      expect(plain(await store().nodes([{ level: 0, index: 1 }]))).toEqual(plain([bytesOf(`node 1${mark}`)]));
    });
  });
}
