import { Command } from 'commander';
import { z } from 'zod';
import { declarations } from '../../../domain/wire/declarations.js';
import { entry as entrySchema } from '../../../domain/wire/directory.js';
import { shapeWords } from '../../../domain/wire/shape-words.js';
import type { DeskId } from '../../../domain/ids.js';
import { isTimeZone } from '../../../domain/time.js';
import { OFFICER_ROLES, SUITES, type Suite } from '../../../domain/vocabulary.js';
import { ParleyError } from '../../sdk/index.js';
import { desk, listOf, suite } from '../arguments.js';
import { endingLine } from '../ending-lines.js';
import { textIn } from '../given-file.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

const SUITES_OF_A_DESK: readonly Suite[] = ['age-pq-1', 'openpgp-4'];

const { name, territory, types, languages, clearance, timeZone, calendar, presumedConsent } = entrySchema.shape;
const factsSchema = z.strictObject({
  name,
  territory,
  types,
  languages,
  clearance,
  // dates would be counted in UTC, and provisionally; another runtime's newer name passes the gateway
  timeZone: timeZone.refine(isTimeZone, 'it is a time zone of the IANA list, as Africa/Lagos'),
  calendar,
  presumedConsent: presumedConsent.default([]),
  declares: z.strictObject(declarations).optional(),
  desks: z.record(z.string().max(32), types).optional(),
  roles: z.array(z.enum(OFFICER_ROLES)).min(1).default(['OFFICER', 'SUPERVISOR', 'COMPLIANCE']),
});

const EXAMPLE = `
The least that such a file holds:
  {
    "name": "Financial intelligence authority", "territory": "NG",
    "types": ["FIU"], "languages": ["en"],
    "clearance": "RESTRICTED", "timeZone": "Africa/Lagos"
  }`;

/** What the authority says of itself, signed by its root. */
export const entryCommand = (workplace: Workplace): Command => {
  const entry = new Command('entry')
    .description('publish the authority’s directory entry, signed by its root')
    .argument(
      '[facts]',
      'JSON file: name, territory, types, languages, clearance, timeZone, calendar, declares, desks; absent: as last time',
    )
    .addHelpText('after', EXAMPLE)
    .action(async (file?: string) => {
      const facts = file === undefined ? undefined : readFacts(await textIn(file), file);
      const client = await workplace.connect();
      const sent = await client.publishEntry(facts);
      workplace.out.say(signed(sent), () => `Entry published: ${sent.digest}, place ${sent.receiptBody.index} of the log.`);
    });
  entry
    .command('confirm')
    .description('say that the entry still holds: the same again, with today’s date; due once in twelve months')
    .action(async () => {
      const client = await workplace.connect();
      const sent = await client.confirmEntry();
      const ends = await client.endings();
      workplace.out.say({ ...signed(sent), ends }, () =>
        [`Entry confirmed: ${sent.digest}, place ${sent.receiptBody.index} of the log.`, ...ends.map(endingLine)].join('\n'),
      );
    });
  entry
    .command('desk')
    .description('make keys for one more desk, such as for another role of the body; then publish the entry with what it serves')
    .argument('<desk>', 'its code', desk)
    .option('--suite <suite>', `suites of its keys, of ${SUITES.join(', ')}; may be repeated`, listOf(suite))
    .action(async (code: DeskId, { suite: suites = SUITES_OF_A_DESK }: { suite?: readonly Suite[] }) => {
      await (await workplace.connect()).addDesk(code, suites);
      workplace.out.say({ desk: code }, () => `${code} has keys. Say what it serves under "desks", then: parley entry FACTS.json`);
    });
  return entry;
};

function readFacts(text: string, file: string) {
  const json = jsonOf(text);
  if (Object.keys(factsSchema.shape).every((member) => !(member in json)))
    throw new ParleyError('MALFORMED', `${file} holds no facts of an authority.`, 'See what it holds: parley entry --help');
  const facts = factsSchema.safeParse(json);
  if (facts.success) return facts.data;
  throw new ParleyError(
    'MALFORMED',
    `${file}: ${shapeWords(facts.error.issues, json, 'the file').join('; ')}.`,
    'Correct the named members; an example: parley entry --help',
  );
}

/** @returns nothing of what is no object of JSON: a file that was named by mistake may hold anything */
function jsonOf(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
