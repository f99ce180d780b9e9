/**
 * What belongs to one exchange in the log, to a party of it: its own view of each leaf, the leaf's receipt, and the statements that it may
 * see. Attempts that were refused are there too, in the stream of who tried.
 */
import { encodeBase64url } from '../../crypto/base64url.js';
import { Failure } from '../../domain/failure.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { Exchange } from '../../domain/exchange.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { LinkTitle, Store, StoredLeaf } from '../../domain/ports.js';
import type { Receipt } from '../../domain/receipt.js';
import type { EvidencePage } from '../../domain/wire/evidence.js';
import { consentsSaid } from '../cases/consents-said.js';
import { readExchange } from '../cases/exchanges.js';
import type { Operator } from '../deps.js';
import { leavesOf, SCAN_MAX } from './audit-events.js';
import { cursorOf } from './cursor.js';
import type { Library, Volume } from './library.js';
import { maySee, wireReceipt } from './statements.js';
import { isConcerned, ownViewOf, type OwnView } from './views.js';
import { PAGE_BYTES_MAX, sizeOf } from './within-bytes.js';

/** What is said of an item, by what it is found under; its readings and uses name it themselves, and have no measure. */
const SAID_OF_ITEMS = ['consent', 'label', 'release', 'notice', 'verification', 'answer'] as const;
/** exchanges whose scope is kept: whoever reads one asks for page after page */
const SCOPES_KEPT = 16;

export interface EvidenceReader {
  /** From leaf `from` on. Null where there is no such exchange, and where `who` is no party to it: alike. */
  page(who: AuthorityId, id: ExchangeId, from: number, limit: number): Promise<EvidencePage | null>;
  /** Whoever has a view of the leaf may have its receipt. Null where there is none, and where it is not for `who`: alike. */
  receiptAt(who: AuthorityId, index: number): Promise<Receipt | null>;
}

export function createEvidenceReader(
  store: Store,
  library: Library,
  receiptOf: (leaf: StoredLeaf) => Promise<Receipt>,
  { authority, root, publicKey }: Operator,
): EvidenceReader {
  const operator = { authority, root: { kid: root, publicKey: encodeBase64url(publicKey) } };

  const entryOf = async (who: AuthorityId, leaf: StoredLeaf, view: OwnView): Promise<EvidencePage['entries'][number]> => {
    const volume = leaf.statement === null ? null : await library.volume(leaf.statement);
    const isItsOwn = volume !== null && (await tells(volume, leaf, who, store)) && (await maySee({ library, store }, volume, who));
    return {
      index: leaf.index,
      receipt: wireReceipt(await receiptOf(leaf)),
      view,
      ...(isItsOwn ? { statement: volume.submission.statement } : {}),
      items: isItsOwn ? await itemsOf(volume, library) : [],
    };
  };

  const scopes = createScopes(store, library);

  return {
    async receiptAt(who, index) {
      const leaf = await store.leaf(index);
      return leaf !== null && isConcerned(leaf, who) ? receiptOf(leaf) : null;
    },
    async page(who, id, from, limit) {
      const exchange = await readExchange(id, store);
      if (exchange === null || (exchange.requesting !== who && exchange.requested !== who)) return null;
      let scope = (from === 0 ? null : scopes.kept(exchange)) ?? (await scopes.collect(exchange));
      const entries: EvidencePage['entries'] = [];
      let erased = 0;
      let [seen, bytes] = [0, 0];
      for await (const leaf of leavesOf(store, who, Math.max(from, scope.from))) {
        const isFull = entries.length === limit || seen === SCAN_MAX || bytes >= PAGE_BYTES_MAX;
        if (isFull) return { operator, entries, erased, next: cursorOf(leaf.index) };
        seen += 1;
        if (leaf.index >= scope.upTo) scope = await scopes.collect(exchange);
        const view = ownViewOf(leaf, who);
        if (view === null) erased += isConcerned(leaf, who) && (await isSaidIn(leaf, scope, library)) ? 1 : 0;
        else if (belongs(leaf, view, scope)) entries.push(await entryOf(who, leaf, view));
        bytes += entries.at(-1)?.index === leaf.index ? sizeOf(entries.at(-1)!) : 0;
      }
      return { operator, entries, erased };
    },
  };
}

/** The leaf of its acceptance; to whom that is nothing, as a change of label to a holder, the leaf of its delivery. */
async function tells({ stored }: Volume, leaf: StoredLeaf, who: AuthorityId, store: Store): Promise<boolean> {
  if (stored.index === leaf.index) return true;
  const accepted = leaf.stage === 'delivered' ? await store.leaf(stored.index) : null;
  return accepted !== null && !isConcerned(accepted, who);
}

