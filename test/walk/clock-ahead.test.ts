/** A clock that runs ahead makes nothing lapse, erases nothing, and shuts no log. */
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, plusMs } from '../../domain/time.js';
import { createBell } from '../../gateway/http/bell.js';
import { createUploads } from '../../gateway/uploads.js';
import { createWorker } from '../../gateway/worker.js';
import { createActor, designation } from '../support/actors.js';
import { openWalk } from '../support/test-gateway.js';
import { answered } from '../support/answered.js';
import { opened } from '../support/opened.js';

let scene: Awaited<ReturnType<typeof answered>>;
/** of this machine, beside a database server whose clock is right */
let aheadMs = 0;
let store: typeof scene.store;
let walk: ReturnType<typeof openWalk>['walk'];

beforeEach(async () => {
  aheadMs = 0;
  scene = await answered(411);
  const { deps } = scene;
  store = scene.store;
  const asked = (): Promise<number> => new Promise((resolve) => setImmediate(() => resolve(aheadMs)));
  const otherClocks = [{ name: 'the database server’s', aheadMs: asked }];
  const clock = { ...scene.world.clock, now: () => plusMs(scene.world.clock.now(), aheadMs) };
  walk = openWalk(scene.world, scene.operator, scene.keys, store, { ...deps, clock, otherClocks }).walk;
  await walk.deliverDue();
});

/** What lies in the outbox and in the log: as it was, where nothing was done. */
const left = async (): Promise<unknown> => [await store.leafCount(), (await store.latestCheckpoint())?.size];

describe('a clock that runs ahead', () => {
  it('rings no alarm, takes nothing away and publishes nothing, and all of it goes on where it stood once the clock is right', async () => {
    const before = await left();
    aheadMs = 4_000 * DAY_MS;
    for (const work of [() => walk.deliverDue(), () => walk.takeAway(), () => walk.publishCheckpoint()])
      await expect(work()).rejects.toThrow(
        /^CLOCK_AHEAD: this machine’s clock is ahead of the database server’s by 345600000 s; set the clocks by one time server/,
      );
    expect(await left()).toEqual(before);
    // no row was claimed by a time that was never: each is due as it was
    aheadMs = 0;
    scene.world.clock.advance(30 * DAY_MS);
    const due = await store.claim(scene.world.clock.now(), 1, 64);
    expect(due.map(({ kind, attempts }) => [kind, attempts])).toContainEqual(['clock', 1]);
    expect(await walk.publishCheckpoint()).not.toBeNull();
    expect(walk.trouble).toBeNull();
  });

  it('writes nothing that is asked of it in the moment of its leap, before anybody has looked at a clock, or no other process could write until then', async () => {
    const { operator, world } = scene;
    await walk.stand();
    const size = await store.leafCount();
    aheadMs = 600_000;
    const newcomer = createActor('AA-NEW', 'FIU', world.chance);
    const { submission } = designation(operator, newcomer, world.clock.now(), world.chance);
    await expect(walk.acceptStatement(submission, null)).rejects.toMatchObject({ code: 'CLOCK_AHEAD' });
    expect(await store.leafCount()).toBe(size);
    // and it is taken as soon as the clock was looked at again
    aheadMs = 0;
    await walk.deliverDue();
    expect((await walk.acceptStatement(submission, null)).ok).toBe(true);
  });

  it('sweeps no upload, which another process may be taking in', async () => {
    const { clock, blobs, chance } = scene.world;
    const uploads = createUploads({ store, blobs, clock, chance });
    const { upload } = await opened(uploads, scene.fia.id, 3);
    const failures: unknown[] = [];
    const onFailure = (error: unknown): void => void failures.push(error);
    const worker = createWorker({ walk, uploads, clock, bell: createBell(), onFailure }, { deliverMs: 1, checkpointMs: 1, sweepMs: 1 });
    const once = async (): Promise<void> => {
      const stop = new AbortController();
      const running = worker.run(stop.signal);
      stop.abort();
      await running;
    };
    aheadMs = 2 * DAY_MS;
    clock.advance(aheadMs);
    await once();
    expect(failures.map(String)).toContainEqual(expect.stringContaining('CLOCK_AHEAD'));
    expect(await store.upload(upload)).not.toBeNull();
    // as old by a clock that is right
    aheadMs = 0;
    await once();
    expect(await store.upload(upload)).toBeNull();
  });

  it('does not begin to serve, and says which clock it is ahead of', async () => {
    aheadMs = 61_000;
    await expect(walk.stand()).rejects.toThrow(/^CLOCK_AHEAD: .* by 61 s/);
    expect([walk.trouble?.code, walk.behind]).toEqual(['CLOCK_AHEAD', null]);
  });

  it('is nobody’s trouble within a minute, ahead or behind', async () => {
    for (const byMs of [60_000, 0, -60_000]) {
      aheadMs = byMs;
      await walk.stand();
      expect(walk.trouble).toBeNull();
    }
  });
});

describe('a clock that is behind the log', () => {
  it('is told when the gateway starts, not only when somebody writes, and what is read is served', async () => {
    const { deps, world, operator, keys } = scene;
    let byMs = 0;
    const clock = { ...world.clock, now: () => plusMs(world.clock.now(), -byMs) };
    const starting = openWalk(world, operator, keys, store, { ...deps, clock }).walk;
    // the newest leaf is of now
    await starting.publishCheckpoint();
    await starting.stand();
    byMs = 60_000;
    await starting.stand();
    expect(starting.trouble).toBeNull();
    byMs = DAY_MS;
    await starting.stand();
    await expect(starting.publishCheckpoint()).rejects.toThrow(
      /^CLOCK_BEHIND: it is .*Z by this machine’s clock, and the log holds a decision of .*Z: nothing is written/,
    );
    byMs = 0;
    expect(await starting.publishCheckpoint()).toBeNull();
    expect(starting.trouble).toBeNull();
  });
});
