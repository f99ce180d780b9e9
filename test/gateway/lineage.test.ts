/** How much stands behind what one statement is about: however many items it names, all of it is counted. */
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/ids.js';
import { sourceLabel } from '../../gateway/cases/label-now.js';
import { createKnown, overlong } from '../../gateway/cases/lineage.js';
import { digest } from '../support/ids.js';
import { answerLabel } from '../support/facts.js';

type Shelf = Parameters<typeof overlong>[1];

/** So many items, each made from so many others of its own. */
function shelfOf(items: number, each: number) {
  const sources = (of: number) => Array.from({ length: each }, (_, n) => digest(`of-${of}-${n}-`));
  const derivedFrom = new Map(Array.from({ length: items }, (_, n) => [digest(`item-${n}-`), sources(n)]));
  const library = { item: (one: Digest) => Promise.resolve({ item: { payload: { derivedFrom: derivedFrom.get(one) ?? [] } } }) };
  return { items: [...derivedFrom.keys()], shelf: { library, store: { links: () => Promise.resolve([]) } } as unknown as Shelf };
}

describe('what the items of one statement are made from', () => {
  it.each([
    [1, 1_024, null],
    [1, 1_025, 'LIMIT_REACHED'],
    [32, 32, null],
    [32, 33, 'LIMIT_REACHED'],
    [64, 256, 'LIMIT_REACHED'],
  ])('%i items of %i sources each', async (count, each, code) => {
    const { items, shelf } = shelfOf(count, each);
    expect((await overlong(items, shelf))?.code ?? null).toBe(code);
  });
});

type Asked = Parameters<typeof sourceLabel>;

it('the label of a source is worked out once in a decision, however many of its items are made from it', async () => {
  const item = { digest: digest('source'), payload: { label: answerLabel, derivedFrom: [] } };
  const found = { item, volume: { stored: { index: 1 }, statement: { typ: 'parley-release+json' } } };
  const library = { linkedOf: () => Promise.resolve([]) };
  const known = createKnown();
  const ask = () => sourceLabel(found as unknown as Asked[0], library as unknown as Asked[1], known);
  const first = await ask();
  expect(first).toMatchObject({ originators: answerLabel.originators });
  // not only an equal one: of each that is worked out anew, all that was ever said behind it is weighed again
  expect(await ask()).toBe(first);
});
