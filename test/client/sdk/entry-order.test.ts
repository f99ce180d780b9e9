/** Which own entries an epoch may bind, over changes of root and new comparisons. */
import { describe, expect, it } from 'vitest';
import { judgeEntries, type OwnEntries } from '../../../client/sdk/entry-order.js';
import type { RootTerm } from '../../../domain/roots.js';
import { DAY_MS, MINUTE_MS, plusMs, type Instant } from '../../../domain/time.js';
import { NOW } from '../../support/facts.js';

const term = (kid: string, replacedAt: Instant | null): RootTerm =>
  ({ authority: 'NG-FIA', kid, publicKey: null, after: 0, through: Infinity, changedAt: null, replacedAt }) as unknown as RootTerm;
const seen = new Map(['a1', 'a2', 'b3', 'c1', 'c2'].map((name) => [name, { root: name[0]!, seq: Number(name[1]) }]));
/** a named b; both gave way to c a day ago */
const GONE = plusMs(NOW, -DAY_MS);
const TERMS = [term('a', GONE), term('b', GONE), term('c', null)];
const LINE = [term('a', null), term('b', null)];
const signedAs = (...digests: string[]) => digests.map((digest, i) => ({ digest, seq: seen.get(digest)!.seq, index: 10 * i }));

/** Epochs that bind these, one after the other, each ten places after the one before. */
function judge(entries: readonly (string | null)[], own: Partial<OwnEntries> = {}, before = { seq: 0, root: null as string | null }) {
  const opened = entries.map((entry, i) => ({ epoch: { n: i + 1 }, index: 10 * i + 5, entry }));
  const { misfits, reached } = judgeEntries(opened, before, { seen, signed: [], terms: TERMS, ...own }, NOW);
  return { alarms: misfits.map(({ check, epoch }) => `${check} ${epoch}`), reached };
}

