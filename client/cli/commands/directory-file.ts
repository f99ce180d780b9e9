import { extname } from 'node:path';
import type { Command } from 'commander';
import {
  directoryCsv,
  exportDirectory,
  ParleyError,
  planImport,
  readDirectoryFile,
  type ImportPlan,
  type Proposal,
} from '../../sdk/index.js';
import { systemClock } from '../clock-system.js';
import { textIn } from '../given-file.js';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

/** The directory as a file: out as CSV or JSON, and in as proposals. */
export function addDirectoryFiles(directory: Command, workplace: Workplace): void {
  directory
    .command('export')
    .description('the directory as a table: CSV, or JSON with --json')
    .option('--csv', 'as CSV, which is the default')
    .action(async () => {
      const exported = exportDirectory(await (await workplace.connect()).directory(true), systemClock.now());
      workplace.out.say(exported, () => directoryCsv(exported));
    });
  directory
    .command('import')
    .description('look through a directory file: which designations it proposes, which roots are to be compared; changes nothing')
    .argument('<file>', '.csv or .json, with authority, root, types and, where they are said, networks, standing, reason, succeeds')
    .action(async (file: string) => {
      const format = extname(file).toLowerCase() === '.json' ? 'json' : 'csv';
      const rows = readDirectoryFile(await textIn(file), format);
      if (!rows.ok) throw unreadable(file, rows.error);
      const plan = planImport(rows.value, await (await workplace.connect()).directory(true));
      if (!plan.ok) throw unreadable(file, plan.error);
      const proposals = plan.value.proposals.map((one) => ({ ...one, command: commandOf(one) }));
      workplace.out.say({ ...plan.value, proposals }, () => told({ ...plan.value, proposals }));
    });
}

const unreadable = (file: string, problems: readonly string[]): ParleyError =>
  new ParleyError('MALFORMED', [`${file}: ${problems.length} to mend.`, ...problems].join('\n'), 'Mend all of them, then look again.');

/** Codes and fingerprints alone, each checked when it was read: nothing in it has to be quoted. */
function commandOf({ facts: { authority, root, types, networks = [], status, reason, succeeds = [] } }: Proposal): string {
  const words = [
    ...types.flatMap((type) => ['--type', type]),
    ...networks.flatMap(({ network, seat }) => ['--network', `${network}:${seat}`]),
    ...['--status', status],
    ...(reason === undefined ? [] : ['--reason', reason]),
    ...succeeds.flatMap((before) => ['--succeeds', before]),
  ];
  return ['parley', 'designate', authority, root, ...words].join(' ');
}

function told({
  proposals,
  toCompare,
  unchanged,
}: Omit<ImportPlan, 'proposals'> & { readonly proposals: readonly { readonly command: string }[] }): string {
  return [
    `${unchanged} as the directory has them; ${proposals.length} to designate:`,
    ...proposals.map(({ command }) => `  ${command}`),
    ...(toCompare.length === 0 ? [] : ['Roots that were never compared: compare each with its authority by another way than this file.']),
    ...(toCompare.length === 0
      ? []
      : [
          table(
            ['authority', 'root'],
            toCompare.map(({ authority, root }) => [authority, root]),
          ),
        ]),
  ].join('\n');
}
