import { describe, expect, it } from 'vitest';
import type { CommitRow, Conflict } from '../../domain/ports.js';
import type { Current } from './store.contract.js';
import { at, bytesOf, commitOne, digestOf, exchangeOf, kinds, leafOf, NOW, plain, rowOf } from './store-rows.js';

const step = (name: string, version: number): CommitRow =>
  rowOf(name, { exchange: { id: exchangeOf('x'), version, body: bytesOf(`body ${version}`, 200) }, leaf: { version } });
const conflict = (on: Conflict) => ({ kind: 'conflict', on });
const moved = (key: string) => conflict({ of: 'version', key });

export function conflictContract(store: Current): void {
  describe('a conflict', () => {
    it('fails its own row only: one of sixty-four', async () => {
      const rows = Array.from({ length: 64 }, (_, n) => rowOf(`r${n}`, { expects: n === 17 ? [{ key: 'directory', version: 1 }] : [] }));
      const outcomes = await store().commitBatch(rows, NOW);
      expect(outcomes[17]).toEqual(moved('directory'));
      expect(outcomes.filter(({ kind }) => kind === 'committed')).toHaveLength(63);
      expect(outcomes.flatMap((outcome) => (outcome.kind === 'committed' ? [outcome.leaf.index] : []))).toEqual(
        Array.from({ length: 63 }, (_, n) => n),
      );
      expect(await store().batch(0)).toEqual({ start: 0, size: 63 });
      expect(await store().statement(digestOf('r17'))).toBeNull();
    });

    it('leaves nothing behind: no link, no outbox row, no version', async () => {
      const row = rowOf('a', {
        links: [{ kind: 'item', key: 'i' }],
        outbox: [{ key: 'o', kind: 'deliver', statement: digestOf('a'), exchange: null, addressee: null, due: NOW }],
        exchange: { id: exchangeOf('x'), version: 1, body: bytesOf('x') },
        bumps: ['directory'],
        expects: [{ key: 'directory', version: 4 }],
      });
      expect(await commitOne(store(), row)).toEqual(moved('directory'));
      const left = [
        await store().leafCount(),
        await store().outboxOpen(),
        await store().version('directory'),
        (await store().linked('item', 'i')).length,
      ];
      expect(left).toEqual([0, 0, 0, 0]);
      expect(await store().exchange(exchangeOf('x'))).toBeNull();
      expect(await store().batch(0)).toBeNull();
    });

    it('is a version that moved since the facts were read', async () => {
      expect((await commitOne(store(), rowOf('a', { bumps: ['consent:1', 'directory', 'directory'] }))).kind).toBe('committed');
      expect(await store().version('directory')).toBe(1);
      expect(await commitOne(store(), rowOf('b', { expects: [{ key: 'directory', version: 0 }] }))).toEqual(moved('directory'));
      const both = [
        { key: 'directory', version: 1 },
        { key: 'consent:1', version: 1 },
      ];
      expect((await commitOne(store(), rowOf('c', { expects: both, bumps: ['directory'] }))).kind).toBe('committed');
      expect(await store().version('directory')).toBe(2);
    });

    it('is seen between rows of one batch: reader before writer, then writer before reader', async () => {
      const reads = (name: string, version: number) => rowOf(name, { expects: [{ key: 'directory', version }] });
      const rows = [
        reads('a', 0),
        reads('b', 0),
        rowOf('c', { bumps: ['directory'] }),
        reads('d', 0),
        reads('e', 1),
        rowOf('f', { bumps: ['directory'] }),
      ];
      const outcomes = await store().commitBatch(rows, NOW);
      expect(kinds(outcomes)).toEqual(['committed', 'committed', 'committed', 'conflict', 'committed', 'committed']);
      expect(await store().version('directory')).toBe(2);
    });

    it('is an exchange step that another took, stored or in the same batch', async () => {
      const key = `exchange:${exchangeOf('x')}`;
      expect(kinds(await store().commitBatch([step('a', 1), step('b', 1), step('c', 2)], NOW))).toEqual([
        'committed',
        'conflict',
        'committed',
      ]);
      expect(plain(await store().exchange(exchangeOf('x')))).toEqual(
        plain({ id: exchangeOf('x'), version: 2, body: bytesOf('body 2', 200) }),
      );
      expect(await store().version(key)).toBe(2);
      expect(await commitOne(store(), step('d', 2))).toEqual(moved(key));
      expect(await commitOne(store(), step('e', 4))).toEqual(moved(key));
      expect(await commitOne(store(), rowOf('f', { expects: [{ key, version: 1 }] }))).toEqual(moved(key));
      expect((await commitOne(store(), rowOf('g', { expects: [{ key, version: 2 }] }))).kind).toBe('committed');
    });

    it('is a unique link that exists, stored or in the same batch; other kinds may repeat', async () => {
      const linked = (name: string, kind: 'item' | 'held') => rowOf(name, { links: [{ kind, key: 'k' }] });
      const outcomes = await store().commitBatch([linked('a', 'item'), linked('b', 'item'), linked('c', 'held'), linked('d', 'held')], NOW);
      expect(kinds(outcomes)).toEqual(['committed', 'conflict', 'committed', 'committed']);
      expect(outcomes[1]).toEqual(conflict({ of: 'link', link: { kind: 'item', key: 'k' } }));
      expect(await commitOne(store(), linked('e', 'item'))).toEqual(conflict({ of: 'link', link: { kind: 'item', key: 'k' } }));
      expect((await store().linked('item', 'k')).map(({ digest }) => digest)).toEqual([digestOf('a')]);
      const other = rowOf('f', { links: [{ kind: 'held', key: 'm' }] });
      expect(
        kinds([await commitOne(store(), other), await commitOne(store(), rowOf('g', { links: [{ kind: 'item', key: 'm' }] }))]),
      ).toEqual(['committed', 'committed']);
    });

    it('is a decision past the end of what it rested on', async () => {
      expect(await commitOne(store(), rowOf('a', { validUntil: NOW }))).toEqual(conflict({ of: 'time' }));
      expect((await commitOne(store(), rowOf('b', { validUntil: at(1) }))).kind).toBe('committed');
    });

    it('is a decision more than five seconds older than the newest leaf', async () => {
      const decided = (name: string, ms: number) => rowOf(name, { leaf: { at: at(ms) } });
      await commitOne(store(), decided('a', 10_000));
      expect(await commitOne(store(), decided('b', 4_999))).toEqual(conflict({ of: 'time' }));
      expect((await commitOne(store(), decided('c', 5_000))).kind).toBe('committed');
      // the newest, not the last
      expect(await commitOne(store(), decided('d', 4_999))).toEqual(conflict({ of: 'time' }));
      expect(kinds(await store().commitBatch([decided('e', 20_000), decided('f', 14_999), decided('g', 15_000)], NOW))).toEqual([
        'committed',
        'conflict',
        'committed',
      ]);
    });

    it('commits nothing and counts nothing where every row fails, and the next batch follows on', async () => {
      const no = (name: string) => rowOf(name, { expects: [{ key: 'k', version: 1 }] });
      expect(kinds(await store().commitBatch([no('a'), no('b')], NOW))).toEqual(['conflict', 'conflict']);
      expect(leafOf(await commitOne(store(), rowOf('c'))).index).toBe(0);
    });
  });
}
