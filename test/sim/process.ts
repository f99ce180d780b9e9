/** A gateway process of the simulation: its own walk over the shared store, which fails as the seed says, and can be killed on any line. */
import { Failure } from '../../domain/failure.js';
import type { Courier, Store } from '../../domain/ports.js';
import type { RunningWalk } from '../../gateway/walk.js';
import { drawnPlan, faulty, type Fault } from '../support/faulty.js';
import { openWalk } from '../support/test-gateway.js';
import type { createChance, World } from '../support/world.js';
import type { SigningKey } from '../../crypto/signing-key.js';
import type { GatewayKeys } from '../../gateway/deps.js';

const LEASE_MS = 2_000;

/**
 * Reads that may answer as they did before. Facts may not: the walk reads an item's version first and its facts after, so that a
 * fact is never older than the version that the commit checks. Whatever is listed here the commit checks itself.
 */
const STALE = new Set(['version', 'exchange', 'statementById']);

const PER_MILLE = { delay: 250, 'throw-before': 12, 'throw-after': 12, duplicate: 12, stale: 25 };

export interface Draw {
  /** a whole number below `n` */
  below(n: number): number;
  oneIn(n: number): boolean;
}

export const drawFrom = (chance: ReturnType<typeof createChance>): Draw => ({
  below: (n) => chance.next() % n,
  oneIn: (n) => chance.next() % n === 0,
});

export interface Weather {
  /** faults happen while it is bad */
  bad: boolean;
  readonly seen: Map<string, number>;
}

export interface GatewayProcess {
  readonly walk: RunningWalk;
  kill(): void;
}

const dead = () => new Failure('STORE_UNAVAILABLE', 'the process is dead');

/** After its death no call of the process reaches the store, and none that was under way comes back. */
function mortal(store: Store, life: { alive: boolean }): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        if (!life.alive) throw dead();
        const answer: unknown = await method.apply(target, args);
        if (!life.alive) throw dead();
        return answer;
      };
    },
  });
}

export function startProcess(
  world: World,
  operator: SigningKey,
  keys: GatewayKeys,
  chance: ReturnType<typeof createChance>,
  weather: Weather,
): GatewayProcess {
  const life = { alive: true };
  const draw = drawFrom(chance);
  const drawn = drawnPlan(chance.next, PER_MILLE, (method) => STALE.has(method));
  const note = (fault: string) => weather.seen.set(fault, (weather.seen.get(fault) ?? 0) + 1);
  const plan = (method: string, call: number): Fault => {
    const fault = weather.bad ? drawn(method, call) : 'pass';
    if (fault !== 'pass') note(fault);
    return fault;
  };
  // most calls wait a little; a few wait longer than a lease
  const delayMs = () => (draw.oneIn(80) ? LEASE_MS + draw.below(2_000) : 1 + draw.below(15));
  const remembers = (method: string) => STALE.has(method);
  const store = faulty(mortal(world.store, life), plan, { clock: world.clock, delayMs, remembers });
  const courier: Courier = {
    async carry() {
      if (weather.bad && draw.oneIn(12)) {
        note('slow courier');
        await world.clock.sleep(LEASE_MS + draw.below(LEASE_MS));
      }
      if (!weather.bad || !draw.oneIn(15)) return { kind: 'delivered' };
      note('courier failed');
      return { kind: 'later', why: 'not reached' };
    },
  };
  const { deps, walk } = openWalk(world, operator, keys, store, { courier });
  // the lease is short, so that it ends while somebody still works under it
  Object.assign(deps.config, { leaseMs: LEASE_MS });
  return { walk, kill: () => void (life.alive = false) };
}
