/** An officer beside the one who holds the root, with a key store and a client of their own. */
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { certain } from '../../../domain/result.js';
import { createMemoryKeyStore, createOfficer, ParleyClient, readCard, type KeyStore, type Seat } from '../../../client/sdk/index.js';
import { parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { DAY_MS, plusMs } from '../../../domain/time.js';
import type { LiveGateway } from './live-gateway.js';

export const INTAKE = certain(parseDeskId('INTAKE'));

export interface Colleague {
  readonly client: ParleyClient;
  readonly store: KeyStore;
}

export const seat = (over: Partial<Seat> = {}): Seat => ({
  roles: ['OFFICER'],
  desks: [INTAKE],
  clearance: 'RESTRICTED',
  from: clock.now(),
  until: plusMs(clock.now(), 300 * DAY_MS),
  ...over,
});

export const cardOf = (client: ParleyClient) => readCard(JSON.stringify(client.card));

/** Nobody has admitted them yet; they compared the partner's root. @param told what the gateway tells them */
export async function newcomer(
  gateway: LiveGateway,
  root: ParleyClient,
  partner: ParleyClient,
  code: string,
  told: typeof fetch = fetch,
): Promise<Colleague> {
  const store = createMemoryKeyStore();
  const of = { authority: root.authority, officer: certain(parseOfficerId(code)), root: root.identity.root!.kid };
  await createOfficer(store, of, chance);
  const client = await ParleyClient.connect({ origin: gateway.origin, fetch: told, clock, chance, triesMax: 2, store });
  await client.pinRoot(partner.authority, partner.identity.root!.kid);
  return { client, store };
}
