/** A gateway of the tests: the real server on a free port over the world in memory, and real clients of it, one authority a role. */
import { systemChance } from '../../../adapters/chance-system.js';
import { createSystemClock } from '../../../adapters/clock-system.js';
import { createInboxCourier } from '../../../adapters/courier-inbox/courier.js';
import { createMemoryKeyStore, defaultLabel, enrol, openingForm, ParleyClient, type Identity } from '../../../client/sdk/index.js';
import type { EnvelopeDraft, ItemContent } from '../../../client/sdk/index.js';
import { signRequest } from '../../../client/sdk/http-signature.js';
import { makeStatement } from '../../../client/sdk/statements.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { nativeVerifier } from '../../../crypto/native-verifier.js';
import { createSigningKey } from '../../../crypto/signing-key.js';
import { parseDeskId, parseOfficerId, type AuthorityId } from '../../../domain/ids.js';
import type { Blobs, Clock, Store } from '../../../domain/ports.js';
import type { Result } from '../../../domain/result.js';
import { formatInstant } from '../../../domain/time.js';
import type { AuthorityType, OfficerRole } from '../../../domain/vocabulary.js';
import { parseConfig } from '../../../gateway/config.js';
import type { HttpLimits } from '../../../gateway/http/doors.js';
import { createOpenApi } from '../../../gateway/http/openapi.js';
import { ROUTES } from '../../../gateway/http/routes.js';
import { createLog } from '../../../gateway/log.js';
import { startServer, type Running, type World } from '../../../gateway/server.js';
import { createWalk } from '../../../gateway/walk.js';
import { testCalendars } from '../../support/calendars.js';
import { authority } from '../../support/ids.js';
import { createMemoryBlobs } from '../../support/memory-blobs.js';
import { createMemoryStore } from '../../support/memory-store.js';

export const ORIGIN = 'parley.example/test';
export const OPERATOR = authority('XX-OPERATOR');
export const ROLES: readonly OfficerRole[] = ['OFFICER', 'SUPERVISOR', 'COMPLIANCE', 'LIAISON_OFFICER', 'OVERSIGHT', 'OPERATOR'];

export interface Member {
  readonly id: AuthorityId;
  readonly identity: Identity;
  readonly client: ParleyClient;
}

export interface Asking {
  readonly method?: string;
  readonly path: string;
  readonly body?: Uint8Array | object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** leaves the request unsigned */
  readonly session?: Session | undefined;
  readonly nonce?: string;
  readonly created?: number;
}

export interface Session {
  readonly id: string;
  readonly key: Uint8Array;
}

export interface Gate {
  readonly running: Running;
  readonly world: World;
  /** what the log wrote, a line each */
  readonly lines: string[];
  /** the operator as a participant of its own gateway */
  enrolOperator(roles: readonly OfficerRole[]): Promise<Member>;
  enrolMember(code: string, types: readonly AuthorityType[], roles: readonly OfficerRole[]): Promise<Member>;
  openSession(member: Pick<Member, 'identity'>): Promise<Session>;
  ask(asking: Asking): Promise<Response>;
  close(): Promise<void>;
}

const sure = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export interface GateOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly store?: Store;
  readonly blobs?: Blobs;
}

export async function openGate({
  limits = {},
  env = {},
  clock = createSystemClock(),
  store = createMemoryStore(),
  blobs = createMemoryBlobs(),
}: GateOptions = {}): Promise<Gate> {
  const root = createSigningKey(systemChance);
  const { config } = sure(
    parseConfig(
      {
        PARLEY_ORIGIN: ORIGIN,
        PARLEY_OPERATOR_AUTHORITY: OPERATOR,
        PARLEY_OPERATOR_ROOT: encodeBase64url(root.publicKey),
        PARLEY_PORT: '0',
        PARLEY_CHECKPOINT_MS: '100',
        PARLEY_DELIVER_MS: '50',
        PARLEY_RATE_PER_ADDRESS: '0',
        PARLEY_RATE_PER_OFFICER: '0',
        PARLEY_DRAIN_MS: '2000',
        ...env,
      },
      () => null,
    ),
  );
  const gatewayKey = createSigningKey(systemChance);
  const world: World = {
    store,
    blobs,
    clock,
    chance: systemChance,
    verifier: nativeVerifier,
    courier: createInboxCourier(),
    calendars: testCalendars(),
    keys: { ...gatewayKey, secret: systemChance.bytes(32) },
  };
  const lines: string[] = [];
  const log = createLog('info', clock, {
    write: (line: string) => void lines.push(line),
  });
  const running = await startServer(world, {
    config: { ...config, limits: { ...config.limits, ...limits } },
    log,
    tls: null,
    version: '0.0.0',
    createWalk,
  });
  const connection = { origin: running.origin, fetch, clock, chance: systemChance };
  const operatorStore = createMemoryKeyStore();
  await enrol(operatorStore, wanted(OPERATOR), systemChance, clock.now());
  // the operator's root is the one that the configuration names
  await operatorStore.write('identity', reroot(await operatorStore.read('identity'), root.seed));
  const operator = await ParleyClient.connect({ ...connection, store: operatorStore });

  const gate: Gate = {
    running,
    world,
    lines,
    async enrolOperator(roles) {
      const { identity } = operator;
      await operator.designate({ authority: OPERATOR, root: identity.root!.kid, types: ['OPERATOR'], status: 'ACTIVE' });
      await operator.publishEntry({ ...DECLARED, name: OPERATOR, territory: 'XX', types: ['OPERATOR'], roles });
      return { id: OPERATOR, identity, client: operator };
    },
    async enrolMember(code, types, roles) {
      const id = authority(code);
      const store = createMemoryKeyStore();
      const identity = await enrol(store, wanted(id), systemChance, clock.now());
      await operator.designate({ authority: id, root: identity.root!.kid, types, status: 'ACTIVE' });
      const client = await ParleyClient.connect({ ...connection, store });
      await client.publishEntry({
        ...DECLARED,
        name: code,
        territory: code.slice(0, 2),
        types,
        roles,
      });
      return { id, identity, client };
    },
    async openSession({ identity }) {
      const payload = {
        v: 1 as const,
        aud: ORIGIN,
        authority: identity.authority,
        officer: identity.officer,
        at: formatInstant(clock.now()),
        nonce: encodeBase64url(systemChance.bytes(32)),
      };
      const { compact } = await makeStatement('parley-session+json', payload, identity.auth);
      const answer = await gate.ask({ path: '/v1/sessions', body: { request: compact } });
      const { session, key } = (await answer.json()) as { session: string; key: string };
      return { id: session, key: new Uint8Array(Buffer.from(key, 'base64url')) };
    },
    async ask(asking) {
      const init = requestOf(running.origin, asking, clock);
      const answer = await fetch(`${running.origin}${asking.path}`, init);
      assertDocumented(init.method!, asking.path, answer.status);
      return answer;
    },
    close: () => running.drain(),
  };
  return gate;
}

