import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { entry as entrySchema } from '../../../domain/wire/directory.js';
import { OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { ParleyError } from '../../sdk/index.js';
import type { Workplace } from '../workplace.js';

const { name, territory, types, languages, clearance, timeZone, calendar, presumedConsent } = entrySchema.shape;
const declares = entrySchema.pick({
  networks: true,
  equalAssurance: true,
  civilAdminCooperation: true,
  acceptsInterpolUrgent: true,
  canSuspendForForeignFiu: true,
});
const factsSchema = z.strictObject({
  name,
  territory,
  types,
  languages,
  clearance,
  timeZone,
  calendar,
  presumedConsent: presumedConsent.default([]),
  declares: declares.optional(),
  roles: z.array(z.enum(OFFICER_ROLES)).min(1).default(['OFFICER', 'SUPERVISOR', 'COMPLIANCE']),
});

/** What the authority says of itself, signed by its root. */
export const entryCommand = (workplace: Workplace): Command =>
  new Command('entry')
    .description('publish the authority’s directory entry, signed by its root')
    .argument('[facts]', 'JSON file: name, territory, types, languages, clearance, timeZone, calendar, declares; absent: as last time')
    .action(async (file?: string) => {
      const facts = file === undefined ? undefined : readFacts(await readFile(file, 'utf8'), file);
      const client = await workplace.connect();
      const sent = await client.publishEntry(facts);
      workplace.out.say(sent, () => `Entry published: ${sent.digest}, place ${sent.receiptBody.index} of the log.`);
    });

function readFacts(text: string, file: string) {
  const facts = factsSchema.safeParse(JSON.parse(text));
  if (facts.success) return facts.data;
  const issues = facts.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new ParleyError('MALFORMED', `${file}: ${issues}.`, 'Correct the named members.');
}
