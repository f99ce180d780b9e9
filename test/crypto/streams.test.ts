import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash } from '../../crypto/merkle.js';
import { createTree } from '../../crypto/merkle/tree.js';
import { GENESIS_HEAD, headAfter, nextHead, recomputeHeads, type StreamEntry, type StreamLink } from '../../crypto/streams.js';
import { mth, sha256 } from './merkle/model.js';

const view = (n: number): Uint8Array => sha256(Uint8Array.of(n & 255, n >> 8));
const entriesAt = (...indexes: number[]): StreamEntry[] => indexes.map((index) => ({ index, viewHash: view(index) }));

describe('a stream head', () => {
  it('binds the head before and the news of the epoch', () => {
    expect(nextHead(GENESIS_HEAD, [view(1), view(2)])).toEqual(sha256(Uint8Array.of(2), new Uint8Array(32), mth([view(1), view(2)])));
  });

  it('stays as it is without news', () => {
    const head = nextHead(GENESIS_HEAD, [view(1)]);
    expect(nextHead(head, [])).toBe(head);
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

describe('a stream recomputed', () => {
  it('counts what lies between upTo and the epoch leaf to the next epoch', () => {
    // epoch leaves stand at 3 and 6; index 2 was committed after the first epoch was cut at 1
    const [first, second, third] = recomputeHeads(entriesAt(0, 1, 2, 5, 8), [1, 5, 7]);
    expect(first).toEqual(nextHead(GENESIS_HEAD, [view(0), view(1)]));
    expect(second).toEqual(nextHead(first!, [view(2), view(5)]));
    expect(third).toEqual(second);
  });

  it('is the same as the stream that grew epoch by epoch', () => {
    const arbHistory = fc.record({
      indexes: fc.uniqueArray(fc.nat(500), { maxLength: 60 }).map((list) => list.toSorted((a, b) => a - b)),
      upTos: fc.array(fc.nat(500), { maxLength: 12 }).map((list) => list.toSorted((a, b) => a - b)),
    });
    fc.assert(
      fc.property(arbHistory, ({ indexes, upTos }) => {
        let head = new Uint8Array(32);
        const grown = upTos.map((upTo, epoch) => {
          const after = upTos[epoch - 1] ?? -1;
          const news = indexes.filter((index) => index > after && index <= upTo).map(view);
          if (news.length > 0) head = new Uint8Array(sha256(Uint8Array.of(2), head, mth(news)));
          return head;
        });
        expect(recomputeHeads(entriesAt(...indexes), upTos)).toEqual(grown);
      }),
    );
  });

  it('changes from the epoch on in which one entry is left out, altered or moved to another epoch', () => {
    const upTos = [9, 19, 29];
    const honest = recomputeHeads(entriesAt(3, 12, 15, 25), upTos);
    const lies = [
      entriesAt(3, 12, 25),
      entriesAt(3, 12, 15, 25).map((entry) => (entry.index === 15 ? { ...entry, viewHash: view(99) } : entry)),
      entriesAt(3, 12, 15, 25).map((entry) => (entry.index === 15 ? { ...entry, index: 20 } : entry)),
    ];
    for (const lie of lies) {
      const heads = recomputeHeads(lie, upTos);
      expect(heads[0]).toEqual(honest[0]);
      expect(heads[1]).not.toEqual(honest[1]);
      expect(heads[2]).not.toEqual(honest[2]);
    }
  });

  it('is not made from entries or epochs out of order', () => {
    expect(() => recomputeHeads(entriesAt(2, 1), [5])).toThrow(RangeError);
    expect(() => recomputeHeads(entriesAt(1, 1), [5])).toThrow(RangeError);
    expect(() => recomputeHeads(entriesAt(1), [5, 4])).toThrow(RangeError);
    expect(recomputeHeads(entriesAt(1), [5, 5])).toHaveLength(2);
  });
});
