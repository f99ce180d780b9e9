import { Command } from 'commander';
import { formatInstant } from '../../../domain/time.js';
import { readIdentity } from '../../sdk/index.js';
import { keyId } from '../arguments.js';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

const REASONS = ['SCHEDULED', 'LOST', 'COMPROMISED'] as const;

/** Ids and validity; never a secret. */
export const keysCommand = (workplace: Workplace): Command => {
  const keys = new Command('keys').description('the keys of this key store');
  keys
    .command('list', { isDefault: true })
    .description('ids and validity; never a secret')
    .action(async () => {
      const { authority, root, signing, auth, desks } = await readIdentity(await workplace.openStore());
      const rows = [
        ...(root === null ? [] : [['root', '', root.kid, '']]),
        ['signing', '', signing.kid, ''],
        ['auth', '', auth.kid, ''],
        ...desks.flatMap(({ desk, generation, keys, until }) =>
          keys.map(({ suite, kid }) => [`${desk} ${generation}`, suite, kid, formatInstant(until)]),
        ),
      ];
      const answer = { authority, keys: rows.map(([use, suite, kid, until]) => ({ use, suite, kid, until })) };
      workplace.out.say(answer, () => table(['use', 'suite', 'id', 'until'], rows));
    });
  keys
    .command('turn')
    .description('make the next generation of the desk’s keys and publish it; what was sealed before still opens')
    .action(async () => {
      const client = await workplace.connect();
      await client.turnDeskKey();
      workplace.out.say({ turned: true }, () => 'The desk has a new generation of keys.');
    });
  keys
    .command('revoke')
    .description('end one of the authority’s keys, by its root')
    .argument('<kid>', 'the key’s id', keyId)
    .argument('<reason>', REASONS.join(', '))
    .action(async (kid: string, reason: string) => {
      const why = REASONS.find((one) => one === reason);
      if (why === undefined) throw new RangeError(`the reason is one of ${REASONS.join(', ')}`);
      const sent = await (await workplace.connect()).revokeKey(kid, why);
      workplace.out.say(sent, () => `Revoked: ${kid}.`);
    });
  return keys;
};
