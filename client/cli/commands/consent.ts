import { Command } from 'commander';
import { digestOfBytes } from '../../../crypto/digest.js';
import type { AuthorityId, Digest, ExchangeId } from '../../../domain/ids.js';
import { present } from '../../../domain/present.js';
import { CONSENT_REFUSAL_GROUNDS } from '../../../domain/profiles/grounds.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import type { AuthorityType, Purpose } from '../../../domain/vocabulary.js';
import type { EnvelopePayload } from '../../../domain/wire/envelope.js';
import { defaultLabel, ParleyError, REASON_CHARS_MIN, receivingType, refuseBeyond, type ParleyClient } from '../../sdk/index.js';
import { authority, authorityType, digest, exchange, listOf, oneOf, purpose, reference, until } from '../arguments.js';
import { confirm } from '../confirm.js';
import { exchangeOf } from '../given-in.js';
import { concernsIn, warningLines } from '../concerns.js';
import { textOf, withText, type TextOptions } from '../sealed-text.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';

interface Asking {
  item: readonly Digest[];
  to: AuthorityId;
  toType?: AuthorityType;
  purpose: readonly Purpose[];
  until: Instant;
  again?: true;
}

/** The originator's signed exception: asked, given, refused, ended. */
export function consentCommand(workplace: Workplace): Command {
  const consent = new Command('consent').description('consent to hand an item on');
  for (const add of [addAsk, addGrant, addRefuse, addRevoke]) add(consent, workplace);
  return consent;
}

/** What is asked, but for how long: days from now are others each time that they are typed. */
const wordsAsked = (exchange: ExchangeId, { item, to, purpose }: Asking, toType: AuthorityType): Digest =>
  digestOfBytes(new TextEncoder().encode(JSON.stringify([exchange, item.toSorted(), to, toType, purpose.toSorted()])));

/** Whoever has it by a release asks through whom that says. */
const explainLine = ({ item: [item], to, purpose: [first] }: Asking): string =>
  `Whom to ask, and how: parley explain release --item ${item} --to ${to} --purpose ${first} --out ask.json`;

function addAsk(consent: Command, workplace: Workplace): void {
  consent
    .command('ask')
    .description('ask the other side of an exchange, who originated the items')
    .argument('[exchange]', 'in which the items were received; absent: looked up in the inbox', exchange)
    .requiredOption('--item <digest>', 'may be repeated', listOf(digest))
    .requiredOption('--to <authority>', 'who is to receive', authority)
    .option('--to-type <type>', 'as what; absent: as the one type that it has', authorityType)
    .requiredOption('--purpose <purpose>', 'may be repeated', listOf(purpose))
    .requiredOption('--until <time>', 'RFC 3339, or days such as 90d', until)
    .option('--again', 'the same was asked before, and is to be asked once more')
    .action(async (named: ExchangeId | undefined, options: Asking) => {
      const client = await workplace.connect();
      const id = named ?? (await exchangeOf(client, options.item[0]!, explainLine(options)));
      const toType = receivingType(await client.directory(), options.to, options.toType);
      if (toType === undefined)
        throw new ParleyError(
          'TYPE_NOT_SAID',
          `The directory has ${options.to} as nothing.`,
          'Name as what it is to receive: --to-type TYPE',
        );
      const { opening } = await client.exchange(id);
      const mine = opening.from === client.authority;
      const { profile, legalBasis, framework, matterType, language } = opening;
      const concerns = [...(await concernsIn(client, opening)), ...(await client.concernsWith(options.to))];
      const sent = await client.askConsent({
        ...{ profile, legalBasis, framework, matterType, language, purposes: options.purpose, urgency: 'ROUTINE' as const },
        fromType: mine ? opening.fromType : opening.toType,
        to: mine ? opening.to : opening.from,
        toType: mine ? opening.toType : opening.fromType,
        cell: {
          items: options.item,
          recipient: { authority: options.to, authorityType: toType },
          purposes: options.purpose,
          until: options.until,
        },
        ...(options.again ? {} : { once: wordsAsked(id, options, toType) }),
      });
      workplace.out.say({ exchange: sent.exchange, statement: sent.digest, receipt: sent.receipt, concerns }, () =>
        [`Asked in exchange ${sent.exchange}.`, ...warningLines(concerns)].join('\n'),
      );
    });
}

function addGrant(consent: Command, workplace: Workplace): void {
  consent
    .command('grant')
    .description('grant what was asked in an exchange, or less of it')
    .argument('<exchange>', 'in which it was asked', exchange)
    .option('--item <digest>', 'only these; may be repeated', listOf(digest))
    .option('--purpose <purpose>', 'only these; may be repeated', listOf(purpose))
    .option('--until <time>', 'RFC 3339, or days such as 90d', until)
    .option('--proceedings <id>', 'use is bound to these, by an opaque id; may be repeated', listOf(reference))
    .option('--again', 'the same was granted before, and is to be granted once more')
    .option('--yes', 'you have seen what it grants')
    .action(async (id: ExchangeId, options: Granting) => {
      const client = await workplace.connect();
      const request = await client.consentRequestOf(id);
      const granting = grantOf(request.payload, options);
      const changes = {
        ...present({ items: options.item, purposes: options.purpose, until: options.until, conditions: options.proceedings }),
        ...(options.again ? { again: true } : {}),
      };
      refuseBeyond(request, changes);
      if (options.yes !== true) await confirm(`${granting.holder} could then hand ${granting.words}`, commandOf(id, options));
      const sent = await client.grantRequest(request, changes);
      const { holder, items, recipient, purposes, until: end } = granting;
      workplace.out.say(
        { statement: sent.consent, receipt: sent.receipt, holder, items, recipient, purposes, until: end },
        () => `Granted: consent ${sent.consent}. ${holder} may hand ${granting.words}`,
      );
    });
}

