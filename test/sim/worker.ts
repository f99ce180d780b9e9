/** Runs the seeds that it is sent, one after another, on a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PlantName } from './recorder.js';
import { runSeed } from './run.js';
import { signAtOnce } from './synchronous-signing.js';

signAtOnce();
const { plant } = workerData as { readonly plant: PlantName | null };
parentPort?.on('message', (seed: number | null) => {
  if (seed === null) process.exit(0);
  void runSeed(seed, plant ?? undefined).then((outcome) => parentPort?.postMessage(outcome));
});
