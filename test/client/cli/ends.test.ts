/** What of one's own entry ends by time alone is said before it does, with what to do. */
import { expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import { ownEndings, readAuthority } from '../../../client/sdk/index.js';
import { systemClock } from '../../../client/cli/clock-system.js';
import { designated, FIA, NOW } from '../../support/facts.js';
import { openTerminal } from './terminal.js';

const { terminal } = await openTerminal({ 'NG-FIA': 'FIU' });

it('the status says whose term ends within thirty days, and which command prolongs it', async () => {
  expect(await terminal.parley<object>('ng-fia', 'status')).toMatchObject({ ends: [] });
  const root = (await terminal.parley<{ authorities: { root: string }[] }>('ng-fia', 'directory')).authorities[0]!.root;
  const card = terminal.path('card.json');
  await terminal.parley('o2', 'officer', 'new', '--authority', 'NG-FIA', '--officer', 'o.2', '--root', root, '--out', card);
  const admits = (until: string) =>
    terminal.parley('ng-fia', 'officer', 'admit', card, '--role', 'OFFICER', '--desk', 'INTAKE', '--until', until, '--yes');
  await admits('29d');
  expect(await terminal.shows('ng-fia', 'status')).toMatch(/The term of o\.2 ends 2.*parley officer admit/s);
  // the same card again
  await admits('40d');
  expect(await terminal.parley<object>('ng-fia', 'status')).toMatchObject({ ends: [] });
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
  for (const at of [0, 31 * DAY_MS]) expect(view(at)).toEqual([{ of: 'DESK', name: 'INTAKE', until: formatInstant(until) }]);
  expect(ownEndings({ directory: { authorities: new Map() } as never }, readAuthority('NG-FIA'), systemClock.now())).toEqual([]);
});
