import { Command } from 'commander';
import { clearMembersOf } from '../../../domain/profiles/clear-members.js';
import { jsonSchemaOf } from '../../../domain/profiles/form-schema.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { ExchangeType, ProfileId } from '../../../domain/vocabulary.js';
import { exchangeType, formLanguage, profile } from '../arguments.js';
import { blankForm } from '../form/blank.js';
import { paper } from '../form/paper.js';
import type { Output } from '../output.js';
import { ParleyError, profileForm } from '../../sdk/index.js';
import { COLUMNS } from '../wrapped.js';
import type { Workplace } from '../workplace.js';

interface Options {
  type?: ExchangeType;
  answer?: boolean;
  blank?: boolean;
}

/** The forms of the profiles, with the provision that asks for each field. Needs no gateway and no keys. */
export const formCommand = ({ out }: Workplace): Command => {
  const form = new Command('form').description('the forms of the channel profiles');
  form
    .command('list')
    .description('every profile, its exchanges and their forms')
    .action(() => list(out));
  form
    .command('print')
    .description('a form as it reads on paper; with --json its JSON Schema')
    .argument('<profile>', Object.keys(PROFILES).join(', '), profile)
    .option('--lang <language>', 'language of titles and help', formLanguage, 'en')
    .option('--type <exchange>', 'exchange type; absent: the one that the profile is for', exchangeType)
    .option('--answer', 'the form of an answer')
    .option('--blank', 'JSON to fill in, for `parley compose --form`')
    .action((id: ProfileId, options: Options) => print(out, id, options));
  return form;
};

interface Row {
  readonly profile: ProfileId;
  readonly exchange: string;
  readonly form: string | null;
  readonly answer: string | null;
}

function list(out: Output): void {
  const rows = Object.values(PROFILES).flatMap(({ id, openings }) =>
    Object.entries(openings).map(([exchange, opening]): Row => ({
      profile: id,
      exchange,
      form: opening.form?.schema ?? null,
      answer: opening.answer?.schema ?? null,
    })),
  );
  out.say(rows, () => listed(rows).join('\n'));
}

/** What every profile offers is said once. */
function listed(rows: readonly Row[]): string[] {
  const profiles = [...new Set(rows.map(({ profile: id }) => id))];
  const everywhere = new Set(rows.map(lineOf).filter((line, _, all) => all.filter((one) => one === line).length === profiles.length));
  return [
    ...profiles.flatMap((id) => [id, ...rows.filter((row) => row.profile === id && !everywhere.has(lineOf(row))).map(lineOf)]),
    'and on every profile',
    ...everywhere,
    'Read one: parley form print PROFILE [--type EXCHANGE] [--answer]',
  ];
}

function lineOf({ exchange, form, answer }: Row): string {
  const opening = `  ${exchange}: ${form ?? 'no form'}`;
  if (answer === null) return opening;
  const whole = `${opening}, answer ${answer}`;
  return whole.length <= COLUMNS ? whole : `${opening},\n    answer ${answer}`;
}

function print(out: Output, id: ProfileId, { type, answer = false, blank = false }: Options): void {
  const chosen = PROFILES[id];
  const shown = type ?? chosen.exchangeTypes[0]!;
  if (!chosen.exchangeTypes.includes(shown))
    throw new ParleyError('NOT_ON_PROFILE', `${id} offers no ${shown}.`, `It offers ${chosen.exchangeTypes.join(', ')}.`);
  const kind = answer ? 'answer' : 'opening';
  const found = profileForm(id, kind, shown);
  if (blank) {
    if (found === null)
      throw new ParleyError('NO_FORM', `${shown} on ${id} has no form of its ${kind}.`, 'See what it states in clear, without --blank.');
    const empty = { form: blankForm(found) };
    return out.say(empty, () => JSON.stringify(empty, null, 2));
  }
  const schema = found === null ? { form: null, clear: clearMembersOf(chosen, shown) } : jsonSchemaOf(found);
  out.say(schema, () => paper(chosen, shown, found, kind));
}
