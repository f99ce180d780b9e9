/** Lies about the log as a whole. */
import { createNoteSigner } from '../../crypto/note-key.js';
import { alarmLines, readStanding } from '../../client/cli/alarms.js';
import { pinWitnesses, REPORT_KINDS } from '../../client/sdk/index.js';
import { proveStream } from '../../client/sdk/stream.js';
import { forgedNote } from './forgeries.js';
import { refusalOf, streamCheck, telling, type Lie } from './lie.js';
import { contextOf, type Town } from './town.js';

export const logLies: readonly Lie[] = [
  {
    kind: 'fork',
    told: 'one client is shown a second history of the same length',
    by: 'that client, in its report and its status',
    check: 'FORK',
    run: (town) => logAlarm(town, (size) => size),
  },
  {
    kind: 'fork',
    told: 'two clients are shown two histories',
    by: 'either of them, when they reconcile',
    check: 'LOG_FORKED',
    async run(town) {
      await town.published();
      const file = (await town.owner.client.exportReconciliation(town.reader.client.authority, {})) as { readonly checkpoint: string };
      const other = { ...file, checkpoint: forgedNote(town, file.checkpoint, (size) => size) };
      return refusalOf(() => town.reader.client.compareReconciliation(other));
    },
  },
  {
    kind: 'fork',
    told: 'a history that no witness has seen, to a client that asks for one',
    by: 'that client',
    check: 'CHECKPOINT',
    async run(town) {
      const owner = await town.again(town.owner, ['checkpoint']);
      const { key } = createNoteSigner('witness.test/w', 'COSIGNATURE_V1', new Uint8Array(32));
      await pinWitnesses(owner.store, { witnesses: [key], quorum: 1 });
      return streamCheck(town, await town.again(owner), null);
    },
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
  const report = await telling(
    town,
    { path: '/v1/checkpoint', change: ({ text }) => ({ text: forgedNote(town, String(text), sizeOf) }) },
    () => owner.client.report({ kind: REPORT_KINDS.get('events')! }),
  );
  if (report.wholeness.state !== 'MISFIT') return null;
  // and once it was seen, every status says so, though the gateway shows the right one again
  const [alarm = ''] = alarmLines(await readStanding(owner.client));
  return /^ALARM (FORK|ROLLBACK):/.exec(alarm)?.[1] ?? null;
}
