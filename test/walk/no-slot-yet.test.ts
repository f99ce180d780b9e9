/**
 * Before its designation an authority has no slot in an epoch's map: nothing is recorded about it but of an operator, which acts before it
 * is designated itself.
 */
import { expect, it } from 'vitest';
import { createSigningKey } from '../../crypto/signing-key.js';
import { createActor, designation, designationApproval, entry } from '../support/actors.js';
import { answered, codesOf } from '../support/answered.js';
import { labelOf, makeConsent, makeDeletion, makeEnvelope, makeItem } from '../support/letters.js';
import { createTestGateway, walkConfig, type TestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const coming = createActor('VG-NEW', 'FIU', createChance(61));

/** Epochs that recorded something about it, and those whose map has a slot of it. */
async function epochsOf({ store, walk }: Pick<TestGateway, 'store' | 'walk'>) {
  await walk.deliverDue();
  await walk.publishCheckpoint();
  const newest = (await store.latestCheckpoint())!.n;
  const recorded = (await store.streamEntries(coming.id, 0, 100)).map(({ n }) => n);
  const bound: number[] = [];
  for (let n = 1; n <= newest; n += 1) if ((await store.slots(n)).some(({ authority }) => authority === coming.id)) bound.push(n);
  return { recorded, bound };
}

it('no consent names a holder that is in no directory', async () => {
  const { accept, walk, store, fix, fia, efcx, found, desk } = await answered(711);
  expect(codesOf(await accept(makeConsent(fix, coming, efcx, [found.digest], desk()), fix))).toEqual(['MALFORMED']);
  expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['ALLOW']);
  expect((await epochsOf({ store, walk })).recorded).toEqual([]);
});

it('no label has a caveat whose owner is in no directory, and would be told what holders say of the item', async () => {
  const { accept, walk, store, fix, fia, say, desk } = await answered(712);
  const give = async (by: string) => {
    const caveats = [
      { code: 'NO_THIRD_PARTY', by: fix.id },
      { code: 'CONFIDENTIAL_FACT', by },
    ];
    const item = await makeItem(fix, [fia, fix], 'found', desk(), { label: labelOf(fix, { caveats }) });
    const answer = await accept(makeEnvelope({ ...say, message: 'INTERIM_REPLY', items: [item] }, desk()), fix);
    return { item, codes: codesOf(answer) };
  };
  expect((await give(coming.id)).codes).toEqual(['MALFORMED']);
  const { item, codes } = await give(fia.id);
  expect(codes).toEqual(['ALLOW']);
  expect(codesOf(await accept(makeDeletion(fia, item.digest, desk()), fia))).toEqual(['ALLOW']);
  expect((await epochsOf({ store, walk })).recorded).toEqual([]);
});

it('a designation that waits for its second person is told to whom it names when it is in force', async () => {
  const approver = createSigningKey(createChance(2_000_001));
  const { root, publicKey, authority } = walkConfig(createSigningKey(createChance(1_000_003))).operator;
  const plain = createTestGateway(713);
  const config = { ...plain.deps.config, operator: { authority, root, publicKey, approvers: [approver] } };
  const gateway = createTestGateway(713, { ...plain.deps, config });
  const { walk, operator, desk } = gateway;
  const say = async ({ submission }: ReturnType<typeof designation>) => codesOf(await walk.acceptStatement(submission, null));
  const proposed = designation(operator, coming, desk().at, desk().chance);
  expect(await say(proposed)).toEqual(['ALLOW']);
  await epochsOf(gateway);
  expect(await say(designationApproval(approver, proposed.digest, desk().at, desk().chance))).toEqual(['ALLOW']);
  expect(await say(entry(coming, desk().at, desk().chance))).toEqual(['ALLOW']);
  const { recorded, bound } = await epochsOf(gateway);
  expect(recorded.length).toBeGreaterThan(0);
  expect(bound).toEqual(expect.arrayContaining(recorded));
});
