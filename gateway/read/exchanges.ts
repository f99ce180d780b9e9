/** Exchanges, to their two parties. */
import { explainClock, type ClockExplanation } from '../../domain/calendar/explain.js';
import { overdue, recounted } from '../../domain/clocks.js';
import type { Exchange, RunningClock } from '../../domain/exchange.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { Calendars, Clock, Store } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { ClockAnswer, ExchangeSummary, StatementAnswer } from '../../domain/wire/http-answers.js';
import { calendarOf } from '../cases/advance.js';
import { consentsSaid } from '../cases/consents-said.js';
import { readExchange } from '../cases/exchanges.js';
import type { DirectoryReader } from './directory.js';
import { cursorOf, pageOf, type Page } from './cursor.js';
import type { Library } from './library.js';
import { isParty } from './parties.js';
import { answerOf, type ReceiptFor } from './statements.js';
import { PAGE_BYTES_MAX, sizeOf, withinBytes } from './within-bytes.js';

export interface ExchangePage {
  readonly exchanges: ExchangeSummary[];
  readonly next?: string;
}

export interface ExchangeFound {
  readonly exchange: ExchangeSummary;
  readonly dates: ClockAnswer[];
  /** oldest first */
  readonly envelopes: StatementAnswer[];
  /** of a request for consent, in log order */
  readonly consents?: StatementAnswer[];
  readonly next?: string;
}

export interface ExchangeReader {
  /** In the order in which they were opened. */
  page(who: AuthorityId, page: Page): Promise<ExchangePage>;
  /** Null where there is none, and where `who` is no party to it: alike. */
  exchange(who: AuthorityId, id: ExchangeId, page: Page): Promise<ExchangeFound | null>;
}

/** What dates are explained by. */
export interface Dates {
  readonly clock: Clock;
  readonly calendars: Calendars;
  readonly directory: Pick<DirectoryReader, 'current'>;
}

/** @param bytesMax of envelopes on one page */
export function createExchangeReader(
  store: Store,
  library: Library,
  receiptFor: ReceiptFor,
  dates: Dates,
  bytesMax = PAGE_BYTES_MAX,
): ExchangeReader {
  const { clock, calendars, directory } = dates;
  const read = async (who: AuthorityId, id: ExchangeId): Promise<Exchange | null> => {
    const exchange = await readExchange(id, store);
    return exchange !== null && (exchange.requesting === who || exchange.requested === who) ? exchange : null;
  };
  const own = async (who: AuthorityId, id: ExchangeId): Promise<ExchangeSummary | null> => {
    const exchange = await read(who, id);
    return exchange && summaryOf(exchange, clock.now());
  };
  const envelopeOf = async (who: AuthorityId, digest: Digest): Promise<StatementAnswer | null> => {
    const volume = await library.volume(digest);
    return volume !== null && isParty(volume.statement, who) ? answerOf(volume, receiptFor) : null;
  };
  return {
    async page(who, page) {
      const { stored, next } = await pageOf(store, 'party', who, page);
      const ids = stored.flatMap(({ exchange }) => (exchange === null ? [] : [exchange]));
      const exchanges = (await Promise.all(ids.map((id) => own(who, id)))).filter((summary) => summary !== null);
      return { exchanges, ...(next === null ? {} : { next }) };
    },
    async exchange(who, id, page) {
      const before = await read(who, id);
      if (before === null) return null;
      const calendar = calendarOf(before, { calendars, directory: await directory.current() });
      // of a calendar that changed just now: the days that are shown and the date are of one
      const now = clock.now();
      const exchange = { ...before, clocks: before.clocks.map((one) => recounted(one, { calendar, version: before.version, now })) };
      const { stored, next } = await pageOf(store, 'exchange', id, page);
      const envelopes = await withinBytes(stored, ({ digest }) => envelopeOf(who, digest), sizeOf, bytesMax);
      const more = stored[envelopes.length] === undefined ? next : cursorOf(stored[envelopes.length]!.index);
      const said = await consentsSaid(exchange, library);
      const consents = await Promise.all(said.map((volume) => answerOf(volume, receiptFor)));
      return {
        exchange: summaryOf(exchange, now),
        dates: exchange.clocks.map((one) => explanationOf(explainClock(one, calendar, now), exchange)),
        envelopes: envelopes.filter((envelope) => envelope !== null),
        ...(consents.length === 0 ? {} : { consents: consents.filter((one) => one !== null) }),
        ...(more === null ? {} : { next: more }),
      };
    },
  };
}

function summaryOf(exchange: Exchange, now: Instant): ExchangeSummary {
  const { id, version } = exchange;
  return {
    id,
    version,
    type: exchange.type,
    profile: exchange.profile,
    state: exchange.state,
    requesting: exchange.requesting,
    requestingType: exchange.requestingType,
    requested: exchange.requested,
    requestedType: exchange.requestedType,
    opening: exchange.opening,
    last: exchange.last,
    openedAt: formatInstant(exchange.openedAt),
    deliveredAt: timeOf(exchange.deliveredAt),
    clocks: exchange.clocks.map((clock) => clockOf(clock, now)),
    parts: [...exchange.parts],
    agreements: exchange.agreements.map((one) => ({
      ...one,
      parts: [...one.parts],
      texts: [...one.texts],
      proceedings: [...one.proceedings],
      notBefore: timeOf(one.notBefore),
    })),
  };
}

const clockOf = (clock: RunningClock, now: Instant): ExchangeSummary['clocks'][number] => ({
  code: clock.code,
  kind: clock.kind,
  startedAt: formatInstant(clock.startedAt),
  due: formatInstant(clock.due),
  provisional: clock.provisional,
  isOverdue: overdue([clock], now).length > 0,
  metAt: timeOf(clock.metAt),
  ...present({ endedBy: clock.endedBy }),
  suspendedAt: timeOf(clock.suspendedAt),
  ...present({ parts: clock.parts && [...clock.parts] }),
});

const explanationOf = ({ parts, ...clock }: ClockExplanation, { requesting, requested }: Exchange): ClockAnswer => ({
  ...clock,
  ...present({ parts: parts && [...parts] }),
  owes: clock.owes === 'Q' ? requested : requesting,
  startedAt: formatInstant(clock.startedAt),
  due: formatInstant(clock.due),
  metAt: timeOf(clock.metAt),
  doubts: [...clock.doubts],
  skipped: [...clock.skipped],
  suspensions: clock.suspensions.map(({ from, to }) => ({ from: formatInstant(from), to: timeOf(to) })),
});

const timeOf = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));
