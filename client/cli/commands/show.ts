import { Command } from 'commander';
import { z } from 'zod';
import type { ExchangeId } from '../../../domain/ids.js';
import { present } from '../../../domain/present.js';
import { exchange } from '../arguments.js';
import { wrapped } from '../wrapped.js';
import type { StatementOf } from '../../../domain/statement.js';
import type { ExchangeSummary } from '../../../domain/wire/http-answers.js';
import type { ConsentWord, SignedMessage } from '../../sdk/index.js';
import { systemClock } from '../clock-system.js';
import { consentLines, saysOf } from '../consent-words.js';
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
      const next = await client.whatNext(id);
      const answers = consentsOf(next.consents);
      workplace.out.say(
        { messages: next.messages.map(answerOf), ...(answers.length === 0 ? {} : { consents: answers }), ...whatNextAnswer(next) },
        () =>
          [
            ...next.messages.flatMap(blockOf),
            ...answers.flatMap(consentBlock),
            ...onIt(answers, next.summary, client.authority),
            ...whatNextLines(next, client.authority),
          ].join('\n'),
      );
    });

interface ConsentSaid {
  readonly kind: string;
  readonly statement: string;
  readonly says: object;
  /** of a grant that its originator signed */
  readonly state?: 'GRANTED' | 'REVOKED' | 'EXPIRED';
  readonly notVerified?: string;
}

const KINDS = {
  'parley-consent+json': 'consent',
  'parley-consent-refusal+json': 'consent-refusal',
  'parley-consent-revocation+json': 'revocation',
} as const;

/** @param words of one exchange, in the order of the log */
function consentsOf(words: readonly ConsentWord[]): ConsentSaid[] {
  const revoked = new Set(
    words.flatMap(({ statement, why }) =>
      statement.typ === 'parley-consent-revocation+json' && why === null ? [statement.payload.consent] : [],
    ),
  );
  const stateOf = ({ digest, payload: { until } }: StatementOf<'parley-consent+json'>) =>
    revoked.has(digest) ? 'REVOKED' : until <= systemClock.now() ? 'EXPIRED' : 'GRANTED';
  return words.map(({ statement, why }) => ({
    kind: KINDS[statement.typ],
    statement: statement.digest,
    says: saysOf(statement.compact),
    ...(why !== null ? { notVerified: why } : statement.typ === 'parley-consent+json' ? { state: stateOf(statement) } : {}),
  }));
}

const consentBlock = ({ kind, statement, says, state, notVerified }: ConsentSaid): string[] => [
  `${kind} ${statement}${notVerified === undefined ? '' : `, NOT VERIFIED: ${notVerified}`}`,
  ...consentLines({ ...says, ...present({ state }) }),
  '',
];

const granted = z.looseObject({
  items: z.array(z.string()),
  recipient: z.object({ authority: z.string(), authorityType: z.string() }),
  purposes: z.array(z.string()),
});

/** What may be done on a grant that stands: by whom asked, what it asked for; by its originator, to end it. */
function onIt(answers: readonly ConsentSaid[], { requesting, requestingType }: ExchangeSummary, me: string): string[] {
  const standing = answers.filter(({ state }) => state === 'GRANTED');
  if (standing.length === 0) return [];
  if (me !== requesting)
    return [
      'You may end it (who was handed what on it: parley audit):',
      ...standing.map(({ statement }) => `  parley consent revoke ${statement}`),
      '',
    ];
  const commands = standing.flatMap((one) => handingOn(one, me, requestingType));
  return commands.length === 0
    ? []
    : ['On it you may hand on, unless its originator added a caveat since (after parley open, within the hour):', ...commands, ''];
}

/** The command that a grant was asked for, where it is for somebody else, or for another type of one's own. */
function handingOn({ statement, says }: ConsentSaid, me: string, type: string): string[] {
  const grant = granted.safeParse(says);
  if (!grant.success) return [];
  const { items, recipient, purposes } = grant.data;
  const isOwn = recipient.authority === me;
  if (isOwn && recipient.authorityType === type) return [];
  const purpose = purposes.length === 1 ? purposes[0] : '…';
  const to = `--to ${recipient.authority} --to-type ${recipient.authorityType} --purpose ${purpose}${isOwn ? ` --as ${type}` : ''}`;
  return items.map((item) => `  parley release ${item} ${to} --legal-basis … --consent ${statement}`);
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
