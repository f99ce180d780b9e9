/** Work of one owner: so much of it at once, and what comes meanwhile in its turn, so that it stands before nobody else's. Counted in this process alone. */
import { createPlaces } from './places.js';

/** Runs `work` when it is its turn among the works of `owner`. Passes on what it throws. */
export type Lanes = <T>(owner: string, work: () => Promise<T>) => Promise<T>;

/** @param max works of one owner at once */
export function createLanes(max: number): Lanes {
  const places = createPlaces(max);
  const waiting = new Map<string, (() => void)[]>();
  return async (owner, work) => {
    if (!places.take(owner)) {
      const line = waiting.get(owner) ?? [];
      waiting.set(owner, line);
      await new Promise<void>((go) => line.push(go));
    }
    try {
      return await work();
    } finally {
      const line = waiting.get(owner);
      const next = line?.shift();
      if (line?.length === 0) waiting.delete(owner);
      // whoever is next has the place of whoever leaves
      if (next === undefined) places.leave(owner);
      else next();
    }
  };
}
