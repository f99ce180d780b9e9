import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { DeskId, Digest, ExchangeId, OfficerId } from '../../../domain/ids.js';
import { QUORUM_REASONS, type QuorumReason } from '../../../domain/quorum.js';
import type { JUSTIFICATIONS, Purpose } from '../../../domain/vocabulary.js';
import { createFolder, replaceFile } from '../../durable-file.js';
import { ParleyError, type Instant, type Opened, type QuorumShown, type QuorumWords } from '../../sdk/index.js';
import { desk, digest, exchange, justification, listOf, officer, purpose, quorumReason, until, whole } from '../arguments.js';
import { confirm } from '../confirm.js';
import { table } from '../output.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';
import { notSharedYet } from './keys.js';
import { answerOf, linesOf } from './open.js';

const REASONS = `of ${QUORUM_REASONS.join(', ')}`;
const TURN = [
  'The quorum’s key was put together on this device: whoever did it could have kept it, and nobody can prove the contrary.',
  'Whoever holds the root turns it now: parley keys turn, then parley quorum set-up with the holders who go on.',
].join('\n');

interface Asking {
  readonly reason: QuorumReason;
  readonly until: Instant;
}

interface SetUp {
  readonly need: number;
  readonly holder: readonly OfficerId[];
  readonly of?: number;
  readonly giveUp?: boolean;
}

interface Opening {
  readonly purpose: Purpose;
  readonly justification: (typeof JUSTIFICATIONS)[number];
  readonly out?: string;
}

/** Content by enough officers together, where no desk opens it: for one case, for a time, each step a leaf. */
export const quorumCommand = (workplace: Workplace): Command => {
  const quorum = new Command('quorum').description('what enough holders of your authority open together, and nobody alone');
  addSetUp(quorum, workplace);
  addShow(quorum, workplace);
  addAsk(quorum, workplace);
  addList(quorum, workplace);
  addApprove(quorum, workplace);
  addOpen(quorum, workplace);
  addRecover(quorum, workplace);
  return quorum;
};

function addSetUp(quorum: Command, workplace: Workplace): void {
  quorum
    .command('set-up')
    .description('deal a new quorum key to officers; needs the root, and the entry must list whoever holds it as a SUPERVISOR')
    .requiredOption('--need <number>', 'how many of them beside whoever asks', whole)
    .requiredOption('--holder <officer>', 'who gets a share; three times at least', listOf(officer))
    .option('--of <number>', 'how many holders there are, to be compared with those named', whole)
    .option('--give-up', 'deal anew also where what the last dealing alone opens is lost by it')
    .action(async ({ need, holder, of, giveUp: givesUp = false }: SetUp) => {
      if (of !== undefined && of !== holder.length)
        throw new ParleyError(
          'MALFORMED',
          `--of says ${of}, and ${holder.length} holders are named.`,
          'Say the same twice, or leave --of out.',
        );
      const client = await workplace.connect();
      const sent = await client.quorum.setUp({ need, holders: holder, givesUp });
      const shown = await client.quorum.show();
      workplace.out.say({ ...signed(sent), quorum: shown }, () =>
        [
          `${need} of ${holder.length} open together from now on, beside whoever asks: ${holder.join(', ')}.`,
          'The secret is gone from this device. Officers who hold the keys of other desks share them with it: parley keys share',
          ...notSharedYet(sent),
        ].join('\n'),
      );
    });
}

function addShow(quorum: Command, workplace: Workplace): void {
  quorum
    .command('show', { isDefault: true })
    .description('the quorum of the newest entry, and whether your own share opens')
    .action(async () => {
      const shown = await (await workplace.connect()).quorum.show();
      workplace.out.say({ quorum: shown }, () => {
        if (shown === null) return 'Your authority has no quorum: what its desks’ keys do not open, nobody opens.';
        const own =
          shown.ownShareOpens === null ? 'You hold no share.' : shown.ownShareOpens ? 'Your share opens.' : 'YOUR SHARE DOES NOT OPEN.';
        const { need, holders, unable, generation, kid } = shown;
        const names = holders.map((holder) => (unable.includes(holder) ? `${holder} (CANNOT AGREE)` : holder));
        return [`${need} of ${holders.length}: ${names.join(', ')}. Dealing ${generation}, key ${kid}. ${own}`, ...unableLines(shown)].join(
          '\n',
        );
      });
    });
}

/** Whoever asks for a case is a holder too, and is not counted. */
const unableLines = ({ need, holders, unable }: QuorumShown): string[] =>
  unable.length === 0
    ? []
    : [
        `A key of theirs was revoked, or their term is not now: ${unable.join(', ')}. Admit their new cards, or deal anew: parley quorum set-up`,
        ...(holders.length - unable.length > need ? [] : [`NO CASE OPENS: whoever asks and ${need} more must be able to.`]),
      ];

function addAsk(quorum: Command, workplace: Workplace): void {
  quorum
    .command('ask')
    .description('ask the holders to open one case to you')
    .argument('<exchange>', 'the case', exchange)
    .requiredOption('--reason <code>', REASONS, quorumReason)
    .addOption(new Option('--until <time>', 'RFC 3339, or days, seven at most').argParser(until).default(until('1d'), '1d'))
    .action(async (id: ExchangeId, { reason, until: end }: Asking) => {
      const sent = await (await workplace.connect()).quorum.ask({ exchange: id, reason, until: end });
      workplace.out.say(signed(sent), () => askedLines(sent.digest, 'open'));
    });
}

