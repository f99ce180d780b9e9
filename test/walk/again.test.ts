/** Retries, races and replays: what happens when bytes come twice, or an id comes with other bytes. */
import { expect, it } from 'vitest';
import type { Result } from '../../domain/result.js';
import type { Accepted, Refused } from '../../gateway/answers.js';
import { rowOf, statementOf } from '../contract/store-rows.js';
import { answered, codesOf } from '../support/answered.js';
import {
  makeAccess,
  makeAnswer,
  makeConsent,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRequest,
  makeRevocation,
  REQUEST_FORM,
} from '../support/letters.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';
import { signNow, submitted, uuidFrom } from '../support/actors.js';

const codeOf = (answer: Result<Accepted, Refused>): string => (answer.ok ? 'ALLOW' : answer.error.refusal.code);
const receiptOf = (answer: Result<Accepted, Refused>): string => JSON.stringify(answer.ok ? answer.value.receipt : answer.error.refusal);

async function opened(seed: number) {
  const gateway = createTestGateway(seed);
  const cast = createCast(7);
  await enrol(gateway, Object.values(cast));
  return { ...gateway, ...cast };
}

it('gives the same receipt for the same bytes, also after its signer lost the key', async () => {
  const { walk, desk, fia, fix, store } = await opened(2);
  const { signed } = await makeRequest(fia, fix, desk());
  const first = await walk.acceptStatement(signed.submission, fia.caller);
  const { at } = desk();
  const revoked = signNow(
    'parley-revocation+json',
    {
      v: 1,
      aud: 'parley.example/test',
      id: '00000000-0000-4000-8000-000000000001',
      at: new Date(at).toISOString(),
      authority: fia.id,
      kid: fia.signing.kid,
      reason: 'LOST',
    },
    fia.root,
  );
  expect(codeOf(await walk.acceptStatement(submitted(revoked).submission, null))).toBe('ALLOW');
  const leaves = await store.leafCount();
  const again = await walk.acceptStatement(signed.submission, fia.caller);
  expect(receiptOf(again)).toBe(receiptOf(first));
  expect(await store.leafCount()).toBe(leaves);
  expect(JSON.stringify(await walk.receiptFor(signed.digest, 'accepted'))).toBe(receiptOf(first));
});

it('gives the content again with the receipt of a reading whose answer was lost, in one leaf, until the law forbids it', async () => {
  const { accept, fia, fix, found, reply, desk, store } = await answered(8);
  const access = makeAccess(fia, found.digest, reply.digest, desk());
  const first = await accept(access, fia);
  expect(codeOf(first)).toBe('ALLOW');
  const leaves = await store.leafCount();
  const again = await accept(access, fia);
  expect(receiptOf(again)).toBe(receiptOf(first));
  expect(again).toMatchObject({ value: { reading: { item: found.compact } } });
  expect(await store.leafCount()).toBe(leaves);
  expect(codeOf(await accept(makeLabel(fix, found, desk(), { change: 'RETRACT', label: undefined }), fix))).toBe('ALLOW');
  expect(codesOf(await accept(access, fia))).toEqual(['ITEM_RETRACTED']);
});

it('gives the receipt of what was accepted before, also where what came with it is refused today', async () => {
  const { walk, desk, fia, fix, store } = await opened(4);
  // from when the digests of a form were in any order
  const form = { ...REQUEST_FORM, _sd: ['B', 'A'].map((letter) => `${letter.repeat(42)}A`) };
  const item = await makeItem(fia, [fix, fia], 'a request', desk(), { itemRole: 'FORM', form });
  const { submission, digest } = makeEnvelope(
    { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT', items: [item] },
    desk(),
  );
  expect(codeOf(await walk.acceptStatement(submission, fia.caller))).toBe('MALFORMED');
  const row = rowOf('before', { leaf: { statement: digest } });
  await store.commitBatch([{ ...row, statement: statementOf('before', { digest, author: fia.id }) }], desk().at);
  const again = await walk.acceptStatement(submission, fia.caller);
  expect(codeOf(again)).toBe('ALLOW');
  expect(JSON.stringify(await walk.receiptFor(digest, 'accepted'))).toBe(receiptOf(again));
  // and to nobody else
  expect(codeOf(await walk.acceptStatement(submission, fix.caller))).toBe('MALFORMED');
});

it('keeps one message of two hundred parallel sends of one id, and gives identical receipts', async () => {
  const { walk, desk, fia, fix, store } = await opened(3);
  const { signed } = await makeRequest(fia, fix, desk());
  const before = await store.leafCount();
  // some come while others are decided already: each starts a few turns of the event loop later than the one before
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      for (let turn = 0; turn < i; turn += 1) await Promise.resolve();
      return walk.acceptStatement(signed.submission, fia.caller);
    }),
  );
  expect(new Set(answers.map(codeOf))).toEqual(new Set(['ALLOW']));
  expect(new Set(answers.map(receiptOf)).size).toBe(1);
  expect(await store.leafCount()).toBe(before + 1);
  expect(await store.outboxOpen()).toBe(1);
});

