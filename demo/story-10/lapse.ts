/** Story 10(f): a clearance lapses, and with it the reading of what was open yesterday. */
import type { Stage } from '../stage.js';
import type { Given } from './exchange.js';
import { DAY } from './facts.js';
import { joins } from './people.js';

export async function triesAfterLapse(stage: Stage, { item, via }: Given): Promise<void> {
  const seat = { roles: ['OFFICER'], desks: ['INTAKE'] } as const;
  const card = await joins(stage, 'AE-O2', 'AE-EXT', 'o-2', { ...seat, clearance: 'RESTRICTED' });
  await stage.does('AE-O2', 'fetchKeys', {});
  const read = await stage.does('AE-O2', 'open', { item, via, purpose: 'EXTRADITION' });
  stage.tell(
    { mark: '', who: 'AE-EXT', whom: 'directory', what: 'lists a second officer, o-2, cleared for RESTRICTED, who reads item 1.' },
    [`leaf ${read.index}: the desk’s secret was wrapped to the officer’s own key, by the authority and not by the gateway`],
  );
  await stage.toDay(DAY.lapse);
  const index = await stage.does('AE-EXT', 'admit', { ...seat, card, clearance: 'OFFICIAL' });
  stage.tell(
    { mark: '', who: 'AE-EXT', whom: 'directory', what: 'lists o-2 with OFFICIAL from now on: the clearance for more has lapsed.' },
    [`a new entry, signed by the root: leaf ${index}`],
  );
  await stage.isRefused(
    'f',
    { mark: '(f)', who: 'AE-O2', whom: 'item 1', what: 'opens the same RESTRICTED item once more, after the clearance lapsed.' },
    'open',
    { item, via, purpose: 'EXTRADITION' },
  );
}
