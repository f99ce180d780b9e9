import { exchangeAnswer, exchangesPage, inboxPage } from '../../../domain/wire/http-answers.js';
import { exchangeParams, inboxQuery, pageQuery } from '../../../domain/wire/http-requests.js';
import type { AuthorityId } from '../../../domain/ids.js';
import { plusMs, SECOND_MS } from '../../../domain/time.js';
import type { InboxPage } from '../../../domain/wire/http-answers.js';
import { positionOf } from '../../read/cursor.js';
import { untilEither } from '../either.js';
import type { Doors } from '../doors.js';
import { CASE_ROLES } from '../../../domain/vocabulary.js';
import { forCallers, json, turned } from '../route.js';

const LIMIT_DEFAULT = 50;
const ENVELOPES_DEFAULT = 100;
/** a long poll asks again this often for what another process took in */
const ASK_MS = 500;
/** to who has gone meanwhile */
const NOTHING: Promise<InboxPage> = Promise.resolve({ entries: [] });

const readInbox = forCallers({
  method: 'get',
  path: '/v1/inbox',
  operation: 'readInbox',
  summary: 'What was sent to the authority and what became of what it sent, in log order, at least once each. Long-polls with waitS.',
  roles: CASE_ROLES,
  query: inboxQuery,
  lingers: true,
  answers: { 200: { description: 'entries after the cursor; next only where there is more already', schema: inboxPage } },
  async handle({ query, caller, gone }, doors) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    const { limit = LIMIT_DEFAULT, waitS = 0 } = query;
    const look = () => waitForPage(doors, caller.authority, { from, limit: Math.max(1, limit), waitS }, gone());
    if (waitS === 0) return json(200, await look());
    if (!doors.waits.take(caller.authority)) return turned('RATE_LIMITED', 'too many of your authority wait at their inbox already');
    return json(200, await look().finally(() => doors.waits.leave(caller.authority)));
  },
});

async function waitForPage(
  { inbox, reads, clock, bell, draining }: Doors,
  who: AuthorityId,
  { from, limit, waitS }: { readonly from: number; readonly limit: number; readonly waitS: number },
  gone: AbortSignal,
): Promise<InboxPage> {
  const until = plusMs(clock.now(), waitS * SECOND_MS);
  for (let at = from; ;) {
    // taken before the inbox is read: what comes in between rings it
    const rung = bell.next();
    const page = await reads(who, () => (gone.aborted ? NOTHING : inbox.page(who, at, limit)));
    const leftMs = until - clock.now();
    if (page.entries.length > 0 || leftMs <= 0 || gone.aborted || draining.aborted) return page;
    // what was pruned shows nothing any more; what is behind it may
    if (page.next !== undefined) at = positionOf(page.next)!;
    else await untilEither([rung, gone, draining], (signal) => clock.sleep(Math.min(ASK_MS, leftMs), signal));
  }
}

const listExchanges = forCallers({
  method: 'get',
  path: '/v1/exchanges',
  operation: 'listExchanges',
  summary: 'Exchanges in which the authority is a party, oldest first.',
  roles: CASE_ROLES,
  query: pageQuery,
  answers: { 200: { description: 'states and clocks', schema: exchangesPage } },
  async handle({ query, caller }, { exchanges }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    return json(200, await exchanges.page(caller.authority, { from, limit: Math.max(1, query.limit ?? LIMIT_DEFAULT) }));
  },
});

const readExchange = forCallers({
  method: 'get',
  path: '/v1/exchanges/:id',
  operation: 'readExchange',
  summary: 'One exchange with a page of its envelopes, oldest first, to its two parties.',
  roles: CASE_ROLES,
  params: exchangeParams,
  query: pageQuery,
  answers: { 200: { description: 'the exchange', schema: exchangeAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, query, caller }, { exchanges }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    const page = { from, limit: Math.max(1, query.limit ?? ENVELOPES_DEFAULT) };
    const found = await exchanges.exchange(caller.authority, params.id, page);
    return found === null ? turned('NOT_FOUND', 'no such exchange') : json(200, found);
  },
});

export const inboxRoutes = [readInbox, listExchanges, readExchange];
