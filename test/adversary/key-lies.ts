/** Lies about whose keys are whose. */
import { systemClock } from '../../client/cli/clock-system.js';
import { noteTo } from '../client/sdk/notes.js';
import { forgedEpoch } from './forgeries.js';
import { refusalOf, streamCheck, telling, type Lie, type Rows } from './lie.js';
import { contextOf, type Json, type Member, type Town } from './town.js';

const rowsOf = (answer: Json): Rows => answer['authorities'] as Rows;

const sendNote = (town: Town, from: Member) => from.client.send(noteTo(from.client, town.reader.client));

/** The reader's entry as the directory shows it now. */
async function entryOf(town: Town): Promise<unknown> {
  const answer = (await contextOf(town.owner).door.get('/v1/directory', false)) as Json;
  return rowsOf(answer).find(({ authority }) => authority === 'EE-FIN')!['entry'];
}

export const keyLies: readonly Lie[] = [
  {
    kind: 'swap a key',
    told: 'the directory shows the reader’s entry signed by another root',
    by: 'the sender, before it seals',
    check: 'ENTRY_NOT_BELIEVED',
    async run(town) {
      const owner = await town.again(town.owner);
      const change = (answer: Json): unknown => {
        const own = rowsOf(answer).find(({ authority }) => authority === 'CH-FIN')!;
        return {
          ...answer,
          authorities: rowsOf(answer).map((row) => (row['authority'] === 'EE-FIN' ? { ...row, entry: own['entry'] } : row)),
        };
      };
      return telling(town, { path: '/v1/directory', change }, () => refusalOf(() => sendNote(town, owner)));
    },
  },
  {
    kind: 'swap a key',
    told: 'a sender is shown an older entry than everybody else, whose keys were turned since',
    by: 'the sender, before it seals',
    check: 'ENTRY_NOT_BOUND',
    async run(town) {
      const older = await entryOf(town);
      await town.reader.client.turnDeskKey();
      await town.published();
      const owner = await town.again(town.owner, ['entries/EE-FIN']);
      const change = (answer: Json): unknown =>
        'authorities' in answer
          ? { ...answer, authorities: rowsOf(answer).map((row) => (row['authority'] === 'EE-FIN' ? { ...row, entry: older } : row)) }
          : answer;
      return telling(town, { path: '/v1/directory', change }, () => refusalOf(() => sendNote(town, owner)));
    },
  },
  {
    kind: 'swap a key',
    told: 'an epoch binds an older entry again, for senders who ask what is bound',
    by: 'the entry’s owner, once an epoch',
    check: 'ENTRY_ROLLED_BACK',
    run: forgedEpoch,
  },
  {
    kind: 'swap a key',
    told: 'an authority is moved to another slot of the map',
    by: 'every client that knew its slot',
    check: 'SLOT',
    run: async (town) =>
      streamCheck(town, await town.again(town.owner), {
        path: '/v1/directory',
        change: (answer) => ({ ...answer, authorities: rowsOf(answer).map((row) => ({ ...row, slot: Number(row['slot']) + 7 })) }),
      }),
  },
  {
    kind: 'drop a revocation',
    told: 'the directory no longer shows that a desk key was compromised, to a sender who saw it',
    by: 'the sender, before it seals',
    check: 'REVOCATION_WITHHELD',
    async run(town) {
      const { directory } = await contextOf(town.owner).directory(true);
      const [desk] = [...directory.authorities.values()].find(({ id }) => id === 'EE-FIN')!.entry!.desks;
      await town.reader.client.revokeKey(desk!.keys[0]!.kid, 'COMPROMISED', systemClock.now());
      await contextOf(town.owner).directory(true);
      const owner = await town.again(town.owner);
      const change = (answer: Json): unknown => ('revocations' in answer ? { ...answer, revocations: [] } : answer);
      const said = await telling(town, { path: '/v1/directory', change }, () => refusalOf(() => sendNote(town, owner)));
      await town.reader.client.turnDeskKey();
      return said;
    },
  },
];
