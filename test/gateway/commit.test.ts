/** The group commit: receipts are the same whenever they are made, and one row's trouble is its own. */
import { describe, expect, it } from 'vitest';
import { createSigningKey } from '../../crypto/signing-key.js';
import { Failure } from '../../domain/failure.js';
import type { CommitRow, Store, StoredLeaf } from '../../domain/ports.js';
import { HOUR_MS, plusMs } from '../../domain/time.js';
import { createReceiptMaker } from '../../gateway/audit/receipts.js';
import { createStanding } from '../../gateway/standing.js';
import { createCommitter } from '../../gateway/steps/commit.js';
import { at, NOW, rowOf, statementOf } from '../contract/store-rows.js';
import { ORIGIN } from '../support/actors.js';
import { createMemoryStore } from '../support/memory-store.js';
import { memoryMark } from '../support/witness-town.js';
import { createGatewayKeys, walkConfig } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const receipts = createReceiptMaker(ORIGIN, createGatewayKeys(1), 60_000);
const over = (store: Store, limits: Parameters<typeof walkConfig>[1] = {}, clocks: Partial<Parameters<typeof createCommitter>[4]> = {}) =>
  createCommitter(store, receipts, walkConfig(createSigningKey(createChance(3)), limits), () => NOW, {
    assert: () => undefined,
    askClocks: () => Promise.resolve(),
    mustBeAsked: () => false,
    shown: () => Promise.resolve(0),
    hold: () => Promise.resolve(),
    setBack: () => Promise.resolve(),
    ...clocks,
  });
const all = (store: Store, rows: readonly CommitRow[]) => {
  const committer = over(store);
  return Promise.allSettled(rows.map((row) => committer.commit(row)));
};

describe('what waits for the clocks', () => {
  it('counts among what waits', async () => {
    let answer!: () => void;
    const committer = over(
      createMemoryStore(),
      { queueMax: 2 },
      { mustBeAsked: () => true, askClocks: () => new Promise((resolve) => (answer = resolve)) },
    );
    const first = committer.commit(rowOf('a'));
    const answerFirst = answer;
    const second = committer.commit(rowOf('b'));
    expect(committer.waiting).toBe(2);
    await expect(committer.commit(rowOf('c'))).rejects.toMatchObject({ code: 'OVERLOADED' });
    answerFirst();
    answer();
    expect((await Promise.all([first, second])).map(({ kind }) => kind)).toEqual(['committed', 'committed']);
    expect(committer.waiting).toBe(0);
  });
});

