/** When retention brings something about: each alarm is one outbox row, and says by its key what it is about. */
import type { Exchange } from './exchange.js';
import { parseDigest, parseUuid, type AuthorityId, type Digest, type ExchangeId } from './ids.js';
import { MACHINES } from './machines/index.js';
import { no, ok, type Result } from './result.js';
import { REMIND_MS, retentionOf, yearsAfter, type Retention } from './retention.js';
import type { NewOutbox } from './store-rows.js';
import { instantFromMs, plusMs, type Instant } from './time.js';

export interface ItemAlarm {
  /** `REMIND`, `DESTROY`: the label's day is near, has come. `LAPSE`: the years after its exchange are over. */
  readonly stage: 'REMIND' | 'DESTROY' | 'LAPSE';
  readonly item: Digest;
  /** the day that it is about */
  readonly end: Instant;
  /** how often it was looked at before */
  readonly round: number;
}

export interface ExchangeAlarm {
  /** `REVIEW`: the parties look through what they have. `DELETE`: they delete it or say why not. */
  readonly stage: 'REVIEW' | 'DELETE';
  readonly exchange: ExchangeId;
  /** as it ended: what was opened again has alarms of its own */
  readonly version: number;
}

const ITEM_KEY = /^retention (REMIND|DESTROY|LAPSE) (\S{43}) (-?\d{1,16}) (\d{1,6})(?: \S+)?$/;
const EXCHANGE_KEY = /^retention (REVIEW|DELETE) (\S{36}) (\d{1,9})(?: \S+)?$/;

/** @param tells null: nobody yet; whoever is told after the first has a row of their own */
const rowOf = (key: string, due: Instant, tells: AuthorityId | null, over: Partial<NewOutbox>): NewOutbox => ({
  key: tells === null ? key : `${key} ${tells}`,
  kind: 'retention',
  statement: null,
  exchange: null,
  addressee: tells,
  due,
  ...over,
});

export const itemAlarm = ({ stage, item, end, round }: ItemAlarm, due: Instant, tells: AuthorityId | null = null): NewOutbox =>
  rowOf(`retention ${stage} ${item} ${end} ${round}`, due, tells, {});

export const exchangeAlarm = ({ stage, exchange, version }: ExchangeAlarm, due: Instant, tells: AuthorityId | null = null): NewOutbox =>
  rowOf(`retention ${stage} ${exchange} ${version}`, due, tells, { exchange });

/** @param key our own, read back from the store */
export function parseRetentionKey(key: string): Result<ItemAlarm | ExchangeAlarm, string> {
  const [, stage, item, end, round] = ITEM_KEY.exec(key) ?? [];
  const digest = parseDigest(item ?? '');
  if (digest.ok)
    return ok({ stage: stage as ItemAlarm['stage'], item: digest.value, end: instantFromMs(Number(end)), round: Number(round) });
  const [, word, id, version] = EXCHANGE_KEY.exec(key) ?? [];
  const exchange = parseUuid(id ?? '');
  return exchange.ok
    ? ok({ stage: word as ExchangeAlarm['stage'], exchange: exchange.value, version: Number(version) })
    : no('not an alarm of retention');
}

/** Of what has a day to destroy by. */
export function destroyAlarms(item: Digest, destroyBy: Instant | null): readonly NewOutbox[] {
  if (destroyBy === null) return [];
  const about = { item, end: destroyBy, round: 0 };
  return [itemAlarm({ ...about, stage: 'REMIND' }, plusMs(destroyBy, -REMIND_MS)), itemAlarm({ ...about, stage: 'DESTROY' }, destroyBy)];
}

/** Of an exchange that has ended with this version; none while it goes on. */
export function endedAlarms(
  { id, type, state, profile, version }: Pick<Exchange, 'id' | 'type' | 'state' | 'profile' | 'version'>,
  deployment: Retention,
  now: Instant,
): readonly NewOutbox[] {
  if (!MACHINES[type].ended.includes(state)) return [];
  const { reviewYears, deleteYears } = retentionOf(profile, deployment);
  const about = { exchange: id, version };
  return [
    exchangeAlarm({ ...about, stage: 'REVIEW' }, yearsAfter(now, reviewYears)),
    exchangeAlarm({ ...about, stage: 'DELETE' }, yearsAfter(now, deleteYears)),
  ];
}
