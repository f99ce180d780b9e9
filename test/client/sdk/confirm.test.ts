/** An entry grows stale unless somebody confirms it, and turning a key is no confirmation. */
import { describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { concernsAbout, staleEntries } from '../../../client/sdk/concerns.js';
import { factsOf } from '../../../client/sdk/entry.js';
import { certain } from '../../../domain/result.js';
import { parseDeskId } from '../../../domain/ids.js';
import { DAY_MS, plusMs, type Instant } from '../../../domain/time.js';
import type { EntryPayload } from '../../../domain/wire/directory.js';
import { openTown, type Member } from './live-gateway.js';

const { fix, fia } = await openTown({ fix: ['VG-FIX', 'FIU'], fia: ['NG-FIA', 'FIU'] });

const entryOf = async ({ client }: Member): Promise<EntryPayload> => {
  const { directory } = await client.directory(true);
  const entry = directory.authorities.get(client.authority)?.entry;
  if (!entry) throw new Error('no entry');
  return entry;
};
const inDays = (days: number): Instant => plusMs(clock.now(), days * DAY_MS);

describe('an entry', () => {
  it('says who confirmed it and when, and a turned key leaves that as it was', async () => {
    const first = await entryOf(fix);
    expect(first).toMatchObject({ seq: 1, confirmedBy: 'o.1', lastConfirmedAt: first.at });
    await fix.client.turnDeskKey();
    const turned = await entryOf(fix);
    expect(turned).toMatchObject({ seq: 2, confirmedBy: 'o.1', lastConfirmedAt: first.at });
  });

  it('is confirmed as it stands: all it says again, with a new place and a new day', async () => {
    const before = await entryOf(fix);
    await fix.client.confirmEntry();
    const after = await entryOf(fix);
    const { id: _a, at: _b, seq: _c, lastConfirmedAt: was, validUntil: _d, officers: _e, ...said } = before;
    expect(after).toMatchObject({ ...said, seq: 3 });
    expect(after.lastConfirmedAt).toBeGreaterThan(was!);
  });

  it('is stale after twelve months, of which a sender is warned and nothing is refused', async () => {
    const view = await fia.client.directory(true);
    const [from, to] = [fia.client.authority, fix.client.authority];
    const about = { from, fromType: 'FIU', to, toType: 'FIU', profile: 'BVI_BILATERAL_FIU' } as const;
    expect(concernsAbout(view, about, inDays(364))).toEqual([]);
    expect(concernsAbout(view, about, inDays(366))).toMatchObject([{ code: 'ENTRY_STALE' }]);
    expect((await entryOf(fix)).validUntil).toBeGreaterThan(inDays(366));
    expect(await fia.client.concernsAbout(about)).toEqual([]);
  });

  it('is on the operator’s list once it is stale, the longest silent first, and before that where it is asked', async () => {
    const view = await fia.client.directory(true);
    expect(staleEntries(view, clock.now(), 0)).toEqual([]);
    const rows = staleEntries(view, inDays(370), 0);
    expect(rows.map(({ authority, isStale }) => [authority, isStale])).toEqual([
      ['NG-FIA', true],
      ['VG-FIX', true],
    ]);
    expect(staleEntries(view, inDays(300), 100 * DAY_MS).map(({ isStale }) => isStale)).toEqual([false, false]);
    expect(await fia.client.staleEntries()).toEqual([]);
  });

  it('is on that list, too, where nobody can write to its desk, or will not be able to in the time asked', async () => {
    await fix.client.confirmEntry();
    const view = await fia.client.directory(true);
    const rows = (days: number, within: number) =>
      staleEntries(view, inDays(days), within * DAY_MS).map(({ authority, isStale, ends }) => [
        authority,
        isStale,
        ends.map(({ of, name, hasEnded }) => [of, name, hasEnded]),
      ]);
    expect(rows(89, 0)).toEqual([]);
    expect(rows(89, 30)).toEqual(['NG-FIA', 'VG-FIX'].map((authority) => [authority, false, [['DESK', 'INTAKE', false]]]));
    expect(rows(91, 0)).toEqual(['NG-FIA', 'VG-FIX'].map((authority) => [authority, false, [['DESK', 'INTAKE', true]]]));
    // officers are the authority’s own matter
    expect(rows(370, 0).flat(2)).not.toContain('o.1');
  });

  it('is not confirmed from a key store that holds other desks than it lists', async () => {
    const mla = certain(parseDeskId('MLA'));
    await fia.client.addDesk(mla, ['age-pq-1']);
    await expect(fia.client.confirmEntry()).rejects.toMatchObject({ code: 'ENTRY_DIFFERS' });
    await expect(fia.client.addDesk(mla, ['age-pq-1'])).rejects.toMatchObject({ code: 'DESK_EXISTS' });
  });

  it('gives each desk the types that it serves', async () => {
    const facts = factsOf(await entryOf(fia), 'o.1');
    await fia.client.publishEntry({ ...facts, desks: { INTAKE: ['FIU'], MLA: ['FIU'] } });
    expect((await entryOf(fia)).desks.map(({ desk, types }) => [desk, types])).toEqual([
      ['INTAKE', ['FIU']],
      ['MLA', ['FIU']],
    ]);
  });
});
