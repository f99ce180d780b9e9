import { expect, it } from 'vitest';
import { wallTime, zoneOf } from '../../../client/cli/wall-time.js';
import { readAuthority, readInstant, type DirectoryView } from '../../../client/sdk/index.js';

it('a due time is told as the wall there shows it, with its zone', () => {
  const due = readInstant('2026-12-04T22:59:59Z');
  expect(wallTime(due, 'Africa/Lagos')).toBe('2026-12-04 23:59 Africa/Lagos');
  expect(wallTime(due, 'UTC')).toBe('2026-12-04 22:59 UTC');
  // the gateway names it: what is no zone here is no reason to tell nothing
  expect(wallTime(due, 'Atlantis/Capital')).toBe('2026-12-04 22:59 UTC');
});

it('the zone is that of the entry, and UTC where there is none', () => {
  const code = readAuthority('NG-FIA');
  const zone = (entry: object | null) =>
    zoneOf({ directory: { authorities: new Map([[code, { entry }]]) } } as unknown as DirectoryView, code);
  expect(zone({ timeZone: 'Africa/Lagos' })).toBe('Africa/Lagos');
  expect(zone(null)).toBe('UTC');
});
