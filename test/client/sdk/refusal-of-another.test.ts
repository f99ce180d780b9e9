/** The text of a refusal is an item of whoever refused, whose root was compared: another's item is not given under its name. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { createUuid } from '../../../domain/uuid.js';
import { checkRefusal } from '../../../client/sdk/reading-order.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { formatInstant } from '../../../domain/time.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';
import { noteTo } from './notes.js';

let gateway: LiveGateway;
let [giver, reader, other]: Member[] = [];

beforeAll(async () => {
  gateway = await openGateway();
  giver = await gateway.join('CH-FIN', 'FIU');
  reader = await gateway.join('EE-FIN', 'FIU');
  await gateway.compareAll();
  other = await gateway.join('FR-SPY', 'FIU');
});
afterAll(() => gateway.running.drain());

it('is refused, and so is that of an authority that nobody compared', async () => {
  const sent = await giver!.client.send(noteTo(giver!.client, reader!.client));
  const item = sent.items[0]!.statement;
  const me = reader!.client.authority;
  const refusing = async ({ client: { identity } }: Member) => {
    const said = {
      v: 1 as const,
      aud: 'parley.test/log',
      id: createUuid(chance),
      at: formatInstant(clock.now()),
      originator: identity.authority,
      holder: me,
      items: [item.digest],
      recipient: { authority: 'EE-POL', authorityType: 'FIU' as const },
      purposes: ['INTELLIGENCE' as const],
      codes: ['DISPROPORTIONATE'],
      text: item.digest,
      seals: sent.items[0]!.seals.map(({ kid, digest }) => ({ item: item.digest, kid, seal: digest })),
      request: sent.digest,
    };
    const { compact, digest } = await makeStatement('parley-consent-refusal+json', said, identity.signing);
    return checkRefusal(compact, digest, item, me, await reader!.client.directory(true), clock.now());
  };
  expect(await refusing(giver!)).toHaveLength(sent.items[0]!.seals.length);
  await expect(refusing(other!)).rejects.toMatchObject({ code: 'ROOT_NOT_COMPARED' });
  await reader!.client.pinRoot(other!.client.authority, other!.client.identity.root!.kid);
  await expect(refusing(other!)).rejects.toMatchObject({ check: 'REFUSAL' });
});
