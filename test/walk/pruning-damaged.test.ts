/** One leaf that is damaged holds up the pruning of none behind it; a store that fails is no damaged leaf. */
import { expect, it } from 'vitest';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, Clock, Store, StoredLeaf } from '../../domain/ports.js';
import { Failure } from '../../domain/failure.js';
import { RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS } from '../../domain/time.js';
import { eventRow } from '../../gateway/rows/bare-row.js';
import { ORIGIN } from '../support/actors.js';
import { answered } from '../support/answered.js';
import { work } from '../support/retained.js';
import { createWorld } from '../support/world.js';

const DAMAGED = 100;

/** As many leaves of one authority as two blocks have. */
async function fill(store: Store, who: AuthorityId, clock: Clock, chance: Chance): Promise<void> {
  const happening = { log: ORIGIN, at: clock.now(), outcome: 'DONE' as const, correlation: 'old', statement: null, policy: null };
  const actor = { authority: who, officer: null, role: null };
  for (let batch = 0; batch < 12; batch += 1) {
    const logins = Array.from({ length: 50 }, () =>
      eventRow(
        { ...happening, actor, rules: [], codes: [] },
        { action: 'LOGIN', parties: [who], originators: [] },
        { stage: 'accepted' },
        chance,
      ),
    );
    await store.commitBatch(logins, clock.now());
  }
}

it('is named to the operator without its content, and stays', async () => {
  const { store: kept, ...world } = createWorld(341);
  const damaged = (leaf: StoredLeaf): StoredLeaf =>
    leaf.index === DAMAGED ? { ...leaf, views: leaf.views.map((view) => ({ ...view, event: Buffer.from('{"purpose":secret') })) } : leaf;
  const store: Store = { ...kept, leaves: async (from, to) => (await kept.leaves(from, to)).map(damaged) };
  const told: unknown[] = [];
  const scene = await answered(341, {}, { store, blobs: world.blobs, onFailure: (error) => told.push(error) });
  const { walk, fia } = scene;
  const { clock, chance } = scene.world;
  await fill(kept, fia.id, clock, chance);
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

it('is not what a leaf is called whose item the store cannot be asked about', async () => {
  const { store: kept, ...world } = createWorld(342);
  let isDown = false;
  const store: Store = {
    ...kept,
    linked: (kind, ...asked) => (isDown && kind === 'answer' ? Promise.reject(new RangeError('no answer')) : kept.linked(kind, ...asked)),
  };
  const told: unknown[] = [];
  const {
    walk,
    fia,
    world: { clock, chance },
  } = await answered(342, {}, { store, blobs: world.blobs, onFailure: (error) => told.push(error) });
  await fill(kept, fia.id, clock, chance);
  await walk.publishCheckpoint();
  clock.advance(yearsAfter(clock.now(), RETENTION.auditYearsMax) - clock.now());
  isDown = true;
  await expect(walk.takeAway()).rejects.toThrow('no answer');
  expect(told).toEqual([]);
});
