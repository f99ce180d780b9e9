/** What has done its work goes after its days, and not before them: `logins.test.ts` has what keeps a login from coming again. */
import { expect, it } from 'vitest';
import type { NewOutbox } from '../../domain/ports.js';
import { DAY_MS, HOUR_MS, plusMs } from '../../domain/time.js';
import { eventRow } from '../../gateway/rows/bare-row.js';
import { createActor, ORIGIN } from '../support/actors.js';
import { createTestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

it('a settled row stays a week, a clock’s while its exchange may come back to it, and a session a day from its end', async () => {
  const { world, store, walk } = createTestGateway(371);
  const { clock, chance } = world;
  const start = clock.now();
  const fia = createActor('NG-FIA', 'FIU', createChance(1));
  const work = (key: string, kind: NewOutbox['kind']): NewOutbox => ({
    ...{ key, kind, statement: null, exchange: null, addressee: null },
    due: start,
  });
  const actor = { authority: fia.id, officer: null, role: null };
  const happening = { log: ORIGIN, at: start, outcome: 'DONE' as const, correlation: 'old', actor, statement: null, policy: null };
  const sight = { action: 'LOGIN' as const, parties: [fia.id], originators: [] };
  const row = eventRow({ ...happening, rules: [], codes: [] }, sight, { stage: 'accepted' }, chance);
  await store.commitBatch([{ ...row, outbox: [work('carried', 'deliver'), work('rang', 'clock')] }], start);
  for (const { key, fence } of await store.claim(start, 1, 2)) expect(await store.retry(key, fence, start, true)).toBe(true);
  await store.putSession({ id: 'ended', authority: fia.id, officer: fia.caller.officer, key: chance.bytes(32), until: start });

  const goneBy: number[] = [];
  for (const day of [1, 7, 400])
    for (const ms of [-HOUR_MS, HOUR_MS]) {
      clock.advance(plusMs(start, day * DAY_MS + ms) - clock.now());
      goneBy.push(await walk.takeAway());
    }
  expect(goneBy).toEqual([0, 1, 0, 1, 0, 1]);
  expect(await store.session('ended')).toBeNull();
});
