/** An exchange whose row in the database is damaged: told by its id, with no word of what stands there, and nothing else stops. */
import { describe, expect, it } from 'vitest';
import type { ExchangeId } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import { DAY_MS } from '../../domain/time.js';
import { answered, codesOf } from '../support/answered.js';
import { makeEnvelope, makeRequest } from '../support/letters.js';
import { createWorld } from '../support/world.js';

const BODY = '{"type":"FIU_REQUEST","state":"Subject-9';

async function damaged(seed: number) {
  const { store: kept, blobs } = createWorld(seed);
  let broken: ExchangeId | null = null;
  const store: Store = {
    ...kept,
    async exchange(id) {
      const row = await kept.exchange(id);
      return row !== null && id === broken ? { ...row, body: new TextEncoder().encode(BODY) } : row;
    },
  };
  const failures: unknown[] = [];
  const scene = await answered(seed, {}, { store, blobs, onFailure: (error) => failures.push(error) });
  const { accept, fia, fix, desk, request } = scene;
  const other = await makeRequest(fia, fix, desk());
  expect(codesOf(await accept(other.signed, fia))).toEqual(['ALLOW']);
  broken = request.exchange;
  return { ...scene, other, failures };
}

const named = (id: string) => ({ code: 'INVARIANT_BROKEN', detail: `exchange ${id}, as stored, does not parse` });

describe('a damaged exchange', () => {
  it('takes no message, and is named; others do', async () => {
    const { accept, fia, fix, desk, request, other } = await damaged(640);
    const close = (exchange: typeof request.exchange) =>
      makeEnvelope({ from: fia, to: fix, exchange, message: 'NO_LONGER_REQUIRED' }, desk());
    await expect(accept(close(request.exchange), fia)).rejects.toMatchObject(named(request.exchange));
    expect(codesOf(await accept(close(other.exchange), fia))).toEqual(['ALLOW']);
  });

  it('holds up neither deliveries nor the dates of others, which are counted again', async () => {
    const { walk, world, request, other, failures } = await damaged(641);
    while ((await walk.deliverDue()) > 0);
    expect(await walk.receiptFor(other.signed.digest, 'delivered')).not.toBeNull();
    failures.length = 0;
    expect(await walk.recountClocks()).toBe(0);
    expect(failures.length).toBeGreaterThan(0);
    world.clock.advance(60 * DAY_MS);
    while ((await walk.deliverDue()) > 0);
    for (const failure of failures) expect(failure).toMatchObject(named(request.exchange));
  });
});