/** What was collected for one page is good for the next ones. */
function createScopes(store: Store, library: Library) {
  const scopes = new Map<ExchangeId, Scope>();
  return {
    kept({ id, version }: Exchange): Scope | null {
      const scope = scopes.get(id);
      return scope?.version === version ? scope : null;
    },
    async collect(exchange: Exchange): Promise<Scope> {
      const scope = await scopeOf(exchange, store, library);
      scopes.delete(exchange.id);
      scopes.set(exchange.id, scope);
      for (const oldest of scopes.keys()) if (scopes.size > SCOPES_KEPT) scopes.delete(oldest);
      return scope;
    },
  };
}

/** What came with it, and what an envelope names again. */
const carriedBy = ({ items, statement: { typ, payload } }: Volume): readonly Digest[] =>
  typ === 'parley-envelope+json' ? payload.items : [...items.keys()];

async function itemsOf(volume: Volume, library: Library): Promise<string[]> {
  const found = await Promise.all(carriedBy(volume).map((item) => library.item(item)));
  return found.flatMap((one) => (one === null ? [] : [one.item.compact]));
}

interface Scope {
  readonly exchange: ExchangeId;
  /** of the exchange: with a later one, items may belong that went out before */
  readonly version: number;
  /** leaves before this index are judged by it; of one behind it, more may have been said since */
  readonly upTo: number;
  readonly items: ReadonlySet<string>;
  readonly statements: ReadonlySet<Digest>;
  /** index of the first leaf that can belong */
  readonly from: number;
}

async function isSaidIn({ statement }: StoredLeaf, { statements, items }: Scope, library: Library): Promise<boolean> {
  if (statement === null) return false;
  const payload = (await library.volume(statement))?.statement.payload;
  return statements.has(statement) || (payload !== undefined && 'item' in payload && payload.item !== undefined && items.has(payload.item));
}

/** The refused left no statement behind: their events say what they were about. */
function belongs(leaf: StoredLeaf, { event }: OwnView, { exchange, items, statements }: Scope): boolean {
  if (leaf.statement !== null && statements.has(leaf.statement)) return true;
  const { object } = JSON.parse(event) as Pick<AuditEvent, 'object'>;
  return object.exchange === exchange || (object.item !== undefined && items.has(object.item));
}

/** The envelopes, what was said on the consent that they asked, their items, and whatever was said of those: no envelope of another exchange, though it carries what was made from them. */
async function scopeOf(exchange: Exchange, store: Store, library: Library): Promise<Scope> {
  const statements = new Set<Digest>();
  const items = new Set<Digest>();
  const waiting: Digest[] = [];
  const upTo = await store.leafCount();
  let from = Infinity;
  const add = async (digest: Digest): Promise<void> => {
    if (statements.has(digest)) return;
    statements.add(digest);
    const volume = await library.volume(digest);
    if (volume === null) throw new Failure('INVARIANT_BROKEN', `statement ${digest} is missing`);
    from = Math.min(from, volume.stored.index);
    for (const item of carriedBy(volume)) {
      if (items.has(item)) continue;
      waiting.push(item);
      items.add(item);
      // it may have been read before it came here
      from = Math.min(from, (await library.item(item))?.volume.stored.index ?? from);
    }
  };
  for (const { statement } of await store.links('exchange', [exchange.id])) await add(statement);
  for (const { stored } of await consentsSaid(exchange, library)) await add(stored.digest);
  while (waiting.length > 0) for (const digest of await saidOf(waiting.splice(0), store)) await add(digest);
  return { exchange: exchange.id, version: exchange.version, upTo, items, statements, from };
}

/** All of it: evidence that leaves out what does not fit would be none. However many the items, one question of each kind. */
async function saidOf(items: readonly Digest[], store: Store): Promise<readonly Digest[]> {
  const said = (await Promise.all(SAID_OF_ITEMS.map((kind) => store.links(kind, items)))).flat();
  // a portion is made for a release, and comes with it
  const made = of(await store.links('derived', items), 'parley-release+json');
  const [ends, words] = await Promise.all([
    store.links('ended', of(said, 'parley-consent+json')),
    store.links('word', of(said, 'parley-notice+json')),
  ]);
  return [...made, ...[...said, ...ends, ...words].map(({ statement }) => statement)];
}

const of = (links: readonly LinkTitle[], wanted: LinkTitle['typ']): readonly Digest[] =>
  links.flatMap(({ statement, typ }) => (typ === wanted ? [statement] : []));