it('refuses other bytes under a used id as a replay, whatever else is wrong with them', async () => {
  const { walk, desk, fia, fix } = await opened(4);
  const { signed, exchange } = await makeRequest(fia, fix, desk());
  await walk.acceptStatement(signed.submission, fia.caller);
  const { id } = JSON.parse(Buffer.from(signed.submission.statement.split('.')[1]!, 'base64url').toString()) as { id: string };
  // the step is impossible now, but that it is a replay says more
  const other = makeEnvelope({ from: fia, to: fix, exchange, message: 'REOPEN', over: { id } }, desk());
  expect(codeOf(await walk.acceptStatement(other.submission, fia.caller))).toBe('REPLAY_DETECTED');
  const stepless = await makeAnswer({ from: fia, to: fix, exchange, message: 'REOPEN' }, desk());
  const refused = await walk.acceptStatement(stepless.submission, fia.caller);
  expect(codeOf(refused)).toBe('STEP_NOT_ALLOWED');
  // what may be done instead, and by whom: it is not delivered yet
  expect(refused.ok ? '' : refused.error.refusal.detail).toBe(
    `REOPEN does not follow SUBMITTED; possible now: to ${fia.id}: NO_LONGER_REQUIRED; to the gateway: DELIVERY_RECEIPT`,
  );
});

it('lets one of two bytes under one id win a race, and calls the other a replay', async () => {
  const { walk, desk, fia, fix } = await opened(5);
  const over = { id: '00000000-0000-4000-8000-0000000000aa' };
  const both = [await makeRequest(fia, fix, desk(), over), await makeRequest(fia, fix, desk(), over)];
  const answers = await Promise.all(both.map(({ signed }) => walk.acceptStatement(signed.submission, fia.caller)));
  expect(answers.map(codeOf).sort()).toEqual(['ALLOW', 'REPLAY_DETECTED']);
});

it('fails the one that conflicts in a group of sixty-four, and commits the others', async () => {
  const { walk, desk, fia, fix, store } = await opened(6);
  const requests = await Promise.all(Array.from({ length: 63 }, () => makeRequest(fia, fix, desk())));
  const { id } = JSON.parse(Buffer.from(requests[0]!.signed.submission.statement.split('.')[1]!, 'base64url').toString()) as { id: string };
  const replay = await makeRequest(fia, fix, desk(), { id });
  const before = await store.leafCount();
  const answers = await Promise.all([...requests, replay].map(({ signed }) => walk.acceptStatement(signed.submission, fia.caller)));
  expect(answers.map(codeOf)).toEqual([...Array.from({ length: 63 }, () => 'ALLOW'), 'REPLAY_DETECTED']);
  // sixty-three effects and the refusal
  expect(await store.leafCount()).toBe(before + 64);
  expect((await store.batch(before))?.size).toBe(63);
});

it('refuses a release whose consent was revoked while it was decided', async () => {
  const { walk, desk, fia, fix, efcx } = await opened(7);
  const accept = async (signed: { submission: Parameters<typeof walk.acceptStatement>[0] }, who: typeof fia) =>
    walk.acceptStatement(signed.submission, who.caller);
  const request = await makeRequest(fia, fix, desk());
  await accept(request.signed, fia);
  await walk.deliverDue();
  const say = { from: fix, to: fia, exchange: request.exchange };
  await accept(makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk()), fix);
  const found = await makeItem(fix, [fia, fix], 'what was found', desk());
  expect(codeOf(await accept(makeEnvelope({ ...say, message: 'FINAL_REPLY', items: [found] }, desk()), fix))).toBe('ALLOW');
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  expect(codeOf(await accept(consent, fix))).toBe('ALLOW');
  const [release, end] = [await makeRelease(fia, efcx, found, [consent.digest], desk()), makeRevocation(fix, fia, consent.digest, desk())];
  const [revoked, released] = await Promise.all([accept(end, fix), accept(release, fia)]);
  expect(codeOf(revoked)).toBe('ALLOW');
  expect(released.ok ? [] : released.error.refusal.violations.map(({ code }) => code)).toContain('CONSENT_EXPIRED_OR_REVOKED');
});
