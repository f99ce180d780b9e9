/** What a reader keeps, and what it reads, is bounded: memory by bytes, a page by what is on it. */
import { describe, expect, it } from 'vitest';
import type { StatementTitle } from '../../../domain/ports.js';
import { createAuditReader } from '../../../gateway/read/audit-events.js';
import { createExchangeReader } from '../../../gateway/read/exchanges.js';
import { positionOf } from '../../../gateway/read/cursor.js';
import { createInboxReader } from '../../../gateway/read/inbox.js';
import { createLibrary } from '../../../gateway/read/library.js';
import { entry } from '../../support/actors.js';
import { answered, codesOf } from '../../support/answered.js';
import { makeAnswer } from '../../support/letters.js';
import { createMemoryStore } from '../../support/memory-store.js';
import { A, at, rowOf } from '../../contract/store-rows.js';
import { PAGE_BYTES_MAX, withinBytes } from '../../../gateway/read/within-bytes.js';

const MESSAGES = 12;

async function filled(seed: number) {
  const scene = await answered(seed);
  for (let n = 0; n < MESSAGES; n += 1)
    expect(codesOf(await scene.accept(await makeAnswer({ ...scene.say, message: 'INTERIM_REPLY' }, scene.desk()), scene.fix))).toEqual([
      'ALLOW',
    ]);
  return scene;
}

describe('the shelf', () => {
  it('keeps no more than so many bytes, the newest ones', async () => {
    const { store, request } = await filled(701);
    const all = await store.linked('exchange', request.exchange);
    const last = all.slice(-3).reduce((sum, { raw }) => sum + raw.length, 0);
    const read: string[] = [];
    const statement = store.statement.bind(store);
    store.statement = (digest) => (read.push(digest), statement(digest));
    const library = createLibrary(store, last);
    for (const { digest } of all) await library.volume(digest);
    read.length = 0;
    for (const { digest } of all.slice(-3)) await library.volume(digest);
    expect(read).toEqual([]);
    await library.volume(all[0]!.digest);
    expect(read).toEqual([all[0]!.digest]);
  });
});

describe('a page of events', () => {
  it('begins with the moment that its reading names first, and ends before the one that it names last', async () => {
    const store = createMemoryStore();
    for (const ms of [0, 1, 2]) await store.commitBatch([rowOf(`${ms}`, { leaf: { at: at(ms) } })], at(ms));
    const reader = createAuditReader(store);
    const span = { of: A, from: at(1), to: at(2) };
    const page = await reader.page(span, 0, 10);
    expect(page.events.map(({ index }) => index)).toEqual([1]);
    expect((await reader.counts(span, 0)).counts).toEqual([{ stage: 'accepted', outcome: 'ALLOW', leaves: 1 }]);
    // nor does it say of others that they were there, once their texts are erased
    await store.pruneViews([0, 1, 2]);
    expect((await reader.page(span, 0, 10)).erased?.map(({ index }) => index)).toEqual([1]);
  });

  it('looks at so many leaves and no more, and says where the next one begins', async () => {
    const store = createMemoryStore();
    const rows = Array.from({ length: 2_100 }, (_, n) => rowOf(`${n}`));
    await store.commitBatch(rows, at(0));
    const { events, next } = await createAuditReader(store).page({ of: A, from: null, to: null }, 0, 10, 'SEND');
    expect([events, positionOf(next!)]).toEqual([[], 2_000]);
    expect((await createAuditReader(store).page({ of: A, from: null, to: null }, 2_000, 10, 'SEND')).next).toBeUndefined();
  });
});

describe('a page of an exchange', () => {
  it('reads what is on it and nothing that is before it', async () => {
    const { store, walk, request, fia, deps, directory, world } = await filled(702);
    const reader = createExchangeReader(store, walk.library, (leaf, stage) => walk.receiptFor(leaf, stage), {
      clock: world.clock,
      calendars: deps.calendars,
      directory,
    });
    const given: StatementTitle[] = [];
    const titles = store.titles.bind(store);
    store.titles = async (...asked) => {
      const rows = await titles(...asked);
      given.push(...rows);
      return rows;
    };
    const seen: string[] = [];
    let from = 0;
    for (;;) {
      given.length = 0;
      const page = await reader.exchange(fia.id, request.exchange, { from, limit: 4 });
      expect(given.length).toBeLessThanOrEqual(5);
      seen.push(...page!.envelopes.map(({ statement }) => statement));
      if (page!.next === undefined) break;
      from = positionOf(page!.next)!;
    }
    expect(new Set(seen).size).toBe(MESSAGES + 3);
    expect(seen).toHaveLength(MESSAGES + 3);
  });
});

