/** What of one's own entry ends by time alone is said before it does, with what to do. */
import { afterEach, expect, it, vi } from 'vitest';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../../domain/time.js';
import { ownEndings, readAuthority } from '../../../client/sdk/index.js';
import { systemClock } from '../../../client/cli/clock-system.js';
import { endingLine } from '../../../client/cli/ending-lines.js';
import { designated, FIA, NOW } from '../../support/facts.js';
import { openTerminal } from './terminal.js';

afterEach(() => void vi.useRealTimers());

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU' });

it('the status says whose term ends within thirty days, and which command prolongs it', async () => {
  expect(await terminal.parley<object>('ng-fia', 'status')).toMatchObject({ ends: [] });
  const root = (await terminal.parley<{ authorities: { root: string }[] }>('ng-fia', 'directory')).authorities[0]!.root;
  const card = terminal.path('card.json');
  await terminal.parley('o2', 'officer', 'new', '--authority', 'NG-FIA', '--officer', 'o.2', '--root', root, '--out', card);
  const admits = (until: string) =>
    terminal.parley('ng-fia', 'officer', 'admit', card, '--role', 'OFFICER', '--desk', 'INTAKE', '--until', until, '--yes');
  await admits('29d');
  for (const command of ['status', 'inbox'])
    expect(await terminal.shows('ng-fia', command)).toMatch(/The term of o\.2 ends 2.*parley officer prolong o\.2/s);
  // what a program reads of it is what came in, and nothing else
  expect(await terminal.parley<unknown>('ng-fia', 'inbox')).toEqual([]);
  await terminal.parley('ng-fia', 'officer', 'prolong', 'o.2', '--until', '40d');
  expect(await terminal.parley<object>('ng-fia', 'status')).toMatchObject({ ends: [] });
});

it('an entry is not called confirmed without saying that nobody can write to its desk, and what goes on', async () => {
  const ends = async () => (await terminal.parley<{ ends: object[] }>('ng-fia', 'entry', 'confirm')).ends;
  expect(await ends()).toEqual([]);
  vi.useFakeTimers({ toFake: ['Date'], now: plusMs(systemClock.now(), 65 * DAY_MS) });
  expect(await ends()).toContainEqual({ of: 'DESK', name: 'INTAKE', until: expect.any(String) as string, hasEnded: false });
  vi.setSystemTime(plusMs(systemClock.now(), 30 * DAY_MS));
  expect(await terminal.shows('ng-fia', 'entry', 'confirm')).toMatch(
    /confirmed.*The keys of INTAKE ended 2.*nobody can write.*parley keys turn/s,
  );
  await terminal.parley('ng-fia', 'keys', 'turn');
  expect(await ends()).not.toContainEqual(expect.objectContaining({ of: 'DESK' }));
});

it('a desk’s keys end as an officer’s term does, and what has ended is said still', () => {
  const entry = designated(FIA, ['FIU']).entry!;
  const until = plusMs(NOW, 30 * DAY_MS);
  const desks = [{ desk: 'INTAKE', until }];
  const view = (at: number) =>
    ownEndings(
      { directory: { authorities: new Map([[FIA, { ...designated(FIA, ['FIU']), entry: { ...entry, desks, officers: [] } }]]) } as never },
      FIA,
      plusMs(NOW, at),
    );
  expect(view(-1)).toEqual([]);
  for (const at of [0, 31 * DAY_MS])
    expect(view(at)).toEqual([{ of: 'DESK', name: 'INTAKE', until: formatInstant(until), hasEnded: at > 30 * DAY_MS }]);
  expect(ownEndings({ directory: { authorities: new Map() } as never }, readAuthority('NG-FIA'), systemClock.now())).toEqual([]);
});

it('an entry that ends before its desks and officers do is named itself', () => {
  const entry = designated(FIA, ['FIU']).entry!;
  const view = (validUntil: Instant) => ({
    directory: { authorities: new Map([[FIA, { ...designated(FIA, ['FIU']), entry: { ...entry, validUntil } }]]) } as never,
  });
  expect(ownEndings(view(plusMs(NOW, 31 * DAY_MS)), FIA, NOW)).toEqual([]);
  const soon = plusMs(NOW, 30 * DAY_MS);
  const ends = ownEndings(view(soon), FIA, NOW);
  expect(ends).toEqual([{ of: 'ENTRY', name: FIA, until: formatInstant(soon), hasEnded: false }]);
  expect(ends.map(endingLine).join()).toMatch(/The entry of \S+ ends 2.*parley entry confirm/);
});
