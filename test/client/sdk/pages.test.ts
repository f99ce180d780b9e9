/** A gateway whose pages never end, lead back or lead nowhere: each loop over pages is left. */
import { describe, expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import { readExchanges } from '../../../client/sdk/exchanges.js';
import { inboxEntries } from '../../../client/sdk/inbox.js';
import { createMemoryKeyStore } from '../../../client/sdk/index.js';
import { pagesOf } from '../../../client/sdk/pages.js';
import { readTold } from '../../../client/sdk/told.js';

/** @param next of a page by its number, from 1 */
const asking = (next: (n: number) => string | undefined) => {
  const asked: (string | undefined)[] = [];
  const ask = (after: string | undefined) => {
    asked.push(after);
    const following = next(asked.length);
    return Promise.resolve({ n: asked.length, ...(following === undefined ? {} : { next: following }) });
  };
  return { asked, ask };
};

const all = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
};

describe('pages', () => {
  it('are asked for by what the one before says, to the last', async () => {
    const { asked, ask } = asking((n) => (n < 3 ? `c${n}` : undefined));
    expect((await all(pagesOf(ask))).map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(asked).toEqual([undefined, 'c1', 'c2']);
  });

  it('begin where the caller was, and do not lead back there', async () => {
    const { asked, ask } = asking(() => 'c0');
    await expect(all(pagesOf(ask, 'c0'))).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
    expect(asked).toEqual(['c0']);
  });

  it.each([
    ['lead back', (n: number) => `c${n % 3}`, 4],
    ['have no end', (n: number) => `c${n}`, 10_000],
  ])('that %s are given up', async (_what, next, most) => {
    const { asked, ask } = asking(next);
    await expect(all(pagesOf(ask))).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
    expect(asked.length).toBeLessThanOrEqual(most);
  });
});

describe('of a gateway that leads back they are given up', () => {
  const ring = (page: object): ClientContext =>
    ({ store: createMemoryKeyStore(), door: { get: () => Promise.resolve({ ...page, next: 'MQ' }) } }) as unknown as ClientContext;

  it.each([
    ['exchanges', () => readExchanges(ring({ exchanges: [] }))],
    ['the inbox', () => all(inboxEntries(ring({ entries: [] })))],
    ['statements that the inbox tells of', () => readTold(ring({ entries: [] }))],
  ])('%s', async (_what, read) => {
    await expect(read()).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });
});
