import { Command } from 'commander';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { AuthorityId, ExchangeId } from '../../../domain/ids.js';
import type { Caveat } from '../../../domain/label.js';
import { BRINGS_SOMETHING } from '../../../domain/messages.js';
import { present } from '../../../domain/present.js';
import type { ExchangeType, Message, ProfileId } from '../../../domain/vocabulary.js';
import { day, exchange, listOf, message, reference } from '../arguments.js';
import { concernsIn, warningLines } from '../concerns.js';
import { itemsOf, readContents, type Contents, type Setting } from '../draft.js';
import { conditionsOwed, ParleyError, profileForm, saysByTexts, specialityOwed, type ParleyClient } from '../../sdk/index.js';
import { CAVEAT_HELP, ownCaveat, type OwnCaveat } from '../caveats.js';
import { itemsIn, itemTable } from '../output.js';
import { textOf, withText, type TextOptions } from '../sealed-text.js';
import type { Workplace } from '../workplace.js';

interface Options extends TextOptions {
  form?: string;
  attach?: readonly string[];
  caveat?: readonly OwnCaveat[];
  body?: string;
}

const FORM_HELP = 'JSON file with `form` and what else a draft’s contents hold; blank:';
const ANSWER_FORM_HELP = `${FORM_HELP} parley form print PROFILE --answer --blank`;
const FEEDBACK_FORM_HELP = `${FORM_HELP} parley form print PROFILE --type FEEDBACK --blank`;

/** The next message of an exchange that is under way. */
export const replyCommands = (workplace: Workplace): Command[] => {
  const contentsOf = (command: Command, formHelp = ANSWER_FORM_HELP): Command =>
    withText(command, 'a sealed text')
      .option('--form <file>', formHelp)
      .option('--attach <file>', 'a file; may be repeated', listOf(String))
      .option('--caveat <caveat>', CAVEAT_HELP, listOf(ownCaveat));
  const plain = (name: string, next: Message, description: string, formHelp?: string): Command =>
    contentsOf(new Command(name).description(description).argument('<exchange>', 'its id', exchange), formHelp).action(
      (id: ExchangeId, options: Options) => follow(workplace, id, next, options, {}),
    );
  return [
    new Command('ack')
      .description('acknowledge a message')
      .argument('<exchange>', 'its id', exchange)
      .option('--handler <ref>', 'your own reference', reference)
      .option('--expected <date>', 'when an answer may be expected, yyyy-mm-dd', day)
      .action(async (id: ExchangeId, { handler, expected }: { handler?: string; expected?: string }) => {
        const client = await workplace.connect();
        const body = present({ handlerRef: handler, expectedDate: expected });
        const concerns = await concernsIn(client, (await client.exchange(id)).opening);
        const sent = await client.acknowledge(id, body);
        workplace.out.say({ exchange: id, statement: sent.digest, receipt: sent.receipt, concerns }, () =>
          [`Acknowledged: envelope ${sent.digest}.`, ...warningLines(concerns)].join('\n'),
        );
      }),
    plain('clarify', 'CLARIFICATION_REQUEST', 'ask the other side to clarify; your clock stands still until it answers'),
    plain('clarified', 'CLARIFICATION_REPLY', 'answer a clarification request'),
    plain('feedback', 'FEEDBACK', 'say what the information was good for', FEEDBACK_FORM_HELP),
    contentsOf(new Command('reply').description('send the next message of an exchange'))
      .argument('<exchange>', 'its id', exchange)
      .argument('<message>', 'FINAL_REPLY, PARTIAL_REPLY, NEGATIVE_REPLY, REFUSE …; all of them: parley body', message)
      .option('--body <json>', 'the clear part, where the message has one; what it takes: parley body MESSAGE', '{}')
      .action((id: ExchangeId, next: Message, options: Options) =>
        follow(workplace, id, next, options, readBody(options.body ?? '{}', next)),
      ),
  ];
};

function readBody(text: string, next: Message): object {
  try {
    const said = z.looseObject({}).safeParse(JSON.parse(text));
    if (said.success) return said.data;
  } catch {
    // said below
  }
  throw new ParleyError(
    'MALFORMED',
    'What --body says is no JSON object.',
    `Write it as in --body '{"codes":["DISPROPORTIONATE"]}'; what it takes here: parley body ${next}`,
  );
}

