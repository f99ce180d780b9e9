import { Command } from 'commander';
import type { AuthorityId, Digest } from '../../../domain/ids.js';
import { present } from '../../../domain/present.js';
import type { ProfileId } from '../../../domain/vocabulary.js';
import { AGREEMENT_KINDS } from '../../../domain/wire/register.js';
import { authority, digest, listOf, oneOf, profile } from '../arguments.js';
import { exportDirectory } from '../../sdk/index.js';
import { systemClock } from '../clock-system.js';
import { table } from '../output.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

interface Agreed {
  readonly kind: (typeof AGREEMENT_KINDS)[number];
  readonly party: readonly AuthorityId[];
  readonly from: string;
  readonly until?: string;
  readonly channel: readonly ProfileId[];
}

/** The operator's register beside designations: what waits for a second person, who came after whom, and who agreed with whom. */
export const registerCommand = (workplace: Workplace): Command => {
  const register = new Command('register').description('the operator’s register: approvals, agreements, successors');
  register
    .command('list', { isDefault: true })
    .description('agreements and successors, as the gateway shows them')
    .action(async () => {
      const view = await (await workplace.connect()).directory(true);
      const { agreements } = exportDirectory(view, systemClock.now());
      const successors = [...view.directory.successors].map(([before, after]) => ({ before, after }));
      workplace.out.say({ agreements, successors }, () =>
        [
          table(
            ['agreement', 'kind', 'between', 'from', 'until', 'channels'],
            agreements.map((one) => [one.agreement, one.kind, one.parties.join('\n'), one.from, one.until ?? '', one.profiles.join('\n')]),
          ),
          ...successors.map(({ before, after }) => `${after} came after ${before}.`),
        ].join('\n'),
      );
    });
  addApproval(register, workplace);
  register
    .command('agree')
    .description('enter an agreement, by the operator’s root; the last statement about it holds')
    .argument('<name>', 'its name in the register, such as MOU:2019-14')
    .requiredOption('--kind <kind>', `of ${AGREEMENT_KINDS.join(', ')}`, oneOf(AGREEMENT_KINDS))
    .requiredOption('--party <authority>', 'who agreed; twice at least', listOf(authority))
    .requiredOption('--channel <profile>', 'the channel profile that it is about; may be repeated', listOf(profile))
    .requiredOption('--from <day>', 'its first day, yyyy-mm-dd')
    .option('--until <day>', 'its last day')
    .action(async (name: string, { kind, party, channel: profiles, from, until }: Agreed) => {
      const facts = {
        agreement: name,
        kind,
        parties: [...party],
        profiles: [...profiles],
        from,
        ...present({ until }),
      };
      const sent = await (await workplace.connect()).registerAgreement(facts);
      workplace.out.say(signed(sent), () => `${name} is registered: place ${sent.receiptBody.index} of the log.`);
    });
  return register;
};

/** The second person's part. */
function addApproval(register: Command, workplace: Workplace): void {
  register
    .command('waiting')
    .description('designations that wait for a second person’s signature')
    .action(async () => {
      const { waiting } = await (await workplace.connect()).directory(true);
      const rows = waiting.map(({ digest: designation, payload: { authority: id, status, types, networks, root, succeeds = [] } }) => ({
        designation,
        authority: id,
        status,
        types,
        /** null: whichever its entry claims */
        networks: networks?.map(({ network, seat }) => `${network}:${seat}`) ?? null,
        root,
        succeeds,
      }));
      workplace.out.say({ waiting: rows }, () =>
        rows.length === 0
          ? 'None.'
          : table(
              ['designation', 'authority', 'standing', 'types', 'networks', 'root', 'after'],
              rows.map((row) => [
                row.designation,
                row.authority,
                row.status,
                row.types.join('\n'),
                row.networks?.join('\n') ?? 'as it claims',
                row.root,
                row.succeeds.join('\n'),
              ]),
            ),
      );
    });
  register
    .command('approve')
    .description('approve a designation, by the root of this key store, which the deployment names as an approver’s')
    .argument('<designation>', 'its digest: compare authority and root by another way first', digest)
    .action(async (designation: Digest) => {
      const sent = await (await workplace.connect()).approveDesignation(designation);
      workplace.out.say(signed(sent), () => `Approved: ${designation}, place ${sent.receiptBody.index} of the log.`);
    });
}
