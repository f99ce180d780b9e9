import { expect, it } from 'vitest';
import { parseDeskId } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import { factsOf, openGateway } from './live-gateway.js';

it('an operator that designates itself after others proves its stream, with what was recorded before it had a slot', async () => {
  const { operator, running, join } = await openGateway();
  await join('VG-FIX', 'FIU');
  // a checkpoint whose map has no slot of the operator's
  await expect.poll(async () => (await operator.checkLog()).size, { timeout: 5_000 }).toBeGreaterThan(0);
  const { authority, root } = operator.identity;
  await operator.designate({ authority, root: root!.kid, types: ['OPERATOR'], status: 'ACTIVE' });
  await operator.addDesk(certain(parseDeskId('OFFICE')), ['age-pq-1']);
  await operator.publishEntry({ ...factsOf(authority, 'OPERATOR'), roles: ['OPERATOR', 'COMPLIANCE'] });
  await expect.poll(async () => (await operator.proveStream()).isComplete, { timeout: 5_000 }).toBe(true);
  const proof = await operator.proveStream();
  expect(proof.misfits).toEqual([]);
  expect(proof.entries).toBeGreaterThan(1);
  await running.drain();
});
