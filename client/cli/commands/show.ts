import { Command } from 'commander';
import type { ExchangeId } from '../../../domain/ids.js';
import { exchange } from '../arguments.js';
import { wrapped } from '../wrapped.js';
import type { SignedMessage } from '../../sdk/index.js';
import { memberLines } from '../member-lines.js';
import { whatNextAnswer, whatNextLines } from '../what-next.js';
import type { Workplace } from '../workplace.js';

/** What the messages of an exchange say in clear, and what may follow. */
export const showCommand = (workplace: Workplace): Command =>
  new Command('show')
    .description('what the messages of an exchange say in clear, who owes what by when, and what you may do now; opens nothing')
    .argument('<exchange>', 'its id', exchange)
    .action(async (id: ExchangeId) => {
      const client = await workplace.connect();
      const messages = await client.messages(id);
      const next = await client.whatNext(id);
      workplace.out.say({ messages: messages.map(answerOf), ...whatNextAnswer(next) }, () =>
        [...messages.flatMap(blockOf), ...whatNextLines(next, client.authority)].join('\n'),
      );
    });

const answerOf = ({ envelope, said, items, officer, why }: SignedMessage) => ({
  ...said,
  envelope: envelope.digest,
  signedBy: officer,
  ...(why === null ? {} : { notVerified: why }),
  items,
});

/** Of the facts that every message of an exchange repeats, shown once. */
const OPENING = ['legalBasis', 'framework', 'purposes', 'matterType', 'assistanceTypes', 'language', 'urgency', 'deadline', 'onBehalfOf'];

function blockOf({ envelope: { payload, digest: id }, said, items, officer, why }: SignedMessage): string[] {
  const { message, from, fromType, to, toType, exchangeType, profile } = payload;
  const opening = [
    `${exchangeType} on ${profile}: ${from} as ${fromType} to ${to} as ${toType}`,
    ...memberLines(Object.fromEntries(OPENING.map((name) => [name, said[name]]))),
  ];
  return [
    `${message} from ${from}, ${officer ?? `NOT VERIFIED: ${why}`}`,
    `  ${String(said['sentAt'])}`,
    `  envelope ${id}`,
    ...[...(message === 'SUBMIT' ? opening : []), ...memberLines(said['body'] as object)].flatMap((line) => wrapped(line, '  ')),
    ...items.map(({ itemRole, digest }) => `  ${itemRole} ${digest}`),
    '',
  ];
}
