/** Every stage that the log writes has a receipt, which each party that the leaf concerns can fetch, and nobody else. */
import { describe, expect, it } from 'vitest';
import { verifyReceipt } from '../../../client/sdk/index.js';
import { viewHash } from '../../../crypto/views.js';
import type { Stage, Store, StoredLeaf } from '../../../domain/ports.js';
import { parseUuid } from '../../../domain/ids.js';
import { DAY_MS } from '../../../domain/time.js';
import { createEvidenceReader } from '../../../gateway/read/evidence.js';
import { createStatementReader } from '../../../gateway/read/statements.js';
import { certain } from '../../../domain/result.js';
import { answered } from '../../support/answered.js';
import type { Actor } from '../../support/actors.js';
import { ORIGIN } from '../../support/actors.js';
import { makeAccess, makeRelease, makeRequest } from '../../support/letters.js';
import { createCast, createTestGateway, enrol, walkConfig, type TestGateway } from '../../support/test-gateway.js';

function readersOf({ store, walk, operator, keys }: Pick<TestGateway, 'store' | 'walk' | 'operator' | 'keys'>) {
  return {
    evidence: createEvidenceReader(store, walk.library, (leaf) => walk.receiptOf(leaf), walkConfig(operator).operator),
    statements: createStatementReader(store, walk.library, (digest, stage) => walk.receiptFor(digest, stage)),
    gateway: { origin: ORIGIN, publicKey: keys.publicKey },
  };
}

const leavesAt = async ({ store }: Pick<TestGateway, 'store'>, stage: Stage): Promise<readonly StoredLeaf[]> =>
  (await store.leaves(0, 10_000)).filter((leaf) => leaf.stage === stage && leaf.statement !== null && leaf.data.length === 32);

/** Each leaf of the stage: its receipt by place, to whoever has a view of it and to nobody else; and by statement and stage. */
async function expectReceipts(scene: Pick<TestGateway, 'store' | 'walk' | 'operator' | 'keys'>, stage: Stage, everybody: readonly Actor[]) {
  const { evidence, statements, gateway } = readersOf(scene);
  const leaves = await leavesAt(scene, stage);
  expect(leaves.length).toBeGreaterThan(0);
  for (const leaf of leaves) {
    const sees = everybody.filter(({ id }) => leaf.views.some(({ view }) => view === id));
    expect(sees.length).toBeGreaterThan(0);
    for (const { id } of everybody) {
      const receipt = await evidence.receiptAt(id, leaf.index);
      expect(receipt === null).toBe(!sees.some((one) => one.id === id));
      if (receipt === null) continue;
      const body = await verifyReceipt(receipt, gateway, leaf.statement!);
      expect(body).toMatchObject({ ok: true, value: { stage, index: leaf.index, outcome: leaf.outcome } });
      expect(await evidence.receiptAt(id, leaf.index)).toEqual(receipt);
    }
    expect(await statements.receipt(sees[0]!.id, leaf.statement!, stage)).not.toBeNull();
  }
  return leaves;
}

async function asked(seed: number, over: Parameters<typeof createTestGateway>[1] = {}) {
  const gateway = createTestGateway(seed, over);
  const { fia, fix, efcx } = createCast(7);
  await enrol(gateway, [fia, fix, efcx]);
  const { signed, exchange } = await makeRequest(fia, fix, gateway.desk());
  expect((await gateway.walk.acceptStatement(signed.submission, fia.caller)).ok).toBe(true);
  await gateway.walk.deliverDue();
  return { gateway, everybody: [fia, fix, efcx], exchange: certain(parseUuid(exchange)), signed, fia, fix };
}

const prunedIn = (leaf: StoredLeaf | null, index: number): StoredLeaf | null =>
  leaf?.index === index
    ? { ...leaf, views: [], erased: leaf.views.map(({ view, salt, event }) => ({ view, hash: viewHash(salt, event) })) }
    : leaf;

describe('a receipt of each stage', () => {
  it('accepted and delivered: of what was sent, to its two parties', async () => {
    const { gateway, everybody } = await asked(1_701);
    await expectReceipts(gateway, 'accepted', everybody);
    const [delivered] = await expectReceipts(gateway, 'delivered', everybody);
    expect(delivered!.views.map(({ view }) => view).toSorted()).toEqual(['NG-FIA', 'VG-FIX']);
  });

  it('expired: of what could not be carried, to who sent it and to who never had it', async () => {
    const { gateway, everybody } = await asked(1_702, {
      courier: { carry: () => Promise.resolve({ kind: 'never', why: 'no such address' }) },
    });
    const [parked] = await expectReceipts(gateway, 'expired', everybody);
    expect(parked!.outcome).toBe('DENY');
  });

  it('noticed: of each alarm of a clock, several of one statement', async () => {
    const { gateway, everybody } = await asked(1_703);
    for (let day = 0; day < 26; day += 1) {
      gateway.world.clock.advance(DAY_MS);
      while ((await gateway.walk.deliverDue()) > 0);
    }
    const noticed = await expectReceipts(gateway, 'noticed', everybody);
    expect(noticed.length).toBeGreaterThan(2);
    expect(new Set(noticed.map(({ statement }) => statement)).size).toBe(1);
  });

  it('accessed: of a reading, to the reader and to the originator', async () => {
    const scene = await answered(1_704);
    const access = makeAccess(scene.fia, scene.found.digest, scene.reply.digest, scene.desk());
    expect((await scene.accept(access, scene.fia)).ok).toBe(true);
    const accessed = await expectReceipts(scene, 'accessed', [scene.fia, scene.fix, scene.efcx]);
    expect(
      accessed
        .at(-1)!
        .views.map(({ view }) => view)
        .toSorted(),
    ).toEqual(['NG-FIA', 'VG-FIX']);
  });

  it('refused: of an attempt, to who tried and to nobody else', async () => {
    const scene = await answered(1_705);
    const release = await makeRelease(scene.fia, scene.efcx, scene.found, [], scene.desk());
    expect((await scene.accept(release, scene.fia)).ok).toBe(false);
    const refused = await expectReceipts(scene, 'refused', [scene.fia, scene.fix, scene.efcx]);
    expect(refused.at(-1)!.views.map(({ view }) => view)).toEqual(['NG-FIA']);
  });
});

