/** One's own exchanges, all of them, in the order in which they were opened: the newest are on the last page, and so are their dates. */
import { exchangesPage, type ExchangeSummary } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';

const PAGE = 200;

export async function readExchanges({ door }: Pick<ClientContext, 'door'>): Promise<readonly ExchangeSummary[]> {
  const exchanges: ExchangeSummary[] = [];
  const asked = new Set<string>();
  for (let after = ''; ;) {
    const page = exchangesPage.parse(await door.get(`/v1/exchanges?limit=${PAGE}${after === '' ? '' : `&after=${after}`}`));
    exchanges.push(...page.exchanges);
    if (page.next === undefined) return exchanges;
    if (asked.has(page.next))
      throw new ParleyError('ANSWER_UNREADABLE', 'The list of exchanges leads back to itself.', 'Ask the operator.');
    asked.add((after = page.next));
  }
}
