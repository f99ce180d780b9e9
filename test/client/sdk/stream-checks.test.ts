/** What contradicts a stream, each by itself: its order, the epochs that its entries are counted to, and the events that were shown. */
import { describe, expect, it } from 'vitest';
import type { AuditRead } from '../../../client/sdk/audit.js';
import type { EpochPlace } from '../../../client/sdk/log-leaves.js';
import { eventsAgainst, headAt, orderOf } from '../../../client/sdk/stream-checks.js';
import { isSameHash } from '../../../crypto/merkle.js';
import { EMPTY_FRONTIER } from '../../../crypto/merkle/append.js';
import { digest } from '../../support/ids.js';

const entry = (index: number, n = 1) => ({ index, n, viewHash: digest(`h${index}`) });
const epoch = (n: number, upTo: number): EpochPlace => ({ n, upTo, index: upTo + 1, slots: 2, mapRoot: new Uint8Array(32) });

describe('the entries of a stream', () => {
  const epochs = [epoch(1, 10), epoch(2, 20)];
  const placesOf = (entries: readonly (readonly [index: number, n: number])[], n = 0, upTo = -1) =>
    orderOf(
      entries.map(([index, of]) => entry(index, of)),
      epochs.slice(n),
      { n, upTo, frontier: EMPTY_FRONTIER },
    ).map(({ check, index }) => [check, index]);

  it('stand in the order of the log, each counted to the epoch that covers its leaf', () => {
    const whole = [
      [0, 1],
      [10, 1],
      [12, 2],
      [20, 2],
    ] as const;
    expect(placesOf(whole)).toEqual([]);
    expect(placesOf(whole, 1, 10)).toEqual([]);
  });

  it.each([
    ['twice', [3, 1], [3, 1]],
    ['before the one that it follows', [5, 1], [3, 1]],
    ['counted to a later epoch', [3, 1], [10, 2]],
    ['counted to an earlier epoch', [3, 1], [12, 1]],
    ['that no epoch covers', [3, 1], [21, 2]],
  ] as const)('are out of order with one %s', (_, first, second) => {
    expect(placesOf([first, second])).toEqual([['STREAM_ORDER', second[0]]]);
  });

  it('are out of order where one that was proved before is counted to an epoch that came after', () => {
    expect(placesOf([[3, 2]], 1, 10)).toEqual([['STREAM_ORDER', 3]]);
  });

  it('make the head of an epoch with those of that epoch, and with none of a later one', () => {
    const entries = [entry(3, 1), entry(12, 2)];
    expect(isSameHash(headAt(entries, 1), headAt(entries.slice(0, 1), 2))).toBe(true);
    expect(isSameHash(headAt(entries, 2), headAt(entries, 1))).toBe(false);
  });
});

describe('the events that were shown', () => {
  const shown = (index: number): AuditRead =>
    ({
      index,
      leaf: '',
      viewHash: digest(`h${index}`),
      event: { action: 'RELEASE', actor: { authority: 'GATEWAY' } },
    }) as unknown as AuditRead;
  const checks = (entries: readonly number[], events: readonly number[], { upTo = 9, index = 20 } = {}) =>
    eventsAgainst(
      entries.map((at) => entry(at)),
      { events: events.map(shown), index } as Parameters<typeof eventsAgainst>[1],
      upTo,
    ).misfits.map((one) => [one.check, one.index]);

  it('stand in the stream up to where it is proved; what comes after may not yet', () => {
    expect(checks([1], [1, 9])).toEqual([['EVENT_UNBOUND', 9]]);
    expect(checks([1], [1, 10])).toEqual([]);
  });

  it('are all that stand in it before the reading; what was logged after it may be in none', () => {
    expect(checks([1, 19], [1], { upTo: 19 })).toEqual([['EVENT_HIDDEN', 19]]);
    expect(checks([1, 20], [1], { upTo: 20 })).toEqual([]);
  });
});
