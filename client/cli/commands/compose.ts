import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { openingOf, PROFILES } from '../../../domain/profiles/index.js';
import type { AuthorityType, ExchangeType, ProfileId } from '../../../domain/vocabulary.js';
import { authority, authorityType, digest, exchangeType, listOf, profile } from '../arguments.js';
import { readContents } from '../draft.js';
import { blankForm } from '../form/blank.js';
import { ParleyError } from '../../sdk/index.js';
import type { Workplace } from '../workplace.js';

interface Options {
  to: string;
  type?: ExchangeType;
  toType?: AuthorityType;
  fromType?: AuthorityType;
  form?: string;
  attach?: readonly string[];
  source?: readonly string[];
  out?: string;
}

/** Writes a draft to fill in; nothing is sealed or sent. */
export const composeCommand = ({ out }: Workplace): Command =>
  new Command('compose')
    .description('write a draft of an opening message, to be completed and sent')
    .argument('<profile>', Object.keys(PROFILES).join(', '), profile)
    .requiredOption('--to <authority>', 'addressee', authority)
    .option('--type <exchange>', 'exchange type; absent: the one that the profile is for', exchangeType)
    .option('--to-type <type>', 'as what it is addressed', authorityType)
    .option('--from-type <type>', 'as what you write', authorityType)
    .option('--form <file>', 'JSON file with `form`, and what else a draft holds')
    .option('--attach <file>', 'a file; may be repeated', listOf(String))
    .option('--source <item>', 'an item opened here from which it is made; its label joins; may be repeated', listOf(digest))
    .option('--out <file>', 'where the draft goes; absent: to standard output')
    .action(async (id: ProfileId, options: Options) => {
      const draft = skeleton(id, options, options.form === undefined ? {} : await readContents(options.form));
      const text = `${JSON.stringify(draft, null, 2)}\n`;
      if (options.out === undefined) out.pour(new TextEncoder().encode(text));
      else {
        await writeFile(options.out, text, { mode: 0o600 });
        out.say({ draft: options.out }, () => `Draft: ${options.out}. Complete it, then: parley send ${options.out}`);
      }
    });

/** Statements that are made by sending them. */
const DECLARED: ReadonlySet<string> = new Set(['reciprocity', 'art3Compliant']);

/** They say by being empty that there is nothing. */
const LISTS: ReadonlySet<string> = new Set(['intendedRecipients', 'alsoRequestedVia', 'chain']);

/** @param given what is known already, member by member */
export function skeleton(id: ProfileId, options: Options, given: object): object {
  const chosen = PROFILES[id];
  const type = options.type ?? chosen.exchangeTypes[0]!;
  const opening = openingOf(id, type);
  if (opening === null)
    throw new ParleyError('NOT_ON_PROFILE', `${id} offers no ${type}.`, `It offers ${chosen.exchangeTypes.join(', ')}.`);
  const pair = chosen.pairs.find(({ on }) => on === undefined || on.includes(type));
  return {
    to: options.to,
    toType: options.toType ?? pair?.to[0],
    fromType: options.fromType ?? pair?.from[0],
    exchangeType: type,
    profile: id,
    legalBasis: ['RECIPROCITY'],
    framework: [],
    purposes: chosen.defaultLabel.purposes,
    matterType: 'INTELLIGENCE',
    language: 'en',
    urgency: 'ROUTINE',
    body: Object.fromEntries(opening.body.map(({ field }) => [field, DECLARED.has(field) ? true : LISTS.has(field) ? [] : ''])),
    ...(opening.form === null ? {} : { form: blankForm(opening.form) }),
    ...(options.attach === undefined ? {} : { attachments: options.attach.map((path) => ({ path })) }),
    ...(options.source === undefined ? {} : { sources: options.source }),
    ...given,
  };
}
