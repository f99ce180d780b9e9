/** One's own exchanges, as the gateway shows them. */
import type { ExchangeId } from '../../domain/ids.js';
import { exchangeAnswer, exchangesPage, type ExchangeSummary } from '../../domain/wire/http-answers.js';
import { PAGE_MAX } from '../../domain/wire/http-requests.js';
import { readAnswer, unreadable } from './answers.js';
import type { ClientContext } from './context.js';
import { pagesAt } from './pages.js';

/** All of them, in the order in which they were opened: the newest are on the last page, and so are their dates. */
export async function readExchanges(context: Pick<ClientContext, 'door'>): Promise<readonly ExchangeSummary[]> {
  const exchanges: ExchangeSummary[] = [];
  for await (const page of pagesAt(context, `/v1/exchanges?limit=${PAGE_MAX}`, exchangesPage, 'exchanges'))
    exchanges.push(...page.exchanges);
  return exchanges;
}

/** Its summary and dates, on the gateway's word; of its envelopes the first. */
export async function readStanding({ door }: Pick<ClientContext, 'door'>, exchange: ExchangeId) {
  const answer = readAnswer(exchangeAnswer, await door.get(`/v1/exchanges/${exchange}?limit=1`), 'exchange');
  if (answer.exchange.id !== exchange) throw unreadable('another exchange than was asked for');
  return answer;
}
