/** Lies about the log as a whole. */
import { proveStream } from '../../client/sdk/stream.js';
import { forgedNote } from './forgeries.js';
import { telling, type Lie } from './lie.js';
import { contextOf, type Town } from './town.js';

export const logLies: readonly Lie[] = [
  {
    kind: 'fork',
    told: 'one client is shown a second history of the same length',
    by: 'that client',
    check: 'FORK',
    run: (town) => logAlarm(town, (size) => size),
  },
  {
    kind: 'roll back',
    told: 'the log is shorter than it was, with another end',
    by: 'every client that saw more of it',
    check: 'ROLLBACK',
    run: (town) => logAlarm(town, () => 3),
  },
];

async function logAlarm(town: Town, sizeOf: (size: number) => number): Promise<string | null> {
  const owner = await town.again(town.owner);
  await proveStream(contextOf(owner));
  const proof = await telling(
    town,
    { path: '/v1/checkpoint', change: ({ text }) => ({ text: forgedNote(town, String(text), sizeOf) }) },
    () => proveStream(contextOf(owner)),
  );
  return /^(FORK|ROLLBACK):/.exec(proof.misfits[0]?.why ?? '')?.[1] ?? null;
}
