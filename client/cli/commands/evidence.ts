import { Command } from 'commander';
import type { ExchangeId } from '../../../domain/ids.js';
import type { ReadingPurpose } from '../../../domain/oversight.js';
import { present } from '../../../domain/present.js';
import { ParleyError, verifyEvidenceFile, type BodyReading } from '../../sdk/index.js';
import { exchange, justification, purpose, readingPurpose } from '../arguments.js';
import { openReadAt } from '../read-at.js';
import { requireNew, writeNew } from '../new-file.js';
import type { Workplace } from '../workplace.js';

/** One exchange as a file that a stranger checks without asking anybody. */
export const evidenceCommand = (workplace: Workplace): Command =>
  new Command('evidence')
    .description('all that your authority may have of an exchange, as one file for a court or an auditor')
    .argument('<exchange>', 'its id', exchange)
    .option('--out <file>', 'default: evidence-EXCHANGE.zip; a file that is there is left alone')
    .option('--for <code>', 'what the log is read for', readingPurpose, 'LAWFULNESS')
    .option(
      '--with-bodies',
      'the sealed bodies too; each is a reading that the log records, by an officer with a role for cases beside COMPLIANCE',
    )
    .option('--purpose <code>', 'of those readings', purpose)
    .option('--justification <code>', 'of those readings', justification)
    .action(async (id: ExchangeId, options: Wanted) => {
      const { out = `evidence-${id}.zip` } = options;
      const reading = readingOf(options);
      await requireNew(out);
      const client = await workplace.connect();
      const made = await client.makeEvidence(id, { purpose: options.for, ...present({ bodies: reading }) });
      const bytes = await writeNew(out, made.bytes());
      const root = client.identity.root?.kid ?? (await client.directory()).directory.authorities.get(client.authority)?.root ?? '';
      const { wrong, checks } = await withFile(out, (file) => verifyEvidenceFile(file, { root }));
      if (wrong !== null)
        throw new ParleyError(
          'EVIDENCE_INVALID',
          `${out} was written, and what the gateway gave for it does not verify: ${wrong.code}, ${wrong.where}.`,
          'Keep the file and show it to the operator: it is evidence of that.',
        );
      workplace.out.say(
        { file: out, bytes, members: made.manifest.members.length, checks: checks.length, root, withheld: made.withheld },
        () =>
          [
            `Written: ${out}, ${bytes} bytes, ${made.manifest.members.length} members, ${checks.length} checks hold.`,
            ...made.withheld.map(({ item, code }) => `Its sealed body is not in it, because the reading was refused (${code}): ${item}`),
            `Whoever gets it checks it with: parley verify ${out} --root ${root} --log ${made.manifest.log}`,
            'Tell them both values by another way than the file. It supports verification; admissibility is the court’s.',
          ].join('\n'),
      );
      if (made.withheld.length > 0)
        throw new ParleyError(
          'BODIES_WITHHELD',
          `${made.withheld.length} sealed bodies are not in ${out}: ${made.withheld.map(({ item, code }) => `${item} (${code})`).join(', ')}.`,
          'All else is in it and holds. Look at each code, then make another file.',
        );
    });

interface Wanted {
  readonly for: ReadingPurpose;
  readonly out?: string;
  readonly withBodies?: boolean;
  readonly purpose?: BodyReading['purpose'];
  readonly justification?: BodyReading['justification'];
}

function readingOf({ withBodies = false, purpose: why, justification: how }: Wanted): BodyReading | undefined {
  if (!withBodies) return undefined;
  if (why !== undefined && how !== undefined) return { purpose: why, justification: how };
  throw new ParleyError(
    'MALFORMED',
    'A reading has a purpose and a justification.',
    'Give --purpose and --justification beside --with-bodies.',
  );
}

async function withFile<T>(path: string, use: (file: Awaited<ReturnType<typeof openReadAt>>) => Promise<T>): Promise<T> {
  const file = await openReadAt(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
