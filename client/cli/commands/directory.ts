import { Command } from 'commander';
import type { AuthorityId, KeyId } from '../../../domain/ids.js';
import { DAY_MS } from '../../../domain/time.js';
import { authority, keyId, whole } from '../arguments.js';
import { table } from '../output.js';
import { addDirectoryFiles } from './directory-file.js';
import { addShow } from './directory-show.js';
import type { Workplace } from '../workplace.js';

/** Whom one may write to, and whose root was compared. */
export const directoryCommand = (workplace: Workplace): Command => {
  const directory = new Command('directory').description('authorities, and whose root was compared');
  directory
    .command('list', { isDefault: true })
    .description('every authority whose entry verifies')
    .action(async () => {
      const client = await workplace.connect();
      const { directory: known, pins, doubts, epoch } = await client.directory(true);
      const authorities = [...known.authorities.values()].map(({ id, standing, designatedTypes, root, entry }) => ({
        authority: id,
        name: entry?.name ?? null,
        standing,
        types: designatedTypes,
        root,
        compared: pins[id] === root,
      }));
      const rows = authorities.map(({ authority: id, name, standing, types, root, compared }) => [
        id,
        name ?? '(no entry yet)',
        standing,
        types.join('\n'),
        `${compared ? 'compared' : 'NOT COMPARED'}\n${root}`,
      ]);
      workplace.out.say({ epoch, authorities, doubts }, () =>
        [
          table(['authority', 'name', 'standing', 'types', 'root'], rows),
          ...doubts.map(({ authority: id, why, isAlarm }) => `${isAlarm ? 'ALARM' : 'NOT BELIEVED'} ${id}: ${why}`),
        ].join('\n'),
      );
    });
  directory
    .command('trust')
    .description('record that you compared an authority’s root fingerprint by another way')
    .argument('<authority>', 'its code', authority)
    .argument('<fingerprint>', 'the 43 characters that you compared', keyId)
    .option('--replace', 'it has a new root, which you compared anew')
    .action(async (code: AuthorityId, fingerprint: KeyId, { replace = false }: { replace?: boolean }) => {
      await (await workplace.connect()).roots.trust(code, fingerprint, replace);
      workplace.out.say({ authority: code, root: fingerprint }, () => `${code} is compared.`);
    });
  addAcceptRoot(directory, workplace);
  addShow(directory, workplace);
  addStale(directory, workplace);
  addDirectoryFiles(directory, workplace);
  return directory;
};

/** After an alarm. */
function addAcceptRoot(directory: Command, workplace: Workplace): void {
  directory
    .command('accept-root')
    .description('end the alarm about an authority’s new root, which you compared anew by another way')
    .argument('<authority>', 'its code', authority)
    .argument('<fingerprint>', 'the 43 characters that you compared', keyId)
    .action(async (code: AuthorityId, fingerprint: KeyId) => {
      await (await workplace.connect()).roots.accept(code, fingerprint);
      workplace.out.say({ authority: code, root: fingerprint }, () => `${code} has another root, and you compared it.`);
    });
}

/** Whom the operator reminds. */
function addStale(directory: Command, workplace: Workplace): void {
  directory
    .command('stale')
    .description('entries that nobody confirmed for twelve months, and those to whose desks nobody can write any more: whom to remind')
    .option('--within <days>', 'also those of which that will be so within so many days', whole, 0)
    .action(async ({ within }: { within: number }) => {
      const entries = await (await workplace.connect()).staleEntries(within * DAY_MS);
      const rows = entries.map((one) => [
        one.authority,
        one.confirmedAt.slice(0, 10),
        one.isStale ? 'STALE' : one.staleFrom.slice(0, 10),
        one.ends.map(({ name, until, hasEnded }) => `${name} ${hasEnded ? 'ENDED ' : ''}${until.slice(0, 10)}`).join('\n'),
      ]);
      workplace.out.say({ entries }, () =>
        rows.length === 0 ? 'None.' : table(['authority', 'confirmed', 'stale from', 'keys end'], rows),
      );
    });
}
