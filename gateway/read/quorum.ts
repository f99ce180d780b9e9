/** Requests to an authority's quorum, to its own officers; what opens them to whoever asked, and only while they are open. */
import type { Caller } from '../../domain/caller.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { Clock, Store } from '../../domain/ports.js';
import type { Directory } from '../../domain/authority.js';
import { isHolder } from '../../domain/quorum.js';
import type { QuorumAnswer, QuorumSummary } from '../../domain/wire/quorum.js';
import { quorumNow, type QuorumNow } from '../cases/quorum.js';
import { pageOf, type Page } from './cursor.js';
import type { DirectoryReader } from './directory.js';
import type { Library, Volume } from './library.js';

export interface QuorumReader {
  /** In the order in which they were made: those that the caller may see, so a page may be short. */
  page(caller: Caller, page: Page): Promise<{ readonly requests: QuorumSummary[]; readonly next?: string }>;
  /** Null where there is none, where another authority asked it, and where it is not for this officer: alike. */
  request(caller: Caller, digest: Digest, page: Page): Promise<QuorumAnswer | null>;
}

export function createQuorumReader(
  store: Store,
  library: Library,
  { clock, directory }: { readonly clock: Clock; readonly directory: Pick<DirectoryReader, 'current'> },
): QuorumReader {
  const read = async (who: AuthorityId, digest: Digest) => {
    const current = await directory.current();
    const found = await quorumNow(digest, who, { library, directory: current, now: clock.now() });
    return found && { found, summary: summaryOf(found, current), directory: current };
  };
  return {
    async page(caller, page) {
      const { stored, next } = await pageOf(store, 'quorum', caller.authority, page);
      const read_ = await Promise.all(stored.map(({ digest }) => read(caller.authority, digest)));
      const requests = read_.flatMap((one) => (one === null || !isFor(caller, one) ? [] : [one.summary]));
      return { requests, ...(next === null ? {} : { next }) };
    },
    async request(caller, digest, page) {
      const { authority, officer } = caller;
      const one = await read(authority, digest);
      if (one === null || !isFor(caller, one)) return null;
      const { found, summary, directory: current } = one;
      if (!found.isOpen || officer !== found.asked.requester) return { ...summary, shares: [], items: [] };
      const shares = found.shares.map(({ compact }) => compact);
      const { payload } = found.request;
      if (payload.act === 'RECOVER') return { ...summary, shares, items: [] };
      const { envelopes, next } = await envelopesOf(payload.exchange, page, store, library);
      const items = envelopes.flatMap((envelope) => itemsIn(envelope, authority, current));
      return { ...summary, shares, items, ...(next === null ? {} : { next }) };
    },
  };
}

function summaryOf({ request, asked, counted, isOpen }: QuorumNow, { authorities }: Directory): QuorumSummary {
  const need = authorities.get(request.payload.authority)?.entry?.quorum?.need ?? 0;
  return { statement: request.digest, request: request.compact, requester: asked.requester, agreed: [...counted], need, isOpen };
}

/** Whoever asked, who holds a share, and COMPLIANCE: another officer may be the one whom it is about. */
function isFor(
  { authority, officer, roles }: Caller,
  { found, directory }: { readonly found: QuorumNow; readonly directory: Directory },
): boolean {
  const quorum = directory.authorities.get(authority)?.entry?.quorum;
  return officer === found.asked.requester || roles.includes('COMPLIANCE') || (quorum !== undefined && isHolder(quorum, officer));
}

async function envelopesOf(exchange: ExchangeId, page: Page, store: Store, library: Library) {
  const { stored, next } = await pageOf(store, 'exchange', exchange, page);
  const volumes = await Promise.all(stored.map(({ digest }) => library.volume(digest)));
  return { envelopes: volumes.flatMap((one) => one ?? []), next };
}

/** Items with a seal to one of this authority's desks. */
function itemsIn({ statement }: Volume, who: AuthorityId, { receivingKeys }: Directory): QuorumAnswer['items'] {
  if (statement.typ !== 'parley-envelope+json') return [];
  const { items, seals } = statement.payload;
  return items.flatMap((item) => {
    const own = seals
      .flatMap((seal) => (seal.item === item ? (receivingKeys.get(seal.kid) ?? []) : []))
      .find(({ authority }) => authority === who);
    return own === undefined ? [] : [{ item, via: statement.digest, desk: own.desk, generation: own.generation }];
  });
}
