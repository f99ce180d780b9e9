/** Strangers are answered and counted; they never earn a leaf of their own. */
import { describe, expect, it } from 'vitest';
import { createTestGateway } from '../support/test-gateway.js';

describe('a stranger', () => {
  it('is refused without a receipt, and a minute of strangers is one leaf in the operator’s stream', async () => {
    const { walk, store } = createTestGateway(7);
    const before = await store.leafCount();
    for (let i = 0; i < 50; i += 1) {
      const answer = await walk.acceptStatement({ statement: 'a.b.c' }, null, 'request');
      expect(answer).toMatchObject({ ok: false, error: { receipt: null } });
    }
    expect(await store.leafCount()).toBe(before);
    await walk.publishCheckpoint();
    const leaves = await store.leaves(before, await store.leafCount());
    const events = leaves.flatMap((leaf) => leaf.views.map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as object));
    expect(events).toEqual([expect.objectContaining({ action: 'STRANGERS_REFUSED', outcome: 'DENY', basis: 'COUNT_50' })]);
    await walk.acceptStatement({ statement: 'a.b.c' }, null, 'request');
    await walk.publishCheckpoint();
    // the next leaf waits for its minute
    expect((await store.leaves(before, await store.leafCount())).filter((leaf) => leaf.stage === 'refused')).toHaveLength(1);
  });
});
