/** A log is read while it grows: a checkpoint that comes meanwhile shows nothing twice, or whoever reads would call it a gateway that lies. */
import { expect, it } from 'vitest';
import type { Store } from '../../../domain/ports.js';
import { createAuditReader } from '../../../gateway/read/audit-events.js';
import { answered } from '../../support/answered.js';

it('gives each event once, in order, where a checkpoint comes between two looks', async () => {
  const { store, walk, fia } = await answered(941);
  await walk.publishCheckpoint();
  await walk.deliverDue();
  const whole = await createAuditReader(store).page({ of: fia.id, from: null, to: null }, 0, 100);
  let isPublished = false;
  const meanwhile: Store = {
    ...store,
    async streamEntries(...asked) {
      if (!isPublished) await walk.publishCheckpoint();
      isPublished = true;
      return store.streamEntries(...asked);
    },
  };
  const { events } = await createAuditReader(meanwhile).page({ of: fia.id, from: null, to: null }, 0, 100);
  expect(events.map(({ index }) => index)).toEqual(whole.events.map(({ index }) => index));
});
