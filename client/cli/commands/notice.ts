import { Command } from 'commander';
import type { AuthorityId, Digest } from '../../../domain/ids.js';
import type { LawfulWay } from '../../../domain/lawful-way.js';
import { present } from '../../../domain/present.js';
import type { Instant } from '../../../domain/time.js';
import type { AuthorityType, Purpose } from '../../../domain/vocabulary.js';
import { ParleyError, type NoticeDraft } from '../../sdk/index.js';
import { authority, authorityType, digest, emergency, impossible, lawfulWay, legalBasis, obligation, purpose, time } from '../arguments.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

interface Options {
  way: LawfulWay;
  to: AuthorityId;
  toType: AuthorityType;
  legalBasis: string;
  purpose?: Purpose;
  obligation?: ReturnType<typeof obligation>;
  emergency?: ReturnType<typeof emergency>;
  impossible?: ReturnType<typeof impossible>;
  deputy?: AuthorityId;
  disclosedAt?: Instant;
}

/** The lawful ways around consent, and a source that confirms its item. */
export function noticeCommand(workplace: Workplace): Command {
  const notice = new Command('notice').description('disclosures that the law allows or asks without consent: told, approved, answered');
  for (const add of [addGive, addApprove, addAnswer, addConfirm]) add(notice, workplace);
  return notice;
}

function addGive(notice: Command, workplace: Workplace): void {
  notice
    .command('give')
    .description('tell every originator of a disclosure, before it is made')
    .argument('<item>', 'its digest', digest)
    .requiredOption('--way <way>', 'EXCULPATORY, LEGAL_OBLIGATION or EMERGENCY', lawfulWay)
    .requiredOption('--to <authority>', 'who is to receive', authority)
    .requiredOption('--to-type <type>', 'as what', authorityType)
    .requiredOption('--legal-basis <code>', 'such as UNCAC_46', legalBasis)
    .option('--purpose <purpose>', 'of a legal obligation', purpose)
    .option('--obligation <code>', 'which duty', obligation)
    .option('--emergency <code>', 'what is imminent', emergency)
    .option('--impossible <code>', 'why originators cannot be told before', impossible)
    .option('--deputy <authority>', 'whose officer is the second person, where you have one officer only', authority)
    .option('--disclosed-at <time>', 'RFC 3339, where it was disclosed already', time)
    .action(async (item: Digest, options: Options) => {
      const sent = await (await workplace.connect()).giveNotice(draftOf(item, options));
      workplace.out.say(signed(sent), () => `Told every originator: notice ${sent.digest}.`);
    });
}

function draftOf(item: Digest, options: Options): NoticeDraft {
  const { way, to, toType, legalBasis, deputy, disclosedAt } = options;
  const told = {
    item,
    recipient: { authority: to, authorityType: toType },
    legalBasis,
    ...present({ deputy, disclosedAt }),
  };
  if (way === 'EXCULPATORY') return { ...told, way, ...present({ impossible: options.impossible }) };
  if (way === 'EMERGENCY') return { ...told, way, reason: given(options.emergency, '--emergency') };
  return { ...told, way, purpose: given(options.purpose, '--purpose'), reason: given(options.obligation, '--obligation') };
}

function given<T>(value: T | undefined, option: string): T {
  if (value === undefined) throw new ParleyError('MALFORMED', `This way needs ${option}.`, `Give ${option}.`);
  return value;
}

function addApprove(notice: Command, workplace: Workplace): void {
  notice
    .command('approve')
    .description('approve a notice as the second person')
    .argument('<notice>', 'its digest', digest)
    .action(async (id: Digest) => {
      const sent = await (await workplace.connect()).approveNotice(id);
      workplace.out.say(signed(sent), () => `Approved: ${sent.digest}.`);
    });
}

function addAnswer(notice: Command, workplace: Workplace): void {
  notice
    .command('answer')
    .description('as an originator: ask to be consulted, or say that you have nothing against it')
    .argument('<notice>', 'its digest', digest)
    .option('--no-objection', 'nothing against it')
    .action(async (id: Digest, { objection }: { objection: boolean }) => {
      const answer = objection ? 'CONSULT' : 'NO_OBJECTION';
      const sent = await (await workplace.connect()).answerNotice(id, answer);
      workplace.out.say(signed(sent), () => `Answered: ${answer}.`);
    });
}

function addConfirm(notice: Command, workplace: Workplace): void {
  notice
    .command('confirm')
    .description('as an originator: confirm an item to a holder that asked before it acts')
    .argument('<item>', 'its digest', digest)
    .requiredOption('--holder <authority>', 'who asked', authority)
    .option('--denied', 'it is not confirmed')
    .action(async (item: Digest, { holder, denied = false }: { holder: AuthorityId; denied?: boolean }) => {
      const sent = await (await workplace.connect()).verifyItem(item, holder, !denied);
      workplace.out.say(signed(sent), () => `${denied ? 'Not confirmed' : 'Confirmed'}: ${sent.digest}.`);
    });
}
