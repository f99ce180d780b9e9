/** What a line of an inbox tells, and to whom. */
import { expect, it } from 'vitest';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import { createInboxReader } from '../../../gateway/read/inbox.js';
import { uuidFrom, type Actor } from '../../support/actors.js';
import { answered } from '../../support/answered.js';
import { makeConsent, makeEnvelope, makeRelease, makeRevocation } from '../../support/letters.js';

async function scene(seed: number) {
  const gateway = await answered(seed);
  const { store, walk } = gateway;
  const inbox = createInboxReader(store, walk.library, (leaf) => walk.receiptOf(leaf));
  return { ...gateway, linesOf: async ({ id }: Actor) => (await inbox.page(id, 0, 200)).entries };
}

it('names the exchange to its parties, and not to who hears of a consent’s end because it has the item on it', async () => {
  const { walk, fia, fix, efcx, found, allowed, desk, linesOf } = await scene(1511);
  const { chance, at } = desk();
  const recipient = { authority: efcx.id, authorityType: efcx.type, purposes: ['INTELLIGENCE'] };
  const consent = { items: [found.digest], recipient, until: formatInstant(plusMs(at, 30 * DAY_MS)) };
  const exchange = uuidFrom(chance);
  const over = { exchangeType: 'CONSENT_REQUEST' };
  const request = makeEnvelope({ from: fia, to: fix, exchange, message: 'SUBMIT', body: { consent }, over }, desk());
  await allowed(request, fia);
  const grant = makeConsent(fix, fia, efcx, [found.digest], desk(), { request: request.digest });
  await walk.deliverDue();
  await allowed(grant, fix);
  await allowed(await makeRelease(fia, efcx, found, [grant.digest], desk()), fia);
  const end = makeRevocation(fix, fia, grant.digest, desk());
  await allowed(end, fix);
  await walk.deliverDue();
  const told = async (who: Actor) => (await linesOf(who)).find(({ statement }) => statement === end.submission.statement);
  expect(await told(fia)).toMatchObject({ kind: 'revocation', exchange });
  expect(await told(efcx)).toMatchObject({ kind: 'revocation' });
  expect(await told(efcx)).not.toHaveProperty('exchange');
});

it('brings what is somebody else’s by its kind, and one’s own as a receipt', async () => {
  const { walk, fia, found, reply, allowed, desk, linesOf } = await scene(1512);
  const own = await makeRelease(fia, fia, found, [], desk(), { basis: { reseal: true } });
  await allowed(own, fia);
  await walk.deliverDue();
  const kindOf = async ({ submission }: typeof own) =>
    (await linesOf(fia)).find(({ statement }) => statement === submission.statement)?.kind;
  expect([await kindOf(reply), await kindOf(own)]).toEqual(['envelope', 'receipt']);
});
