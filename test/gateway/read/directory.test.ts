/** The directory as it is read: as new as whoever reads it needs, and of each officer's key what was said last. */
import { describe, expect, it } from 'vitest';
import { createSigningKey } from '../../../crypto/signing-key.js';
import type { Store } from '../../../domain/ports.js';
import { createDirectoryReader } from '../../../gateway/read/directory.js';
import { createActor, designation, designationApproval, entry, type Actor, type Signed } from '../../support/actors.js';
import { createCast, createTestGateway, enrol, walkConfig } from '../../support/test-gateway.js';
import { createChance } from '../../support/world.js';

const approver = createSigningKey(createChance(2_000_001));
const operator = createSigningKey(createChance(1_000_003));

async function scene(seed: number) {
  const config = walkConfig(operator, { operator: { ...walkConfig(operator).operator, approvers: [approver] } });
  const gateway = createTestGateway(seed, { config });
  const { walk, directory } = gateway;
  const accept = async ({ submission }: Signed): Promise<void> => {
    const answer = await walk.acceptStatement(submission, null);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    await directory.refresh();
  };
  const desk = () => {
    const { at, chance } = gateway.desk();
    return [at, chance] as const;
  };
  const designate = async (actor: Actor): Promise<void> => {
    const proposed = designation(operator, actor, ...desk());
    await accept(proposed);
    await accept(designationApproval(approver, proposed.digest, ...desk()));
  };
  return { ...gateway, accept, desk, designate };
}

describe('the entries about an officer’s key', () => {
  it('are the last that lists it and its authority’s next, whatever another authority publishes', async () => {
    const { accept, desk, designate, directory } = await scene(1541);
    const { fia, fix } = createCast(7);
    const [one, other] = [entry(fia, ...desk()), entry(fix, ...desk())];
    for (const actor of [fia, fix]) await designate(actor);
    for (const signed of [one, other, entry(fix, ...desk(), { seq: 2 })]) await accept(signed);
    expect(await directory.entriesAbout(fia.signing.kid)).toEqual([one.submission.statement]);
    const without = { ...createActor(fia.id, fia.type, createChance(1)), root: fia.root };
    const two = entry(without, ...desk(), { seq: 2 });
    for (const signed of [two, entry(without, ...desk(), { seq: 3 })]) await accept(signed);
    expect(await directory.entriesAbout(fia.signing.kid)).toEqual([one, two].map(({ submission }) => submission.statement));
  });

  it('end with its root where that was compared anew, and the count began again', async () => {
    const { accept, desk, designate, directory } = await scene(1542);
    const { fia } = createCast(7);
    const last = entry(fia, ...desk());
    await designate(fia);
    await accept(last);
    const anew = createActor(fia.id, fia.type, createChance(2));
    await designate(anew);
    for (const seq of [1, 2]) await accept(entry(anew, ...desk(), { seq }));
    expect(await directory.entriesAbout(fia.signing.kid)).toEqual([last.submission.statement]);
  });
});

it('is read anew for whoever has just changed it, though somebody began to read it before', async () => {
  const gateway = createTestGateway(1543);
  const { store, world } = gateway;
  let go = (): void => undefined;
  let held: Promise<void> | null = new Promise((resolve) => (go = resolve));
  const slow: Store = {
    ...store,
    async version(key) {
      const found = await store.version(key);
      const wait = held;
      held = null;
      await wait;
      return found;
    },
  };
  const reader = createDirectoryReader(slow, world.clock);
  const before = reader.current();
  await enrol(gateway, [createCast(7).fia]);
  const after = reader.refresh();
  go();
  expect([(await before).version, (await after).version]).toEqual([0, await store.version('directory')]);
});
