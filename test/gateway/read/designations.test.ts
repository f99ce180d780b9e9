import { expect, it } from 'vitest';
import type { Store } from '../../../domain/ports.js';
import { readLinked } from '../../../gateway/read/designations.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { answered } from '../../support/answered.js';

it('reads all of a directory, however many entries its authorities have published', async () => {
  const { store } = await answered(801);
  const [entry] = await store.linked('entry', 'all', 1);
  const entries = Array.from({ length: 20_001 }, (_, index) => ({ ...entry!, index }));
  const given: number[] = [];
  const full: Store = {
    ...createMemoryStore(),
    linked(_kind, _key, limit, after = -1) {
      const page = entries.slice(after + 1, after + 1 + limit!);
      given.push(...page.map(({ index }) => index));
      return Promise.resolve(page);
    },
  };
  // what lies behind is not taken apart
  expect((await readLinked(full, 'entry', 'all', 3)).map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(given).toEqual(entries.map(({ index }) => index));
});
