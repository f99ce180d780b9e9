import { Command, Option } from 'commander';
import { formatInstant, type Instant } from '../../../domain/time.js';
import { formatRoot, readIdentity, type NotListed, type ParleyClient, type PublicRoot, type Sharing } from '../../sdk/index.js';
import { keyId, oneOf, root, time } from '../arguments.js';
import { table } from '../output.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

const REASONS = ['SCHEDULED', 'LOST', 'COMPROMISED'] as const;
/** What it means, and what is left to do. */
const LOST = [
  'Its owner’s sessions ended, and their other keys are good for nothing any more.',
  'Admit their new card, turn the keys of their desks: parley keys turn',
];
const CONSEQUENCES: Readonly<Record<(typeof REASONS)[number], readonly string[]>> = {
  SCHEDULED: ['What it signed before stays good; a session that runs ends by itself.'],
  LOST,
  COMPROMISED: ['What it signed since the time that you named is marked for every reader, and stays.', ...LOST],
};

const waiting = (missing: readonly string[]): string[] =>
  missing.length === 0 ? [] : [`Not shared yet: ${missing.join(', ')}. Ask a colleague of the desk: parley keys share`];

/** What was published is published; who sits at the desks opens nothing new until this is made up for. */
export const notSharedYet = ({ notShared }: Pick<Sharing, 'notShared'>): string[] =>
  notShared === null
    ? []
    : [
        `The desks’ keys are NOT SHARED yet (${notShared.code}: ${notShared.what}) Share them in a minute, as often as you like: parley keys share`,
      ];

/** What became of the entry that lists it. */
export const notListedYet = (notListed: NotListed | null): string[] =>
  notListed === null
    ? ['The entry lists the revocation from now on, so that nobody can be kept from it.']
    : [
        `Your entry does NOT LIST it yet (${notListed.code}: ${notListed.what}) Until it does, a gateway could keep it from whoever never saw it: publish the entry again, parley entry confirm`,
      ];

/** Ids and validity; never a secret. */
export const keysCommand = (workplace: Workplace): Command => {
  const keys = new Command('keys').description('the keys of this key store');
  keys
    .command('list', { isDefault: true })
    .description('ids and validity; never a secret')
    .action(async () => {
      const { authority, root, signing, auth, encryption, desks } = await readIdentity(await workplace.openStore());
      const rows = [
        ...(root === null ? [] : [['root', '', root.kid, '']]),
        ['signing', '', signing.kid, ''],
        ['auth', '', auth.kid, ''],
        ['encryption', encryption.suite, encryption.kid, ''],
        ...desks.flatMap(({ desk, generation, keys, until }) =>
          keys.map(({ suite, kid }) => [`${desk} ${generation}`, suite, kid, formatInstant(until)]),
        ),
      ];
      const answer = { authority, keys: rows.map(([use, suite, kid, until]) => ({ use, suite, kid, until })) };
      workplace.out.say(answer, () => table(['use', 'suite', 'id', 'until'], rows));
    });
  keys
    .command('turn')
    .description('make the next generation of the keys of each desk here and publish it; what was sealed before still opens')
    .action(async () => {
      const client = await workplace.connect();
      const sent = await client.turnDeskKey();
      workplace.out.say({ turned: true, ...signed(sent) }, () =>
        ['Each desk has a new generation of keys.', ...notSharedYet(sent)].join('\n'),
      );
    });
  addNewRoot(keys, workplace);
  addSharing(keys, workplace);
  keys
    .command('revoke')
    .description('end one of the authority’s keys, by its root')
    .argument('<kid>', 'the key’s id', keyId)
    .argument('<reason>', `of ${REASONS.join(', ')}`, oneOf(REASONS))
    .option('--doubtful-since <time>', 'of a compromised key: from when on it may have been in other hands', time)
    .action(async (kid: string, why: (typeof REASONS)[number], { doubtfulSince }: { doubtfulSince?: Instant }) => {
      const sent = await (await workplace.connect()).revokeKey(kid, why, doubtfulSince);
      workplace.out.say(signed(sent), () => [`Revoked: ${kid}.`, ...notListedYet(sent.notListed), ...CONSEQUENCES[why]].join('\n'));
    });
  return keys;
};

