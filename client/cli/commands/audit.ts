import { Command } from 'commander';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

/** The authority's own view of the log (role COMPLIANCE). */
export const auditCommand = (workplace: Workplace): Command =>
  new Command('audit')
    .description('who was given what of yours, on which consent; for the role COMPLIANCE')
    .option('--events', 'every event of your view')
    .option('--counts', 'leaves by stage and outcome, and nothing else; for the role OPERATOR of the operator')
    .action(async ({ events = false, counts = false }: { events?: boolean; counts?: boolean }) => {
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
          event.codes.join('\n'),
        ]);
        workplace.out.say(read, () => table(['place', 'at', 'action', 'outcome', 'by', 'codes'], rows));
        return;
      }
      const report = await client.disclosureReport();
      const made = report.disclosures.map(({ at, item, holder, to, purpose, consents, basis }) => [
        at,
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
          'Disclosures of what is yours, complete for what this log recorded:',
          table(['at', 'who', 'purpose', 'item', 'on'], made),
          ...(refused.length === 0 ? [] : ['Refused:', table(['times', 'who', 'purpose', 'codes'], refused)]),
        ].join('\n'),
      );
    });
