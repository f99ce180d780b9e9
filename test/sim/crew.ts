/** Seeds over all cores. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PlantName } from './recorder.js';
import type { Outcome } from './run.js';

/** @param see each outcome as it comes, in no order; false: that is enough */
export async function runSeeds(seeds: readonly number[], plant: PlantName | null, see: (outcome: Outcome) => boolean): Promise<void> {
  const waiting = [...seeds];
  await Promise.all(Array.from({ length: Math.min(seeds.length, availableParallelism()) }, () => work(waiting, plant, see)));
}

function work(waiting: number[], plant: PlantName | null, see: (outcome: Outcome) => boolean): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { plant } });
  return new Promise((resolve, reject) => {
    const next = () => worker.postMessage(waiting.shift() ?? null);
    worker.on('message', (outcome: Outcome) => {
      if (!see(outcome)) waiting.length = 0;
      next();
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
    next();
  });
}
