import { Command } from 'commander';
import type { Digest } from '../../../domain/ids.js';
import type { CaveatCode, Label } from '../../../domain/label.js';
import { present } from '../../../domain/present.js';
import type { Instant } from '../../../domain/time.js';
import { DELETION_INABILITIES } from '../../../domain/wire/notice-answer.js';
import { formatInstant, ParleyError, writeLabel, type InabilityCode, type InboxEntry, type ParleyClient } from '../../sdk/index.js';
import { caveat, digest, holdReason, INABILITIES, inability, listOf, reasonCode, until } from '../arguments.js';
import { caveatWords, labelWords } from '../label-words.js';
import { asOriginator } from '../originator.js';
import { table } from '../output.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

/** After delivery: the originator relaxes and corrects, each holder answers, the originator sees who has not. */
export const afterDeliveryCommands = (workplace: Workplace): Command[] => [
  relaxCommand(workplace),
  correctCommand(workplace),
  deletedCommand(workplace),
  unableCommand(workplace),
  eraseCommand(workplace),
  holdCommand(workplace),
  liftCommand(workplace),
  answersCommand(workplace),
];

const relaxCommand = (workplace: Workplace): Command =>
  new Command('relax')
    .description('lift caveats that you set yourself on an item that you originated')
    .argument('<item>', 'its digest', digest)
    .requiredOption('--lift <caveat>', 'may be repeated', listOf(caveat))
    .action(async (item: Digest, { lift }: { lift: readonly CaveatCode[] }) => {
      const client = await workplace.connect();
      const { sent, lifted } = await asOriginator(client, item, async (held) => {
        const own = held?.label.caveats.filter(({ code, by }) => by === client.authority && lift.includes(code)) ?? null;
        if (own?.length === 0) nothingLifted(item, held!.label);
        const lifted = own === null || held === null ? lift : writeLabel({ ...held.label, caveats: own }).caveats.map(caveatWords);
        return { sent: await client.relax(item, lift), lifted };
      });
      workplace.out.say(
        { ...signed(sent), lifted },
        () => `Lifted from ${item}: ${lifted.join('; ')}. What others set stands, and every holder is told.`,
      );
    });

/** @throws ParleyError `NOTHING_LIFTED` */
function nothingLifted(item: Digest, label: Label): never {
  throw new ParleyError(
    'NOTHING_LIFTED',
    `No such caveat of yours stands on ${item}, whose label says: ${labelWords(label)}. Nothing was signed.`,
    `Name one that you set; who set another lifts it. If it was set since you opened it here: parley open ${item}`,
  );
}

const correctCommand = (workplace: Workplace): Command =>
  new Command('correct')
    .description('say that an item that you originated was wrong; every holder is told')
    .argument('<item>', 'its digest', digest)
    .option('--reason <code>', 'why, as a code', reasonCode, 'INACCURATE_DATA')
    .option('--replacement <item>', 'digest of the item that is right', digest)
    .option('--again', 'the same was said before, and a restore of the gateway lost that')
    .action(async (item: Digest, { reason, replacement, again }: { reason: string; replacement?: Digest; again?: true }) => {
      if (replacement === item)
        throw new ParleyError(
          'MALFORMED',
          'What was wrong cannot replace itself.',
          'Name the item that is right, or leave --replacement out.',
        );
      const client = await workplace.connect();
      const sent = await asOriginator(client, item, () => client.correct(item, reason, replacement, again));
      workplace.out.say(
        signed(sent),
        () => `Corrected: ${item}; the statement is ${sent.digest}. What holders answer: parley answers ${sent.digest}`,
      );
    });

const deletedCommand = (workplace: Workplace): Command =>
  new Command('deleted')
    .description('delete what this key store has of an item, and certify that you deleted every copy')
    .argument('<item>', 'its digest', digest)
    .option('--answers <statement>', 'the retraction or correction that asked for it; absent: the newest that came of the item', digest)
    .action(async (item: Digest, { answers }: { answers?: Digest }) => {
      const client = await workplace.connect();
      const asked = answers ?? (await askedBy(client, item));
      const sent = await client.certifyDeletion(item, asked);
      workplace.out.say({ ...signed(sent), ...present({ answers: asked }) }, () =>
        [`Deleted and certified: ${item}.`, ...(asked === undefined ? [] : [`It answers ${asked}.`])].join('\n'),
      );
    });

/** The newest retraction or correction of the item that its signer vouches for: a certificate that names none says that nobody asked. */
async function askedBy(client: ParleyClient, item: Digest): Promise<Digest | undefined> {
  const asking: InboxEntry[] = [];
  for await (const entry of client.inbox()) if (entry.statement !== null && asksToDelete(entry.statement, item)) asking.push(entry);
  const doubts = await client.notVerified(asking);
  return asking.findLast(({ index }) => !doubts.has(index))?.statement?.digest;
}