interface Granting {
  item?: readonly Digest[];
  purpose?: readonly Purpose[];
  until?: Instant;
  proceedings?: readonly string[];
  again?: true;
  yes?: true;
}

/** What grants just this: without its options it would grant all that was asked. */
const commandOf = (id: ExchangeId, { item = [], purpose: only = [], until: end, proceedings = [], again }: Granting): string =>
  [
    `parley consent grant ${id}`,
    ...item.map((one) => `--item ${one}`),
    ...only.map((one) => `--purpose ${one}`),
    ...(end === undefined ? [] : [`--until ${formatInstant(end)}`]),
    ...proceedings.map((one) => `--proceedings ${one}`),
    ...(again ? ['--again'] : []),
  ].join(' ');

/** What would be signed: whoever grants must not have to look it up. */
function grantOf({ from, body }: EnvelopePayload, { item, purpose: only, until: end, proceedings }: Granting) {
  const cell = 'consent' in body ? body.consent : undefined;
  if (cell === undefined)
    throw new ParleyError('NOTHING_ASKED', 'In this exchange no consent is asked.', 'See which exchange it is: parley inbox --all.');
  const { authority: to, authorityType: as } = cell.recipient;
  const items = item ?? cell.items;
  const purposes = only ?? cell.recipient.purposes;
  const last = formatInstant(end ?? cell.until);
  const fields = cell.fields === undefined ? '' : ` (${cell.fields.length} of its fields)`;
  const bound = proceedings === undefined ? '' : ` in the proceedings ${proceedings.join(', ')} alone`;
  return {
    holder: from,
    items,
    recipient: { authority: to, authorityType: as },
    purposes,
    until: last,
    words: `${items.join(', ')}${fields} to ${to} as ${as}, for ${purposes.join(', ')}${bound}, until ${last}.`,
  };
}

const CANNOT_PROVIDE = 'CANNOT_PROVIDE';

const WHY = `why, in ${REASON_CHARS_MIN} characters or more, sealed for the holder; nothing sealed goes from or to who is suspended`;

function addRefuse(consent: Command, workplace: Workplace): void {
  const refuse = consent
    .command('refuse')
    .description('refuse what was asked, on a ground of the closed list and with a sealed text')
    .argument('<exchange>', 'in which it was asked', exchange)
    .option('--item <digest>', 'only these; absent: all of it that was not granted; may be repeated', listOf(digest))
    .requiredOption(
      '--code <ground>',
      `of ${CONSENT_REFUSAL_GROUNDS.join(', ')}, so far as the channel has it; may be repeated; ${CANNOT_PROVIDE}: it is not yours to consent to`,
      listOf(oneOf([...CONSENT_REFUSAL_GROUNDS, CANNOT_PROVIDE])),
    );
  withText(refuse, WHY).action(async (id: ExchangeId, { code, item, ...given }: Refusing) => {
    const text = await textOf(given);
    const client = await workplace.connect();
    const request = await client.consentRequestOf(id);
    // whoever only handed it on says nothing else: whose consent lacks would be told with it
    if ((text ?? '').trim() === '' && code.join() !== CANNOT_PROVIDE && !(await isSuspended(client, request.payload)))
      throw new ParleyError('NOTHING_SAID', 'A refusal says why, in a text that is sealed for the holder.', 'Give --text-file or --text.');
    const { left, granted } = await client.leftToRefuse(request);
    if (item === undefined && granted.length > 0)
      workplace.out.remark({ granted, refusing: left }, () => `Granted, and not refused: ${granted.join(', ')}.`);
    const label = defaultLabel(request.payload.profile, client.authority);
    const sent = await client.refuseRequest(request, { codes: code, label, items: item ?? left, ...present({ text }) });
    workplace.out.say(signed(sent), () => `Refused: ${sent.digest}.`);
  });
}

/** Nothing sealed goes from or to who is: the ground alone is the reason. */
async function isSuspended(client: ParleyClient, { from, to }: EnvelopePayload): Promise<boolean> {
  const { authorities } = (await client.directory(true)).directory;
  return [from, to].some((party) => authorities.get(party)?.standing === 'SUSPENDED');
}

interface Refusing extends TextOptions {
  item?: readonly Digest[];
  code: readonly string[];
}

function addRevoke(consent: Command, workplace: Workplace): void {
  consent
    .command('revoke')
    .description('end a consent: stops forwarding and new use, not reading by who has it')
    .argument('<consent>', 'its digest', digest)
    .action(async (id: Digest) => {
      const sent = await (await workplace.connect()).revokeConsent(id);
      workplace.out.say(signed(sent), () => `Revoked: ${id}.`);
    });
}
