/** An entry of who was enrolled to designate alone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';
import { createProfiles } from './profiles.js';

let gateway: LiveGateway;
let root: string;

const { home, shows, parley } = createProfiles(() => (gateway as LiveGateway | undefined)?.origin);

beforeAll(async () => {
  gateway = await openGateway();
  root = (await parley('ops', 'enrol', '--authority', 'CH-FIN', '--officer', 'o.1', '--no-receive')).root!;
});
afterAll(() => gateway.running.drain());

it('who was enrolled to receive nothing is told to make a desk before the entry, and then has one', async () => {
  await gateway.designate('CH-FIN', root, 'OPERATOR');
  const facts = join(home, 'facts.json');
  const said = { name: 'Operator', territory: 'CH', types: ['OPERATOR'], roles: ['OPERATOR'], languages: ['de'], clearance: 'RESTRICTED' };
  writeFileSync(facts, JSON.stringify({ ...said, timeZone: 'Europe/Zurich' }));
  await expect(parley('ops', 'entry', facts)).rejects.toMatchObject({
    code: 'NO_DESK_KEY',
    next: expect.stringContaining('parley entry desk') as string,
  });
  await parley('ops', 'entry', 'desk', 'OFFICE', '--suite', 'age-pq-1');
  expect(await shows('ops', 'entry', facts)).toContain('Entry published');
  // the desk that it was enrolled without is no desk: nothing is confirmed or turned for it, and it can be made
  await parley('ops', 'entry', 'confirm');
  await parley('ops', 'keys', 'turn');
  await parley('ops', 'entry', 'desk', 'INTAKE', '--suite', 'age-pq-1');
  await parley('ops', 'entry', facts);
  const { keys } = await parley<{ keys: { use: string }[] }>('ops', 'keys');
  expect(keys.map(({ use }) => use).sort()).toEqual(['INTAKE 1', 'OFFICE 1', 'OFFICE 2', 'auth', 'encryption', 'root', 'signing']);
});
