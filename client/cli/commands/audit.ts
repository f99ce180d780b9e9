import { Command, Option } from 'commander';
import { ParleyError, wholenessOf, type InboxCheck, type ParleyClient, type StreamProof } from '../../sdk/index.js';
import { UNWITNESSED } from '../alarms.js';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

/** The authority's own view of the log (role COMPLIANCE). */
export const auditCommand = (workplace: Workplace): Command =>
  new Command('audit')
    .description('who was given what of yours, on which consent; for the role COMPLIANCE')
    .option('--events', 'every event of your view')
    .addOption(
      new Option('--counts', 'leaves by stage and outcome, and nothing else; for the role OPERATOR of the operator').conflicts('events'),
    )
    .addOption(new Option('--inbox', 'what was logged as delivered to you and is not in your inbox').conflicts(['events', 'counts']))
    .action(async ({ events = false, counts = false, inbox = false }: { events?: boolean; counts?: boolean; inbox?: boolean }) => {
      const client = await workplace.connect();
      if (counts) {
        const counted = await client.auditCounts();
        const lines = counted.map(({ stage, outcome, leaves }) => [stage, outcome, String(leaves)]);
        workplace.out.say(counted, () => table(['stage', 'outcome', 'leaves'], lines));
        return;
      }
      if (events) {
        const read = await client.auditEvents();
        const rows = read.map(({ index, event }) => [
          String(index),
          event.at,
          event.action,
          event.outcome,
          event.actor.authority,
          [...(event.basis === undefined ? [] : [event.basis]), ...event.codes].join('\n'),
        ]);
        workplace.out.say(read, () => table(['place', 'at', 'action', 'outcome', 'by', 'on, codes'], rows));
        return;
      }
      await (inbox ? sayInbox(workplace, client) : sayDisclosures(workplace, client));
    });

/** Never called complete where anything does not fit. */
function proofLines({ isComplete, epochs, checkpoint, upTo, misfits }: StreamProof): string[] {
  if (isComplete && epochs !== null && checkpoint !== null)
    return [
      `Complete for what this log recorded up to leaf ${upTo}: proved in epochs ${epochs.from} to ${epochs.to}, ${checkpoint.size} leaves, ${checkpoint.witnesses.length} witnesses.`,
      'What was done beside this log no such proof shows.',
      ...(checkpoint.witnesses.length === 0 ? [UNWITNESSED] : []),
    ];
  return [
    'NOT PROVED COMPLETE:',
    ...misfits.map(({ check, index, why }) => `${check}${index === null ? '' : ` at leaf ${index}`}: ${why}`),
  ];
}

async function sayInbox({ out }: Workplace, client: ParleyClient): Promise<void> {
  const checked = await client.checkInbox();
  out.say(checked, () => inboxLines(checked).join('\n'));
  failOnMisfit(checked.proof);
  if (checked.withheld.length > 0)
    throw new ParleyError('INBOX_WITHHELD', `${checked.withheld.length} deliveries are in no inbox.`, 'Ask the operator, and the senders.');
}

/** @throws ParleyError `LOG_MISFIT` where the log does not fit what was shown; that nothing is proved yet is no alarm */
function failOnMisfit(proof: StreamProof): void {
  if (wholenessOf(proof).state === 'MISFIT')
    throw new ParleyError('LOG_MISFIT', 'The log does not fit what was shown.', 'Rely on none of it; ask the operator, and the others.');
}

/** That nothing is withheld is said only of what is proved to be all. */
export const inboxLines = ({ withheld, proof }: InboxCheck): readonly string[] => [
  ...withheld.map(({ index, statement, at }) => `WITHHELD: ${statement}, delivered ${at}, leaf ${index}`),
  ...(withheld.length === 0 && proof.isComplete ? ['Everything that was logged as delivered to you is in your inbox.'] : []),
  ...proofLines(proof),
];

async function sayDisclosures(workplace: Workplace, client: ParleyClient): Promise<void> {
  const report = await client.disclosureReport();
  const made = report.disclosures.map(({ at, item, holder, to, purpose, consents, basis, times }) => [
    times === 1 ? at : `${at}\n${times} ×`,
    `${holder} → ${to}`,
    purpose,
    item,
    [basis, ...consents].join('\n'),
  ]);
  const refused = report.refused.map(({ holder, to, purpose, codes, times }) => [
    `${times} ×`,
    `${holder} → ${to}`,
    purpose,
    codes.join('\n'),
  ]);
  workplace.out.say(report, () =>
    [
      ...(made.length === 0
        ? ['Nothing of what is yours was handed on.']
        : ['Disclosures of what is yours:', table(['at', 'who', 'purpose', 'item', 'on'], made)]),
      ...(refused.length === 0 ? [] : ['Refused:', table(['times', 'who', 'purpose', 'codes'], refused)]),
      ...proofLines(report.proof),
    ].join('\n'),
  );
  failOnMisfit(report.proof);
}
