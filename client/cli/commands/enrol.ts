import { Command } from 'commander';
import { SUITES, type Suite } from '../../../domain/vocabulary.js';
import { enrol, parseWitnessPins, pinWitnesses, type WitnessPins } from '../../sdk/index.js';
import { authority, desk, listOf, officer, suite, whole } from '../arguments.js';
import { systemChance, systemClock } from '../clock-system.js';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

const STANDARD: readonly Suite[] = ['age-pq-1', 'openpgp-4'];

export const WITNESS_HELP = 'a witness of the log that you believe, as its operator gave it to you; may be repeated';

/** @returns null where no witness is named @throws ParleyError `WITNESSES_MALFORMED` */
export const pinsOf = ({ witness = [], quorum }: { witness?: readonly string[]; quorum?: number }): WitnessPins | null =>
  witness.length === 0 && quorum === undefined ? null : parseWitnessPins(witness, quorum ?? witness.length);

/** Makes the authority's keys. Its root signs its directory entry; the fingerprint is what others compare. */
export const enrolCommand = (workplace: Workplace): Command =>
  new Command('enrol')
    .alias('init')
    .description('make an authority’s keys in a new key store')
    .requiredOption('--authority <code>', 'the authority’s code, such as VG-FIX', authority)
    .requiredOption('--officer <code>', 'your pseudonym in the directory; never a name', officer)
    .option('--desk <code>', 'the desk that receives', desk, desk('INTAKE'))
    .option('--suite <suite>', `suites of the desk’s keys, of ${SUITES.join(', ')}; may be repeated`, listOf(suite))
    .option('--witness <vkey>', WITNESS_HELP, listOf(String))
    .option('--quorum <k>', 'how many of them must have seen a checkpoint (default: all)', whole)
    .option('--no-receive', 'make no desk key: for an operator, who only designates')
    .action(async (given, command: Command) => {
      const { gateway } = command.optsWithGlobals<{ gateway?: string }>();
      const pins = pinsOf(given);
      const suites = given.receive ? (given.suite ?? STANDARD) : [];
      const identity = await workplace.createStore(async (store) => {
        const made = await enrol(store, { ...given, suites }, systemChance, systemClock.now());
        if (pins !== null) await pinWitnesses(store, pins);
        if (gateway !== undefined) await workplace.setGateway(gateway);
        return made;
      });
      const root = identity.root!;
      const answer = {
        authority: identity.authority,
        officer: identity.officer,
        root: root.kid,
        rootPublicKey: Buffer.from(root.publicKey).toString('base64url'),
        keys: identity.desks.flatMap(({ keys }) => keys.map(({ suite, kid }) => ({ suite, kid }))),
      };
      workplace.out.quote(answer, () =>
        [
          table(
            ['key', 'id'],
            [['root (its fingerprint)', root.kid], ['signing', identity.signing.kid], ...answer.keys.map(({ suite, kid }) => [suite, kid])],
          ),
          ...(given.receive ? enrolledLines(identity.authority, root.kid) : operatorLines(answer.rootPublicKey)),
        ].join('\n'),
      );
    });

const enrolledLines = (authority: string, root: string): string[] => [
  'Tell the operator and your partners the root’s fingerprint by another way, such',
  'as the telephone: it is what they hold this authority to. The operator types',
  `  parley designate ${authority} ${root} --type TYPE`,
  'then you',
  '  parley entry FACTS.json   (an example: parley entry --help)',
  'and each partner, once it compared,',
  `  parley directory trust ${authority} ${root}`,
];

const operatorLines = (rootPublicKey: string): string[] => [
  `Root public key, for the PARLEY_OPERATOR_ROOT of an operator: ${rootPublicKey}`,
  'A gateway believes the designations that this root signs: give it this key, and',
  'your code as PARLEY_OPERATOR_AUTHORITY (docs/CONFIG.md), then',
  '  parley serve',
  'Of who approves designations, it is the key for PARLEY_OPERATOR_APPROVERS.',
];
