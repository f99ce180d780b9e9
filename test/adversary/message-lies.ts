/** Lies about what was said in an exchange: what is shown of its messages, of its consents, and in an inbox. */
import { systemClock as clock } from '../../client/cli/clock-system.js';
import { DAY_MS, plusMs } from '../../domain/time.js';
import type { ReceiptBody } from '../../domain/receipt.js';
import type { Digest, ExchangeId } from '../../domain/ids.js';
import { noteTo, waitFor } from '../client/sdk/notes.js';
import { receiptBy } from '../client/sdk/receipts.js';
import { refusalOf, telling, type Lie, type Rows } from './lie.js';
import { REFUSED } from './receipt-lies.js';
import type { Json, Town } from './town.js';

/** The reader asks the owner to let somebody have its note; the owner grants it, and ends it. */
async function grantedAndEnded(town: Town) {
  const { owner, reader } = town;
  const note = await town.note();
  const { profile, legalBasis, framework, matterType, language, urgency } = noteTo(owner.client, reader.client);
  const request = await reader.client.askConsent({
    ...{ profile, legalBasis, framework, matterType, language, urgency },
    purposes: ['INTELLIGENCE'],
    fromType: 'FIU',
    to: owner.client.authority,
    toType: 'FIU',
    cell: {
      items: [note.item],
      recipient: { authority: owner.client.authority, authorityType: 'FIU' },
      purposes: ['INTELLIGENCE'],
      until: plusMs(clock.now(), DAY_MS),
    },
  });
  await waitFor(owner.client, ({ statement }) => statement?.digest === request.digest);
  const { consent } = await owner.client.grantRequest(await owner.client.consentRequestOf(request.exchange));
  const { digest: revocation } = await owner.client.revokeConsent(consent);
  await town.delivered(revocation);
  return { exchange: request.exchange, consent, revocation };
}

/** A note that was acknowledged and accepted. */
async function accepted(town: Town) {
  const { owner, reader } = town;
  const opening = await owner.client.send(noteTo(owner.client, reader.client));
  await town.delivered(opening.digest);
  const ack = await reader.client.acknowledge(opening.exchange, { handlerRef: 'CASE-1' });
  const last = await reader.client.followUp(opening.exchange, { message: 'ACCEPT', body: {} });
  return { exchange: opening.exchange, opening: opening.digest, ack: ack.digest, last: last.digest };
}

const refusing =
  (town: Town) =>
  async (row: Json): Promise<Json> => {
    const body = JSON.parse(String((row['receipt'] as Json)['body'])) as ReceiptBody;
    return { ...row, receipt: await receiptBy(town.gateway.key, { ...body, ...REFUSED }) };
  };

/** Of the first message of the exchange that is not believed, the check. */
async function doubted(town: Town, exchange: ExchangeId, change: (answer: Json) => unknown, check: string): Promise<string | null> {
  const messages = await telling(town, { path: `/v1/exchanges/${exchange}`, change }, () => town.owner.client.messages(exchange));
  return messages.some(({ why }) => why !== null) ? check : null;
}

const envelopesOf = (answer: Json): Rows => answer['envelopes'] as Rows;

/** The line of the reader's inbox about a statement, as its client has it. */
async function lineOf(town: Town, statement: Digest, lie: Json) {
  const change = (answer: Json): unknown =>
    'entries' in answer
      ? {
          ...answer,
          entries: (answer['entries'] as Rows).map((row) =>
            JSON.stringify(row['receipt']).includes(statement) ? { ...row, ...lie } : row,
          ),
        }
      : answer;
  return telling(town, { path: '/v1/inbox', change }, () => waitFor(town.reader.client, (entry) => entry.statement?.digest === statement));
}

const eventOf = (row: Json): string => (row['view'] as { readonly event: string }).event;