describe('own entries in the map of each epoch', () => {
  it('rise along a line of roots, whichever of them signed', () => {
    expect(judge(['a1', 'a2', 'b3'], { terms: LINE })).toEqual({ alarms: [], reached: { seq: 3, root: 'b' } });
    expect(judge(['b3', 'a2', 'x', null], { terms: LINE }).alarms).toEqual(['ENTRY_ROLLED_BACK 2', 'ENTRY_UNKNOWN 3', 'ENTRY_MISSING 4']);
    expect(judge(['a2'], { terms: LINE }, { seq: 3, root: 'b' }).alarms).toEqual(['ENTRY_ROLLED_BACK 1']);
    // kept by a client that did not keep whose it was
    expect(judge(['a2'], { terms: LINE }, { seq: 3, root: null }).alarms).toEqual(['ENTRY_ROLLED_BACK 1']);
  });

  it('begin, for an officer who came later and signed none, with the first one that it knows', () => {
    expect(judge(['x', 'y', 'a1', 'a2'], { terms: LINE })).toEqual({ alarms: [], reached: { seq: 2, root: 'a' } });
    expect(judge(['a1', 'x', 'a2'], { terms: LINE }).alarms).toEqual(['ENTRY_UNKNOWN 2']);
    expect(judge(['x', 'a1'], { terms: LINE, signed: signedAs('a1') }).alarms).toEqual(['ENTRY_UNKNOWN 1']);
    expect(judge(['x', 'a2'], { terms: LINE }, { seq: 1, root: 'a' }).alarms).toEqual(['ENTRY_UNKNOWN 1']);
    expect(judge(['x', 'y'], { terms: LINE }).alarms).toEqual(['ENTRY_UNKNOWN 1', 'ENTRY_UNKNOWN 2']);
    // whoever saw the line before saw this one begin, in the same look or an earlier one
    expect(judge(['b3', null, 'x', 'c1']).alarms).toEqual(['ENTRY_UNKNOWN 3']);
    expect(judge([null, 'x', 'c1'], {}, { seq: 3, root: 'b' }).alarms).toEqual(['ENTRY_UNKNOWN 2']);
    expect(judge(['x', 'c1'], {}, judge(['b3', null]).reached).alarms).toEqual(['ENTRY_UNKNOWN 1']);
  });

  it('begin anew with a root that was compared anew: neither a lower number nor none in between is an alarm', () => {
    expect(judge(['a1', 'b3', null, 'c1', 'c2'])).toEqual({ alarms: [], reached: { seq: 2, root: 'c' } });
    expect(judge([null, 'c1'], {}, { seq: 3, root: 'b' })).toEqual({ alarms: [], reached: { seq: 1, root: 'c' } });
    expect(judge([null, null, 'c1'], {}, { seq: 3, root: 'b' })).toEqual({ alarms: [], reached: { seq: 1, root: 'c' } });
    // one look over all of it, from before the authority's first entry on
    expect(judge([null, null, 'a1', 'b3', null, 'c1'])).toEqual({ alarms: [], reached: { seq: 1, root: 'c' } });
    const twice = [term('a', plusMs(GONE, -DAY_MS)), term('b', GONE), term('c', null)];
    expect(judge(['a1', null, 'b3', null, 'c1'], { terms: twice })).toEqual({ alarms: [], reached: { seq: 1, root: 'c' } });
    expect(judge(['a1', null, 'a2'], { terms: twice }).alarms).toEqual(['ENTRY_ROLLED_BACK 3']);
    expect(judge([null, null])).toEqual({ alarms: [], reached: { seq: 0, root: null } });
  });

  it('are never again those of a root that gave way', () => {
    expect(judge(['c1', 'b3', 'c1']).alarms).toEqual(['ENTRY_ROLLED_BACK 2']);
    expect(judge([null, 'b3', 'c1'], {}, { seq: 3, root: 'b' }).alarms).toEqual(['ENTRY_ROLLED_BACK 2']);
    expect(judge(['b3', 'c1'], {}, { seq: 1, root: 'c' }).alarms).toEqual(['ENTRY_ROLLED_BACK 1']);
    expect(judge(['c1', null]).alarms).toEqual(['ENTRY_MISSING 2']);
  });

  it('are not those of such a root for long, even where no other was bound yet', () => {
    expect(judge(['a1', 'b3']).alarms).toEqual(['ENTRY_ROLLED_BACK 2']);
    const minutes = [term('a', plusMs(NOW, -9 * MINUTE_MS)), term('b', plusMs(NOW, -9 * MINUTE_MS)), term('c', null)];
    expect(judge(['a1', 'b3'], { terms: minutes }).alarms).toEqual([]);
  });

  it('are those that were signed here, by the root of now', () => {
    expect(judge(['a1', 'a1'], { terms: LINE, signed: signedAs('a1', 'a2') }).alarms).toEqual(['ENTRY_ROLLED_BACK 2']);
    expect(judge(['a1', 'b3'], { terms: LINE, signed: signedAs('a1') }).alarms).toEqual(['ENTRY_NOT_SIGNED_HERE 2']);
    expect(judge(['c1', 'b3', 'c1'], { signed: signedAs('c1') }).alarms).toEqual(['ENTRY_ROLLED_BACK 2']);
    // where the old root was at hand, and the new one is not
    expect(judge(['a1', null, 'c1', 'c2'], { signed: signedAs('a1', 'b3') }).alarms).toEqual([]);
    expect(judge(['a1', 'b3', 'c1', 'c2'], { signed: signedAs('a1', 'b3', 'c1') }).alarms).toEqual(['ENTRY_NOT_SIGNED_HERE 4']);
  });

  it('are ordered by number where no root is known: an alarm is open, and says so itself', () => {
    expect(judge(['a2', 'b3', 'a1', null], { terms: [] }).alarms).toEqual(['ENTRY_ROLLED_BACK 3', 'ENTRY_MISSING 4']);
  });
});
