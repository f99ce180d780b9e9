import { expect, it } from 'vitest';
import { packErased, packViews, unpackViews } from '../../../adapters/store-prisma/pack-views.js';
import { planWaves } from '../../../adapters/store-prisma/plan-waves.js';
import { at, exchangeOf, plain, rowOf } from '../../contract/store-rows.js';

it('puts rows that share nothing into one wave', () => {
  expect(planWaves(Array.from({ length: 64 }, (_, n) => rowOf(`${n}`, { expects: [{ key: 'directory', version: 1 }] })))).toEqual(
    Array(64).fill(0),
  );
});

it('puts a row after each earlier one that writes what it reads, or reads what it writes', () => {
  const reads = rowOf('a', { expects: [{ key: 'k', version: 0 }] });
  const writes = (name: string) => rowOf(name, { bumps: ['k'] });
  expect(planWaves([reads, writes('b'), writes('c'), reads])).toEqual([0, 1, 2, 3]);
  const late = rowOf('d', { bumps: ['other'] });
  const readsBoth = rowOf('e', { expects: ['k', 'other'].map((key) => ({ key, version: 0 })) });
  expect(planWaves([late, readsBoth, reads, writes('f')])).toEqual([0, 1, 0, 2]);
});

it('puts steps of one exchange, the same statement and old decisions one after the other', () => {
  const step = (name: string) => rowOf(name, { exchange: { id: exchangeOf('x'), version: 1, body: new Uint8Array(1) } });
  expect(planWaves([step('a'), rowOf('b'), step('c'), rowOf('b')])).toEqual([0, 0, 1, 1]);
  expect(planWaves([rowOf('a', { leaf: { at: at(9_000) } }), rowOf('b'), rowOf('c', { leaf: { at: at(4_000) } })])).toEqual([0, 1, 0]);
});

it('gives back the views that it packed, and of erased ones their hashes', () => {
  const { views } = rowOf('a').leaf;
  expect(plain(unpackViews(packViews(views)))).toEqual(plain({ views, erased: [] }));
  expect(unpackViews(packViews([]))).toEqual({ views: [], erased: [] });
  const erased = views.map(({ view, salt }) => ({ view, hash: salt }));
  const both = new Uint8Array([...packErased(erased), ...packViews(views)]);
  expect(plain(unpackViews(both))).toEqual(plain({ views, erased }));
});
