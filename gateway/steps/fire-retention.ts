/**
 * A day of retention has come. The desks that have something are told, one leaf each; and what its label, or the years after its exchange,
 * let go is let go, unless a hold, a reader who has not read, an open deadline or another reader's right stands in the way.
 */
import type { Exchange } from '../../domain/exchange.js';
import { Failure } from '../../domain/failure.js';
import { erasedKey, exchangeKey, itemKey } from '../../domain/guard-keys.js';
import { MACHINES } from '../../domain/machines/index.js';
import type { NewOutbox, OutboxRow } from '../../domain/ports.js';
import { exchangeAlarm, itemAlarm, parseRetentionKey, type ExchangeAlarm, type ItemAlarm } from '../../domain/retention-alarms.js';
import { AGAIN_MS, GRACE_MS, obstaclesOf, retentionOf, yearsAfter } from '../../domain/retention.js';
import { formatInstant, instantFromMs, plusMs, type Instant } from '../../domain/time.js';
import { eraseAll, exchangesWith, givenSoFar, hasEnded, isErased, isOrdered, notErased, standingOf } from '../cases/erase.js';
import { consentsSaid } from '../cases/consents-said.js';
import { readExchange } from '../cases/exchanges.js';
import { everyHolder, gaveIt, holdersOf, type Found } from '../cases/holders.js';
import { withoutSources } from '../cases/lineage.js';
import { readLabel, toldOf } from '../cases/label-now.js';
import { others } from '../cases/send.js';
import type { Library } from '../read/library.js';
import { retentionRow, type RetentionNews } from '../rows/retention-row.js';
import type { Workshop } from '../workshop.js';

const NOTHING_STANDS = { holds: [], isUnread: false, isInUse: false, hasOpenDeadline: false, isReleased: false };
const END = { next: [], expects: [], bumps: [] };
type Said = Omit<RetentionNews, 'settles' | 'log'>;

