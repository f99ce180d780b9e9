/** A proxy around any port that fails as a network, a disk or a dying process would. */
import { Failure } from '../../domain/failure.js';
import type { Clock } from '../../domain/ports.js';

/** `throw-after` failed but persisted; `duplicate` happened twice; `stale` answers what the same read answered before. */
export type Fault = 'pass' | 'throw-before' | 'throw-after' | 'delay' | 'duplicate' | 'stale';
/** @param method of the port; @param call its number, from 0 over all methods */
export type FaultPlan = (method: string, call: number) => Fault;

export interface FaultOptions {
  readonly clock?: Clock;
  /** how long a delayed call waits */
  readonly delayMs?: number | (() => number);
  /** methods whose answers are kept to be given again as stale ones; all where absent */
  readonly remembers?: (method: string) => boolean;
  /** counts what was injected */
  readonly seen?: Map<Fault, number>;
}

/** @returns the port, each call of whose methods goes as the plan says; what is not a function passes */
export function faulty<T extends object>(
  port: T,
  plan: FaultPlan,
  { clock, delayMs = 1_000, remembers = () => true, seen }: FaultOptions = {},
): T {
  const before = new Map<string, unknown>();
  let calls = 0;
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      const run = (args: unknown[]): Promise<unknown> => Promise.resolve(method.apply(target, args));
      return async (...args: unknown[]): Promise<unknown> => {
        const fault = plan(String(name), calls++);
        seen?.set(fault, (seen.get(fault) ?? 0) + 1);
        if (fault === 'throw-before') throw broken(String(name), fault);
        if (fault === 'delay') await clock?.sleep(typeof delayMs === 'number' ? delayMs : delayMs());
        const question = remembers(String(name)) ? `${String(name)} ${JSON.stringify(args)}` : null;
        if (fault === 'stale' && question !== null && before.has(question)) return before.get(question);
        if (fault === 'duplicate') await run(args);
        const answer = await run(args);
        if (question !== null) before.set(question, answer);
        if (fault === 'throw-after') throw broken(String(name), fault);
        return answer;
      };
    },
  });
}

const broken = (method: string, fault: Fault): Failure => new Failure('STORE_UNAVAILABLE', `${method}: ${fault}`);

/** Draws each call's fault: `faults` lists what may happen and how many times in a thousand calls. */
export function drawnPlan(next: () => number, faults: Partial<Record<Fault, number>>, reads: (method: string) => boolean): FaultPlan {
  return (method) => {
    let draw = next() % 1_000;
    for (const [fault, perMille] of Object.entries(faults) as [Fault, number][]) {
      draw -= perMille;
      if (draw < 0) return fault === 'stale' && !reads(method) ? 'pass' : fault;
    }
    return 'pass';
  };
}
