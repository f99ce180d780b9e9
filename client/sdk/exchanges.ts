/** One's own exchanges, all of them, in the order in which they were opened: the newest are on the last page, and so are their dates. */
import { exchangesPage, type ExchangeSummary } from '../../domain/wire/http-answers.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import { pagesOf } from './pages.js';

const PAGE = 200;

export async function readExchanges({ door }: Pick<ClientContext, 'door'>): Promise<readonly ExchangeSummary[]> {
  const exchanges: ExchangeSummary[] = [];
  const ask = async (after = '') =>
    readAnswer(exchangesPage, await door.get(`/v1/exchanges?limit=${PAGE}${after === '' ? '' : `&after=${after}`}`), 'exchanges');
  for await (const page of pagesOf(ask)) exchanges.push(...page.exchanges);
  return exchanges;
}
