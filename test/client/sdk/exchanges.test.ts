import { expect, it } from 'vitest';
import type { ClientContext } from '../../../client/sdk/context.js';
import { readExchanges } from '../../../client/sdk/exchanges.js';
import type { ExchangeSummary } from '../../../domain/wire/http-answers.js';

const summary = (n: number): ExchangeSummary => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  version: 1,
  type: 'FIU_REQUEST',
  profile: 'BVI_BILATERAL_FIU',
  state: 'SUBMITTED',
  requesting: 'NG-FIA',
  requestingType: 'FIU',
  requested: 'VG-FIX',
  requestedType: 'FIU',
  opening: 'A'.repeat(43),
  last: 'A'.repeat(43),
  openedAt: '2026-01-05T09:00:00.000Z',
  deliveredAt: null,
  clocks: [],
  parts: [],
  agreements: [],
});

/** A gateway with these pages, by cursor. */
const contextOf = (pages: Readonly<Record<string, { readonly exchanges: number[]; readonly next?: string }>>) => {
  const get = (path: string) => {
    const page = pages[new URL(path, 'http://x').searchParams.get('after') ?? '']!;
    return Promise.resolve({ ...page, exchanges: page.exchanges.map(summary) });
  };
  return { door: { get } } as unknown as ClientContext;
};

it('are read to the last page, so that no date of a later one is missed', async () => {
  const all = await readExchanges(
    contextOf({ '': { exchanges: [1, 2], next: 'a' }, a: { exchanges: [3], next: 'b' }, b: { exchanges: [] } }),
  );
  expect(all.map(({ id }) => Number(id.slice(-12)))).toEqual([1, 2, 3]);
});

it('are not read for ever: a page that leads back is no page', async () => {
  const ring = contextOf({ '': { exchanges: [1], next: 'a' }, a: { exchanges: [2], next: 'a' } });
  await expect(readExchanges(ring)).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
});
