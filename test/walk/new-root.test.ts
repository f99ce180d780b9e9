/** Another root: by the word of the old one; or, where that is lost, by two persons of the operator. */
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey, type SigningKey } from '../../crypto/signing-key.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { formatInstant } from '../../domain/time.js';
import {
  createActor,
  designation,
  designationApproval,
  entry,
  ORIGIN,
  signNow,
  submitted,
  uuidFrom,
  type Actor,
  type Signed,
} from '../support/actors.js';
import { toldOf } from '../support/answered.js';
import { makeAccess, makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol, walkConfig, type TestGateway } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const approver = createSigningKey(createChance(2_000_001));
const operator = createSigningKey(createChance(1_000_003));
const two = walkConfig(operator, { operator: { ...walkConfig(operator).operator, approvers: [approver] } });
let gateway: TestGateway;
let fia: Actor;
let fix: Actor;
let next: SigningKey;

const accept = async ({ submission }: Signed, actor: Actor | null = null): Promise<string> =>
  toldOf(await gateway.walk.acceptStatement(submission, actor?.caller ?? null));
const publicOf = ({ kid, publicKey }: SigningKey) => ({ kid, publicKey: encodeBase64url(publicKey) });
const change = (over: object = {}, key: SigningKey = fia.root): Signed => {
  const { chance, at } = gateway.desk();
  const head = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at) };
  const payload = { ...head, authority: fia.id, old: publicOf(fia.root), root: publicOf(next), after: 1, ...over };
  return submitted(signNow('parley-root+json', payload, key));
};
const enter = (actor: Actor, over: object = {}): Signed => {
  const { chance, at } = gateway.desk();
  return entry(actor, at, chance, over);
};
const designate = (actor: Actor, over: object = {}): Signed => {
  const { chance, at } = gateway.desk();
  return designation(gateway.operator, actor, at, chance, over);
};
const approve = (proposed: Signed): Signed => {
  const { chance, at } = gateway.desk();
  return designationApproval(approver, proposed.digest, at, chance);
};
const lastEvent = async (): Promise<AuditEvent> => {
  const leaf = await gateway.store.leaf((await gateway.store.leafCount()) - 1);
  return JSON.parse(Buffer.from(leaf!.views[0]!.event).toString()) as AuditEvent;
};

beforeEach(async () => {
  gateway = createTestGateway(91);
  ({ fia, fix } = createCast(23));
  next = createSigningKey(gateway.desk().chance);
  await enrol(gateway, [fia, fix]);
});

describe('a root that the old one names', () => {
  it('signs the next entry and revocations; the old one signs nothing more; work goes on meanwhile', async () => {
    const turned = { ...fia, root: next };
    expect(await accept(change())).toBe('accepted');
    expect(await lastEvent()).toMatchObject({ action: 'ROOT_CHANGE', basis: 'OLD_ROOT', view: fia.id });
    expect(await accept((await makeRequest(fia, fix, gateway.desk())).signed, fia)).toBe('accepted');
    expect(await accept(enter(fia, { seq: 2 }))).toMatch(/^KEY_NOT_TRUSTED not signed by the designated root/);
    const { chance, at } = gateway.desk();
    const head = { v: 1, aud: ORIGIN, id: uuidFrom(chance), at: formatInstant(at), authority: fia.id };
    const revocation = (key: SigningKey) =>
      submitted(signNow('parley-revocation+json', { ...head, kid: fia.auth.kid, reason: 'LOST' }, key));
    expect(await accept(revocation(fia.root))).toMatch(/^KEY_NOT_TRUSTED/);
    expect(await accept(revocation(next))).toBe('accepted');
    expect(await accept(enter(turned, { seq: 2 }))).toBe('accepted');
    expect((await gateway.directory.refresh()).authorities.get(fia.id)).toMatchObject({ root: next.kid, entry: { seq: 2 } });
    expect((await gateway.directory.listing()).roots).toHaveLength(1);
    // the operator designates by the root of now
    expect(await accept(designate(turned, { status: 'SUSPENDED', reason: 'REVIEW' }))).toBe('accepted');
  });

  it('is refused where somebody else signed, the order is another, or a key is weak or known', async () => {
    const weak = encodeBase64url(Uint8Array.from({ length: 32 }, (_, n) => (n === 0 ? 1 : 0)));
    expect(await accept(change({}, next))).toMatch(/^KEY_NOT_TRUSTED not signed/);
    expect(await accept(change({}, fia.signing))).toMatch(/^KEY_NOT_TRUSTED not signed/);
    expect(await accept(change({ old: publicOf(next) }))).toMatch(/^SIGNATURE_INVALID/);
    expect(await accept(change({ old: { ...publicOf(fia.root), kid: next.kid } }))).toMatch(/^KEY_NOT_TRUSTED.*not a sound/);
    expect(await accept(change({ after: 2 }))).toMatch(/^CONFLICT after/);
    expect(await accept(change({ root: { kid: next.kid, publicKey: weak } }))).toMatch(/^KEY_NOT_TRUSTED.*not a sound/);
    for (const taken of [fix.root, fia.root, fix.signing, fia.auth])
      expect(await accept(change({ root: publicOf(taken) }))).toMatch(/^KEY_NOT_TRUSTED.*in another role already/);
    expect(await accept(change({ authority: fix.id }))).toMatch(/^KEY_NOT_TRUSTED not signed/);
    expect(await accept(change())).toBe('accepted');
    const back = change({ old: publicOf(next), root: publicOf(fia.root) }, next);
    expect(await accept(back)).toMatch(/^KEY_NOT_TRUSTED.*in another role already/);
  });

  it('of an authority without an entry is for nobody', async () => {
    const efcx = createActor('NG-EFCX', 'LAW_ENFORCEMENT', gateway.desk().chance);
    expect(await accept(designate(efcx))).toBe('accepted');
    expect(await accept(change({ authority: efcx.id, old: publicOf(efcx.root) }, efcx.root))).toMatch(/^CONFLICT after/);
  });
});

