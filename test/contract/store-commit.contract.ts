import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.js';
import { faulty } from '../support/faulty.js';
import type { All, Current } from './store.contract.js';
import { A, at, B, bytesOf, commitOne, digestOf, exchangeOf, kinds, leafOf, NOW, plain, rowOf, statementOf, uuidOf } from './store-rows.js';

export function commitContract(store: Current, all: All): void {
  describe('a commit', () => {
    it('gives back every byte of the statement and of each view, and where it stands', async () => {
      const row = rowOf('a', {
        statement: statementOf('a', { exchange: exchangeOf('x'), raw: bytesOf('long', 11_600) }),
        leaf: { mailbox: B, version: 1, at: at(5) },
      });
      const outcome = await commitOne(store(), row);
      expect(outcome).toEqual({ kind: 'committed', leaf: { ...row.leaf, erased: [], index: 0, batchStart: 0 } });
      expect(plain(await store().leaf(0))).toEqual(plain({ ...row.leaf, erased: [], index: 0, batchStart: 0 }));
      expect(plain(await store().statement(digestOf('a')))).toEqual(plain({ ...row.statement, index: 0 }));
      expect(plain(await store().statementById(A, uuidOf('a')))).toEqual(plain({ ...row.statement, index: 0 }));
    });

    it('of a row whose key no column takes is none, for its whole batch, and says whose fault that is', async () => {
      const outbox = { kind: 'deliver', statement: digestOf('b'), exchange: null, addressee: null, due: NOW } as const;
      for (const over of [
        { links: [{ kind: 'item', key: 'x'.repeat(121) }] },
        { bumps: ['x'.repeat(121)] },
        { outbox: [{ ...outbox, key: 'x'.repeat(161) }] },
      ] as const)
        await expect(store().commitBatch([rowOf('a'), rowOf('b', over)], NOW)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
      expect(await store().leafCount()).toBe(0);
    });

    it('finds nothing where nothing is', async () => {
      const s = store();
      expect([await s.leafCount(), await s.leaves(0, 10), await s.inbox(A, 0, 10), await s.linked('item', 'x')]).toEqual([0, [], [], []]);
      const absent = [s.statement(digestOf('a')), s.statementById(A, uuidOf('a')), s.exchange(exchangeOf('x')), s.leaf(0), s.batch(0)];
      expect(await Promise.all([...absent, s.leafOf(digestOf('a'), 'accepted'), s.leafOf(digestOf('a'), 'refused')])).toEqual(
        Array(7).fill(null),
      );
      expect(await s.version('directory')).toBe(0);
    });

    it('gives one leaf range to a batch', async () => {
      await commitOne(store(), rowOf('first'));
      const outcomes = await store().commitBatch([rowOf('a'), rowOf('b'), rowOf('c')], NOW);
      expect(outcomes.map((outcome) => [leafOf(outcome).index, leafOf(outcome).batchStart])).toEqual([
        [1, 1],
        [2, 1],
        [3, 1],
      ]);
      expect(await store().batch(1)).toEqual({ start: 1, size: 3 });
      expect(await store().batch(2)).toBeNull();
      expect((await store().leaves(1, 3)).map(({ index }) => index)).toEqual([1, 2]);
      expect(plain(await store().leafData(1, 3))).toEqual(plain((await store().leaves(1, 3)).map(({ data }) => data)));
      expect(await store().leafData(9, 12)).toEqual([]);
      expect(await store().leafCount()).toBe(4);
    });

    it('takes a leaf without a statement, and one without views', async () => {
      const refused = rowOf('no', { statement: null, leaf: { statement: digestOf('no'), stage: 'refused', outcome: 'DENY' } });
      const epoch = rowOf('epoch', { statement: null, leaf: { views: [], data: bytesOf('epoch', 90), outcome: 'DONE' }, bumps: ['epoch'] });
      expect(kinds(await store().commitBatch([refused, epoch], NOW))).toEqual(['committed', 'committed']);
      expect(await store().statement(digestOf('no'))).toBeNull();
      expect((await store().leafOf(digestOf('no'), 'refused'))?.index).toBe(0);
      expect(plain((await store().leaf(1))?.data)).toBe(plain(bytesOf('epoch', 90)));
      expect((await store().leaf(1))?.views).toEqual([]);
    });

    it('finds a leaf by statement and stage, the newest where there are several', async () => {
      const later = (stage: 'delivered' | 'accessed') => rowOf('a', { statement: null, leaf: { statement: digestOf('a'), stage } });
      await store().commitBatch([rowOf('a'), later('delivered'), later('accessed'), later('accessed')], NOW);
      const indexes = await Promise.all(
        (['accepted', 'delivered', 'accessed'] as const).map((stage) => store().leafOf(digestOf('a'), stage)),
      );
      expect(indexes.map((leaf) => leaf?.index)).toEqual([0, 1, 3]);
    });

    it('answers the same bytes with the same leaf, later and in the same batch', async () => {
      const [, first, twin] = await store().commitBatch([rowOf('b'), rowOf('a'), rowOf('a')], NOW);
      expect([first?.kind, twin?.kind]).toEqual(['committed', 'duplicate']);
      const again = await commitOne(store(), rowOf('a', { validUntil: at(-1), expects: [{ key: 'directory', version: 9 }] }), at(60_000));
      expect(plain(again)).toEqual(plain({ ...first, kind: 'duplicate' }));
      expect(plain(twin)).toEqual(plain({ ...first, kind: 'duplicate' }));
      expect(await store().leafCount()).toBe(2);
    });

    it('calls other bytes under the same author and id a replay', async () => {
      const other = rowOf('other', { statement: statementOf('other', { id: uuidOf('a') }) });
      expect(kinds(await store().commitBatch([rowOf('a'), other], NOW))).toEqual(['committed', 'replay']);
      expect((await commitOne(store(), other)).kind).toBe('replay');
      const elsewhere = rowOf('third', { statement: statementOf('third', { id: uuidOf('a'), author: B }) });
      expect((await commitOne(store(), elsewhere)).kind).toBe('committed');
      expect(await store().leafCount()).toBe(2);
    });

    it('lists what a key points to in commit order, each statement once', async () => {
      const linked = (name: string) => rowOf(name, { links: Array(2).fill({ kind: 'consent', key: 'k' }) });
      await store().commitBatch([linked('a'), rowOf('x'), linked('b')], NOW);
      await commitOne(store(), linked('c'));
      const digests = (await store().linked('consent', 'k')).map(({ digest }) => digest);
      expect(await store().links('consent', ['other', 'k'])).toEqual(
        digests.map((statement) => ({ key: 'k', statement, typ: statementOf('a').typ })),
      );
      expect(await store().links('consent', ['other', 'k'], 1)).toMatchObject([{ key: 'k', statement: digests[0] }]);
      expect([await store().links('held', ['k']), await store().links('consent', [])]).toEqual([[], []]);
      expect(digests).toEqual([digestOf('a'), digestOf('b'), digestOf('c')]);
      expect((await store().linked('consent', 'k', 2)).map(({ index }) => index)).toEqual([0, 2]);
      expect((await store().linked('consent', 'k', 2, 0)).map(({ index }) => index)).toEqual([2, 3]);
      expect(await store().linked('consent', 'k', 2, 3)).toEqual([]);
      expect(await store().linked('label', 'k')).toEqual([]);
      const titles = (await store().linked('consent', 'k')).map(({ raw: _raw, ...title }) => title);
      expect(await store().titles('consent', 'k', 3)).toEqual(titles);
      expect(await store().titles('consent', 'k', 2, 0)).toEqual(titles.slice(1));
      expect(await store().titles('label', 'k', 2)).toEqual([]);
    });

    it('keeps an inbox whose cursor is the leaf index', async () => {
      await store().commitBatch(
        ['a', 'b', 'c', 'd'].map((name, n) => rowOf(name, { leaf: { mailbox: n === 1 ? A : B } })),
        NOW,
      );
      expect((await store().inbox(B, 0, 2)).map(({ index }) => index)).toEqual([0, 2]);
      expect((await store().inbox(B, 3, 2)).map(({ index }) => index)).toEqual([3]);
      expect((await store().inbox(A, 2, 2)).length).toBe(0);
    });

    it('gives 200 parallel commits of one statement one leaf', async () => {
      const stores = await all();
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, n) => commitOne(stores[n % stores.length] ?? stores[0], rowOf('same'))),
      );
      expect(kinds(outcomes).filter((kind) => kind === 'committed')).toHaveLength(1);
      expect(new Set(outcomes.map((outcome) => leafOf(outcome).index))).toEqual(new Set([0]));
      expect(await store().leafCount()).toBe(1);
    });

    it('leaves no gap in the index, whoever commits at the same time', async () => {
      const stores = await all();
      const batches = Array.from({ length: 40 }, (_, n) => {
        const rows = Array.from({ length: 1 + (n % 7) }, (_row, k) =>
          rowOf(`${n}/${k}`, { expects: [{ key: 'never', version: k === 3 ? 1 : 0 }] }),
        );
        return (stores[n % stores.length] ?? stores[0]).commitBatch(rows, NOW);
      });
      const committed = (await Promise.all(batches)).flat().filter(({ kind }) => kind === 'committed');
      const indexes = committed.map((outcome) => leafOf(outcome).index).sort((a, b) => a - b);
      expect(indexes).toEqual(indexes.map((_, n) => n));
      expect(await store().leafCount()).toBe(indexes.length);
      const leaves = await store().leaves(0, indexes.length);
      expect(leaves.map(({ index }) => index)).toEqual(indexes);
      const starts = [...new Set(leaves.map(({ batchStart }) => batchStart))];
      const sizes = await Promise.all(starts.map(async (start) => (await store().batch(start))?.size ?? 0));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(indexes.length);
    });

    it('is there once after a call that failed but persisted is repeated, and not at all after one that failed before', async () => {
      const { clock } = createWorld(1);
      const plan = ['throw-after', 'pass', 'throw-before'] as const;
      const broken = faulty(store(), (_, call) => plan[call] ?? 'pass', { clock });
      await expect(commitOne(broken, rowOf('a'))).rejects.toThrow('STORE_UNAVAILABLE');
      expect((await commitOne(broken, rowOf('a'))).kind).toBe('duplicate');
      await expect(commitOne(broken, rowOf('b'))).rejects.toThrow('STORE_UNAVAILABLE');
      expect(await store().statement(digestOf('b'))).toBeNull();
      expect(await store().leafCount()).toBe(1);
    });
  });
}