/** Feedback has a form of its own on every channel, whatever it is about; what is sealed anew is what opened the exchange. */
const formOf = (next: Message, type: ExchangeType): Pick<Setting, 'form' | 'type'> =>
  next === 'FEEDBACK' ? { form: 'opening', type: 'FEEDBACK' } : { form: next === 'RESUBMIT' ? 'opening' : 'answer', type };

/** What is said on a form, where the channel has one: what merely asks, or reopens, is said in words. */
const ON_A_FORM: ReadonlySet<Message> = new Set([
  ...(['INTERIM_REPLY', 'PARTIAL_REPLY', 'FINAL_REPLY', 'NEGATIVE_REPLY', 'RESUBMIT', 'FEEDBACK'] as const),
]);

/** Where such a message has a form, how to get it to fill in. */
const blankOf = (id: ProfileId, next: Message, { form, type }: Pick<Setting, 'form' | 'type'>): string =>
  !ON_A_FORM.has(next) || profileForm(id, form, type) === null
    ? ''
    : ` Its form: parley form print ${id} --type ${type}${form === 'answer' ? ' --answer' : ''} --blank`;

/** What the label bears beside what its author says: @param given that */
function owedOn(
  given: readonly Caveat[],
  { opening, summary }: Awaited<ReturnType<ParleyClient['exchange']>>,
  next: Message,
  body: object,
  me: AuthorityId,
) {
  const accepted = conditionsOwed(summary, next, body, me);
  const byLaw = specialityOwed(opening, next, [...given, ...accepted], me);
  const isOwn = opening.message === 'SUBMIT' && opening.from === me;
  return { accepted, byLaw, confidentiality: isOwn ? opening.body.confidentiality : undefined };
}

async function follow(workplace: Workplace, id: ExchangeId, next: Message, options: Options, body: object): Promise<void> {
  const client = await workplace.connect();
  const facts = await client.exchange(id);
  const { opening } = facts;
  const given: Contents = options.form === undefined ? {} : await readContents(options.form);
  const text = await textOf(options);
  const contents = {
    ...given,
    ...present({ text }),
    // those of the contents are named from their own folder, the options' from here
    attachments: [...(given.attachments ?? []), ...(options.attach ?? []).map((path) => ({ path: resolve(path) }))],
  };
  const folder = options.form === undefined ? process.cwd() : dirname(options.form);
  const { profile, language, exchangeType: type } = opening;
  const own = (options.caveat ?? []).map((caveat) => caveat(client.authority));
  const { accepted, byLaw, confidentiality } = owedOn([...(given.label?.caveats ?? []), ...own], facts, next, body, client.authority);
  const caveats = [...own, ...accepted, ...byLaw];
  const textIsSaid = saysByTexts(next);
  const items = await itemsOf(contents, client, { profile, language, ...formOf(next, type), folder, caveats, confidentiality, textIsSaid });
  if (items.length === 0 && BRINGS_SOMETHING.has(next))
    throw new ParleyError(
      'NOTHING_SAID',
      `${next} without a word would say nothing, and cannot be taken back.`,
      `Give --text, --text-file, --form or --attach.${blankOf(profile, next, formOf(next, type))}`,
    );
  const concerns = await concernsIn(client, opening);
  const bar = workplace.out.progress('sealing');
  const sent = await client.followUp(id, { message: next, body, items }, bar.step).finally(() => bar.end());
  const answer = {
    exchange: id,
    statement: sent.digest,
    items: itemsIn(sent, items),
    receipt: sent.receipt,
    concerns,
  };
  workplace.out.say(answer, () =>
    [
      `${next} accepted: envelope ${sent.digest}, place ${sent.receiptBody.index} of the log.`,
      ...(items.length === 0
        ? []
        : [
            ...accepted.map(({ code }) => `Under the conditions that were accepted: ${code} stands on what you sent.`),
            ...byLaw.map(({ code }) => `It serves the proceedings of the request and no others (46(19)): ${code} stands on what you sent.`),
          ]),
      ...warningLines(concerns),
      ...itemTable(answer.items),
    ].join('\n'),
  );
}
