/** A real gateway over an in-memory world, listening on loopback, for the client's own tests. */
import { afterAll } from 'vitest';
import { createInboxCourier } from '../../../adapters/courier-inbox/courier.js';
import { systemChance as chance, systemClock as clock } from '../../../client/cli/clock-system.js';
import { enrol, ParleyClient, createMemoryKeyStore, type EntryFacts, type KeyStore } from '../../../client/sdk/index.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { nativeVerifier } from '../../../crypto/native-verifier.js';
import { createSigningKey, type SigningKey } from '../../../crypto/signing-key.js';
import { parseAuthorityId, parseDeskId, parseOfficerId } from '../../../domain/ids.js';
import { certain } from '../../../domain/result.js';
import type { Store } from '../../../domain/ports.js';
import type { AuthorityType, Suite, Seat } from '../../../domain/vocabulary.js';
import { parseConfig } from '../../../gateway/config.js';
import { createLog } from '../../../gateway/log.js';
import { startServer, type Running } from '../../../gateway/server.js';
import { createWalk, type RunningWalk } from '../../../gateway/walk.js';
import { testCalendars } from '../../support/calendars.js';
import { createMemoryBlobs } from '../../support/memory-blobs.js';
import { createMemoryStore } from '../../support/memory-store.js';

export interface LiveGateway {
  readonly origin: string;
  readonly running: Running;
  /** as its worker does once a minute */
  recountClocks(): Promise<number>;
  readonly operator: ParleyClient;
  /** what the gateway signs with, for tests in which it lies */
  readonly key: SigningKey;
  join(authority: string, type: AuthorityType, suites?: readonly Suite[]): Promise<Member>;
  /** the operator designates an authority that enrolled elsewhere */
  designate(authority: string, root: string, type: AuthorityType, networks?: readonly Seat[]): Promise<void>;
  /** every member compares every other's root */
  compareAll(): Promise<void>;
}

export interface Member {
  readonly client: ParleyClient;
  readonly store: KeyStore;
}

const desk = certain(parseDeskId('INTAKE'));

/** @param more settings of the deployment beside those of every test */
export async function openGateway(
  wrapFetch: (real: typeof fetch) => typeof fetch = (real) => real,
  more: Readonly<Record<string, string>> = {},
  wrapStore: (real: Store) => Store = (real) => real,
): Promise<LiveGateway> {
  const operatorStore = createMemoryKeyStore();
  const officer = certain(parseOfficerId('ops.1'));
  const operator = await enrol(
    operatorStore,
    { authority: certain(parseAuthorityId('XX-OPS')), officer, desk, suites: [] },
    chance,
    clock.now(),
  );
  const env = {
    PARLEY_ORIGIN: 'parley.test/log',
    PARLEY_OPERATOR_AUTHORITY: 'XX-OPS',
    PARLEY_OPERATOR_ROOT: encodeBase64url(operator.root!.publicKey),
    PARLEY_PORT: '0',
    PARLEY_DELIVER_MS: '20',
    PARLEY_CHECKPOINT_MS: '200',
    PARLEY_RATE_PER_ADDRESS: '0',
    PARLEY_LOG_LEVEL: 'error',
    ...more,
  };
  const parsed = parseConfig(env, () => null);
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  const store = wrapStore(createMemoryStore());
  const keys = { ...createSigningKey(chance), secret: chance.bytes(32) };
  const world = {
    store,
    blobs: createMemoryBlobs(),
    clock,
    chance,
    verifier: nativeVerifier,
    courier: createInboxCourier(),
    calendars: testCalendars(),
    keys,
  };
  const log = createLog('error', clock);
  let walk: RunningWalk | undefined;
  const opened: typeof createWalk = (...deps) => (walk = createWalk(...deps));
  const running = await startServer(world, { config: parsed.value.config, log, tls: null, version: 'test', createWalk: opened });
  const options = { origin: running.origin, fetch: wrapFetch(fetch), clock, chance, triesMax: 2 };
  const operatorClient = await ParleyClient.connect({ ...options, store: operatorStore });
  const members: Member[] = [];
  return {
    origin: running.origin,
    running,
    recountClocks: () => walk!.recountClocks(),
    operator: operatorClient,
    key: keys,
    async join(code, type, suites = ['age-pq-1', 'openpgp-4']) {
      const authority = certain(parseAuthorityId(code));
      const own = createMemoryKeyStore();
      const identity = await enrol(own, { authority, officer: certain(parseOfficerId('o.1')), desk, suites }, chance, clock.now());
      await operatorClient.designate({ authority: code, root: identity.root!.kid, types: [type], status: 'ACTIVE' });
      const client = await ParleyClient.connect({ ...options, store: own });
      await client.publishEntry(factsOf(code, type));
      members.push({ client, store: own });
      return { client, store: own };
    },
    async designate(authority, root, type, networks = []) {
      await operatorClient.designate({ authority, root, types: [type], networks, status: 'ACTIVE' });
    },
    async compareAll() {
      for (const { client } of members)
        for (const { client: other } of members) await client.pinRoot(other.authority, other.identity.root!.kid);
    },
  };
}

/** One gateway for a whole test file, drained after it, at which these join and compare each other's roots. @param how as `openGateway` */
export async function openTown<K extends string>(
  named: Readonly<Record<K, readonly [authority: string, type: AuthorityType, suites?: readonly Suite[]]>>,
  ...how: Parameters<typeof openGateway>
): Promise<{ readonly gateway: LiveGateway } & Readonly<Record<K, Member>>> {
  const gateway = await openGateway(...how);
  afterAll(() => gateway.running.drain());
  const members: Partial<Record<K, Member>> = {};
  for (const name in named) {
    const [authority, type, suites] = named[name];
    members[name] = await gateway.join(authority, type, suites);
  }
  await gateway.compareAll();
  return { gateway, ...(members as Record<K, Member>) };
}

export const factsOf = (code: string, type: AuthorityType): EntryFacts => ({
  name: `Authority ${code}`,
  territory: code.slice(0, 2),
  types: [type],
  languages: ['en'],
  clearance: 'RESTRICTED',
  timeZone: 'UTC',
  presumedConsent: [],
  roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'],
});
