import { Command, Option } from 'commander';
import type { AuthorityId } from '../../../domain/ids.js';
import type { AuthorityType, Network } from '../../../domain/vocabulary.js';
import { adviseChannel, HELP, type Advice, type Advised, type AdvisedOf, type Help, type Obstacle } from '../../sdk/index.js';
import { authority, authorityType, help, listOf, network } from '../arguments.js';
import type { Workplace } from '../workplace.js';

interface Options {
  need: Help;
  coercive?: boolean;
  evidence?: boolean;
  from?: readonly AuthorityType[];
  toType?: readonly AuthorityType[];
  network?: readonly Network[];
  to?: AuthorityId;
  alsoVia?: readonly string[];
  nowhereElse?: boolean;
}

/** Which channel fits, and why. With --to the directory is asked about both sides; without it nothing is. */
export const adviseCommand = ({ out, connect }: Workplace): Command =>
  new Command('advise')
    .description('which channel fits what you need, and why')
    .requiredOption('--need <help>', HELP.join(', '), help)
    .option('--coercive', 'somebody has to be compelled')
    .option('--evidence', 'it is to stand before a court')
    .addOption(
      new Option('--to <authority>', 'who is to be asked: types and networks of both sides come from the directory')
        .argParser(authority)
        .conflicts(['from', 'toType', 'network']),
    )
    .option('--from <type>', 'as what you may act; may be repeated', listOf(authorityType))
    .option('--to-type <type>', 'who could be asked; may be repeated', listOf(authorityType))
    .option('--network <network>', 'in which both sides are members; may be repeated', listOf(network))
    .option('--also-via <way>', 'a channel on which the same was asked; may be repeated', listOf(String))
    .addOption(new Option('--nowhere-else', 'the same was asked nowhere else').conflicts('alsoVia'))
    .action(async ({ need, coercive = false, evidence = false, to, alsoVia, nowhereElse, ...known }: Options) => {
      const alsoRequestedVia = alsoVia ?? (nowhereElse === true ? [] : null);
      const asked = { help: need, isCoercive: coercive, isEvidence: evidence, alsoRequestedVia };
      const { from = [], toType = [], network: networks = [] } = known;
      const advised =
        to === undefined
          ? adviseChannel({ ...asked, from, to: toType, networks, territories: [], unassured: [] })
          : await (await connect()).advise({ ...asked, to });
      out.say(advised, () => linesOf(advised));
    });

function obstacleLine(obstacle: Obstacle): string {
  switch (obstacle.code) {
    case 'ASK_THROUGH':
      return `    not for you: ${obstacle.types.length === 0 ? 'no such body is addressed on it' : `ask through ${obstacle.types.join(', ')}`}`;
    case 'NOT_MEMBERS':
      return `    both have to be members of ${obstacle.network}`;
    case 'NOT_ASSURED':
      return `    both have to be members of ${obstacle.network}, or to declare equal assurance`;
    case 'OUTSIDE_REGION':
      return `    both have to lie in one of ${obstacle.region.join(', ')}`;
  }
}

const adviceLines = ({ tool, profile, role, because, source, obstacles }: Advice): string[] => [
  `  ${profile ?? 'no request'} (${tool})${role === 'PREPARES' ? ', to prepare the formal request' : ''}`,
  `    ${because}`,
  `    source: ${source}`,
  ...obstacles.map(obstacleLine),
];

const linesOf = ({ advice, remarks, outside = [] }: Advised & Partial<AdvisedOf>): string =>
  [
    advice.length === 0 ? 'Nothing fits.' : 'What fits, the first one best:',
    ...advice.flatMap(adviceLines),
    ...(outside.length === 0 ? [] : [`Left out, since neither of you is a member there: ${outside.join(', ')}.`]),
    ...(remarks.length === 0 ? [] : ['And:', ...remarks.map(({ sentence, source }) => `  ${sentence} (${source})`)]),
    'Advice of this software’s tables; the rules of the gateway decide, and it is not legal advice.',
  ].join('\n');