const askedLines = (request: Digest, next: string): string =>
  [`Asked: ${request}`, `Other holders agree: parley quorum approve ${request}`, `Then: parley quorum ${next} ${request}`].join('\n');

function addList(quorum: Command, workplace: Workplace): void {
  quorum
    .command('list')
    .description('what was asked, by whom, and who agreed; as it was signed, whatever the gateway says of it')
    .action(async () => {
      const requests = await (await workplace.connect()).quorum.list();
      const rows = requests.map((one) => [
        one.statement,
        one.asked?.requester ?? '?',
        one.asked === null ? `NOT BELIEVED: ${one.refused}` : Object.values(one.asked.asks).join(),
        one.asked === null ? '' : `${one.asked.reason}\n${one.asked.until}`,
        `${one.agreed.length} of ${one.need}`,
        one.agreed.join('\n'),
        one.isOpen ? 'open' : '',
      ]);
      const head = ['request', 'who asks', 'for', 'why, until', 'agreed', 'by', ''];
      workplace.out.say({ requests }, () => (rows.length === 0 ? 'None.' : table(head, rows)));
    });
}

const sentenceOf = ({ requester, asks, reason, until: end }: QuorumWords): string =>
  `${requester} asks for ${'desk' in asks ? `ALL secrets of desk ${asks.desk}` : `case ${asks.exchange}`}, reason ${reason}, until ${end}.`;

function addApprove(quorum: Command, workplace: Workplace): void {
  quorum
    .command('approve')
    .description('agree to a colleague’s request: it is shown first, then your share is sealed to their key, good for this request alone')
    .argument('<request>', 'its digest', digest)
    .option('--yes', 'I have read it, and do not ask me')
    .action(async (request: Digest, { yes = false }: { yes?: boolean }) => {
      const client = await workplace.connect();
      // a digest names these very bytes: what is shown is what is agreed to
      const asked = await client.quorum.request(request);
      if (!yes) await confirm(sentenceOf(asked), `parley quorum approve ${request}`);
      const sent = await client.quorum.approve(request);
      workplace.out.say({ ...signed(sent), asked }, () => `${sentenceOf(asked)}\nAgreed: place ${sent.receiptBody.index} of the log.`);
    });
}

function addOpen(quorum: Command, workplace: Workplace): void {
  quorum
    .command('open')
    .description('read the case that you asked for, once enough agreed; each reading is logged before anything is shown')
    .argument('<request>', 'its digest', digest)
    .option('--purpose <purpose>', 'what it is read for', purpose, 'INTELLIGENCE')
    .option('--justification <code>', 'why you read it', justification, 'SUPERVISION')
    .option('--out <folder>', 'write files’ content there')
    .action(async (request: Digest, { out, ...reading }: Opening) => {
      // before a reading is stated: a folder that cannot be made would lose what was read
      if (out !== undefined) await createFolder(resolve(out));
      const { opened, left } = await (await workplace.connect()).quorum.open(request, reading);
      for (const one of opened) if (out !== undefined && one.content.role === 'FILE') await keep(out, one);
      const answer = { opened: opened.map((one) => answerOf(one)), left, turn: true };
      const lines = () => [
        ...opened.map((one) => linesOf(one, out ?? 'nowhere: give --out FOLDER')),
        ...left.map(({ item, code }) => `Not opened: ${item} (${code})`),
        TURN,
      ];
      workplace.out.say(answer, () => lines().join('\n\n'));
      if (left.length > 0)
        throw new ParleyError(
          'NOT_ALL_OPENED',
          `${left.length} of ${opened.length + left.length} items stayed shut: ${left.map(({ item, code }) => `${item} (${code})`).join(', ')}.`,
          'What opened was read and is logged. Look at each code; the request may be used again while it runs.',
        );
    });
}

async function keep(folder: string, { item, content }: Opened): Promise<void> {
  await replaceFile(join(folder, item.digest), content.role === 'FILE' ? (content.bytes ?? '') : '');
}

function addRecover(quorum: Command, workplace: Workplace): void {
  quorum
    .command('recover')
    .description('get the secrets of a desk where you sit back by the quorum: first ask, then, once enough agreed, with the request')
    .argument('<what>', 'the desk, to ask for it; or the digest of the request')
    .option('--reason <code>', REASONS, quorumReason, 'KEY_LOST')
    .addOption(new Option('--until <time>', 'RFC 3339, or days, seven at most').argParser(until).default(until('1d'), '1d'))
    .action(async (what: string, { reason, until: end }: Asking) => {
      const client = await workplace.connect();
      if (what.length < 43) {
        const code: DeskId = desk(what);
        const sent = await client.quorum.ask({ desk: code, reason, until: end });
        return workplace.out.say(signed(sent), () => askedLines(sent.digest, 'recover'));
      }
      const answer = await client.quorum.recover(digest(what));
      workplace.out.say({ ...answer, turn: true }, () =>
        [
          `Back: ${answer.recovered.length === 0 ? 'none' : answer.recovered.join(', ')}.`,
          ...(answer.missing.length === 0
            ? []
            : [`Nobody wrapped ${answer.missing.join(', ')} to the quorum: what is sealed to it is lost.`]),
          ...notSharedYet(answer),
          TURN,
        ].join('\n'),
      );
      if (answer.missing.length > 0)
        throw new ParleyError(
          'NOT_ALL_OPENED',
          `Not recovered: ${answer.missing.join(', ')}.`,
          'Whoever still has its keys shares them: parley keys share',
        );
    });
}
