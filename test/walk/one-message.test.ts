import { expect, it } from 'vitest';
import { decodeBase64url } from '../../crypto/base64url.js';
import { openItem } from '../../crypto/open.js';
import type { Accepted, Refused } from '../../gateway/answers.js';
import type { Result } from '../../domain/result.js';
import { makeAccess, makeConsent, makeEnvelope, makeItem, makeRelease, makeRequest } from '../support/letters.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';

const sure = (answer: Result<Accepted, Refused>): Accepted => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error.refusal, null, 1));
  return answer.value;
};

it('takes a request from designation to its reading, and an answer on under consent', async () => {
  const gateway = createTestGateway(1);
  const { fia, fix, efcx } = createCast(7);
  await enrol(gateway, [fia, fix, efcx]);
  const { walk, store, desk, world } = gateway;

  const request = await makeRequest(fia, fix, desk());
  sure(await walk.acceptStatement(request.signed.submission, fia.caller));
  expect(await walk.deliverDue()).toBe(1);
  const inbox = await store.inbox(fix.id, 0, 10);
  expect(inbox.map((leaf) => leaf.statement)).toEqual([request.signed.digest]);

  const access = makeAccess(fix, request.item.digest, request.signed.digest, desk());
  const { reading } = sure(await walk.acceptStatement(access.submission, fix.caller));
  const seal = reading?.seals[0];
  if (seal === undefined || reading?.body.kind !== 'inline') throw new Error('no seal or no body');
  const [sealBytes, body] = [decodeBase64url(seal.bytes), decodeBase64url(reading.body.bytes)];
  if (!sealBytes.ok || !body.ok) throw new Error('not base64url');
  const payload = JSON.parse(Buffer.from(request.item.compact.split('.')[1]!, 'base64url').toString()) as { id: string };
  const item = { id: payload.id, issuer: fia.id, format: 'age' as const, keyCommitment: request.item.sealed.keyCommitment };
  const opened = await openItem(item, sealBytes.value, fix.desk, body.value);
  expect(opened.ok && new TextDecoder().decode(opened.value.plaintext)).toBe('request of NG-FIA');

  const say = { from: fix, to: fia, exchange: request.exchange };
  const ack = makeEnvelope({ ...say, message: 'ACKNOWLEDGE', body: { receivedAt: '2026-01-05T09:00:00Z' } }, desk());
  sure(await walk.acceptStatement(ack.submission, fix.caller));
  const found = await makeItem(fix, [fia, fix], 'what was found', desk());
  const answer = makeEnvelope({ ...say, message: 'FINAL_REPLY', items: [found] }, desk());
  sure(await walk.acceptStatement(answer.submission, fix.caller));

  const early = await makeRelease(fia, efcx, found, [], desk());
  const refused = await walk.acceptStatement(early.submission, fia.caller);
  expect(refused.ok ? null : refused.error.refusal.violations.map((violation) => violation.code)).toContain('NO_THIRD_PARTY_CONSENT');
  const consent = makeConsent(fix, fia, efcx, [found.digest], desk());
  sure(await walk.acceptStatement(consent.submission, fix.caller));
  const release = await makeRelease(fia, efcx, found, [consent.digest], desk());
  sure(await walk.acceptStatement(release.submission, fia.caller));
  sure(await walk.acceptStatement(makeAccess(efcx, found.digest, release.digest, desk()).submission, efcx.caller));

  world.clock.advance(1_000);
  expect(await walk.publishCheckpoint()).toContain('parley.example/test');
  expect(await walk.publishCheckpoint()).toBeNull();
});
