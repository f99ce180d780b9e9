/** An authority's inbox: what was delivered to it, and what it is reminded of, in the order of the log. */
import type { AuditEvent } from '../../domain/audit-event.js';
import { entryKind } from '../../domain/entry-kind.js';
import type { AuthorityId, ExchangeId } from '../../domain/ids.js';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import type { EntryKind, InboxPage } from '../../domain/wire/http-answers.js';
import { cursorOf } from './cursor.js';
import type { Walk } from '../answers.js';
import type { Library, Volume } from './library.js';
import { wireReceipt } from './statements.js';
import { isParty } from './parties.js';
import { ownViewOf } from './views.js';
import { PAGE_BYTES_MAX, sizeOf, withinBytes } from './within-bytes.js';

type Entry = InboxPage['entries'][number];
type Certainty = NonNullable<Entry['notice']>['certainty'];

export interface InboxReader {
  /** @returns entries from index `from` on, at least once each; a page may be short and still have a `next`, and has one only where more is there already */
  page(who: AuthorityId, from: number, limit: number): Promise<InboxPage>;
}

/** @param bytesMax of statements on one page */
export function createInboxReader(store: Store, library: Library, receiptOf: Walk['receiptOf'], bytesMax = PAGE_BYTES_MAX): InboxReader {
  const entryOf = async (who: AuthorityId, leaf: StoredLeaf): Promise<Entry | null> => {
    if (leaf.statement === null) return null;
    const [volume, receipt] = await Promise.all([library.volume(leaf.statement), receiptOf(leaf)]);
    const exchange = volume?.stored.exchange ?? null;
    if (leaf.stage === 'noticed') return noticeOf(leaf, who, { exchange, volume }, wireReceipt(receipt));
    return {
      cursor: cursorOf(leaf.index + 1),
      index: leaf.index,
      kind: kindOf(who, volume),
      ...(volume === null ? {} : { statement: volume.submission.statement }),
      items: volume?.submission.items ?? [],
      receipt: wireReceipt(receipt),
      // a grant's end comes to each reader that has something on it, who is no party to the exchange in which it was asked
      ...(exchange === null || volume === null || !isParty(volume.statement, who) ? {} : { exchange }),
    };
  };
  return {
    async page(who, from, limit) {
      const leaves = await store.inbox(who, from, limit + 1);
      const entries = await withinBytes(leaves.slice(0, limit), (leaf) => entryOf(who, leaf), sizeOf, bytesMax);
      const page = { entries: entries.filter((entry) => entry !== null) };
      return leaves.length > entries.length ? { ...page, next: cursorOf(leaves[entries.length - 1]!.index + 1) } : page;
    },
  };
}

interface About {
  readonly exchange: ExchangeId | null;
  readonly volume: Volume | null;
}

/** A clock of the exchange: what it rests on came before, so that the statement is not sent again. One that is of no exchange is named by its own. */
function noticeOf(leaf: StoredLeaf, who: AuthorityId, { exchange, volume }: About, receipt: Entry['receipt']): Entry | null {
  const own = ownViewOf(leaf, who);
  if (own === null || volume === null) return null;
  const { action, codes, basis, object } = JSON.parse(own.event) as Pick<AuditEvent, 'action' | 'codes' | 'basis' | 'object'>;
  const [, due = '', was, certainty] = /^DUE (\S+)(?: WAS (\S+))?(?: (CERTAIN|PROVISIONAL))?(?: BY .+)?$/.exec(basis ?? '') ?? [];
  const [clock = '', ...obstacles] = codes;
  const kept = action.startsWith('RETENTION_') && object.item !== undefined ? { item: object.item, obstacles } : {};
  const notice = { action, clock, due, ...present({ was, certainty: certainty as Certainty }), ...kept };
  const about = exchange === null ? { statement: volume.submission.statement } : { exchange };
  return { cursor: cursorOf(leaf.index + 1), index: leaf.index, kind: 'notice', items: [], receipt, ...about, notice };
}

/** What is my own comes back to me as a receipt. */
const kindOf = (who: AuthorityId, volume: Volume | null): EntryKind =>
  volume === null || volume.stored.author === who ? 'receipt' : entryKind(volume.statement.typ);