describe('what the log holds of one exchange', () => {
  it('is for its parties, and for a third one there is none', async () => {
    const { gateway, exchange, everybody, signed } = await asked(1_706);
    const { evidence } = readersOf(gateway);
    const [fia, fix, efcx] = everybody as [Actor, Actor, Actor];
    expect(await evidence.page(efcx.id, exchange, 0, 50)).toBeNull();
    expect(await evidence.page(fia.id, certain(parseUuid('00000000-0000-4000-8000-000000000001')), 0, 50)).toBeNull();
    for (const { id } of [fia, fix]) {
      const page = await evidence.page(id, exchange, 0, 50);
      expect(page!.entries.map(({ receipt }) => (JSON.parse(receipt.body) as { stage: string }).stage)).toEqual(['accepted', 'delivered']);
      expect(page!.entries[0]).toMatchObject({ statement: signed.submission.statement, items: signed.submission.items });
      expect(page!.entries[1]).not.toHaveProperty('statement');
      expect(page!.next).toBeUndefined();
    }
  });

  it('comes page after page, each leaf once', async () => {
    const { gateway, exchange, fia } = await asked(1_707);
    const { evidence } = readersOf(gateway);
    const whole = await evidence.page(fia.id, exchange, 0, 50);
    const first = await evidence.page(fia.id, exchange, 0, 1);
    const second = await evidence.page(fia.id, exchange, first!.entries[0]!.index + 1, 1);
    expect([...first!.entries, ...second!.entries]).toEqual(whole!.entries);
    expect([first!.next === undefined, second!.next]).toEqual([false, undefined]);
  });

  it('counts what was erased and shows no view of it, and a receipt of it can still be fetched', async () => {
    const { gateway, exchange, fia } = await asked(1_709);
    const index = (await leavesAt(gateway, 'delivered'))[0]!.index;
    // as a store gives it back after pruning: of each view its hash is left
    const store: Store = Object.assign(Object.create(gateway.store) as Store, {
      leaf: async (at: number) => prunedIn(await gateway.store.leaf(at), index),
      leaves: async (from: number, to: number) => (await gateway.store.leaves(from, to)).map((leaf) => prunedIn(leaf, index)!),
    });
    const { evidence } = readersOf({ ...gateway, store });
    const page = await evidence.page(fia.id, exchange, 0, 50);
    expect(page).toMatchObject({ erased: 1, entries: [{ index: expect.any(Number) as number }] });
    expect(page!.entries.map((entry) => entry.index)).not.toContain(index);
    expect(await evidence.receiptAt(fia.id, index)).toEqual(await readersOf(gateway).evidence.receiptAt(fia.id, index));
  });

  it('counts nothing that was erased of another exchange of the same parties', async () => {
    const { gateway, exchange, fia, fix } = await asked(1_710);
    const other = await makeRequest(fia, fix, gateway.desk());
    expect((await gateway.walk.acceptStatement(other.signed.submission, fia.caller)).ok).toBe(true);
    await gateway.walk.deliverDue();
    const delivered = await leavesAt(gateway, 'delivered');
    expect(delivered).toHaveLength(2);
    const { index } = delivered[1]!;
    const store: Store = Object.assign(Object.create(gateway.store) as Store, {
      leaf: async (at: number) => prunedIn(await gateway.store.leaf(at), index),
      leaves: async (from: number, to: number) => (await gateway.store.leaves(from, to)).map((leaf) => prunedIn(leaf, index)!),
    });
    const { evidence } = readersOf({ ...gateway, store });
    const erasedIn = async (id: string) => (await evidence.page(fia.id, certain(parseUuid(id)), 0, 50))!.erased;
    expect([await erasedIn(exchange), await erasedIn(other.exchange)]).toEqual([0, 1]);
  });

  it('holds a refused attempt in the sight of who tried, and not in the other’s', async () => {
    const scene = await answered(1_708);
    const release = await makeRelease(scene.fia, scene.efcx, scene.found, [], scene.desk());
    await scene.accept(release, scene.fia);
    const { evidence } = readersOf(scene);
    const stages = async (who: Actor) =>
      (await evidence.page(who.id, certain(parseUuid(scene.request.exchange)), 0, 50))!.entries.map(
        ({ receipt }) => (JSON.parse(receipt.body) as { stage: string }).stage,
      );
    expect(await stages(scene.fia)).toContain('refused');
    expect(await stages(scene.fix)).not.toContain('refused');
  });
});
