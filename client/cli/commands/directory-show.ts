import type { Command } from 'commander';
import type { AuthorityId } from '../../../domain/ids.js';
import { successorOf } from '../../../domain/register.js';
import { exportDirectory, ParleyError } from '../../sdk/index.js';
import { authority } from '../arguments.js';
import { systemClock } from '../clock-system.js';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

/** All that is known of one authority: what it says of itself, and what the register says of it. */
export function addShow(directory: Command, workplace: Workplace): void {
  directory
    .command('show')
    .description('what one authority declares: how to ask it, what its law wants, who came after it, its agreements')
    .argument('<authority>', 'its code', authority)
    .action(async (code: AuthorityId) => {
      const view = await (await workplace.connect()).directory(true);
      const exported = exportDirectory(view, systemClock.now());
      const row = exported.authorities.find((one) => one.authority === code);
      if (row === undefined)
        throw new ParleyError('NO_SUCH_AUTHORITY', `The directory has no ${code}.`, 'See those it has: parley directory list');
      const agreements = exported.agreements.filter(({ parties }) => parties.includes(code));
      const answer = { ...row, successor: successorOf(view.directory, code), agreements };
      workplace.out.say(answer, () => table(['what', 'as the directory has it'], linesOf(answer, '')));
    });
}

/** Members within members as one path each; what is not said has no line. */
function linesOf(value: unknown, path: string): [string, string][] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.length === 0 ? [] : [[path, value.join('\n')]];
  if (typeof value !== 'object') return [[path, String(value as string | number | boolean)]];
  return Object.entries(value).flatMap(([name, inner]) => linesOf(inner, path === '' ? name : `${path}.${name}`));
}
