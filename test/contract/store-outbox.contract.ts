import { describe, expect, it } from 'vitest';
import type { NewOutbox } from '../../domain/ports.js';
import type { All, Current } from './store.contract.js';
import { at, B, commitOne, digestOf, exchangeOf, kinds, NOW, rowOf } from './store-rows.js';

const work = (key: string, due = NOW): NewOutbox => ({
  key,
  kind: 'deliver',
  statement: digestOf(key),
  exchange: exchangeOf(key),
  addressee: B,
  due,
});
const settling = (name: string, key: string, fence: number) => rowOf(name, { settles: { key, fence } });
const LEASE_MS = 30_000;

export function outboxContract(store: Current, all: All): void {
  describe('the outbox', () => {
    it('hands out due work once, under a fence, until the lease is over', async () => {
      await commitOne(store(), rowOf('a', { outbox: [work('o'), work('later', at(1_000))] }));
      expect(await store().claim(NOW, LEASE_MS, 10)).toEqual([{ ...work('o'), attempts: 1, fence: 1 }]);
      expect(await store().claim(at(LEASE_MS - 1), LEASE_MS, 10)).toEqual([{ ...work('later', at(1_000)), attempts: 1, fence: 1 }]);
      expect(await store().claim(at(LEASE_MS), LEASE_MS, 10)).toEqual([{ ...work('o'), attempts: 2, fence: 2 }]);
      expect(await store().outboxOpen()).toBe(2);
    });

    it('hands out a clock’s alarm like other work, and counts none of them as arrears', async () => {
      const alarm: NewOutbox = { ...work('alarm', at(500)), kind: 'clock', statement: null, addressee: null };
      await commitOne(store(), rowOf('a', { outbox: [alarm] }));
      expect([await store().outboxOpen(), await store().claim(at(499), LEASE_MS, 10)]).toEqual([0, []]);
      expect(await store().claim(at(500), LEASE_MS, 10)).toEqual([{ ...alarm, attempts: 1, fence: 1 }]);
      const { leaf } = rowOf('b');
      const notice = rowOf('b', { leaf: { ...leaf, stage: 'noticed' }, settles: { key: 'alarm', fence: 1 } });
      expect(await commitOne(store(), notice)).toMatchObject({ kind: 'committed', leaf: { stage: 'noticed' } });
      expect(await store().claim(at(99_999_999), LEASE_MS, 10)).toEqual([]);
    });

    it('adds a key once', async () => {
      await store().commitBatch([rowOf('a', { outbox: [work('o')] }), rowOf('b', { outbox: [work('o', at(-5))] })], NOW);
      const [claimed] = await store().claim(NOW, LEASE_MS, 10);
      expect(claimed).toEqual({ ...work('o'), attempts: 1, fence: 1 });
      expect(await commitOne(store(), settling('c', 'o', claimed?.fence ?? 0))).toMatchObject({ kind: 'committed' });
      await commitOne(store(), rowOf('d', { outbox: [work('o')] }));
      expect([await store().outboxOpen(), await store().claim(at(LEASE_MS), LEASE_MS, 10)]).toEqual([0, []]);
    });

    it('settles nothing under an old fence', async () => {
      await commitOne(store(), rowOf('a', { outbox: [work('o')] }));
      await store().claim(NOW, LEASE_MS, 1);
      await store().claim(at(LEASE_MS), LEASE_MS, 1);
      expect(await commitOne(store(), settling('b', 'o', 1))).toEqual({ kind: 'conflict', on: { of: 'fence', key: 'o' } });
      expect(await store().retry('o', 1, NOW, true)).toBe(false);
      expect(await store().outboxOpen()).toBe(1);
      expect(kinds(await store().commitBatch([settling('c', 'o', 2), settling('d', 'o', 2)], NOW))).toEqual(['committed', 'conflict']);
      expect(await store().outboxOpen()).toBe(0);
      expect(await store().retry('o', 2, NOW, false)).toBe(false);
      expect(await commitOne(store(), settling('e', 'absent', 0))).toEqual({ kind: 'conflict', on: { of: 'fence', key: 'absent' } });
    });

    it('lets a row of a batch settle what an earlier row of it added', async () => {
      expect(kinds(await store().commitBatch([rowOf('a', { outbox: [work('o')] }), settling('b', 'o', 0)], NOW))).toEqual([
        'committed',
        'committed',
      ]);
      expect(await store().outboxOpen()).toBe(0);
    });

    it('takes work back for later, or parks it for good', async () => {
      await commitOne(store(), rowOf('a', { outbox: [work('o')] }));
      await store().claim(NOW, LEASE_MS, 1);
      expect(await store().retry('o', 1, at(500), false)).toBe(true);
      expect(await store().claim(at(499), LEASE_MS, 1)).toEqual([]);
      expect((await store().claim(at(500), LEASE_MS, 1))[0]).toMatchObject({ attempts: 2, fence: 2, due: at(500) });
      // this one was none
      expect(await store().retry('o', 2, at(550), false, 1)).toBe(true);
      expect((await store().claim(at(550), LEASE_MS, 1))[0]).toMatchObject({ attempts: 2, fence: 3 });
      expect(await store().retry('o', 3, at(600), true)).toBe(true);
      expect([await store().outboxOpen(), await store().claim(at(99_999_999), LEASE_MS, 1)]).toEqual([0, []]);
      expect(await commitOne(store(), settling('b', 'o', 3))).toEqual({ kind: 'conflict', on: { of: 'fence', key: 'o' } });
    });

    it('lets work rest longer than its lease, due when it was', async () => {
      await commitOne(store(), rowOf('a', { outbox: [work('o')] }));
      expect(await store().rest('o', 0, at(5))).toBe(true);
      await store().claim(at(5), LEASE_MS, 1);
      expect([await store().rest('o', 0, NOW), await store().rest('absent', 1, NOW)]).toEqual([false, false]);
      expect(await store().rest('o', 1, at(99_000))).toBe(true);
      expect([await store().claim(at(98_999), LEASE_MS, 1), await store().outboxOpen()]).toEqual([[], 1]);
      expect(await store().claim(at(99_000), LEASE_MS, 1)).toEqual([{ ...work('o'), attempts: 2, fence: 2 }]);
      expect(await commitOne(store(), settling('b', 'o', 2))).toMatchObject({ kind: 'committed' });
      expect([await store().rest('o', 2, NOW), await store().claim(at(99_999_999), LEASE_MS, 1)]).toEqual([false, []]);
    });

    it('gives each piece of work to one of many that ask at once', async () => {
      const rows = Array.from({ length: 40 }, (_, n) => rowOf(`a${n}`, { outbox: [work(`o${n}`)] }));
      await store().commitBatch(rows, NOW);
      const stores = await all();
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, n) => (stores[n % stores.length] ?? store()).claim(NOW, LEASE_MS, 5)),
      );
      const rest = await store().claim(NOW, LEASE_MS, 64);
      const keys = [...claims.flat(), ...rest].map(({ key }) => key);
      expect(new Set(keys).size).toBe(40);
      expect(keys).toHaveLength(40);
    });
  });
}
