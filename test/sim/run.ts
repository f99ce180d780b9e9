/** One seed, from an empty log to a checked one. */
import { createSigningKey, type SigningKey } from '../../crypto/signing-key.js';
import { colleagueOf, createActor, designation, type Actor } from '../support/actors.js';
import { entryInRoles, inRole, type Seated } from '../support/two-roles.js';
import { createGatewayKeys } from '../support/test-gateway.js';
import { createChance, createWorld, type World } from '../support/world.js';
import { hasCounterpart } from './asking.js';
import { checkAll } from './check.js';
import { live } from './deeds.js';
import { drawFrom, startProcess, type GatewayProcess, type Weather } from './process.js';
import { PLANTS, recorded, type PlantName, type Recorded } from './recorder.js';
import { isOurs, type Town } from './town.js';

export interface Outcome {
  readonly seed: number;
  /** of the last checkpoint; empty where there is none */
  readonly root: string;
  readonly leaves: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** accepted statements by type, and ways that items went */
  readonly accepted: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

const PROCESSES = 2;
const DEEDS_EACH = 10;
/** turns of the world's clock; a world that needs more stands still */
const JUMPS_MAX = 60_000;

const castOf = (): Actor[] => {
  const chance = createChance(1_000_001);
  const fia = createActor('NG-FIA', 'FIU', chance);
  return [
    fia,
    createActor('VG-FIX', 'FIU', chance),
    createActor('QZ-FIU', 'FIU', chance),
    createActor('NG-EFCX', 'LAW_ENFORCEMENT', chance),
    createActor('NG-CRT', 'COURT', chance),
    createActor('NG-ARC', 'ARIN_CONTACT_LE', chance),
    createActor('VG-ARC', 'ARIN_CONTACT_LE', chance),
    createActor('NG-AGX', 'CENTRAL_AUTHORITY_MLA', chance),
    createActor('VG-AGX', 'CENTRAL_AUTHORITY_MLA', chance),
    // the same body as the first, in another role
    inRole(fia, 'LAW_ENFORCEMENT', 'p1', chance),
  ];
};
/** each type of a body has a desk of its own */
const deskOf = ({ type }: Actor): string => (type === 'LAW_ENFORCEMENT' ? 'CRIME' : 'INTAKE');
/** who lets consent be presumed, and to whom it is never presumed to be given */
const PRESUMING = ['NG-FIA', 'VG-FIX'];

/** the same people in every seed: their keys are made once */
let cast: readonly Actor[] | null = null;
let seconds: ReadonlyMap<Actor, Actor> | null = null;
let operator: SigningKey | null = null;

/** @param plant a fault that is planted in the store, to see that it is found */
export async function runSeed(seed: number, plant?: PlantName): Promise<Outcome> {
  cast ??= castOf();
  const others = createChance(1_000_004);
  seconds ??= new Map(cast.map((actor) => [actor, colleagueOf(actor, `${actor.caller.officer}.2`, others)]));
  operator ??= createSigningKey(createChance(1_000_002));
  const keys = createGatewayKeys(1_000_003);
  const base = createWorld(seed);
  const record = recorded(plant === undefined ? base.store : PLANTS[plant](base.store));
  const world: World = { ...base, store: record.store };
  const chance = createChance(seed ^ 0x9e3779b9);
  const letters = createChance(seed ^ 0x51ed27);
  const weather: Weather = { bad: false, seen: new Map() };
  const start = (): GatewayProcess => startProcess(world, operator!, keys, chance, weather);
  const town: Town = {
    world,
    cast,
    seconds,
    draw: drawFrom(chance),
    weather,
    processes: Array.from({ length: PROCESSES }, start),
    asked: [],
    hands: [],
    grants: [],
    acknowledged: new Map(),
    refusals: [],
    violations: [],
    desk: () => ({ chance: letters, at: world.clock.now() }),
  };
  await drive(play(town, operator, start), town);
  const ways = town.violations.length === 0 ? await checkAll(town, record.rows, keys) : [];
  return outcomeOf(seed, town, record.rows, ways);
}

async function outcomeOf(seed: number, town: Town, rows: readonly Recorded[], ways: readonly string[]): Promise<Outcome> {
  const checkpoint = await town.world.store.latestCheckpoint();
  return {
    seed,
    root: checkpoint?.note.split('\n')[2] ?? '',
    leaves: rows.length,
    acknowledged: town.acknowledged.size,
    refused: town.refusals.length,
    accepted: tally([...rows.flatMap(({ row }) => (row.statement === null ? [] : [row.statement.typ])), ...ways]),
    faults: Object.fromEntries(town.weather.seen),
    violations: town.violations,
  };
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Turns the world's clock until the play is over. */
async function drive(play: Promise<void>, { world, violations }: Town): Promise<void> {
  let over = false;
  play.then(
    () => (over = true),
    (error: unknown) => {
      violations.push(`the play ended with ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      over = true;
    },
  );
  for (let jumps = 0; !over; jumps += 1) {
    // everything that is ready runs before time moves
    await new Promise((resolve) => setImmediate(resolve));
    if (over) return;
    if (!world.clock.jump() || jumps > JUMPS_MAX) {
      violations.push(jumps > JUMPS_MAX ? 'the play does not end' : 'everybody waits and nobody sleeps');
      return;
    }
  }
}

async function play(town: Town, operatorKey: SigningKey, start: () => GatewayProcess): Promise<void> {
  const { world, processes, draw, weather } = town;
  for (const body of new Set(town.cast.map(({ id }) => id))) {
    const [first, ...roles] = town.cast.filter(({ id }) => id === body);
    const { chance, at } = town.desk();
    const seated = (actor: Actor): Seated => ({ desk: deskOf(actor), officers: [actor, town.seconds.get(actor)!] });
    const presumedConsent = PRESUMING.includes(first!.id) ? ['EGMONT_FIU'] : [];
    const seats = first!.type === 'ARIN_CONTACT_LE' ? { networks: [{ network: 'CARIN', seat: 'MEMBER' }] } : {};
    const entered = entryInRoles([seated(first!), ...roles.map(seated)], at, chance, { presumedConsent, ...seats });
    const types = [first!, ...roles].map(({ type }) => type);
    for (const { submission } of [designation(operatorKey, first!, at, chance, { types }), entered])
      await processes[0]!.walk.acceptStatement(submission, null);
  }
  weather.bad = true;
  const day = { over: false };
  const servers = [...processes.keys()].flatMap((at) => [serve(town, at, day), killNowAndThen(town, at, day, start)]);
  const livesOf = (actor: Actor): Promise<void>[] =>
    Array.from({ length: hasCounterpart(actor) ? 1 : 2 }, () => live(town, actor, DEEDS_EACH));
  await Promise.all(town.cast.flatMap(livesOf));
  weather.bad = false;
  day.over = true;
  await Promise.all(servers);
  // in good weather everything that is due arrives, whoever died with it in hand
  for (let i = 0; (await world.store.outboxOpen()) > 0 && i < 50; i += 1) {
    await processes[draw.below(PROCESSES)]!.walk.deliverDue();
    await world.clock.sleep(5_000);
  }
  for (const { walk } of processes) await walk.publishCheckpoint();
}

async function serve(town: Town, at: number, day: { readonly over: boolean }): Promise<void> {
  while (!day.over) {
    await town.world.clock.sleep(20 + town.draw.below(100));
    const { walk } = town.processes[at]!;
    const work = town.draw.oneIn(6) ? walk.publishCheckpoint() : walk.deliverDue();
    try {
      await work;
    } catch (error) {
      isOurs(error, town, 'the worker');
    }
  }
}

async function killNowAndThen(town: Town, at: number, day: { readonly over: boolean }, start: () => GatewayProcess): Promise<void> {
  while (!day.over) {
    await town.world.clock.sleep(400 + town.draw.below(2_000));
    if (day.over) return;
    town.processes[at]!.kill();
    town.weather.seen.set('killed', (town.weather.seen.get('killed') ?? 0) + 1);
    town.processes[at] = start();
  }
}
