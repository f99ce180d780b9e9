import { Command } from 'commander';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { ProfileId } from '../../../domain/vocabulary.js';
import { profile } from '../arguments.js';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

/** The fields of a profile's form, with the provision that asks for each. */
export const formCommand = ({ out }: Workplace): Command => {
  const form = new Command('form').description('the forms of the channel profiles');
  form
    .command('print')
    .description('fields, help and sources')
    .argument('<profile>', Object.keys(PROFILES).join(', '), profile)
    .option('--answer', 'the form of an answer')
    .action((id: ProfileId, { answer = false }: { answer?: boolean }) => {
      const shown = answer ? PROFILES[id].answerForm : PROFILES[id].openingForm;
      const rows = shown.fields.map(({ name, title, help, article, mandatory, group }) => [
        `${name}${mandatory ? ' *' : ''}`,
        `${title}\n${help}`,
        group ?? '',
        article,
      ]);
      out.say(shown, () => `${shown.title} (${shown.schema})\n${table(['field', 'what', 'together', 'source'], rows)}\n* mandatory`);
    });
  return form;
};
