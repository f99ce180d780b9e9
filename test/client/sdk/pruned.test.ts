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

it('calls an event hidden that no leaf accounts for', () => {
  const events = [said('PRUNE', 'LEAVES 0 TO 255')];
  const hidden = (at: number) =>
    eventsAgainst([entry(at), entry(900)], { events, index: 901 }, 900).map(({ check, index }) => [check, index]);
  expect(hidden(255)).toEqual([]);
  expect(hidden(256)).toEqual([['EVENT_HIDDEN', 256]]);
});
