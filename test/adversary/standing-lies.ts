/** Lies about how an exchange stands and which dates run in it: the messages are signed, and what follows from them is counted again. */
import { DAY_MS, formatInstant, HOUR_MS, parseInstant, plusMs } from '../../domain/time.js';
import type { ExchangeId } from '../../domain/ids.js';
import { certain } from '../../domain/result.js';
import { requestTo } from '../client/sdk/drafts.js';
import { telling, type Lie, type Rows } from './lie.js';
import type { Json, Town } from './town.js';

/** A request of the owner's that the reader acknowledged, and nothing more. */
async function acknowledged({ owner, reader, delivered }: Town): Promise<ExchangeId> {
  const { exchange, digest } = await owner.client.send(requestTo(owner.client, reader.client));
  await delivered(digest);
  await reader.client.acknowledge(exchange);
  return exchange;
}

/** @returns the check, where what is shown is called a contradiction */
async function contradicted(town: Town, exchange: ExchangeId, change: (answer: Json) => unknown, check: string): Promise<string | null> {
  const path = `/v1/exchanges/${exchange}`;
  const honest = await town.owner.client.standing(exchange);
  if (honest.check.contradicted.length + honest.check.unchecked.length > 0) return `before the lie: ${JSON.stringify(honest.check)}`;
  const { check: found } = await telling(town, { path, change }, () => town.owner.client.standing(exchange));
  return found.contradicted.length > 0 ? check : null;
}

const shownAs = (state: string) => (answer: Json) => ({ ...answer, exchange: { ...(answer['exchange'] as Json), state } });

/** The date by which the answer is owed. */
const dated = (change: (date: Json) => Json) => (answer: Json) => ({
  ...answer,
  dates: (answer['dates'] as Rows).map((date) => (date['code'] === 'BVI_21D' ? { ...date, ...change(date) } : date)),
});

const later = (text: unknown, ms: number): string => formatInstant(plusMs(certain(parseInstant(String(text))), ms));

const stateLie = (told: string, state: string): Lie => ({
  kind: 'tell another story',
  told,
  by: 'either side, whose client counts the state from what was signed',
  check: 'STATE',
  run: async (town) => contradicted(town, await acknowledged(town), shownAs(state), 'STATE'),
});

const dateLie = (told: string, change: (date: Json) => Json): Lie => ({
  kind: 'tell another story',
  told,
  by: 'either side, whose client counts the date from what was signed',
  check: 'DATE',
  run: async (town) => contradicted(town, await acknowledged(town), dated(change), 'DATE'),
});

export const standingLies: readonly Lie[] = [
  stateLie('a request is shown as answered, and no answer was handed in', 'ANSWERED'),
  stateLie('a request is shown as closed, which nobody closed and no silence can have closed yet', 'CLOSED'),
  stateLie('a request that was acknowledged is shown as one that has not arrived', 'SUBMITTED'),
  dateLie('the date of an answer is shown as overdue before it has passed', () => ({ isOverdue: true })),
  dateLie('the date of an answer is shown as passed, and its days have not passed', (date) => ({
    due: later(date['startedAt'], HOUR_MS),
    isOverdue: false,
  })),
  dateLie('the date of an answer is shown a week later than its days give', (date) => ({ due: later(date['due'], 7 * DAY_MS) })),
  dateLie('the time for an answer is shown as a longer one', (date) => ({
    amount: Number(date['amount']) + 7,
    due: later(date['due'], 7 * DAY_MS),
  })),
  dateLie('the time for an answer is shown as begun a day after what was acted on had arrived', (date) => ({
    startedAt: later(date['startedAt'], DAY_MS),
    due: later(date['due'], DAY_MS),
  })),
  dateLie('the date of an answer is shown as met, and no answer was handed in', (date) => ({ metAt: later(date['startedAt'], 1_000) })),
];