describe('a root that is lost', () => {
  const lost = (): Actor => ({ ...fia, root: next });

  it('is replaced by two persons and never by one', async () => {
    expect(await accept(designate(lost()))).toMatch(/^NOT_OFFERED.*name approvers/);
    gateway = createTestGateway(92, { ...gateway.deps, config: two });
    const proposed = designate(lost());
    expect(await accept(proposed)).toBe('accepted');
    expect((await gateway.directory.refresh()).authorities.get(fia.id)?.root).toBe(fia.root.kid);
    // nor does it take effect at once where it suspends
    expect(await accept(designate(lost(), { status: 'SUSPENDED', reason: 'REVIEW' }))).toBe('accepted');
    expect((await gateway.directory.refresh()).authorities.get(fia.id)).toMatchObject({ root: fia.root.kid, standing: 'ACTIVE' });
    const again = designate(lost());
    expect(await accept(again)).toBe('accepted');
    expect(await accept(approve(again))).toBe('accepted');
    expect(await lastEvent()).toMatchObject({ action: 'ROOT_CHANGE', basis: 'NEW_COMPARISON' });
    expect((await gateway.directory.refresh()).authorities.get(fia.id)).toMatchObject({ root: next.kid, entry: null });
  });

  it('begins in another State where the new comparison does, and nowhere else', async () => {
    gateway = createTestGateway(92, { ...gateway.deps, config: two });
    const body = createActor('CARIN-OBS', 'INTERNATIONAL_BODY', gateway.desk().chance);
    const first = designate(body);
    await accept(first);
    await accept(approve(first));
    expect(await accept(enter(body, { territory: 'NL' }))).toBe('accepted');
    expect(await accept(enter(body, { territory: 'BE', seq: 2 }))).toMatch(/^MALFORMED territory: it was NL before/);
    const moved = { ...body, root: next };
    const proposed = designate(moved);
    await accept(proposed);
    await accept(approve(proposed));
    // keys of before are known in their roles: the same officers go on
    expect(await accept(enter(moved, { territory: 'BE' }))).toBe('accepted');
  });

  it('lists nobody until the new one signs; what was received before is read on', async () => {
    gateway = createTestGateway(92, { ...gateway.deps, config: two });
    const { item, signed } = await makeRequest(fix, fia, gateway.desk());
    expect(await accept(signed, fix)).toBe('accepted');
    const proposed = designate(lost());
    await accept(proposed);
    await accept(approve(proposed));
    const read = () => makeAccess(fia, item.digest, signed.digest, gateway.desk());
    expect(await accept(read(), fia)).toMatch(/^KEY_NOT_TRUSTED/);
    expect(await accept(enter(fia, { seq: 2 }))).toMatch(/^KEY_NOT_TRUSTED/);
    expect(await accept(enter(lost(), { seq: 2 }))).toMatch(/^CONFLICT.*seq 1/);
    expect(await accept(enter(lost()))).toBe('accepted');
    expect(await accept(read(), fia)).toBe('accepted');
  });

  it('is not replaced by a key that is somebody’s, nor by the one before', async () => {
    gateway = createTestGateway(92, { ...gateway.deps, config: two });
    expect(await accept(designate({ ...fia, root: fix.signing }))).toMatch(/^KEY_NOT_TRUSTED/);
    await accept(change());
    expect(await accept(designate(fia))).toMatch(/^KEY_NOT_TRUSTED.*in another role already/);
  });
});
