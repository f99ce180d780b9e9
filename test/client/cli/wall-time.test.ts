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

it('an hour that the wall shows twice is told apart, and no other', () => {
  const at = (text: string, zone: string) => wallTime(readInstant(text), zone);
  expect(at('2026-10-25T00:30:00Z', 'Europe/Vienna')).toBe('2026-10-25 02:30 (UTC+02:00) Europe/Vienna');
  expect(at('2026-10-25T01:30:00Z', 'Europe/Vienna')).toBe('2026-10-25 02:30 (UTC+01:00) Europe/Vienna');
  expect(at('2026-10-25T02:00:00Z', 'Europe/Vienna')).toBe('2026-10-25 03:00 Europe/Vienna');
  expect(at('2026-10-24T23:59:00Z', 'Europe/Vienna')).toBe('2026-10-25 01:59 Europe/Vienna');
  expect(at('2026-03-29T01:30:00Z', 'Europe/Vienna')).toBe('2026-03-29 03:30 Europe/Vienna');
  expect(at('2026-10-25T01:30:00Z', 'Europe/London')).toBe('2026-10-25 01:30 (UTC+00:00) Europe/London');
  // by half an hour there
  expect(at('2026-04-04T15:15:00Z', 'Australia/Lord_Howe')).toBe('2026-04-05 01:45 (UTC+10:30) Australia/Lord_Howe');
});

it('the zone is that of the entry, and UTC where there is none', () => {
  const code = readAuthority('NG-FIA');
  const zone = (entry: object | null) =>
    zoneOf({ directory: { authorities: new Map([[code, { entry }]]) } } as unknown as DirectoryView, code);
  expect(zone({ timeZone: 'Africa/Lagos' })).toBe('Africa/Lagos');
  expect(zone(null)).toBe('UTC');
});
