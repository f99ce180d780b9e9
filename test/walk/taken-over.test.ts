/** An authority that is no more: whoever took its tasks over answers for what it gave under its code, by a root that two persons designate (docs/decisions/0040). */
import { expect, it } from 'vitest';
import { createSigningKey } from '../../crypto/signing-key.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import { DAY_MS, formatInstant, plusMs } from '../../domain/time.js';
import { createInboxReader } from '../../gateway/read/inbox.js';
import { createActor, designation, designationApproval, entry, uuidFrom, type Actor, type Signed } from '../support/actors.js';
import { answered, codesOf, wordsOf } from '../support/answered.js';
import { makeConsent, makeEnvelope, makeLabel, makeRelease } from '../support/letters.js';
import { walkConfig } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

const approver = createSigningKey(createChance(2_000_001));
const two = (operator: ReturnType<typeof createSigningKey>) =>
  walkConfig(operator, { operator: { ...walkConfig(operator).operator, approvers: [approver] } });

/** fix gave fia an item and was dissolved: suspended for good, and VG-NEW came after it. */
async function dissolved(seed: number) {
  const scene = await answered(seed);
  const { walk, fix, operator, desk } = scene;
  // approvers are named before anybody is replaced
  Object.assign(scene.deps.config, two(operator));
  const designate = async (actor: Actor, over: object = {}): Promise<void> => {
    const { chance, at } = desk();
    const proposed = designation(operator, actor, at, chance, over);
    for (const { submission } of [proposed, designationApproval(approver, proposed.digest, at, chance)]) {
      const answer = await walk.acceptStatement(submission, null);
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    }
  };
  const enter = async (actor: Actor, over: object = {}): Promise<void> => {
    const { chance, at } = desk();
    const answer = await walk.acceptStatement(entry(actor, at, chance, over).submission, null);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  };
  const after = createActor('VG-NEW', 'FIU', createChance(seed + 1));
  await designate(after, { succeeds: [fix.id] });
  await enter(after);
  const { chance, at } = desk();
  const ended = designation(operator, fix, at, chance, { status: 'SUSPENDED', reason: 'REVIEW' });
  expect((await walk.acceptStatement(ended.submission, null)).ok).toBe(true);
  const asking = (to: Actor): Signed => {
    const recipient = { authority: scene.efcx.id, authorityType: scene.efcx.type, purposes: ['INTELLIGENCE', 'INVESTIGATION'] };
    const consent = { items: [scene.found.digest], recipient, until: formatInstant(plusMs(desk().at, 30 * DAY_MS)) };
    const over = { exchangeType: 'CONSENT_REQUEST' };
    return makeEnvelope({ from: scene.fia, to, exchange: uuidFrom(desk().chance), message: 'SUBMIT', body: { consent }, over }, desk());
  };
  return { ...scene, after, designate, enter, asking };
}

it('its successor is asked in its own name for nothing, and the refusal says under whose code it answers', async () => {
  const { accept, fia, fix, after, asking, desk, found, efcx } = await dissolved(1_801);
  const stray = await accept(asking(after), fia);
  expect(codesOf(stray)).toEqual(['NOT_FOUND']);
  expect(wordsOf(stray)).toContain(`${after.id} came after ${fix.id}, which gave it: ask ${fix.id}`);
  // nor does the successor consent by its own word
  expect(codesOf(await accept(makeConsent(after, fia, efcx, [found.digest], desk()), after))).toEqual(['NOT_FOUND']);
});

it('its code in the hands of its successor consents, is told, and tightens; the log shows since when, and by whose word', async () => {
  const scene = await dissolved(1_802);
  const { accept, walk, store, fia, fix, efcx, found, asking, designate, enter, desk } = scene;
  expect(codesOf(await accept(asking(fix), fia))).toEqual(['PARTICIPANT_SUSPENDED']);
  // the successor's people, with keys of their own for this code
  const keeper: Actor = createActor(fix.id, 'FIU', createChance(1_899));
  await designate(keeper);
  await enter(keeper, { name: 'VG-NEW, for what VG-FIX gave' });
  const request = asking(keeper);
  expect(codesOf(await accept(request, fia))).toEqual(['ALLOW']);
  await walk.deliverDue();
  // whoever acted for it before speaks no more
  expect(codesOf(await accept(makeConsent(fix, fia, efcx, [found.digest], desk()), fix))).toEqual(['KEY_NOT_TRUSTED']);
  const grant = makeConsent(keeper, fia, efcx, [found.digest], desk(), { request: request.digest });
  expect(codesOf(await accept(grant, keeper))).toEqual(['ALLOW']);
  expect(codesOf(await accept(await makeRelease(fia, efcx, found, [grant.digest], desk()), fia))).toEqual(['ALLOW']);
  const tighter = makeLabel(keeper, found, desk(), { change: 'RETRACT', label: undefined });
  expect(codesOf(await accept(tighter, keeper))).toEqual(['ALLOW']);
  while ((await walk.deliverDue()) > 0);
  const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
  expect((await inbox.page(efcx.id, 0, 50)).entries.map(({ kind }) => kind)).toContain('label');
  const seen = (await store.leaves(0, await store.leafCount()))
    .flatMap(({ views }) => views.filter(({ view }) => view === fix.id))
    .map(({ event }) => JSON.parse(new TextDecoder().decode(event)) as AuditEvent);
  const since = seen.findIndex(({ action, basis }) => action === 'ROOT_CHANGE' && basis === 'NEW_COMPARISON');
  expect(seen.slice(since).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['ROOT_CHANGE', 'ENTRY', 'CONSENT_GRANT', 'RELEASE', 'LABEL_CHANGE']),
  );
});
