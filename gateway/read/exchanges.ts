/** Exchanges, to their two parties. */
import type { Exchange, RunningClock } from '../../domain/exchange.js';
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import type { ExchangeRow, Store } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { ExchangeSummary, StatementAnswer } from '../../domain/wire/http-answers.js';
import { cursorOf } from './cursor.js';
import type { Library } from './library.js';
import { isParty } from './parties.js';
import { answerOf, type ReceiptFor } from './statements.js';

export interface ExchangePage {
  readonly exchanges: ExchangeSummary[];
  readonly next?: string;
}

export interface ExchangeReader {
  /** In the order in which they were opened, after the first `skip`. */
  page(who: AuthorityId, skip: number, limit: number): Promise<ExchangePage>;
  /** Null where there is none, and where `who` is no party to it: alike. */
  exchange(who: AuthorityId, id: ExchangeId): Promise<{ readonly exchange: ExchangeSummary; readonly envelopes: StatementAnswer[] } | null>;
}

const utf8 = new TextDecoder();

export function createExchangeReader(store: Store, library: Library, receiptFor: ReceiptFor): ExchangeReader {
  const own = async (who: AuthorityId, id: ExchangeId): Promise<ExchangeSummary | null> => {
    const row = await store.exchange(id);
    const summary = row && summaryOf(row);
    return summary !== null && (summary.requesting === who || summary.requested === who) ? summary : null;
  };
  return {
    async page(who, skip, limit) {
      const opened = (await store.linked('party', who, skip + limit + 1)).slice(skip);
      const ids = opened.slice(0, limit).flatMap(({ exchange }) => (exchange === null ? [] : [exchange]));
      const exchanges = (await Promise.all(ids.map((id) => own(who, id)))).filter((summary) => summary !== null);
      return opened.length > limit ? { exchanges, next: cursorOf(skip + limit) } : { exchanges };
    },
    async exchange(who, id) {
      const exchange = await own(who, id);
      if (exchange === null) return null;
      const volumes = (await library.linked('exchange', id)).filter(({ statement }) => isParty(statement, who));
      const envelopes = await Promise.all(volumes.map((volume) => answerOf(volume, receiptFor)));
      return { exchange, envelopes: envelopes.filter((envelope) => envelope !== null) };
    },
  };
}

/** The stored body is what the walk wrote there: the domain's `Exchange` without id and version. */
function summaryOf({ id, version, body }: ExchangeRow): ExchangeSummary {
  const exchange = JSON.parse(utf8.decode(body)) as Omit<Exchange, 'id' | 'version'>;
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
    clocks: exchange.clocks.map(clockOf),
  };
}

const clockOf = ({ code, kind, startedAt, due, metAt, suspendedAt }: RunningClock): ExchangeSummary['clocks'][number] => ({
  code,
  kind,
  startedAt: formatInstant(startedAt),
  due: formatInstant(due),
  metAt: timeOf(metAt),
  suspendedAt: timeOf(suspendedAt),
});

const timeOf = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));