const asksToDelete = ({ typ, payload }: NonNullable<InboxEntry['statement']>, item: Digest): boolean =>
  typ === 'parley-label+json' && payload.item === item && ['RETRACT', 'CORRECT'].includes(payload.change);

const unableCommand = (workplace: Workplace): Command =>
  new Command('unable')
    .description('say why an item cannot be deleted, or its fact not be kept confidential')
    .argument('<item>', 'its digest', digest)
    .requiredOption('--code <why>', INABILITIES.join(', '), inability)
    .option('--answers <statement>', 'the retraction or correction that asked for it', digest)
    .action(async (item: Digest, { code, answers }: { code: InabilityCode; answers?: Digest }) => {
      const sent = await (await workplace.connect()).sayInability(item, code, answers);
      workplace.out.say(signed(sent), () => `Said: ${code}.`);
    });

const eraseCommand = (workplace: Workplace): Command =>
  new Command('erase')
    .description('delete what this key store has of an item and certify it; the gateway removes what it holds for you')
    .argument('<item>', 'its digest', digest)
    .option('--take-back', 'as its issuer: from everybody, and the gateway’s sealed copy goes too, unless a holder holds it back')
    .action(async (item: Digest, { takeBack = false }: { takeBack?: boolean }) => {
      const client = await workplace.connect();
      const answers = takeBack ? undefined : await askedBy(client, item);
      const erase = () => client.erase(item, takeBack, answers);
      const sent = await (takeBack ? asOriginator(client, item, erase) : erase());
      const said = { ...signed(sent), ...present({ answers }), heldBack: sent.heldBack.map(heldWords) };
      workplace.out.say(said, () => erasedLines(item, takeBack, sent));
    });

type Erased = Awaited<ReturnType<ParleyClient['erase']>>;

const heldWords = ({ holder, code, until: end }: Erased['heldBack'][number]) => ({
  holder,
  code,
  until: end === null ? null : formatInstant(end),
});

function erasedLines(item: Digest, takeBack: boolean, { digest: certificate, heldBack }: Erased): string {
  const receipt = `its own receipt of what it removed is in your log under ${certificate}`;
  if (!takeBack) return `Deleted and certified: ${item}; the gateway removes what it holds for you, and ${receipt}.`;
  const done = `Taken back from everybody, deleted here and certified: ${item}.`;
  if (heldBack.length === 0)
    return `${done}\nThe gateway removes its sealed copy, unless a holder whom you were not told of holds it back: ${receipt}.`;
  const holders = heldBack.map(heldWords).map(({ holder, code, until: end }) => `${holder} (${code}, until ${end ?? 'it lifts it'})`);
  return `${done}\nHELD BACK: the gateway keeps its sealed copy, because of ${holders.join(', ')}. It goes when that has ended.`;
}

const holdCommand = (workplace: Workplace): Command =>
  new Command('hold')
    .description('hold an item back from deletion, with a reason; its originators are told')
    .argument('<item>', 'its digest', digest)
    .option('--code <why>', `${DELETION_INABILITIES.join(', ')} (which a review found)`, holdReason, 'LEGAL_HOLD')
    .option('--until <time>', 'when the hold ends, such as 2027-01-31T12:00:00Z or 90d; absent: until `parley lift`', until)
    .action(async (item: Digest, { code, until: end }: { code: InabilityCode; until?: Instant }) => {
      const sent = await (await workplace.connect()).sayInability(item, code, undefined, end);
      workplace.out.say(signed(sent), () => `Held back: ${item} (${code}).`);
    });

const liftCommand = (workplace: Workplace): Command =>
  new Command('lift')
    .description('end your hold on an item')
    .argument('<item>', 'its digest', digest)
    .action(async (item: Digest) => {
      const sent = await (await workplace.connect()).liftHold(item);
      workplace.out.say(signed(sent), () => `Lifted: ${item} is held back no more.`);
    });

const answersCommand = (workplace: Workplace): Command =>
  new Command('answers')
    .description('who was told of a retraction or correction, and what each holder answered')
    .argument('<digest>', 'of the retraction or correction; or of the item, then your newest of it', digest)
    .action(async (change: Digest) => {
      const answers = await (await workplace.connect()).answersTo(change);
      workplace.out.say(answers, () =>
        table(
          ['holder', 'item', 'answer', 'why'],
          answers.map(({ holder, item, answer, why, index, isProved }) => [
            holder,
            item ?? '',
            index === null || isProved ? answer : `${answer}, not proved yet`,
            why ?? '',
          ]),
        ),
      );
    });
