/** One leaf that is damaged holds up the pruning of none behind it. */
import { expect, it } from 'vitest';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import { Failure } from '../../domain/failure.js';
import { RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS } from '../../domain/time.js';
import { eventRow } from '../../gateway/rows/bare-row.js';
import { ORIGIN } from '../support/actors.js';
import { answered } from '../support/answered.js';
import { work } from '../support/retained.js';
import { createWorld } from '../support/world.js';

const DAMAGED = 100;

it('is named to the operator without its content, and stays', async () => {
  const { store: kept, ...world } = createWorld(341);
  const damaged = (leaf: StoredLeaf): StoredLeaf =>
    leaf.index === DAMAGED ? { ...leaf, views: leaf.views.map((view) => ({ ...view, event: Buffer.from('{"purpose":secret') })) } : leaf;
  const store: Store = { ...kept, leaves: async (from, to) => (await kept.leaves(from, to)).map(damaged) };
  const told: unknown[] = [];
  const scene = await answered(341, {}, { store, blobs: world.blobs, onFailure: (error) => told.push(error) });
  const { walk, fia } = scene;
  const { clock, chance } = scene.world;
  const happening = { log: ORIGIN, at: clock.now(), outcome: 'DONE' as const, correlation: 'old', statement: null, policy: null };
  const actor = { authority: fia.id, officer: null, role: null };
  for (let batch = 0; batch < 12; batch += 1) {
    const logins = Array.from({ length: 50 }, () =>
      eventRow(
        { ...happening, actor, rules: [], codes: [] },
        { action: 'LOGIN', parties: [fia.id], originators: [] },
        { stage: 'accepted' },
        chance,
      ),
    );
    await kept.commitBatch(logins, clock.now());
  }
  await walk.publishCheckpoint();
  clock.advance(yearsAfter(clock.now(), RETENTION.auditYearsMax) - clock.now());
  await walk.takeAway();
  await walk.publishCheckpoint();
  clock.advance(DAY_MS);
  await work(scene);
  const spoken = (await kept.leaves(0, 512)).filter(({ views }) => views.length > 0);
  expect(spoken.map(({ index }) => index)).toEqual([DAMAGED]);
  expect(told.length).toBeGreaterThan(0);
  for (const error of told) {
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).cause).toBeUndefined();
    expect((error as Failure).message).toContain(`leaf ${DAMAGED} `);
    expect((error as Failure).message).not.toContain('secret');
  }
});
