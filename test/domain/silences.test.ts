/** When an authority was suspended, by the log, and what two of them make of an exchange. */
import { expect, it } from 'vitest';
import { joined, suspensionsOf } from '../../domain/silences.js';
import { instantFromMs } from '../../domain/time.js';
import { authority } from '../support/ids.js';

const [FIA, FIX] = [authority('NG-FIA'), authority('VG-FIX')];
const at = (ms: number) => instantFromMs(ms);
const said = (who: typeof FIA, status: 'ACTIVE' | 'SUSPENDED' | 'OBSERVER', since: number) => ({
  payload: { authority: who, status, at: at(1) },
  since: at(since),
});

it('are from a suspension to whatever says something else, however often each is said', () => {
  const all = suspensionsOf([
    said(FIA, 'ACTIVE', 10),
    said(FIX, 'SUSPENDED', 15),
    said(FIA, 'SUSPENDED', 20),
    said(FIA, 'SUSPENDED', 25),
    said(FIA, 'OBSERVER', 30),
    said(FIA, 'ACTIVE', 35),
    said(FIA, 'SUSPENDED', 40),
  ]);
  expect(all.get(FIA)).toEqual([
    { from: at(20), to: at(30) },
    { from: at(40), to: null },
  ]);
  expect(all.get(FIX)).toEqual([{ from: at(15), to: null }]);
});

it('are by its own date where no log says when it came into force', () => {
  expect(suspensionsOf([{ payload: { authority: FIA, status: 'SUSPENDED', at: at(7) } }]).get(FIA)).toEqual([{ from: at(7), to: null }]);
});

it('are one where they overlap or touch, in the order of time', () => {
  const spans = (...all: [number, number | null][]) => all.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));
  expect(joined([])).toEqual([]);
  expect(joined(spans([50, 60], [10, 20], [15, 30], [30, 40], [32, 35]))).toEqual(spans([10, 40], [50, 60]));
  expect(joined(spans([10, null], [15, 30], [40, null]))).toEqual(spans([10, null]));
  expect(joined(spans([10, 20], [15, null]))).toEqual(spans([10, null]));
});
