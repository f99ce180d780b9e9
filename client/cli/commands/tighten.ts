import { Command } from 'commander';
import type { Digest } from '../../../domain/ids.js';
import { isAtLeast, join, levelExceeds, type Label } from '../../../domain/label.js';
import type { Level } from '../../../domain/vocabulary.js';
import { digest, level, listOf, tlp, until } from '../arguments.js';
import { CAVEAT_HELP, checkNamed, ownCaveat, type OwnCaveat } from '../caveats.js';
import { shutOutBy } from '../cleared.js';
import { confirm } from '../confirm.js';
import { readLabelFile } from '../draft.js';
import { labelWords, tightenings } from '../label-words.js';
import { asOriginator } from '../originator.js';
import { labelAdding, ParleyError, withCaveats, type ParleyClient } from '../../sdk/index.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

interface Options extends Partial<Pick<Label, 'level' | 'tlp' | 'destroyBy'>> {
  caveat?: readonly OwnCaveat[];
  again?: boolean;
  yes?: boolean;
}

/** Rulings 4: whichever caveat it is. */
const GRANTS_BEATEN = 'What you granted for it before lets nobody hand it on any more: grant anew what is to stand.';

/** A label only tightens: what would change nothing in it is signed on purpose alone. */
export const tightenCommand = (workplace: Workplace): Command =>
  new Command('tighten')
    .description('add caveats to an item that you originated; a label only tightens')
    .argument('<item>', 'its digest', digest)
    .argument('[label]', 'JSON file with the label to join; absent: what the options say')
    .option('--add, --caveat <caveat>', CAVEAT_HELP, listOf(ownCaveat))
    .option('--level <level>', 'a higher one', level)
    .option('--tlp <tlp>', 'a stricter one', tlp)
    .option('--destroy-by <time>', 'an earlier day of deletion: RFC 3339, or days such as 90d', until)
    .option('--again', 'say it where it stands already: what you granted for it before then lets nobody hand it on any more')
    .option('--yes', 'a higher level is never lowered again, and that is wanted')
    .action(async (item: Digest, file: string | undefined, { caveat = [], again = false, yes = false, ...more }: Options) => {
      if (file !== undefined && Object.keys(more).length > 0)
        throw new ParleyError('LABEL_TWICE', 'The label is given twice.', 'Say it in the file, or by options.');
      if (file === undefined && caveat.length === 0 && Object.keys(more).length === 0)
        throw new ParleyError(
          'NOTHING_SAID',
          'Nothing is named that would tighten it.',
          'Name a caveat: --caveat NO_EXPORT; or see what else: parley tighten --help.',
        );
      const client = await workplace.connect();
      const caveats = caveat.map((own) => own(client.authority));
      const { sent, changes } = await asOriginator(client, item, async (held) => {
        const added =
          file === undefined
            ? labelAdding({ caveats, ...more }, (held ?? neverOpened(item)).item.payload.label)
            : withCaveats(await readLabelFile(file), caveats);
        checkNamed(
          await client.directory(),
          added.caveats.filter(({ by }) => by === client.authority),
        );
        if (held !== null && !again && isAtLeast(held.label, added)) nothingTightened(item, held.label);
        if (held !== null && !yes && levelExceeds(added.level, held.label.level))
          await confirm(await levelWords(client, held.label, added.level), SAME);
        const changes = held === null ? null : tightenings(held.label, join(held.label, added));
        return { sent: await client.addCaveat(item, added), changes };
      });
      workplace.out.say({ ...signed(sent), ...(changes === null ? {} : { changes }) }, () =>
        [saidOf(item, changes), GRANTS_BEATEN].join('\n'),
      );
    });

const SAME = 'the same once more, with';

async function levelWords(client: ParleyClient, before: Label, level: Level): Promise<string> {
  const { levelMax } = client.gateway;
  const shut = await shutOutBy(client, level);
  return [
    `Its level would be ${level}, was ${before.level}, and is never lowered again.`,
    ...(levelMax !== undefined && levelExceeds(level, levelMax)
      ? [`This system carries ${levelMax} at most: nobody hands it on any more.`]
      : []),
    `Whoever is cleared for less no longer opens or uses it: ${shut.join(', ') || 'nobody whom you have exchanges with'}.`,
  ].join(' ');
}

function saidOf(item: Digest, changes: readonly string[] | null): string {
  if (changes === null) return `Joined to the label of ${item}, which was never opened here: what that changes, parley open ${item} shows.`;
  return changes.length === 0
    ? `Said again of ${item}; its label stays as it is.`
    : `Tightened: ${item}. New in its label: ${changes.join('; ')}.`;
}

/** @throws ParleyError `NOT_HELD` */
function neverOpened(item: Digest): never {
  throw new ParleyError(
    'NOT_HELD',
    `Item ${item} was never opened or sent here, and only an originator of it may tighten it.`,
    `If you are one, open it first: parley open ${item}. If you only hold it, ask who gave it to you.`,
  );
}

/** @throws ParleyError `NOTHING_TIGHTENED` */
function nothingTightened(item: Digest, label: Label): never {
  throw new ParleyError(
    'NOTHING_TIGHTENED',
    `The label of ${item} would stay as it is, since whatever joins it only tightens it: ${labelWords(label)}. Nothing was signed.`,
    `Name what it does not say yet, such as a later end; or say the same anew, which ends what you granted for it before, and what is presumed: --again. What you set yourself is lifted by parley relax ${item} --lift CODE; if somebody changed it since you opened it here: parley open ${item}`,
  );
}
