import { Command } from 'commander';
import { z } from 'zod';
import type { ExchangeId } from '../../../domain/ids.js';
import { exchange } from '../arguments.js';
import { wrapped } from '../wrapped.js';
import type { InboxEntry, ParleyClient, SignedMessage } from '../../sdk/index.js';
import { CONSENTING, consentLines, saysOf } from '../consent-words.js';
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
      const { type, requesting } = next.summary;
      const answers = type === 'CONSENT_REQUEST' && requesting === client.authority ? await consentsIn(client, id) : [];
      workplace.out.say(
        { messages: messages.map(answerOf), ...(answers.length === 0 ? {} : { consents: answers }), ...whatNextAnswer(next) },
        () =>
          [
            ...messages.flatMap(blockOf),
            ...answers.flatMap(consentBlock),
            ...handingOn(answers, client.authority),
            ...whatNextLines(next, client.authority),
          ].join('\n'),
      );
    });

interface ConsentSaid {
  readonly kind: string;
  readonly statement: string;
  readonly says: object;
  readonly notVerified?: string;
}

const KINDS: Readonly<Record<string, string>> = {
  'parley-consent+json': 'consent',
  'parley-consent-refusal+json': 'consent-refusal',
  'parley-consent-revocation+json': 'revocation',
};

/** What was granted in it, refused or ended since, as it came to whom asked: no envelope says so. */
async function consentsIn(client: ParleyClient, exchange: ExchangeId): Promise<ConsentSaid[]> {
  const entries = new Map<string, InboxEntry & { readonly statement: NonNullable<InboxEntry['statement']> }>();
  for await (const entry of client.inbox()) {
    const { statement } = entry;
    if (statement === null || !CONSENTING.has(statement.typ) || entries.has(statement.digest) || entry.kind === 'refused') continue;
    const ends = statement.typ === 'parley-consent-revocation+json' && entries.has(statement.payload.consent);
    if (entry.exchange === exchange || ends) entries.set(statement.digest, { ...entry, statement });
  }
  const doubts = await client.notVerified([...entries.values()]);
  return [...entries.values()].map(({ index, statement: { typ, digest, compact } }) => {
    const why = doubts.get(index);
    return { kind: KINDS[typ]!, statement: digest, says: saysOf(compact), ...(why === undefined ? {} : { notVerified: why }) };
  });
}

const consentBlock = ({ kind, statement, says, notVerified }: ConsentSaid): string[] => [
  `${kind} ${statement}${notVerified === undefined ? '' : `, NOT VERIFIED: ${notVerified}`}`,
  ...consentLines(says),
  '',
];

const granted = z.looseObject({
  items: z.array(z.string()),
  recipient: z.object({ authority: z.string(), authorityType: z.string() }),
  purposes: z.array(z.string()),
});

/** The command that a grant was asked for, where it has not ended since and is for somebody else. */
function handingOn(answers: readonly ConsentSaid[], me: string): string[] {
  const ended = new Set(answers.map(({ says }) => (says as { consent?: string }).consent));
  const commands = answers.flatMap(({ kind, statement, says, notVerified }) => {
    const grant = granted.safeParse(says);
    if (kind !== 'consent' || notVerified !== undefined || ended.has(statement) || !grant.success) return [];
    const { items, recipient, purposes } = grant.data;
    if (recipient.authority === me) return [];
    const to = `--to ${recipient.authority} --to-type ${recipient.authorityType} --purpose ${purposes.length === 1 ? purposes[0] : '…'}`;
    return items.map((item) => `  parley release ${item} ${to} --legal-basis … --consent ${statement}`);
  });
  return commands.length === 0 ? [] : ['On it you may hand on (after parley open, within the hour):', ...commands, ''];
}

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
