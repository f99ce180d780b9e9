import { expect, it } from 'vitest';
import { prunedPlaces } from '../../../client/sdk/pruned.js';
import { eventsAgainst } from '../../../client/sdk/stream-checks.js';
import type { AuditRead } from '../../../client/sdk/audit.js';
import type { AuditEvent } from '../../../domain/audit-event.js';

const said = (action: AuditEvent['action'], basis: string, authority = 'GATEWAY'): AuditRead => ({
  index: 900,
  leaf: '',
  viewHash: 'h900',
  event: { action, basis, actor: { authority } } as AuditEvent,
});
const entry = (index: number) => ({ index, n: 1, viewHash: `h${index}` });

it('takes an event for erased only where the log itself says so, by range or by place', () => {
  const isPruned = prunedPlaces([said('PRUNE', 'LEAVES 0 TO 255'), said('PRUNE', 'LEAVES 300 411')]);
  expect([0, 255, 256, 300, 301, 411].map(isPruned)).toEqual([true, true, false, true, false, true]);
  const others = [
    said('ERASE', 'LEAVES 0 TO 9'),
    said('PRUNE', 'LEAVES 0 TO 9', 'VG-FIX'),
    said('PRUNE', 'something else'),
    said('PRUNE', ''),
  ];
  expect(prunedPlaces(others)(5)).toBe(false);
});

const shown = (index: number, viewHash = `h${index}`): AuditRead => ({ ...said('RELEASE', ''), index, viewHash });
const checks = (entries: readonly number[], events: readonly AuditRead[], upTo: number, readAt = 901) =>
  eventsAgainst(entries.map(entry), { events, index: readAt }, upTo).misfits.map(({ check, index }) => [check, index]);

it('calls an event hidden that no leaf accounts for, and counts those that one does', () => {
  const events = [said('PRUNE', 'LEAVES 0 TO 255')];
  expect(checks([255, 900], events, 900)).toEqual([]);
  expect(checks([256, 900], events, 900)).toEqual([['EVENT_HIDDEN', 256]]);
  expect(eventsAgainst([3, 4, 900].map(entry), { events, index: 901 }, 900).erased).toBe(2);
});

it('believes no erasure that the stream does not bind: neither one behind the last epoch, nor one with another text', () => {
  const invented: AuditRead = { ...said('PRUNE', 'LEAVES 0 TO 10'), index: 99, viewHash: 'invented' };
  expect(checks([1, 2], [shown(1), invented], 2, 100)).toEqual([['EVENT_HIDDEN', 2]]);
  expect(checks([1, 2, 99], [shown(1), invented], 99, 100)).toEqual([
    ['EVENT_ALTERED', 99],
    ['EVENT_HIDDEN', 2],
  ]);
});

it('looks at each event that was shown, however many stand at one place', () => {
  expect(checks([1, 2], [shown(1), shown(2, 'invented'), shown(2)], 2)).toEqual([
    ['EVENT_ALTERED', 2],
    ['EVENT_ORDER', 2],
  ]);
  expect(checks([1, 2], [shown(2), shown(1)], 2)).toEqual([['EVENT_ORDER', 1]]);
  expect(checks([1, 2], [shown(1), shown(2)], 2)).toEqual([]);
});

it('reads what a gateway says without an end of trying: only a whole number between spaces is a place', () => {
  const others = [
    said('PRUNE', `LEAVES ${'1'.repeat(200)}`),
    said('PRUNE', `LEAVES ${'1 '.repeat(80)}x`),
    said('PRUNE', `LEAVES ${'1'.repeat(36)}x`),
  ];
  expect(prunedPlaces(others)(1)).toBe(false);
});
