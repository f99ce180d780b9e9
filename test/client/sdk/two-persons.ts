/** A gateway whose operator designates by two persons, of whom the second approves here (docs/decisions/0014). */
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { createMemoryKeyStore, enrol, ParleyClient, type KeyStore } from '../../../client/sdk/index.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { parseDeskId, parseOfficerId, type AuthorityId } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import { factsOf, openGateway, type LiveGateway, type Member } from './live-gateway.js';

export interface TwoPersons {
  readonly gateway: LiveGateway;
  approveAll(): Promise<void>;
  /** an FIU, or whoever takes its code over by keys of their own */
  join(code: string, officer?: string): Promise<Member>;
  connect(store: KeyStore, over?: typeof fetch): Promise<ParleyClient>;
}

export async function openTwoPersons(): Promise<TwoPersons> {
  const desk = certain(parseDeskId('INTAKE'));
  const store = createMemoryKeyStore();
  const second = { authority: 'XX-OPS' as AuthorityId, officer: certain(parseOfficerId('ops.2')), desk, suites: [] };
  const { root } = await enrol(store, second, chance, clock.now());
  const gateway = await openGateway(undefined, { PARLEY_OPERATOR_APPROVERS: encodeBase64url(root!.publicKey) });
  const connect = (own: KeyStore, over = fetch): Promise<ParleyClient> =>
    ParleyClient.connect({ origin: gateway.origin, fetch: over, clock, chance, triesMax: 1, store: own });
  const approver = await connect(store);
  const approveAll = async (): Promise<void> => {
    for (const { digest } of (await approver.directory(true)).waiting) await approver.approveDesignation(digest);
  };
  async function join(code: string, officer = 'o.1'): Promise<Member> {
    const own = createMemoryKeyStore();
    const wanted = { authority: code as AuthorityId, officer: certain(parseOfficerId(officer)), desk, suites: ['age-pq-1'] as const };
    const identity = await enrol(own, wanted, chance, clock.now());
    await gateway.designate(code, identity.root!.kid, 'FIU');
    await approveAll();
    const client = await connect(own);
    await client.publishEntry(factsOf(code, 'FIU'));
    return { client, store: own };
  }
  return { gateway, approveAll, join, connect };
}
