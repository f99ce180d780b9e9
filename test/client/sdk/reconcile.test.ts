import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certain } from '../../../domain/result.js';
import { parseInstant } from '../../../domain/time.js';
import type { AuthorityId } from '../../../domain/ids.js';
import { openTown, type Json, type Town } from '../../adversary/town.js';

let town: Town;
let [ch, ee]: [Town['owner']['client'], Town['reader']['client']] = [undefined!, undefined!];
beforeAll(async () => {
  town = await openTown();
  [ch, ee] = [town.owner.client, town.reader.client];
  await town.note();
  await town.note();
  await town.published();
});
afterAll(() => town.gateway.running.drain());

const exported = async (from = ch, to: AuthorityId = ee.authority, period = {}): Promise<Json> => {
  await town.published();
  return JSON.parse(JSON.stringify(await from.exportReconciliation(to, period))) as Json;
};
const comparing = (file: unknown) =>
  ee.compareReconciliation(file).then(
    () => 'COMPARED',
    ({ code }: { code: string }) => code,
  );

describe('two authorities that reconcile', () => {
  it('find the same from either side, and the file names no statement', async () => {
    const file = await exported();
    expect(await ee.compareReconciliation(file)).toMatchObject({
      with: 'CH-FIN',
      agrees: true,
      sent: { both: 0, onlyHere: [], onlyThere: 0 },
      received: { both: 2, onlyHere: [], onlyThere: 0 },
    });
    const back = await exported(ee, ch.authority);
    expect(await ch.compareReconciliation(back)).toMatchObject({ agrees: true, sent: { both: 2 } });
    const named = (await ch.auditEvents()).flatMap(({ event }) => event.object.statement ?? []);
    expect(named).not.toEqual([]);
    expect(named.filter((statement) => JSON.stringify(file).includes(statement))).toEqual([]);
  });

  it('make files that cannot be joined: another key each time', async () => {
    const [one, other] = [await exported(), await exported()];
    expect(one['salt']).not.toBe(other['salt']);
    expect((one['sent'] as string[]).filter((mac) => (other['sent'] as string[]).includes(mac))).toEqual([]);
  });

  it('see what is missing: by name where they have it, by number where they have not', async () => {
    const file = await exported();
    const sent = file['sent'] as string[];
    const less = await ee.compareReconciliation({ ...file, sent: sent.slice(1) });
    expect(less).toMatchObject({ agrees: false, received: { both: 1, onlyThere: 0 } });
    expect(less.received.onlyHere).toMatchObject([{ statement: expect.stringMatching(/^[\w-]{43}$/) as string }]);
    const more = await ee.compareReconciliation({ ...file, received: ['A'.repeat(43)] });
    expect(more).toMatchObject({ agrees: false, sent: { both: 0, onlyHere: [], onlyThere: 1 } });
  });

  it('compare a period where one is asked for', async () => {
    const { at } = (await ch.auditEvents()).filter(({ event }) => event.action === 'SEND').at(-1)!.event;
    const file = await exported(ch, ee.authority, { from: certain(parseInstant(at)) });
    expect((file['sent'] as string[]).length).toBe(1);
    expect(await ee.compareReconciliation(file)).toMatchObject({ agrees: true, received: { both: 1 } });
  });

  it('take no file of another log, for another authority, of another shape, or with a checkpoint that nobody signed', async () => {
    const file = await exported();
    for (const wrong of [{ ...file, log: 'other.test/log' }, { ...file, with: 'CH-FIN' }, { ...file, odd: 1 }, 'no file'])
      expect(await comparing(wrong)).toBe('RECONCILIATION_MALFORMED');
    expect(await comparing({ ...file, checkpoint: String(file['checkpoint']).replace('parley.test', 'parley.fest') })).toBe(
      'CHECKPOINT_NOT_TRUSTED',
    );
    expect(await comparing({ ...file, upTo: 1_000_000 })).toBe('RECONCILIATION_NEWER');
  });

  it('are not misled by a stream that is not proved: there is no list then', async () => {
    const owner = await town.again(town.owner);
    town.lies.answer = { path: '/v1/audit/events', change: (answer) => ({ ...answer, events: (answer['events'] as Json[]).slice(1) }) };
    try {
      await expect(owner.client.exportReconciliation(ee.authority, {})).rejects.toMatchObject({ code: 'STREAM_NOT_PROVED' });
    } finally {
      town.lies.answer = null;
    }
  });
});
