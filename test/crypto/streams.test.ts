import { describe, expect, it } from 'vitest';
import { leafHash } from '../../crypto/merkle.js';
import { createTree } from '../../crypto/merkle/tree.js';
import { GENESIS_HEAD, headAfter, headOf, newsOf, nextHead, type StreamLink } from '../../crypto/streams.js';
import { mth, sha256 } from './merkle/model.js';

const view = (n: number): Uint8Array => sha256(Uint8Array.of(n & 255, n >> 8));

describe('a stream head', () => {
  it('binds the head before and the news of the epoch', () => {
    expect(nextHead(GENESIS_HEAD, [view(1), view(2)])).toEqual(sha256(Uint8Array.of(2), new Uint8Array(32), mth([view(1), view(2)])));
  });

  it('stays as it is without news', () => {
    const head = nextHead(GENESIS_HEAD, [view(1)]);
    expect(nextHead(head, [])).toBe(head);
  });

  it('is over its entries from the first on, one link an epoch', () => {
    const entries = [
      { n: 2, viewHash: view(1) },
      { n: 2, viewHash: view(2) },
      { n: 5, viewHash: view(3) },
    ];
    expect([...newsOf(entries)]).toEqual([
      [2, [view(1), view(2)]],
      [5, [view(3)]],
    ]);
    expect(headOf(entries)).toEqual(nextHead(nextHead(GENESIS_HEAD, [view(1), view(2)]), [view(3)]));
    expect(headOf([])).toEqual(GENESIS_HEAD);
  });
});

describe('one link of a stream, as a reader is shown it', () => {
  const news = [1, 2, 3, 4, 5].map(view);
  const before = nextHead(GENESIS_HEAD, [view(9)]);
  const link = (position: number, over: Partial<StreamLink> = {}): StreamLink => ({
    viewHash: news[position]!,
    position,
    of: news.length,
    path: createTree(news.map(leafHash)).path(position),
    before,
    ...over,
  });

  it('leads from each of the news to the same next head', () => {
    for (const at of news.keys()) expect(headAfter(link(at))).toEqual(nextHead(before, news));
  });

  it('leads elsewhere from another view, place or head before', () => {
    const lies = [{ viewHash: view(8) }, { position: 3 }, { before: GENESIS_HEAD }, { of: 4 }];
    for (const lie of lies) expect(headAfter(link(2, lie))).not.toEqual(nextHead(before, news));
  });

  it('leads nowhere by a path that is none, or from a head that is none', () => {
    const { path } = link(2);
    for (const lie of [{ path: path.slice(1) }, { path: [...path, view(1)] }, { position: 5 }, { before: new Uint8Array(31) }])
      expect(headAfter(link(2, lie))).toBeNull();
  });
});
