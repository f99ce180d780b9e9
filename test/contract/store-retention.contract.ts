import { describe, expect, it } from 'vitest';
import { leafData, viewHash } from '../../crypto/views.js';
import type { NewOutbox } from '../../domain/ports.js';
import type { Current } from './store.contract.js';
import { A, at, B, bytesOf, commitOne, digestOf, exchangeOf, NOW, plain, rowOf } from './store-rows.js';

const work = (key: string, kind: NewOutbox['kind'], ms: number): NewOutbox => ({
  key,
  kind,
  statement: null,
  exchange: exchangeOf(key),
  addressee: null,
  due: at(ms),
});

export function retentionContract(store: Current): void {
  describe('what takes away', () => {
    it('leaves of a pruned leaf its view hashes, its place and what receipts are made of', async () => {
      const row = rowOf('old');
      const data = leafData(row.leaf.views.map(({ salt, event }) => viewHash(salt, event)));
      const kept = rowOf('kept');
      await store().commitBatch([{ ...row, leaf: { ...row.leaf, data } }, kept], NOW);
      await store().pruneViews([0, 7]);
      await store().pruneViews([0]);
      const left = await store().leaf(0);
      const erased = row.leaf.views.map(({ view, salt, event }) => ({ view, hash: viewHash(salt, event) }));
      expect(plain(left)).toEqual(plain({ ...row.leaf, data, views: [], erased, index: 0, batchStart: 0 }));
      expect(plain(await store().leaves(0, 2))).toEqual(plain([left, { ...kept.leaf, erased: [], index: 1, batchStart: 0 }]));
      expect(erased.map(({ view }) => view)).toEqual([A, B]);
      expect(plain(leafData(left?.erased.map(({ hash }) => hash) ?? []))).toBe(plain(data));
    });

    it('puts the same submission without what was erased in its place', async () => {
      await commitOne(store(), rowOf('a', { links: [{ kind: 'access', key: digestOf('x') }] }));
      const was = bytesOf('raw a', 500);
      expect(await store().eraseContent(digestOf('a'), was, bytesOf('less', 40))).toBe(true);
      // somebody else was first: nothing of it comes back
      expect(await store().eraseContent(digestOf('a'), was, bytesOf('other', 40))).toBe(false);
      expect(await store().eraseContent(digestOf('nobody'), was, bytesOf('less', 40))).toBe(false);
      expect(plain((await store().statement(digestOf('a')))?.raw)).toBe(plain(bytesOf('less', 40)));
      expect(plain((await store().linked('access', digestOf('x')))[0]?.raw)).toBe(plain(bytesOf('less', 40)));
    });

    it('drops settled work by its age, oldest first, and never what is open', async () => {
      const rows = [
        work('d1', 'deliver', 1),
        work('d2', 'erase', 2),
        work('c', 'clock', 1),
        work('open', 'deliver', 0),
        work('new', 'prune', 9),
      ];
      await commitOne(store(), rowOf('a', { outbox: rows }));
      for (const { key, fence } of await store().claim(at(99), 1_000, 10))
        if (key !== 'open') expect(await store().retry(key, fence, at(rows.findIndex((row) => row.key === key)), true)).toBe(true);
      expect(await store().dropSettled(at(4), at(1), 1)).toBe(1);
      expect(await store().dropSettled(at(4), at(1), 10)).toBe(1);
      expect(await store().dropSettled(at(4), at(1), 10)).toBe(0);
      expect(await store().dropSettled(at(99), at(99), 10)).toBe(2);
      expect((await store().claim(at(9_999), 1_000, 10)).map(({ key }) => key)).toEqual(['open']);
    });

    it('drops guard keys of a range, in order, and none beside it', async () => {
      const keys = ['k:1', 'k:2', 'k:2:b', 'k:3', 'K:2', 'k', 'l:2'];
      await commitOne(store(), rowOf('a', { bumps: keys }));
      const left = async () => (await Promise.all(keys.map((key) => store().version(key)))).join('');
      expect(await store().dropGuards('k:1', 'k:3', 1)).toBe(1);
      expect(await left()).toBe('0111111');
      expect(await store().dropGuards('k:1', 'k:3', 10)).toBe(2);
      expect(await left()).toBe('0001111');
      // as if it had never risen
      expect((await commitOne(store(), rowOf('b', { expects: [{ key: 'k:2', version: 0 }], bumps: ['k:2'] }))).kind).toBe('committed');
      expect(await store().version('k:2')).toBe(1);
    });

    it('drops sessions that ended, oldest first', async () => {
      const session = (id: string, until: number) => ({ id, authority: A, officer: 'o.1', key: bytesOf('key'), until: at(until) });
      for (const [id, until] of [
        ['b', 2],
        ['a', 1],
        ['c', 5],
      ] as const)
        await store().putSession(session(id, until));
      expect(await store().dropSessions(at(5), 1)).toBe(1);
      expect([await store().session('a'), (await store().session('b'))?.id]).toEqual([null, 'b']);
      expect(await store().dropSessions(at(5), 10)).toBe(1);
      expect((await store().session('c'))?.id).toBe('c');
    });
  });
}
