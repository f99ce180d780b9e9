/** No event goes before everybody can see that it was there, and that it will go. */
import { expect, it } from 'vitest';
import type { Store } from '../../domain/ports.js';
import { AGAIN_MS, RETENTION, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { OPERATOR } from '../support/actors.js';
import { answered } from '../support/answered.js';
import { makeAccess, makeDeletion, makeInability, makeLabel } from '../support/letters.js';
import { doneBy, logins, RETRACT, work } from '../support/retained.js';
import { createTestGateway, openWalk, walkConfig, type TestGateway } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

const retention = { ...RETENTION, auditYearsAfterErasure: 1 };
const config = { ...walkConfig(createTestGateway(1).operator), retention };

const years = ({ world: { clock } }: Pick<TestGateway, 'world'>, n: number): void =>
  void clock.advance(yearsAfter(clock.now(), n) - clock.now());
const leftOf = async ({ store }: Pick<TestGateway, 'store'>): Promise<number> =>
  (await store.leaves(0, 256)).filter(({ views }) => views.length > 0).length;

/** An item that its issuer ordered away. */
async function erased(scene: Awaited<ReturnType<typeof answered>>): Promise<void> {
  const { allowed, fix, found, desk } = scene;
  for (const word of [makeLabel(fix, found, desk(), RETRACT), makeDeletion(fix, found.digest, desk())]) await allowed(word, fix);
  await work(scene);
}

it('an old block is not told to go while a leaf of it stands under no checkpoint', async () => {
  const scene = await answered(361);
  const { walk, fia } = scene;
  await walk.publishCheckpoint();
  await logins(scene, fia.id, 6);
  years(scene, RETENTION.auditYearsMax);
  await walk.takeAway();
  expect(await doneBy(scene, 'PRUNE')).toEqual([]);
  await walk.publishCheckpoint();
  await walk.takeAway();
  expect(await doneBy(scene, 'PRUNE')).toMatchObject([{ basis: 'LEAVES 0 TO 255' }]);
});

it('what was said of an item that went is looked at again while none of it stands under a checkpoint', async () => {
  const scene = await answered(362, {}, { config });
  await erased(scene);
  years(scene, 1);
  await work(scene);
  expect(await doneBy(scene, 'PRUNE')).toEqual([]);
  await scene.walk.publishCheckpoint();
  scene.world.clock.advance(AGAIN_MS);
  await work(scene);
  expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
});

it('what is held back of an item that went is looked at again, and goes when nothing holds it any more', async () => {
  const scene = await answered(364, {}, { config });
  const { allowed, walk, world, fia, found, desk } = scene;
  await erased(scene);
  const until = formatInstant(plusMs(yearsAfter(world.clock.now(), 1), AGAIN_MS - DAY_MS));
  await allowed(makeInability(fia, found.digest, desk(), { until }), fia);
  await walk.publishCheckpoint();
  years(scene, 1);
  await work(scene);
  expect(await doneBy(scene, 'PRUNE')).toEqual([]);
  world.clock.advance(AGAIN_MS);
  await work(scene);
  expect(await doneBy(scene, 'PRUNE')).toHaveLength(1);
});

it('what was said last of an item that went is found behind all that was taken before', async () => {
  const scene = await answered(365, {}, { config });
  const { allowed, walk, store, world, fia, found, reply, desk } = scene;
  const read = async (): Promise<number> => {
    const access = makeAccess(fia, found.digest, reply.digest, desk());
    await allowed(access, fia);
    return (await store.leafOf(access.digest, 'accessed'))!.index;
  };
  for (let n = 0; n < 65; n += 1) await read();
  await walk.publishCheckpoint();
  const last = await read();
  await erased(scene);
  years(scene, 1);
  // told, and taken a day later; then what was published meanwhile
  for (const ms of [0, DAY_MS, AGAIN_MS, DAY_MS]) {
    world.clock.advance(ms);
    await work(scene);
    await walk.publishCheckpoint();
  }
  expect((await store.leaf(last))!.views).toEqual([]);
});

it('a block goes under a checkpoint that shows its own announcement, and under none that shows another’s', async () => {
  const { store: kept, ...world } = createWorld(363);
  const counted = { then: (): Promise<void> => Promise.resolve() };
  const slow: Store = {
    ...kept,
    async leafCount() {
      const count = await kept.leafCount();
      const { then } = counted;
      counted.then = () => Promise.resolve();
      await then();
      return count;
    },
  };
  const scene = await answered(363, {}, { store: kept, blobs: world.blobs, config });
  const { walk, operator, keys, fia } = scene;
  await erased(scene);
  await logins(scene, fia.id, 6);
  await walk.publishCheckpoint();
  years(scene, RETENTION.auditYearsMax);
  // while one process is about to tell of the block, another tells of the item, and publishes that
  const other = openWalk({ ...scene.world, store: slow }, operator, keys, slow, { config, blobs: world.blobs });
  counted.then = async () => {
    await work(scene);
    await walk.publishCheckpoint();
    await logins(scene, OPERATOR, 5);
  };
  await other.walk.takeAway();
  expect((await doneBy(scene, 'PRUNE')).at(-1)).toMatchObject({ basis: 'LEAVES 0 TO 255' });
  const before = await leftOf(scene);
  scene.world.clock.advance(DAY_MS);
  await work(scene);
  expect(await leftOf(scene)).toBeGreaterThan(before - 50);
  await walk.publishCheckpoint();
  scene.world.clock.advance(HOUR_MS);
  await work(scene);
  expect(await leftOf(scene)).toBeLessThan(10);
});