const { paths = {} } = createOpenApi(ROUTES, '0.0.0');
const DOCUMENTED = Object.entries(paths).map(
  ([path, methods]) => [new RegExp(`^${path.replaceAll(/\{[a-z]+\}/g, '[^?]+')}(\\?|$)`), methods as Record<string, unknown>] as const,
);

/** Whoever programs against the document must find in it every status that a route answers. */
function assertDocumented(method: string, path: string, status: number): void {
  const found = DOCUMENTED.flatMap(([pattern, methods]) => (pattern.test(path) ? [methods[method.toLowerCase()]] : []));
  const operations = found.filter((one) => one !== undefined) as { readonly responses: Record<string, unknown> }[];
  if (operations.length > 0 && !operations.some(({ responses }) => String(status) in responses))
    throw new Error(`${method} ${path} answers ${status}, of which the OpenAPI document says nothing`);
}

export function requestOf(origin: string, asking: Asking, clock: Clock): RequestInit {
  const { path, body, session } = asking;
  const method = asking.method ?? (body === undefined ? 'GET' : 'POST');
  const bytes = body === undefined ? null : body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body));
  const created = (asking.created ?? clock.now()) as ReturnType<Clock['now']>;
  const nonce = asking.nonce ?? encodeBase64url(systemChance.bytes(16));
  const signature = session === undefined ? {} : signRequest({ method, url: `${origin}${path}`, body: bytes, created, nonce }, session);
  const type: Record<string, string> = body === undefined || body instanceof Uint8Array ? {} : { 'Content-Type': 'application/json' };
  return { method, headers: { ...type, ...signature, ...asking.headers }, ...(bytes === null ? {} : { body: bytes as BodyInit }) };
}

const DECLARED = { languages: ['en'], clearance: 'RESTRICTED', timeZone: 'UTC', presumedConsent: [] } as const;

const wanted = (id: AuthorityId) => ({
  authority: id,
  officer: sure(parseOfficerId('o1')),
  desk: sure(parseDeskId('INTAKE')),
  suites: ['age-pq-1'] as const,
});

function reroot(stored: Uint8Array | null, seed: Uint8Array): Uint8Array {
  const record = JSON.parse(new TextDecoder().decode(stored ?? new Uint8Array())) as Record<string, unknown>;
  return new TextEncoder().encode(JSON.stringify({ ...record, root: encodeBase64url(seed) }));
}

/** A consultation that every rule is content with. */
export function consultation(from: AuthorityId, to: AuthorityId, file?: Extract<ItemContent, { role: 'FILE' }>): EnvelopeDraft {
  const schema = openingForm('INFORMAL_MLA_CONSULT');
  const fields = Object.fromEntries(schema.fields.filter(({ mandatory }) => mandatory).map(({ name }) => [name, `the ${name}`]));
  const label = defaultLabel('INFORMAL_MLA_CONSULT', from);
  return {
    exchangeType: 'INFORMAL_CONSULTATION',
    profile: 'INFORMAL_MLA_CONSULT',
    fromType: 'CENTRAL_AUTHORITY_MLA',
    to,
    toType: 'CENTRAL_AUTHORITY_MLA',
    legalBasis: ['UNCAC_46'],
    framework: [],
    purposes: ['MLA_PREPARATION'],
    matterType: 'CRIMINAL',
    language: 'en',
    urgency: 'ROUTINE',
    message: 'SUBMIT',
    body: { consultationKind: 'REQUIREMENTS_QUESTION', confidentiality: 'FACT_AND_SUBSTANCE' },
    items: [
      { content: { role: 'FORM', schema, fields }, label, language: 'en' },
      ...(file === undefined ? [] : [{ content: file, label, language: 'en' }]),
    ],
  };
}
