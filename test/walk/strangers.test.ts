/** Strangers are answered and counted; they never earn a leaf of their own. */
import { describe, expect, it } from 'vitest';
import type { Store } from '../../domain/ports.js';
import { MINUTE_MS } from '../../domain/time.js';
import { createTestGateway } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

describe('a stranger', () => {
  it('is refused without a receipt, and a minute of strangers is one leaf in the operator’s stream', async () => {
    const { walk, store } = createTestGateway(7);
    const before = await store.leafCount();
    expect(await walk.openSession('a.b.c', 'r')).toMatchObject({ ok: false });
    for (let i = 0; i < 49; i += 1) {
      const answer = await walk.acceptStatement({ statement: 'a.b.c' }, null);
      expect(answer).toMatchObject({ ok: false, error: { receipt: null } });
    }
    expect(await store.leafCount()).toBe(before);
    await walk.publishCheckpoint();
    const leaves = await store.leaves(before, await store.leafCount());
    const events = leaves.flatMap((leaf) => leaf.views.map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as object));
    expect(events).toEqual([expect.objectContaining({ action: 'STRANGERS_REFUSED', outcome: 'DENY', basis: 'COUNT_50' })]);
    await walk.acceptStatement({ statement: 'a.b.c' }, null);
    await walk.publishCheckpoint();
    // the next leaf waits for its minute
    expect((await store.leaves(before, await store.leafCount())).filter((leaf) => leaf.stage === 'refused')).toHaveLength(1);
  });

  it('is counted once, though it comes while the others are written or what was written conflicts', async () => {
    const { store: kept } = createWorld(8);
    let before: () => Promise<unknown> = () => Promise.resolve();
    let conflicts = true;
    const store: Store = {
      ...kept,
      async commitBatch(rows, now) {
        if (conflicts) return rows.map(() => ({ kind: 'conflict', on: { of: 'version', key: 'directory' } }));
        const first = before;
        before = () => Promise.resolve();
        await first();
        return kept.commitBatch(rows, now);
      },
    };
    const { walk, world } = createTestGateway(8, { store });
    const strange = () => walk.acceptStatement({ statement: 'a.b.c' }, null);
    const said = async (): Promise<string[]> => {
      world.clock.advance(MINUTE_MS);
      await walk.publishCheckpoint();
      const leaves = await kept.leaves(0, await kept.leafCount());
      const events = leaves.flatMap(({ views }) => views.map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as Counted));
      return events.flatMap(({ action, basis }) => (action === 'STRANGERS_REFUSED' ? [basis] : []));
    };
    for (let i = 0; i < 3; i += 1) await strange();
    expect(await said()).toEqual([]);
    conflicts = false;
    before = () => Promise.all([strange(), strange()]);
    expect(await said()).toEqual(['COUNT_3']);
    expect(await said()).toEqual(['COUNT_3', 'COUNT_2']);
    expect(await said()).toEqual(['COUNT_3', 'COUNT_2']);
  });
});

interface Counted {
  readonly action: string;
  readonly basis: string;
}
