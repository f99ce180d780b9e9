import { Command } from 'commander';
import type { AuthorityId } from '../../../domain/ids.js';
import type { AuthorityType, Seat } from '../../../domain/vocabulary.js';
import { authority, authorityType, keyId, listOf, oneOf, seat } from '../arguments.js';
import { ParleyError } from '../../sdk/index.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

const STATUS = ['ACTIVE', 'SUSPENDED', 'OBSERVER'] as const;

interface Designating {
  readonly type: readonly AuthorityType[];
  readonly network?: readonly (Seat | null)[];
  readonly status: (typeof STATUS)[number];
  readonly reason?: string;
  readonly succeeds?: readonly AuthorityId[];
}

/** The operator's countersignature of designation: who is who, never which keys they have. */
export const designateCommand = (workplace: Workplace): Command =>
  new Command('designate')
    .description('designate an authority, by the operator’s root')
    .argument('<authority>', 'its code', authority)
    .argument('<root>', 'its root fingerprint, compared by another way', keyId)
    .requiredOption('--type <type>', 'as what it acts; may be repeated', listOf(authorityType))
    .option(
      '--network <seat>',
      'a seat that its entry may claim, such as CARIN:MEMBER; may be repeated; NONE: no seat; absent: as before, and none of whoever is new',
      listOf(seat),
    )
    .option('--status <status>', `of ${STATUS.join(', ')}`, oneOf(STATUS), 'ACTIVE')
    .option('--reason <code>', 'why; owed where it suspends')
    .option('--succeeds <authority>', 'whose successor it is; may be repeated; absent: as before', listOf(authority))
    .action(async (code: AuthorityId, root: string, options: Designating) => {
      const { status } = options;
      if (status === 'SUSPENDED' && options.reason === undefined)
        throw new ParleyError('MALFORMED', 'A suspension says why, by a code.', 'Add it: --reason CODE.');
      const client = await workplace.connect();
      const reason = options.reason === undefined ? {} : { reason: options.reason };
      const networks = options.network === undefined ? {} : { networks: options.network.filter((one) => one !== null) };
      const succeeds = options.succeeds === undefined ? {} : { succeeds: options.succeeds };
      const sent = await client.designate({ authority: code, root, types: options.type, status, ...networks, ...reason, ...succeeds });
      const waits = (await client.directory(true)).waiting.some(({ digest }) => digest === sent.digest);
      workplace.out.say({ ...signed(sent), waits }, () =>
        waits
          ? `Waits for a second person: parley register approve ${sent.digest}`
          : `${code} is ${status}: place ${sent.receiptBody.index} of the log.`,
      );
    });
