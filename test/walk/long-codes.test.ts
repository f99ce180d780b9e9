/** Authorities may have codes of 32 characters: what is kept of them fits the columns of both databases. */
import { expect, it } from 'vitest';
import { codesOf } from '../support/answered.js';
import { createActor } from '../support/actors.js';
import { makeEnvelope, makeItem, makeRequest } from '../support/letters.js';
import { makeVerification } from '../support/notices.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

it('takes what an authority with the longest code confirms, and what others say beside it', async () => {
  const gateway = createTestGateway(77);
  const { fix } = createCast(7);
  const long = createActor(`NG-${'A'.repeat(29)}`, 'FIU', createChance(5));
  await enrol(gateway, [long, fix]);
  const { walk, desk } = gateway;
  const { signed, exchange } = await makeRequest(fix, long, desk());
  await walk.acceptStatement(signed.submission, fix.caller);
  await walk.deliverDue();
  const item = await makeItem(long, [long, fix], 'found', desk());
  const reply = makeEnvelope({ from: long, to: fix, exchange, message: 'FINAL_REPLY', items: [item], body: {} }, desk());
  await walk.acceptStatement(reply.submission, long.caller);
  const beside = (await makeRequest(fix, long, desk())).signed;
  const answers = await Promise.all([
    walk.acceptStatement(makeVerification(long, fix, item.digest, desk()).submission, long.caller),
    walk.acceptStatement(beside.submission, fix.caller),
  ]);
  expect(answers.map(codesOf)).toEqual([['ALLOW'], ['ALLOW']]);
});
