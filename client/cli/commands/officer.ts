import { Command, Option } from 'commander';
import type { AuthorityId, DeskId, KeyId, OfficerId } from '../../../domain/ids.js';
import { LEVELS, OFFICER_ROLES, type Level, type OfficerRole } from '../../../domain/vocabulary.js';
import { cardOf, createOfficer, formatInstant, pinWitnesses, readCard, type Instant, type ListedOfficer } from '../../sdk/index.js';
import { authority, desk, keyId, level, listOf, officer, role, time, until, whole } from '../arguments.js';
import { systemChance } from '../clock-system.js';
import { confirm } from '../confirm.js';
import { table } from '../output.js';
import { textIn } from '../given-file.js';
import { requireNew, writeNew } from '../new-file.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';
import { pinsOf, WITNESS_HELP } from './enrol.js';
import { notSharedYet } from './keys.js';

interface New {
  authority: AuthorityId;
  officer: OfficerId;
  root: KeyId;
  out?: string;
  witness?: readonly string[];
  quorum?: number;
}

interface Seating {
  role: readonly OfficerRole[];
  desk?: readonly DeskId[];
  clearance: Level;
  from?: Instant;
  until: Instant;
  yes?: boolean;
}

/** Officers of one authority: each has their own keys; whoever holds the root says who they are and where they sit. */
export const officerCommand = (workplace: Workplace): Command => {
  const command = new Command('officer').description('officers of your authority');
  addNew(command, workplace);
  addAdmit(command, workplace);
  addProlong(command, workplace);
  command
    .command('dismiss')
    .description('leave an officer out of the next entry, turn the keys of their desks and share them with who stays; needs the root')
    .argument('<officer>', 'the pseudonym', officer)
    .action(async (who: OfficerId) => {
      const sent = await (await workplace.connect()).dismissOfficer(who);
      const ended = sent.quorumEnded
        ? ['There is NO QUORUM now: too few holders are left, or nothing could be dealt at once. Deal it: parley quorum set-up']
        : [];
      workplace.out.say(signed(sent), () =>
        [`${who} signs nothing more. Seal what you hold to the new keys: parley keys reseal`, ...ended, ...notSharedYet(sent)].join('\n'),
      );
    });
  command
    .command('list', { isDefault: true })
    .description('the officers of the newest entry')
    .action(async () => {
      const officers = (await (await workplace.connect()).officers()).map(({ from: since, until: end, signing, ...rest }) => ({
        officer: rest.officer,
        roles: rest.roles,
        desks: rest.desks,
        clearance: rest.clearance,
        signing: signing.kid,
        from: formatInstant(since),
        until: formatInstant(end),
        standing: rest.standing,
        revoked: rest.revoked,
      }));
      workplace.out.say({ officers }, () =>
        table(
          ['officer', 'roles', 'desks', 'clearance', 'until', 'now'],
          officers.map((one) => [one.officer, one.roles.join('\n'), one.desks.join('\n'), one.clearance, one.until, nowOf(one)]),
        ),
      );
    });
  return command;
};

/** Empty where there is nothing to say. */
const nowOf = ({ standing, revoked }: Pick<ListedOfficer, 'standing' | 'revoked'>): string =>
  ({ GOOD: '', NOT_YET: 'not yet', ENDED: 'ENDED', REVOKED: `REVOKED: ${revoked.join(', ')}` })[standing];

const addNew = (command: Command, workplace: Workplace): Command =>
  command
    .command('new')
    .description('make your own keys in a new key store, and a card of their public halves for whoever holds the root')
    .requiredOption('--authority <code>', 'your authority’s code', authority)
    .requiredOption('--officer <code>', 'your pseudonym in the directory; never a name', officer)
    .requiredOption('--root <fingerprint>', 'your authority’s root, as a colleague told you', keyId)
    .option('--out <file>', 'write the card there; absent: print it')
    .option('--witness <vkey>', WITNESS_HELP, listOf(String))
    .option('--quorum <k>', 'how many of them must have seen a checkpoint (default: all)', whole)
    .action(async (wanted: New, given: Command) => {
      const { gateway } = given.optsWithGlobals<{ gateway?: string }>();
      const { out } = wanted;
      const pins = pinsOf(wanted);
      await requireNew(out);
      const card = await workplace.createStore(async (store) => {
        const made = cardOf(await createOfficer(store, wanted, systemChance));
        if (pins !== null) await pinWitnesses(store, pins);
        if (gateway !== undefined) await workplace.setGateway(gateway);
        if (out !== undefined) await writeNew(out, `${JSON.stringify(made)}\n`);
        return made;
      });
      workplace.out.say(card, () =>
        [
          out === undefined ? JSON.stringify(card) : `The card is in ${out}.`,
          `Your signing key: ${card.signing.kid}`,
          'Hand the card to whoever holds the root; they compare this id with you, then: parley officer admit CARD.json',
          'Once admitted, get your desk’s keys: parley keys fetch',
        ].join('\n'),
      );
    });

const untilOption = (): Option =>
  new Option('--until <time>', 'RFC 3339, or days such as 365d').argParser(until).default(until('365d'), '365d');

const addAdmit = (command: Command, workplace: Workplace): Command =>
  command
    .command('admit')
    .description('list an officer in the next entry and share the keys of their desks; needs the root')
    .argument('<card>', 'the file that the officer handed over')
    .requiredOption('--role <role>', `of ${OFFICER_ROLES.join(', ')}; may be repeated`, listOf(role))
    .option('--desk <code>', 'where they sit; may be repeated; absent: no content', listOf(desk))
    .option('--clearance <level>', `of ${LEVELS.join(', ')}`, level, 'RESTRICTED')
    .option('--from <time>', 'RFC 3339; absent: at once', time)
    .addOption(untilOption())
    .option('--yes', 'you compared the id of its signing key with the officer')
    .action(async (file: string, { role: roles, desk: desks, clearance, from, until: end, yes = false }: Seating) => {
      const card = readCard(await textIn(file));
      const asked = `${card.officer} of ${card.authority} would sign with ${card.signing.kid}. Did you compare this id with them?`;
      if (!yes) await confirm(asked, 'the same once more, with');
      const client = await workplace.connect();
      const seat = { roles, desks: desks ?? [], clearance, from, until: end };
      const sent = await client.admitOfficer(card, seat);
      workplace.out.say({ officer: card.officer, signing: card.signing.kid, ...signed(sent) }, () =>
        [`${card.officer} is an officer, and signs with ${card.signing.kid}.`, ...notSharedYet(sent)].join('\n'),
      );
    });

const addProlong = (command: Command, workplace: Workplace): Command =>
  command
    .command('prolong')
    .description('list an officer for longer, with the same keys, roles and desks; needs the root')
    .argument('<officer>', 'the pseudonym', officer)
    .addOption(untilOption())
    .action(async (who: OfficerId, { until: end }: { until: Instant }) => {
      const sent = await (await workplace.connect()).prolongOfficer(who, end);
      workplace.out.say(signed(sent), () => [`${who} is an officer until ${formatInstant(end)}.`, ...notSharedYet(sent)].join('\n'));
    });