describe('a batch', () => {
  it('gives each row the receipt that the log gives ever after, where the store placed one row behind those that came later', async () => {
    const store = createMemoryStore();
    // as PostgreSQL does where two rows touch one key: the second one waits for the next wave
    const waves: Store = {
      ...store,
      async commitBatch([first, second, ...later], now) {
        const [a, ...rest] = await store.commitBatch([first!, ...later, second!], now);
        return [a!, rest.at(-1)!, ...rest.slice(0, -1)];
      },
    };
    const committer = over(waves);
    const done = await Promise.all(['a', 'b', 'c', 'd'].map((name) => committer.commit(rowOf(name))));
    const indexes = done.map((one) => (one.kind === 'committed' ? one.leaf.index : -1));
    expect(indexes).toEqual([0, 3, 1, 2]);
    for (const one of done) {
      if (one.kind !== 'committed') throw new Error(one.kind);
      expect(one.receipt).toEqual(await receipts.ofLeaf(one.leaf, store));
    }
  });

  it('that has lost a leaf gives no receipt of another: which of them it would be, nobody knows', async () => {
    const store = createMemoryStore();
    await all(
      store,
      ['a', 'b', 'c'].map((name) => rowOf(name)),
    );
    const last = (await store.leaf(2))!;
    for (const lost of [0, 1, 2]) {
      const holed: Store = { ...store, leaves: async (from, to) => (await store.leaves(from, to)).filter(({ index }) => index !== lost) };
      await expect(receipts.ofLeaf((await store.leaf(0))!, holed)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
      await expect(receipts.ofLeaf(last, holed)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
    }
  });

  it('loses no other row to one that the store does not take', async () => {
    const store = createMemoryStore();
    const ends = await all(store, [rowOf('a'), rowOf('b', { links: [{ kind: 'item', key: 'x'.repeat(121) }] }), rowOf('c')]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.leafCount()).toBe(2);
  });

  it('has so many rows and so many bytes, or one row that is larger', async () => {
    const store = createMemoryStore();
    const sizes: number[] = [];
    const counting: Store = {
      ...store,
      commitBatch(rows, now) {
        sizes.push(rows.length);
        return store.commitBatch(rows, now);
      },
    };
    const committer = over(counting, { batchRowsMax: 3, batchBytesMax: 1_000 });
    const rows = [500, 500, 500, 1_500, 1, 1, 1, 1].map((bytes, i) =>
      rowOf(`${i}`, { statement: statementOf(`${i}`, { raw: new Uint8Array(bytes) }) }),
    );
    for (const one of await Promise.all(rows.map((row) => committer.commit(row)))) expect(one.kind).toBe('committed');
    expect(sizes).toEqual([2, 1, 1, 3, 1]);
  });

  it('is written once where nobody knows whether it was', async () => {
    const store = createMemoryStore();
    const lossy: Store = {
      ...store,
      async commitBatch(rows, now) {
        await store.commitBatch(rows, now);
        throw new Failure('STORE_UNAVAILABLE', 'the answer was lost');
      },
    };
    const code = 'STORE_UNAVAILABLE';
    const ends = await all(lossy, [rowOf('a', { statement: null }), rowOf('b', { statement: null })]);
    expect(ends).toMatchObject([{ reason: { code } }, { reason: { code } }]);
    expect(await store.leafCount()).toBe(2);
  });
});

describe('a group commit', () => {
  it('says since when nothing can be written, until something can, and not that one row is not taken', async () => {
    const store = createMemoryStore();
    let isDown = true;
    const failing: Store = {
      ...store,
      commitBatch: (rows, now) => (isDown ? Promise.reject(new Failure('STORE_UNAVAILABLE', 'down')) : store.commitBatch(rows, now)),
    };
    const committer = over(failing);
    await expect(committer.commit(rowOf('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(committer.failed).toEqual({ code: 'STORE_UNAVAILABLE', at: NOW });
    isDown = false;
    await committer.commit(rowOf('a'));
    expect(committer.failed).toBeNull();
    const untaken = rowOf('b', { links: [{ kind: 'item', key: 'x'.repeat(121) }] });
    await expect(committer.commit(untaken)).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
    expect(committer.failed).toBeNull();
  });

  it('has so many rows waiting and no more', async () => {
    const store = createMemoryStore();
    const committer = over(store, { queueMax: 2 });
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((name) => committer.commit(rowOf(name))));
    expect(ends).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }, { reason: { code: 'OVERLOADED' } }]);
    expect(await store.leafCount()).toBe(2);
  });

  it('is drained when what waited is written', async () => {
    const store = createMemoryStore();
    const slow: Store = {
      ...store,
      async commitBatch(rows, now) {
        await new Promise(setImmediate);
        return store.commitBatch(rows, now);
      },
    };
    const committer = over(slow);
    const written = committer.commit(rowOf('a'));
    await committer.drained();
    expect(await store.leafCount()).toBe(1);
    expect((await written).kind).toBe('committed');
  });
});

describe('a clock that is behind the log', () => {
  it('is named: deciding again would end the same way', async () => {
    const store = createMemoryStore();
    await store.commitBatch([rowOf('ahead', { leaf: { at: at(HOUR_MS) } })], plusMs(NOW, HOUR_MS));
    await expect(over(store).commit(rowOf('a'))).rejects.toMatchObject({ code: 'CLOCK_BEHIND' });
  });

  it('is no reason where the decision was old, or has ended', async () => {
    const store = createMemoryStore();
    await store.commitBatch([rowOf('newest')], NOW);
    for (const row of [rowOf('old', { leaf: { at: at(-6_000) } }), rowOf('ended', { validUntil: NOW })])
      expect(await over(store).commit(row)).toEqual({ kind: 'conflict', on: { of: 'time' } });
  });
});

describe('what stands in the way of every row', () => {
  const config = walkConfig(createSigningKey(createChance(3)));

  it('is asked after again, though it could not be seen once', async () => {
    let fails = true;
    const read = () => (fails ? Promise.reject(new Failure('STORE_UNAVAILABLE', 'no disk')) : Promise.resolve(null));
    const mark = { read, write: () => Promise.resolve() };
    const standing = createStanding({ store: createMemoryStore(), mark, witnessing: undefined, config });
    await expect(standing.hold()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    fails = false;
    await expect(standing.hold()).resolves.toBeUndefined();
  });

  it('is a clock behind the newest decision, whatever the first one says', async () => {
    const store = createMemoryStore();
    await store.commitBatch([rowOf('first')], NOW);
    const clock = { now: () => NOW, sleep: () => Promise.resolve() };
    const standing = createStanding({ store, mark: undefined, witnessing: undefined, config, clock });
    await standing.hold();
    expect(standing.trouble).toBeNull();
    await store.commitBatch([rowOf('ahead', { leaf: { at: at(HOUR_MS) } })], plusMs(NOW, HOUR_MS));
    await standing.hold();
    expect(standing.trouble).toMatchObject({ code: 'CLOCK_BEHIND' });
  });
});

describe('a database that was put in the place of ours while we ran', () => {
  it('is not written to once the log is shorter than what this process wrote, and nobody gets a receipt of it', async () => {
    const [ours, older] = [createMemoryStore(), createMemoryStore()];
    let database: Store = ours;
    const store: Store = { ...ours, commitBatch: (rows, now) => database.commitBatch(rows, now) };
    const config = walkConfig(createSigningKey(createChance(3)));
    const lost = memoryMark();
    const standing = createStanding({ store, mark: undefined, lost, witnessing: undefined, config });
    const committer = createCommitter(store, receipts, config, () => NOW, standing);
    await older.commitBatch([rowOf('a')], NOW);
    for (const name of ['a', 'b', 'c']) expect((await committer.commit(rowOf(name))).kind).toBe('committed');
    database = older;
    const why = 'the log ended at 1 leaves, and this process had written 3';
    await expect(committer.commit(rowOf('d'))).rejects.toMatchObject({
      code: 'LOG_BEHIND',
      detail: expect.stringContaining(why) as string,
    });
    expect(standing.trouble?.code).toBe('LOG_BEHIND');
    // however long it gets, and whatever the mark says
    await older.commitBatch([rowOf('e'), rowOf('f')], NOW);
    await standing.hold();
    await expect(committer.commit(rowOf('g'))).rejects.toMatchObject({ code: 'LOG_BEHIND' });
    expect(await older.leafCount()).toBe(4);
    // nor does a start forget it, or another process of this gateway, until the log is there again
    const after = async (database: Store) => {
      const started = createStanding({ store: database, mark: undefined, lost, witnessing: undefined, config });
      await started.hold();
      return started.trouble?.message ?? null;
    };
    expect(await after(older)).toContain('leaf 2 ');
    await older.commitBatch([rowOf('h')], NOW);
    expect([await after(older), await after(ours)]).toEqual([expect.stringContaining('LOG_BEHIND'), null]);
  });

  it('is not written to where it lacks no more than the last row of the last batch', async () => {
    const [ours, older] = [createMemoryStore(), createMemoryStore()];
    let database: Store = ours;
    const store: Store = { ...ours, commitBatch: (rows, now) => database.commitBatch(rows, now) };
    const config = walkConfig(createSigningKey(createChance(3)));
    const standing = createStanding({ store, mark: undefined, witnessing: undefined, config });
    const committer = createCommitter(store, receipts, config, () => NOW, standing);
    const rows = ['a', 'b', 'c'].map((name) => rowOf(name));
    for (const one of await Promise.all(rows.map((row) => committer.commit(row)))) expect(one).toMatchObject({ leaf: { batchStart: 0 } });
    await older.commitBatch(rows.slice(0, 2), NOW);
    database = older;
    await expect(committer.commit(rowOf('d'))).rejects.toMatchObject({ code: 'LOG_BEHIND' });
  });

  it('is not written to by a process that wrote nothing of what was lost, where it is shorter than the mark that another one moved on', async () => {
    const store = createMemoryStore();
    const config = walkConfig(createSigningKey(createChance(3)));
    const mark = memoryMark();
    const committer = createCommitter(store, receipts, config, () => NOW, createStanding({ store, mark, witnessing: undefined, config }));
    const shown = (size: number) => `${ORIGIN}\n${size}\n${'A'.repeat(43)}=\n\n— x AAAAAAA=\n`;
    mark.note = 'rubbish';
    expect((await committer.commit(rowOf('a'))).kind).toBe('committed');
    mark.note = shown(1);
    expect((await committer.commit(rowOf('b'))).kind).toBe('committed');
    mark.note = shown(9);
    for (const name of ['c', 'd']) await expect(committer.commit(rowOf(name))).rejects.toMatchObject({ code: 'LOG_BEHIND' });
    expect(await store.leafCount()).toBe(3);
  });

  it('goes on being told, where the log was being held against its mark just then', async () => {
    const store = createMemoryStore();
    let lost = (): void => undefined;
    const slow: Store = {
      ...store,
      latestCheckpoint() {
        lost();
        return store.latestCheckpoint();
      },
    };
    const config = walkConfig(createSigningKey(createChance(3)));
    const standing = createStanding({ store: slow, mark: undefined, witnessing: undefined, config, keys: createGatewayKeys(1) });
    lost = () => void standing.setBack('it was set back', { index: 0, data: new Uint8Array(32) } as StoredLeaf);
    await standing.hold();
    expect(standing.trouble?.code).toBe('LOG_BEHIND');
  });

  it('notes what was lost once there is room, so that the next start knows it too', async () => {
    const store = createMemoryStore();
    const [note, full] = [memoryMark(), { ...memoryMark(), write: () => Promise.reject(new Error('ENOSPC')) }];
    let lost: Pick<typeof note, 'read' | 'write'> = full;
    const beside: typeof lost = { read: () => lost.read(), write: (text) => lost.write(text) };
    const config = walkConfig(createSigningKey(createChance(3)));
    const start = () => createStanding({ store, mark: undefined, lost: beside, witnessing: undefined, config });
    const standing = start();
    await standing.setBack('it was set back', { index: 0, data: new Uint8Array(32) } as StoredLeaf).catch(() => undefined);
    expect(standing.trouble?.code).toBe('LOG_BEHIND');
    await standing.hold().catch(() => undefined);
    expect(standing.trouble?.code).toBe('LOG_BEHIND');
    lost = note;
    await standing.hold();
    const next = start();
    await next.hold();
    expect(next.trouble?.code).toBe('LOG_BEHIND');
  });
});