const unopened = (items: readonly string[]): string[] =>
  items.length === 0
    ? []
    : [`Received under older keys and never opened here: ${items.length}. Whoever opened them repeats this: ${items.join(', ')}`];

/** By the old root's word; or, where it is lost, by a new comparison that everybody else has to make. */
function addNewRoot(keys: Command, workplace: Workplace): void {
  keys
    .command('new-root')
    .description('make another root here; the old one names it and signs nothing after, so that nobody has to compare anew')
    .addOption(
      new Option('--take', 'it comes from a colleague: first for what that one types, then again once it was typed').conflicts([
        'to',
        'lost',
      ]),
    )
    .addOption(
      new Option('--to <root>', 'it goes to a colleague: what their --take printed, compared by another way')
        .conflicts('lost')
        .argParser(root),
    )
    .option('--lost', 'the old root is lost: first for its fingerprint, then again once the operator has designated it')
    .action(async ({ lost = false, take = false, to }: { lost?: boolean; take?: boolean; to?: PublicRoot }) => {
      const client = await workplace.connect();
      if (to !== undefined) return handOver(client, to, workplace);
      if (take) return takeOver(client, workplace);
      if (lost) {
        const { root, sent } = await client.roots.replace();
        return workplace.out.say({ root, ...(sent === null ? {} : signed(sent)) }, () =>
          sent === null
            ? `The new root would be ${root}. Have the operator compare and designate it, then repeat this command.`
            : `The root is ${root} from now on. Everybody else sees an alarm until they have compared it with you. A desk may have new keys: parley keys share`,
        );
      }
      const sent = await client.roots.change();
      const root = client.identity.root?.kid;
      workplace.out.say({ ...signed(sent), root }, () => `The root is ${root} from now on: place ${sent.receiptBody.index} of the log.`);
    });
}

async function handOver(client: ParleyClient, to: PublicRoot, { out }: Workplace): Promise<void> {
  const sent = await client.roots.hand(to);
  out.say({ root: to.kid, ...(sent === null ? {} : signed(sent)) }, () =>
    [`The root is ${to.kid} from now on, and none is here any more.`, 'Whoever has it types once more: parley keys new-root --take'].join(
      '\n',
    ),
  );
}

async function takeOver(client: ParleyClient, { out }: Workplace): Promise<void> {
  const { root: next, sent } = await client.roots.take();
  const to = formatRoot(next);
  out.say({ root: next.kid, to, ...(sent === null ? {} : signed(sent)) }, () =>
    sent === null
      ? [
          `The new root would be ${next.kid}. Whoever has the old one compares that with you, and types`,
          `  parley keys new-root --to ${to}`,
          'then you type this once more.',
        ].join('\n')
      : `The root is ${next.kid} from now on: place ${sent.receiptBody.index} of the log.`,
  );
}

/** What officers of one desk do so that each can open what the desk receives. */
function addSharing(keys: Command, workplace: Workplace): void {
  keys
    .command('fetch')
    .description('get the keys of your desks, as a colleague wrapped them to you')
    .action(async () => {
      const answer = await (await workplace.connect()).fetchKeyrings();
      workplace.out.say(answer, () =>
        [`New here: ${answer.fetched.length === 0 ? 'none' : answer.fetched.join(', ')}.`, ...waiting(answer.missing)].join('\n'),
      );
    });
  keys
    .command('share')
    .description('wrap the keys of your desks to whoever sits there now, as admit, dismiss and turn do')
    .action(async () => {
      const shared = await (await workplace.connect()).shareDesks();
      workplace.out.say({ shared }, () => (shared.length === 0 ? 'Nobody else sits at your desks.' : `Shared: ${shared.join(', ')}.`));
    });
  keys
    .command('reseal')
    .description('seal what you hold under older desk keys to the newest ones')
    .action(async () => {
      const answer = await (await workplace.connect()).resealOpen();
      workplace.out.say(answer, () =>
        [
          `Sealed anew: ${answer.resealed.length}.`,
          ...answer.left.map(({ item, code }) => `Left as it is: ${item} (${code})`),
          ...unopened(answer.unopened),
        ].join('\n'),
      );
    });
}
