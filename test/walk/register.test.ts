/** The operator's register: what one signature does at once, and what waits for a second one. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createSigningKey } from '../../crypto/signing-key.js';
import { formatInstant } from '../../domain/time.js';
import { readDirectoryBefore } from '../../gateway/read/directory.js';
import { createActor, designation, designationApproval, entry, OPERATOR, ORIGIN, signNow, submitted, uuidFrom } from '../support/actors.js';
import type { Actor, Signed } from '../support/actors.js';
import { labelOf, makeAccess, makeConsent, makeLabel, makeRequest, makeRevocation } from '../support/letters.js';
import { createTestGateway, walkConfig, type TestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const approver = createSigningKey(createChance(2_000_001));
const operator = createSigningKey(createChance(1_000_003));
const { root, publicKey, authority } = walkConfig(operator).operator;
const two = walkConfig(operator, { operator: { authority, root, publicKey, approvers: [approver] } });

let gateway: TestGateway;
let fia: Actor;
let fix: Actor;

const opened = (approvers: boolean): TestGateway => {
  const plain = createTestGateway(79);
  return approvers ? createTestGateway(79, { ...plain.deps, config: two }) : plain;
};
const accept = async ({ submission }: Signed, actor: Actor | null = null): Promise<string> => {
  const answer = await gateway.walk.acceptStatement(submission, actor?.caller ?? null);
  if (answer.ok) return 'accepted';
  const { code, detail, violations } = answer.error.refusal;
  return [code, ...violations.map((violation) => violation.code), detail].join(' ');
};
const designate = (actor: Actor, over: object = {}): Signed => {
  const { chance, at } = gateway.desk();
  return designation(gateway.operator, actor, at, chance, over);
};
const approve = (proposed: Signed, key = approver): Signed => {
  const { chance, at } = gateway.desk();
  return designationApproval(key, proposed.digest, at, chance);
};
const enter = (actor: Actor, over: object = {}): Signed => {
  const { chance, at } = gateway.desk();
  return entry(actor, at, chance, over);
};
const agree = (over: object): Signed => {
  const { chance, at } = gateway.desk();
  const payload = {
    agreement: 'MOU:1',
    kind: 'MOU',
    parties: [fia.id, fix.id],
    from: '2020-01-01',
    profiles: ['BVI_BILATERAL_FIU'],
    ...over,
  };
  const head = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at), operator: OPERATOR };
  return submitted(signNow('parley-agreement+json', { ...head, ...payload }, gateway.operator));
};
const standing = async (actor: Actor) => (await gateway.directory.refresh()).authorities.get(actor.id)?.standing ?? null;
const waiting = async () => (await gateway.directory.listing()).waiting.length;

const member = (network: string) => ({ network, seat: 'MEMBER' });

const world = (approvers: boolean) => () => {
  gateway = opened(approvers);
  const chance = createChance(17);
  [fia, fix] = [createActor('NG-FIA', 'FIU', chance), createActor('VG-FIX', 'FIU', chance)];
};

it('the operator’s key speaks for the operator alone', async () => {
  world(false)();
  expect(await accept(designate(fia, { operator: fix.id }))).toContain('KEY_NOT_TRUSTED');
  expect(await standing(fia)).toBeNull();
});

describe('where the deployment names approvers', () => {
  beforeEach(world(true));

  it('a designation waits for one of them, and is in force from the approval on', async () => {
    const proposed = designate(fia);
    expect(await accept(proposed)).toBe('accepted');
    expect([await standing(fia), await waiting()]).toEqual([null, 1]);
    expect(await accept(enter(fia))).toContain('KEY_NOT_TRUSTED');
    const before = (await gateway.store.leafCount()) - 1;
    expect(await accept(approve(proposed))).toBe('accepted');
    expect([await standing(fia), await waiting()]).toEqual(['ACTIVE', 0]);
    expect(await accept(enter(fia))).toBe('accepted');
    const [row] = (await gateway.directory.listing()).authorities;
    expect(row).toMatchObject({ designation: proposed.submission.statement, approval: expect.any(String) as string });
    expect((await readDirectoryBefore(gateway.store, before)).authorities.size).toBe(0);
    expect((await readDirectoryBefore(gateway.store, await gateway.store.leafCount())).authorities.size).toBe(1);
  });

  it('the root does not approve what it said itself, nor does a stranger', async () => {
    const proposed = designate(fia);
    await accept(proposed);
    expect(await accept(approve(proposed, gateway.operator))).toContain('KEY_NOT_TRUSTED');
    expect(await accept(approve(proposed, fix.root))).toContain('KEY_NOT_TRUSTED');
    expect(await accept(designation(approver, fix, gateway.desk().at, gateway.desk().chance))).toContain('KEY_NOT_TRUSTED');
    expect(await standing(fia)).toBeNull();
  });

  it('what is in force, is unknown or is no designation is not approved', async () => {
    const proposed = designate(fia);
    await accept(proposed);
    await accept(approve(proposed));
    expect(await accept(approve(proposed))).toContain('CONFLICT');
    expect(await accept(approve(enter(fia)))).toContain('NOT_FOUND');
    const written = enter(fia);
    await accept(written);
    expect(await accept(approve(written))).toContain('NOT_FOUND');
  });

  it('a suspension takes effect at once by one signature with its reason; the way back takes two', async () => {
    const proposed = designate(fia);
    await accept(proposed);
    await accept(approve(proposed));
    expect(await accept(designate(fia, { status: 'SUSPENDED' }))).toContain('MALFORMED');
    const suspended = designate(fia, { status: 'SUSPENDED', reason: 'KEY_COMPROMISED' });
    expect(await accept(suspended)).toBe('accepted');
    expect(await standing(fia)).toBe('SUSPENDED');
    expect(await accept(approve(suspended))).toContain('CONFLICT');
    const back = designate(fia);
    expect(await accept(back)).toBe('accepted');
    expect(await standing(fia)).toBe('SUSPENDED');
    expect(await accept(approve(back))).toBe('accepted');
    expect(await standing(fia)).toBe('ACTIVE');
  });

  it('a suspension takes over what waited: the older proposal is not approved any more', async () => {
    const proposed = designate(fia);
    await accept(proposed);
    await accept(approve(proposed));
    const wider = designate(fia, { types: ['FIU', 'COURT'] });
    await accept(wider);
    expect(await waiting()).toBe(1);
    await accept(designate(fia, { status: 'SUSPENDED', reason: 'AT_ITS_REQUEST' }));
    expect(await waiting()).toBe(0);
    expect(await accept(approve(wider))).toContain('CONFLICT');
    expect(await standing(fia)).toBe('SUSPENDED');
  });

  it('a suspension that gives something as well waits like every other designation', async () => {
    const proposed = designate(fia, { networks: [member('CARIN')] });
    await accept(proposed);
    await accept(approve(proposed));
    const more = [{ networks: undefined }, ...[[], [member('CARIN')]].map((kept) => ({ networks: [...kept, member('GLOBE')] }))];
    for (const over of [{ types: ['FIU', 'COURT'] }, { succeeds: [fia.id] }, ...more])
      await accept(designate(fia, { status: 'SUSPENDED', reason: 'AT_ITS_REQUEST', ...over }));
    expect(await standing(fia)).toBe('ACTIVE');
    for (const networks of [[member('CARIN')], []]) {
      await accept(designate(fia, { status: 'SUSPENDED', reason: 'AT_ITS_REQUEST', networks }));
      expect(await standing(fia)).toBe('SUSPENDED');
    }
    await accept(designate(fix, { status: 'SUSPENDED', reason: 'AT_ITS_REQUEST' }));
    expect(await standing(fix)).toBeNull();
  });
});

describe('where it names none', () => {
  beforeEach(async () => {
    world(false)();
    for (const actor of [fia, fix]) {
      expect(await accept(designate(actor))).toBe('accepted');
      expect(await accept(enter(actor))).toBe('accepted');
    }
  });

  it('the root’s signature is enough, and nobody approves', async () => {
    const proposed = designate(fia);
    expect(await accept(proposed)).toBe('accepted');
    expect(await accept(approve(proposed))).toContain('KEY_NOT_TRUSTED');
    expect((await gateway.directory.listing()).authorities[0]).not.toHaveProperty('approval');
  });

  it('whoever is suspended neither sends nor receives nor reads, and may still revoke, retract and add a caveat', async () => {
    const police = createActor('NG-EFCX', 'LAW_ENFORCEMENT', createChance(6));
    for (const first of [designate(police), enter(police)]) expect(await accept(first)).toBe('accepted');
    const { signed, item } = await makeRequest(fix, fia, gateway.desk());
    expect(await accept(signed, fix)).toBe('accepted');
    await gateway.walk.deliverDue();
    const grant = makeConsent(fix, fia, police, [item.digest], gateway.desk());
    expect(await accept(grant, fix)).toBe('accepted');
    expect(await accept(designate(fix, { status: 'SUSPENDED', reason: 'SECURITY_AT_RISK' }))).toBe('accepted');

    expect(await accept((await makeRequest(fix, fia, gateway.desk())).signed, fix)).toContain('PARTICIPANT_SUSPENDED');
    expect(await accept((await makeRequest(fia, fix, gateway.desk())).signed, fia)).toContain('PARTICIPANT_SUSPENDED');
    expect(await accept(makeAccess(fix, item.digest, signed.digest, gateway.desk()), fix)).toContain('PARTICIPANT_SUSPENDED');
    expect(await accept(makeConsent(fix, fia, police, [item.digest], gateway.desk()), fix)).toContain('PARTICIPANT_SUSPENDED');
    const tighter = labelOf(fix, { caveats: ['NO_THIRD_PARTY', 'OWN_ORG_ONLY'].map((code) => ({ code, by: fix.id })) });
    expect(await accept(makeLabel(fix, item, gateway.desk(), { label: tighter }), fix)).toBe('accepted');
    expect(await accept(makeRevocation(fix, fia, grant.digest, gateway.desk()), fix)).toBe('accepted');
    expect(await accept(makeLabel(fix, item, gateway.desk(), { change: 'RETRACT', label: undefined }), fix)).toBe('accepted');
  });

  it('an observer is told of no case: nothing is sent, released or consented to it, and it reads nothing', async () => {
    const { signed, item } = await makeRequest(fia, fix, gateway.desk());
    expect(await accept(signed, fia)).toBe('accepted');
    await gateway.walk.deliverDue();
    expect(await accept(designate(fix, { status: 'OBSERVER' }))).toBe('accepted');
    expect(await accept((await makeRequest(fia, fix, gateway.desk())).signed, fia)).toContain('OBSERVER_NO_CASE_DATA');
    expect(await accept(makeAccess(fix, item.digest, signed.digest, gateway.desk()), fix)).toContain('OBSERVER_NO_CASE_DATA');
    expect(await accept(makeConsent(fia, fia, fix, [item.digest], gateway.desk()), fia)).toContain('OBSERVER_NO_CASE_DATA');
  });

  it('a successor is named for those who were before, once, and never in a circle', async () => {
    expect(await accept(designate(fix, { succeeds: ['ZZ-OLD'] }))).toContain('NOT_FOUND');
    expect(await accept(designate(fix, { succeeds: [fix.id] }))).toContain('CONFLICT');
    expect(await accept(designate(fix, { succeeds: [fia.id] }))).toBe('accepted');
    expect((await gateway.directory.refresh()).successors.get(fia.id)).toBe(fix.id);
    expect(await accept(designate(fia, { succeeds: [fix.id] }))).toContain('CONFLICT');
    const third = createActor('EE-FIN', 'FIU', createChance(5));
    expect(await accept(designate(third, { succeeds: [fia.id] }))).toContain('CONFLICT');
    expect(await accept(designate(third, { succeeds: [fix.id] }))).toBe('accepted');
    expect(await accept(designate(fia, { succeeds: [third.id] }))).toContain('CONFLICT');
  });

  it('an agreement stands in the register by the last statement about it', async () => {
    expect(await accept(agree({}))).toBe('accepted');
    expect(await accept(agree({ until: '2021-01-01' }))).toBe('accepted');
    expect(await accept(agree({ agreement: 'MLAT:7', kind: 'MLAT' }))).toBe('accepted');
    const { agreements } = await gateway.directory.refresh();
    expect([...agreements.values()].map(({ agreement, until }) => [agreement, until])).toEqual([
      ['MOU:1', '2021-01-01'],
      ['MLAT:7', undefined],
    ]);
    expect((await gateway.directory.listing()).agreements).toHaveLength(2);
    expect(await accept(agree({ parties: [fia.id, 'ZZ-NEW'] }))).toContain('NOT_FOUND');
    expect(await accept(agree({ parties: [fia.id, fia.id] }))).toContain('MALFORMED');
    expect(await accept(agree({ until: '2019-12-31' }))).toContain('MALFORMED');
  });
});