describe('a list of exchanges', () => {
  it('reads the bytes of no message', async () => {
    const { store, fia, request, ...scene } = await filled(703);
    const reader = createExchangeReader(store, scene.walk.library, scene.walk.receiptFor, {
      clock: scene.world.clock,
      calendars: scene.deps.calendars,
      directory: scene.directory,
    });
    const read: string[] = [];
    const [linked, statement] = [store.linked.bind(store), store.statement.bind(store)];
    store.linked = (...asked) => (read.push(asked[0]), linked(...asked));
    store.statement = (digest) => (read.push(digest), statement(digest));
    const { exchanges } = await reader.page(fia.id, { from: 0, limit: 10 });
    expect(exchanges.map(({ id }) => id)).toContain(request.exchange);
    expect(read).toEqual([]);
  });
});

describe('dates that are counted again', () => {
  it('read the bytes of no message', async () => {
    const { store, walk, fia, desk } = await filled(706);
    const declared = entry(fia, desk().at, desk().chance, { seq: 2, calendar: { roundTheClock: true } });
    expect((await walk.acceptStatement(declared.submission, null)).ok).toBe(true);
    const [read, looked]: [string[], string[]] = [[], []];
    const [linked, exchange] = [store.linked.bind(store), store.exchange.bind(store)];
    store.linked = (...asked) => (read.push(asked[0]), linked(...asked));
    store.exchange = (id) => (looked.push(id), exchange(id));
    await walk.recountClocks();
    expect(looked).not.toEqual([]);
    expect(read).toEqual([]);
  });
});

describe('a page', () => {
  it('ends with the entry that makes it large enough, at a mebibyte', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => n);
    const third = (): number => PAGE_BYTES_MAX / 3;
    expect(PAGE_BYTES_MAX).toBe(1024 * 1024);
    expect(await withinBytes(rows, (row) => Promise.resolve(row), third, PAGE_BYTES_MAX)).toEqual([0, 1, 2]);
    expect(
      await withinBytes(
        rows,
        (row) => Promise.resolve(row),
        () => 0,
        PAGE_BYTES_MAX,
      ),
    ).toEqual(rows);
  });

  it('of an inbox ends where it is large enough, and the next one goes on there', async () => {
    const { store, walk, fia } = await filled(704);
    while ((await walk.deliverDue()) > 0);
    const whole = await createInboxReader(store, walk.library, walk.receiptOf).page(fia.id, 0, 200);
    expect(whole.entries.length).toBeGreaterThan(MESSAGES);
    const small = createInboxReader(store, walk.library, walk.receiptOf, 1);
    const read: unknown[] = [];
    for (let next: string | undefined = undefined, pages = 0; pages === 0 || next !== undefined; pages += 1) {
      const page: Awaited<ReturnType<typeof small.page>> = await small.page(fia.id, positionOf(next)!, 200);
      expect(page.entries.length).toBeLessThan(whole.entries.length);
      read.push(...page.entries);
      next = page.next;
    }
    expect(read).toEqual(whole.entries);
  });

  it('of an exchange likewise', async () => {
    const scene = await filled(705);
    const { store, walk, fia, deps, directory, request } = scene;
    const dates = { clock: deps.clock, calendars: deps.calendars, directory };
    const id = (await store.linked('exchange', request.exchange))[0]!.exchange!;
    const receiptFor = (digest: Parameters<typeof walk.receiptFor>[0], stage: Parameters<typeof walk.receiptFor>[1]) =>
      walk.receiptFor(digest, stage);
    const whole = await createExchangeReader(store, walk.library, receiptFor, dates).exchange(fia.id, id, { from: 0, limit: 200 });
    const small = createExchangeReader(store, walk.library, receiptFor, dates, 1);
    const read: unknown[] = [];
    for (let next: string | undefined = undefined, pages = 0; pages === 0 || next !== undefined; pages += 1) {
      const page: Awaited<ReturnType<typeof small.exchange>> = await small.exchange(fia.id, id, { from: positionOf(next)!, limit: 200 });
      expect(page!.envelopes.length).toBeLessThan(whole!.envelopes.length);
      read.push(...page!.envelopes);
      next = page!.next;
    }
    expect(read).toEqual(whole!.envelopes);
  });
});