export const messageLies: readonly Lie[] = [
  {
    kind: 'tell another story',
    told: 'a holder that cannot delete what was taken back is told of as one that certified its deletion',
    by: 'the originator, whose stream does not bind that event',
    check: 'LOG_MISFIT',
    async run(town) {
      const { item } = await town.note();
      const { digest } = await town.owner.client.retract(item);
      await town.delivered(digest);
      await town.reader.client.sayInability(item, 'LEGAL_HOLD', digest);
      await town.published();
      const told = (row: Json): Json => ({
        ...row,
        view: { ...(row['view'] as Json), event: eventOf(row).replace('"action":"INABILITY"', '"action":"DELETE"') },
      });
      const change = (answer: Json): Json => ({ ...answer, events: (answer['events'] as Rows).map(told) });
      return telling(town, { path: '/v1/audit/events', change }, () => refusalOf(() => town.owner.client.answersTo(digest)));
    },
  },
  {
    kind: 'tell another story',
    told: 'the same, in the place of something that no checkpoint covers yet',
    by: 'the originator, whose client marks it',
    check: 'NOT_PROVED',
    async run(town) {
      const { item } = await town.note();
      const { digest } = await town.owner.client.retract(item);
      await town.delivered(digest);
      const { receiptBody } = await town.reader.client.sayInability(item, 'LEGAL_HOLD', digest);
      await town.published();
      const change = (answer: Json): Json => {
        const events = answer['events'] as Rows;
        const told = events.find(({ index }) => index === receiptBody.index)!;
        const view = { ...(told['view'] as Json), event: eventOf(told).replace('"action":"INABILITY"', '"action":"DELETE"') };
        return { ...answer, events: [...events, { ...told, index: receiptBody.index + 1_000, view }] };
      };
      const answers = await telling(town, { path: '/v1/audit/events', change }, () => town.owner.client.answersTo(digest));
      return answers.some(({ answer, isProved }) => answer === 'DELETED' && !isProved) ? 'NOT_PROVED' : null;
    },
  },
  {
    kind: 'tell another story',
    told: 'the end of a grant is shown before the grant',
    by: 'the holder, for whom it has ended',
    check: 'REVOKED',
    async run(town) {
      const { exchange, revocation } = await grantedAndEnded(town);
      const change = (answer: Json): unknown => ({ ...answer, consents: [...(answer['consents'] as Rows)].reverse() });
      const words = await telling(town, { path: `/v1/exchanges/${exchange}`, change }, () => town.reader.client.consentsIn(exchange));
      return words.some(({ statement, why }) => statement.digest === revocation && why === null) ? 'REVOKED' : null;
    },
  },
  {
    kind: 'tell another story',
    told: 'the end of a grant is listed in the inbox as a consent',
    by: 'the holder, whose client names it by what was signed',
    check: 'KIND',
    async run(town) {
      const { revocation } = await grantedAndEnded(town);
      const { kind } = await lineOf(town, revocation, { kind: 'consent' });
      return kind === 'revocation' ? 'KIND' : null;
    },
  },
  {
    kind: 'tell another story',
    told: 'a message is listed in the inbox under another exchange, with an item of another message',
    by: 'the addressee, whose client goes by what was signed',
    check: 'EXCHANGE',
    async run(town) {
      const { owner, reader } = town;
      const [one, other] = [
        await owner.client.send(noteTo(owner.client, reader.client)),
        await owner.client.send(noteTo(owner.client, reader.client)),
      ];
      await town.delivered(other.digest);
      const foreign = { exchange: other.exchange, items: other.items.map(({ statement }) => statement.compact) };
      const { exchange, items } = await lineOf(town, one.digest, foreign);
      return exchange === one.exchange && items.length === 0 ? 'EXCHANGE' : null;
    },
  },
  {
    kind: 'tell another story',
    told: 'a consent that the rules refused is listed in the inbox as given',
    by: 'the holder, whose client marks it',
    check: 'NOT_VERIFIED',
    async run(town) {
      const { consent } = await grantedAndEnded(town);
      const change = async (answer: Json): Promise<unknown> =>
        'entries' in answer
          ? {
              ...answer,
              entries: await Promise.all(
                (answer['entries'] as Rows).map((row) => (JSON.stringify(row['receipt']).includes(consent) ? refusing(town)(row) : row)),
              ),
            }
          : answer;
      return telling(town, { path: '/v1/inbox', change }, async () => {
        const entry = await waitFor(town.reader.client, ({ statement }) => statement?.digest === consent);
        return (await town.reader.client.notVerified([entry])).size === 1 ? 'NOT_VERIFIED' : null;
      });
    },
  },
  {
    kind: 'tell another story',
    told: 'a message in the middle of an exchange is left out',
    by: 'its parties, since the next one was signed as following it',
    check: 'NOT_VERIFIED',
    async run(town) {
      const { exchange } = await accepted(town);
      return doubted(town, exchange, (answer) => ({ ...answer, envelopes: envelopesOf(answer).filter((_, i) => i !== 1) }), 'NOT_VERIFIED');
    },
  },
  {
    kind: 'tell another story',
    told: 'a message is shown twice, the second time behind what came later',
    by: 'its parties',
    check: 'NOT_VERIFIED',
    async run(town) {
      const { exchange } = await accepted(town);
      return doubted(
        town,
        exchange,
        (answer) => ({ ...answer, envelopes: [...envelopesOf(answer), envelopesOf(answer)[1]] }),
        'NOT_VERIFIED',
      );
    },
  },
  {
    kind: 'tell another story',
    told: 'an answer that the rules refused is shown as given',
    by: 'who asked, whose client marks it',
    check: 'NOT_VERIFIED',
    async run(town) {
      const { exchange } = await accepted(town);
      const change = async (answer: Json): Promise<Json> => {
        const all = envelopesOf(answer);
        return { ...answer, envelopes: [...all.slice(0, -1), await refusing(town)(all.at(-1)!)] };
      };
      return doubted(town, exchange, change, 'NOT_VERIFIED');
    },
  },
  {
    kind: 'tell another story',
    told: 'a request that the rules refused is shown as the opening of an exchange, to be answered',
    by: 'who is to answer: nothing is sealed',
    check: 'OPENING_NOT_VERIFIED',
    async run(town) {
      const sent = await town.owner.client.send(noteTo(town.owner.client, town.reader.client));
      await town.delivered(sent.digest);
      return telling(town, { path: `/v1/statements/${sent.digest}`, change: refusing(town) }, () =>
        refusalOf(() => town.reader.client.acknowledge(sent.exchange, { handlerRef: 'CASE-1' })),
      );
    },
  },
  {
    kind: 'tell another story',
    told: 'a message that the rules refused is named as the newest, for an answer to follow it',
    by: 'who is to answer: nothing is sealed',
    check: 'LAST_NOT_VERIFIED',
    async run(town) {
      const { exchange, last } = await accepted(town);
      return telling(town, { path: `/v1/statements/${last}`, change: refusing(town) }, () =>
        refusalOf(() => town.owner.client.followUp(exchange, { message: 'ACCEPT', body: {} })),
      );
    },
  },
];
