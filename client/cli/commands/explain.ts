import { Command, Option } from 'commander';
import { EXEMPTIONS } from '../../../domain/exemption.js';
import type { Digest } from '../../../domain/ids.js';
import type { UseAction } from '../../../domain/label.js';
import { present } from '../../../domain/present.js';
import type { Instant } from '../../../domain/time.js';
import type { AuthorityType, Purpose } from '../../../domain/vocabulary.js';
import type { Explanation, ParleyClient, ReleaseInMind } from '../../sdk/index.js';
import { AS_HELP, authorityType, basisLine, digest, legalBasis, listOf, purpose, reference, until, useAction } from '../arguments.js';
import { readDraft } from '../draft.js';
import { beyondConsent, explanationLines, writeRequests } from '../explained.js';
import type { Workplace } from '../workplace.js';
import { basisOf, KEPT_HELP, type Basis } from './release.js';

/** Could I, and what would make it lawful? Asked of the gateway; nothing is done, and it counts as no attempt. */
export function explainCommand(workplace: Workplace): Command {
  const explain = new Command('explain').description('whether an act would be lawful, and what would make it so; does nothing');
  for (const add of [addRelease, addUse, addExport, addSend]) add(explain, workplace);
  return explain;
}

const OUT = ['--out <file>', 'writes the consent request that is lacking, for `parley send`, unless no consent would help'] as const;

async function say(
  { out, connect }: Workplace,
  file: string | undefined,
  ask: (client: ParleyClient) => Promise<Explanation>,
): Promise<void> {
  const answer = await ask(await connect());
  const files = file === undefined ? [] : await writeRequests(answer, file);
  const { final, more } = beyondConsent(answer);
  const beyond = [...final, ...more];
  const said = { ...answer, ...(beyond.length === 0 ? {} : { beyondConsent: beyond }), ...(files.length === 0 ? {} : { files }) };
  out.say(said, () => explanationLines(answer, files));
}

interface Release extends Basis {
  item: Digest;
  to: string;
  type?: AuthorityType;
  as?: AuthorityType;
  purpose: Purpose;
  legalBasis?: string;
  verification?: readonly Digest[];
  kept?: readonly Digest[];
  until?: Instant;
  out?: string;
}

function addRelease(explain: Command, workplace: Workplace): void {
  explain
    .command('release')
    .description('could I hand this item on?')
    .requiredOption('--item <digest>', 'an item that you hold', digest)
    .requiredOption('--to <authority>', 'the reader')
    .option('--to-type, --type <type>', 'as what it receives; absent: as the one type that it has', authorityType)
    .option('--as <type>', AS_HELP, authorityType)
    .requiredOption('--purpose <purpose>', 'for what', purpose)
    .option('--legal-basis <code>', 'such as DOMESTIC_LAW:FIA-2003', legalBasis)
    .option('--consent <digest>', 'rest it on this grant alone; may be repeated', listOf(digest))
    .option('--presumed <request>', 'rest it on what this request made presumed', digest)
    .addOption(new Option('--exemption <code>', 'rest it on a typed exemption').choices(EXEMPTIONS))
    .option('--each <line>', 'rest each originator’s part on its own; see `parley release --help`', listOf(basisLine))
    .option('--notice <digest>', 'rest it on a lawful way; may be repeated', listOf(digest))
    .option('--approval <digest>', 'of the notice; may be repeated', listOf(digest))
    .option('--verification <digest>', 'the source’s confirmation; may be repeated', listOf(digest))
    .option('--kept <digest>', KEPT_HELP, listOf(digest))
    .option('--until <time>', 'RFC 3339, or days such as 90d', until)
    .option(...OUT)
    .action(({ out, ...asked }: Release) => say(workplace, out, (client) => client.explainRelease(releaseOf(asked))));
}

/** Without a basis the gateway looks for one that holds. */
function releaseOf({
  type,
  as,
  consent,
  presumed,
  exemption,
  each,
  notice,
  approval,
  verification,
  ...named
}: Omit<Release, 'out'>): ReleaseInMind {
  const given: Basis = present({ consent, presumed, exemption, each, notice, approval });
  return {
    ...named,
    ...(Object.keys(given).length === 0 ? {} : { basis: basisOf(given) }),
    ...present({ toType: type, holderType: as, verifications: verification }),
  };
}

interface Use {
  as?: AuthorityType;
  item: Digest;
  purpose: Purpose;
  proceedings?: string;
  action?: UseAction;
  verification?: readonly Digest[];
  out?: string;
}

function addUse(explain: Command, workplace: Workplace): void {
  explain
    .command('use')
    .description('could I use this item for that?')
    .requiredOption('--item <digest>', 'an item that you hold', digest)
    .requiredOption('--purpose <purpose>', 'for what', purpose)
    .option('--as <type>', AS_HELP, authorityType)
    .option('--proceedings <id>', 'opaque id of the proceedings', reference)
    .option('--action <action>', 'what others could notice of it', useAction)
    .option('--verification <digest>', 'the source’s confirmation; may be repeated', listOf(digest))
    .option(...OUT)
    .action(({ as, verification, out, ...named }: Use) =>
      say(workplace, out, (client) =>
        client.explainUse({
          ...named,
          ...present({ holderType: as, verifications: verification }),
        }),
      ),
    );
}

function addExport(explain: Command, workplace: Workplace): void {
  explain
    .command('export')
    .description('could I take a copy into our own case system, under its label?')
    .requiredOption('--item <digest>', 'an item that you hold', digest)
    .requiredOption('--purpose <purpose>', 'for what', purpose)
    .option('--as <type>', AS_HELP, authorityType)
    .option('--proceedings <id>', 'the proceedings that it is copied for', reference)
    .option(...OUT)
    .action(({ item, purpose, as, proceedings, out }: Pick<Use, 'item' | 'purpose' | 'as' | 'proceedings' | 'out'>) =>
      say(workplace, out, (client) => client.explainExport(item, purpose, undefined, proceedings, as)),
    );
}

function addSend(explain: Command, workplace: Workplace): void {
  explain
    .command('send')
    .description('could I send this draft? Its content stays here')
    .argument('<draft>', 'JSON file, as `parley compose` writes it')
    .option(...OUT)
    .action((file: string, { out }: { out?: string }) =>
      say(workplace, out, async (client) => client.explainSend(await readDraft(file, client))),
    );
}