/** @returns whether the row is settled now; otherwise another worker has it, or what it rests on moved and its lease runs out */
export async function fireRetention(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { store, clock, chance, committer, config } = shop;
  const alarm = parseRetentionKey(row.key);
  if (!alarm.ok) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} is no alarm`);
  const now = clock.now();
  const said = 'item' in alarm.value ? await ofItem(alarm.value, row, shop, now) : await ofExchange(alarm.value, row, shop, now);
  // gone already, or opened again: there is nothing to say
  if (said === null) return store.retry(row.key, row.fence, now, true);
  const committed = await committer.commit(retentionRow({ ...said, settles: row, log: config.origin }, now, chance));
  return committed.kind === 'committed';
}

async function ofItem(alarm: ItemAlarm, row: OutboxRow, shop: Workshop, now: Instant): Promise<Said | null> {
  const { store, library } = shop;
  const found = await library.item(alarm.item);
  const guard = itemKey(alarm.item);
  // versions first: what is read after them may only be newer, and the commit notices
  const guards = [{ key: guard, version: await store.version(guard) }, await givenSoFar(alarm.item, store)];
  if (found === null || (await isErased(alarm.item, store))) return null;
  const exchanges = await exchangesWith(found, library, store);
  if (!(await isDue(alarm, found, exchanges, shop, now))) return null;
  const came = exchanges.map(({ id, version }) => ({ key: exchangeKey(id), version }));
  const expects = [...guards, ...came, notErased(alarm.item)];
  const code = alarm.stage === 'LAPSE' ? 'DELETE' : 'DESTROY_BY';
  const isInUse = alarm.stage === 'LAPSE' && !exchanges.every(hasEnded);
  const standing = { ...(await standingOf(found, exchanges, shop, now)), isInUse };
  // an order of its issuer yields to a hold alone
  const { holds } = standing;
  const inTheWay = (await isOrdered(found, library)) ? { ...NOTHING_STANDS, holds } : standing;
  const obstacles = alarm.stage === 'REMIND' ? [] : obstaclesOf(inTheWay);
  if (alarm.stage === 'REMIND' || row.addressee !== null || obstacles.length > 0) {
    const again = alarm.stage === 'REMIND' ? [] : [itemAlarm({ ...alarm, round: alarm.round + 1 }, lookedAtAgain(alarm, now))];
    return tellHolder(alarm, row, found, [code, ...obstacles], { library, expects, again });
  }
  const cause = found.volume.stored.digest;
  const holders = await everyHolder(found, library);
  return {
    ...saidOf(alarm, [code]),
    sees: [...holders, ...others(await toldOf(found, library), holders)],
    tells: null,
    statement: cause,
    next: [eraseAll(alarm.item, cause, now)],
    expects,
    bumps: [erasedKey(alarm.item), guard],
  };
}

/** What a label orders is pressed harder than what is only old. */
const lookedAtAgain = ({ stage }: ItemAlarm, now: Instant): Instant => (stage === 'LAPSE' ? yearsAfter(now, 1) : plusMs(now, AGAIN_MS));

/** The label may have been made stricter, which has its own alarm; a day that is no more the label's says nothing. */
async function isDue(
  { stage, end }: ItemAlarm,
  found: Found,
  exchanges: readonly Exchange[],
  shop: Workshop,
  now: Instant,
): Promise<boolean> {
  const { library } = shop;
  if (stage === 'LAPSE') return isOver(exchanges, shop, now);
  // its own words alone: whatever is said of a source has an alarm of its own there, and there may be more of it than anybody can weigh
  const { label } = await readLabel(found.item, found.volume, library, withoutSources(found.item.digest));
  if (label.destroyBy === end) return true;
  return stage === 'DESTROY' && now >= end && ((label.destroyBy !== null && label.destroyBy <= now) || (await isOrdered(found, library)));
}

/** What ended later, or again, has a later alarm of its own. */
async function isOver(exchanges: readonly Exchange[], { library, config }: Workshop, now: Instant): Promise<boolean> {
  for (const exchange of exchanges.filter(hasEnded)) {
    const last = (await library.volume(exchange.last))!.stored.at;
    // some silence ends an exchange without meeting its clock: then no earlier than on its date
    const lapsed = isEndOfSilence(exchange);
    const met = exchange.clocks.flatMap(({ metAt, lapses, due }) => metAt ?? (lapsed && lapses ? due : []));
    const ended = instantFromMs(Math.max(last, ...met));
    if (plusMs(yearsAfter(ended, retentionOf(exchange.profile, config.retention).deleteYears), GRACE_MS) > now) return false;
  }
  return true;
}

/** Nothing but a clock leads to this state. */
const isEndOfSilence = ({ type, state }: Exchange): boolean =>
  MACHINES[type].table.filter(({ to }) => to === state).every(({ step }) => step === 'LAPSE');

const saidOf = ({ stage, item, end }: ItemAlarm, codes: readonly string[]) => ({
  ...END,
  action: stage === 'REMIND' ? ('RETENTION_REVIEW' as const) : ('RETENTION_DUE' as const),
  item,
  codes,
  basis: `DUE ${formatInstant(end)}`,
});

interface Telling {
  readonly library: Library;
  readonly expects: NonNullable<Said['expects']>;
  /** when it is looked at again */
  readonly again: readonly NewOutbox[];
}

/** The first holder at once; each other one by a row of its own, so that a leaf stands in each inbox. */
async function tellHolder(
  alarm: ItemAlarm,
  row: OutboxRow,
  found: Found,
  codes: readonly string[],
  { library, expects, again }: Telling,
): Promise<Said | null> {
  const holders = await holdersOf(found, library);
  const told = row.addressee ?? holders[0];
  if (told === undefined || !holders.includes(told)) return null;
  const next = row.addressee === null ? [...holders.slice(1).map((holder) => itemAlarm(alarm, row.due, holder)), ...again] : [];
  // a third party learns of its release, never of the exchange
  return { ...saidOf(alarm, codes), sees: [told], tells: told, statement: await gaveIt(told, found, library), next, expects };
}

async function ofExchange(alarm: ExchangeAlarm, row: OutboxRow, { store, library }: Workshop, now: Instant): Promise<Said | null> {
  const exchange = await readExchange(alarm.exchange, store);
  if (exchange?.version !== alarm.version || !hasEnded(exchange)) return null;
  const { requesting, requested, opening, id } = exchange;
  const told = row.addressee ?? requesting;
  // whoever was told late, because nothing ran on the day, has as long as anybody
  const end = alarm.stage === 'DELETE' ? plusMs(now, GRACE_MS) : row.due;
  const lapses = alarm.stage === 'DELETE' && row.addressee !== null ? await lapsesOf(exchange, end, library) : [];
  return {
    ...END,
    action: alarm.stage === 'REVIEW' ? 'RETENTION_REVIEW' : 'RETENTION_DUE',
    sees: [told],
    tells: told,
    statement: opening,
    exchange: id,
    codes: [alarm.stage],
    basis: `DUE ${formatInstant(end)}`,
    next: row.addressee === null ? [exchangeAlarm(alarm, row.due, requested)] : lapses,
    expects: [{ key: exchangeKey(id), version: exchange.version }],
  };
}

/** Every item that came with its envelopes, those that the gateway had already included, and the texts of consents that were refused in it. */
async function lapsesOf(exchange: Exchange, end: Instant, library: Library): Promise<readonly NewOutbox[]> {
  const envelopes = await library.linkedOf('exchange', exchange.id, 'parley-envelope+json');
  const texts = (await consentsSaid(exchange, library)).flatMap(({ items }) => [...items.keys()]);
  const items = new Set([...envelopes.flatMap(({ statement }) => statement.payload.items), ...texts]);
  return [...items].map((item) => itemAlarm({ stage: 'LAPSE', item, end, round: 0 }, end));
}
