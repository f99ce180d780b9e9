/** The walk over a world, with its keys and limits, and a designated cast. */
import { createSigningKey, type SigningKey } from '../../crypto/signing-key.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import type { Courier, Store } from '../../domain/ports.js';
import type { Deps, GatewayKeys, WalkConfig } from '../../gateway/deps.js';
import { RETENTION } from '../../domain/retention.js';
import { createDirectoryReader, type DirectoryReader } from '../../gateway/read/directory.js';
import { createWalk, type RunningWalk } from '../../gateway/walk.js';
import { recordingRefusals } from './record-refusals.js';
import { testCalendars } from './calendars.js';
import { createActor, designation, entry, OPERATOR, ORIGIN, type Actor } from './actors.js';
import type { Desk } from './letters.js';
import { createChance, createWorld, type World } from './world.js';

export const inboxCourier: Courier = { carry: () => Promise.resolve({ kind: 'delivered' }) };

export function createGatewayKeys(seed: number): GatewayKeys {
  const chance = createChance(seed);
  return { ...createSigningKey(chance), secret: chance.bytes(32) };
}

export const walkConfig = (operator: SigningKey, over: Partial<WalkConfig> = {}): WalkConfig => ({
  origin: ORIGIN,
  operator: { authority: OPERATOR, root: operator.kid, publicKey: operator.publicKey, approvers: [] },
  deployment: { levelMax: 'RESTRICTED', postQuantumFrom: 'RESTRICTED', periodYearsMax: 5 },
  statementSkewMsMax: 86_400_000,
  retention: RETENTION,
  proofDelayMsMax: 60_000,
  leaseMs: 30_000,
  sessionMs: 900_000,
  queueMax: 2_000,
  batchRowsMax: 64,
  batchBytesMax: 1_048_576,
  ...over,
});

export interface TestGateway {
  readonly world: World;
  readonly store: Store;
  readonly deps: Deps;
  readonly walk: RunningWalk;
  readonly directory: DirectoryReader;
  readonly operator: SigningKey;
  readonly keys: GatewayKeys;
  /** time now, and chance of the letters' own */
  desk(): Desk;
}

/** @param store the world's own, or a faulty one around it */
export function openWalk(world: World, operator: SigningKey, keys: GatewayKeys, store: Store = world.store, over: Partial<Deps> = {}) {
  const deps: Deps = {
    store,
    blobs: world.blobs,
    clock: world.clock,
    chance: world.chance,
    verifier: nativeVerifier,
    courier: inboxCourier,
    calendars: testCalendars(),
    keys,
    config: walkConfig(operator),
    // a test that expects none hears of it
    onFailure(error) {
      throw error;
    },
    ...over,
  };
  const directory = createDirectoryReader(store, world.clock);
  return { deps, directory, walk: recordingRefusals(createWalk(deps, directory)) };
}

export function createTestGateway(seed: number, over: Partial<Deps> = {}): TestGateway {
  const world = createWorld(seed);
  const operator = createSigningKey(createChance(1_000_003));
  const keys = createGatewayKeys(1_000_004);
  const letters = createChance(seed ^ 0x5eed);
  const { deps, directory, walk } = openWalk(world, operator, keys, over.store ?? world.store, over);
  const desk = (): Desk => ({ chance: letters, at: world.clock.now() });
  return { world, store: deps.store, deps, walk, directory, operator, keys, desk };
}

/** Designates and enrols; throws where the walk refuses. */
export async function enrol(gateway: TestGateway, actors: readonly Actor[]): Promise<void> {
  const { walk, operator } = gateway;
  for (const actor of actors) {
    const { chance, at } = gateway.desk();
    for (const { submission } of [designation(operator, actor, at, chance), entry(actor, at, chance)]) {
      const answer = await walk.acceptStatement(submission, null);
      if (!answer.ok) throw new Error(`${actor.id}: ${JSON.stringify(answer.error)}`);
    }
  }
}

/** The operator states an authority's standing anew. @param over of its designation */
export async function designate({ walk, operator, desk }: TestGateway, actor: Actor, over: object): Promise<void> {
  const { chance, at } = desk();
  const answer = await walk.acceptStatement(designation(operator, actor, at, chance, over).submission, null);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
}

/** Two FIUs abroad and a police force at home of the first. */
export function createCast(seed: number): { readonly fia: Actor; readonly fix: Actor; readonly efcx: Actor } {
  const chance = createChance(seed);
  return {
    fia: createActor('NG-FIA', 'FIU', chance),
    fix: createActor('VG-FIX', 'FIU', chance),
    efcx: createActor('NG-EFCX', 'LAW_ENFORCEMENT', chance),
  };
}
