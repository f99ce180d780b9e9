/** Two gateways on one PostgreSQL database: what one acknowledged the other knows, and neither does twice what the other did. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../domain/time.js';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import type { Store } from '../../domain/ports.js';
import type { RunningWalk } from '../../gateway/walk.js';
import { makeConsent, makeItem, makeEnvelope, makeRelease, makeRequest, makeRevocation } from '../support/letters.js';
import { hasPostgres, postgresUrl } from '../support/postgres.js';
import { createCast, createGatewayKeys, enrol, openWalk, type TestGateway } from '../support/test-gateway.js';
import { createChance, createWorld } from '../support/world.js';

const world = createWorld(77);
const operator = createSigningKey(createChance(1_000_003));
const keys = createGatewayKeys(1_000_004);
const { fia, fix, efcx } = createCast(7);
const desk = () => ({ chance: world.chance, at: world.clock.now() });

describe.skipIf(!hasPostgres())('two gateways on one PostgreSQL database (skipped where no server is installed or given)', () => {
  let server: Awaited<ReturnType<typeof postgresUrl>>;
  const stores: Store[] = [];
  const walks: RunningWalk[] = [];

  beforeAll(async () => {
    server = await postgresUrl();
    for (let i = 0; i < 2; i += 1) {
      const store = await openStore(server!.url);
      stores.push(store);
      walks.push(openWalk(world, operator, keys, store).walk);
    }
    await enrol({ walk: walks[0]!, operator, desk } as TestGateway, [fia, fix, efcx]);
    // the other one's directory is at most so old
    world.clock.advance(1_000);
  });

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server?.stop();
  });

  it('keep one message of a hundred parallel sends to both, and give identical receipts', async () => {
    const { signed } = await makeRequest(fia, fix, desk());
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => walks[i % 2]!.acceptStatement(signed.submission, fia.caller)));
    const receipts = answers.map((answer) => JSON.stringify(answer.ok ? answer.value.receipt : answer.error));
    expect(new Set(receipts).size).toBe(1);
    expect(answers[0]!.ok).toBe(true);
  });

  it('deliver each message once, however both look for work', async () => {
    const settled = await Promise.all(Array.from({ length: 10 }, (_, i) => walks[i % 2]!.deliverDue()));
    expect(settled.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await stores[0]!.outboxOpen()).toBe(0);
    expect(await stores[1]!.inbox(fix.id, 0, 10)).toHaveLength(1);
  });

  it('accept no release at one after the other has taken the revocation', async () => {
    const [one, two] = walks as [RunningWalk, RunningWalk];
    for (let round = 0; round < 8; round += 1) {
      const { signed, exchange } = await makeRequest(fia, fix, desk());
      expect((await one.acceptStatement(signed.submission, fia.caller)).ok).toBe(true);
      await two.deliverDue();
      const item = await makeItem(fix, [fia, fix], `answer ${round}`, desk());
      const reply = makeEnvelope({ from: fix, to: fia, exchange, message: 'FINAL_REPLY', items: [item], body: {} }, desk());
      expect(await one.acceptStatement(reply.submission, fix.caller)).toMatchObject({ ok: true });
      const consent = makeConsent(fix, fia, efcx, [item.digest], desk());
      expect(await two.acceptStatement(consent.submission, fix.caller)).toMatchObject({ ok: true });
      const release = await makeRelease(fia, efcx, item, [consent.digest], desk());
      const revocation = makeRevocation(fix, fia, consent.digest, desk());
      const [released, revoked] = await Promise.all([
        one.acceptStatement(release.submission, fia.caller),
        two.acceptStatement(revocation.submission, fix.caller),
      ]);
      expect(revoked.ok).toBe(true);
      const first = revoked.ok ? indexOf(revoked.value.receipt.body) : 0;
      // whichever came first in the log: a release behind the revocation would be a leak
      if (released.ok) expect(indexOf(released.value.receipt.body)).toBeLessThan(first);
      else expect(released.error.refusal.violations.map(({ code }) => code)).toContain('CONSENT_EXPIRED_OR_REVOKED');
    }
  });

  it('ring each alarm once, however both look for work', async () => {
    world.clock.advance(4 * DAY_MS);
    for (let look = 0; look < 4; look += 1) await Promise.all(walks.map((walk) => walk.deliverDue()));
    const leaves = await stores[0]!.leaves(0, await stores[0]!.leafCount());
    // of the one request that nobody answered: who owes was told, and who waits
    expect(leaves.filter(({ stage }) => stage === 'noticed').map(({ mailbox }) => mailbox)).toEqual([fix.id, fia.id]);
  });

  it('publish one chain of checkpoints between them', async () => {
    const notes = await Promise.all(Array.from({ length: 6 }, (_, i) => walks[i % 2]!.publishCheckpoint()));
    const latest = await stores[0]!.latestCheckpoint();
    expect(notes).toContain(latest?.note);
    expect(latest?.size).toBe(await stores[1]!.leafCount());
  });
});

const indexOf = (body: string): number => (JSON.parse(body) as { index: number }).index;
