/** What came in, in the order of the log. Reading a line of the inbox opens nothing. */
import { cursorOf, positionOf } from '../../crypto/cursor.js';
import { entryKind } from '../../domain/entry-kind.js';
import type { ExchangeId } from '../../domain/ids.js';
import { parseUuid } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Statement, StatementOf } from '../../domain/statement.js';
import { inboxPage, type EntryKind } from '../../domain/wire/http-answers.js';
import { PAGE_MAX } from '../../domain/wire/http-requests.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import { carriedBy, signerOf } from './evidence/check-statements.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import { pagesOf } from './pages.js';
import { receiptOf, verifyReceipt } from './receipt.js';
import { readStatement, readStatementOf } from './statements.js';

export interface InboxEntry {
  /** for the next call, made from what the log signed: this entry is behind it, unless nobody signed that it is there */
  readonly cursor: string;
  /** place in the log */
  readonly index: number;
  readonly kind: EntryKind;
  /** the log signed that this statement has this place, and was not refused; false: the line is the gateway's word */
  readonly isLogged: boolean;
  /** null of a clock, whose exchange is named instead */
  readonly statement: Statement | null;
  readonly items: readonly StatementOf<'parley-item+json'>[];
  readonly receipt: Receipt;
  readonly exchange: ExchangeId | null;
  /** of a clock, or of what is kept; null: the entry is none */
  readonly notice: NonNullable<WireEntry['notice']> | null;
}

export interface InboxOptions {
  /** where an earlier call ended; absent: from the beginning */
  readonly after?: string | undefined;
  /** seconds that the gateway may wait for something new */
  readonly waitS?: number;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** One page. Delivery is at least once, keyed by `index`. */
export const readInbox = (context: ClientContext, options: InboxOptions = {}): Promise<{ entries: InboxEntry[]; next: string | null }> =>
  readPage(context, options, options.after);

/** @param behind up to where the log vouches that everything was read: where nothing more is signed, the next call begins there */
async function readPage(context: ClientContext, options: InboxOptions, behind: string | undefined) {
  const query = new URLSearchParams();
  if (options.after !== undefined) query.set('after', options.after);
  query.set('limit', String(options.limit ?? 50));
  if (options.waitS !== undefined) query.set('waitS', String(options.waitS));
  const page = readAnswer(inboxPage, await context.door.get(`/v1/inbox?${query.toString()}`, true, options.signal), 'inbox');
  let place = positionOf(behind) ?? 0;
  const entries: InboxEntry[] = [];
  for (const entry of page.entries.map(entryOf)) {
    const body = await verifyReceipt(entry.receipt, context.gateway, entry.statement?.digest);
    const isThere = body.ok && body.value.index === entry.index;
    if (isThere) place = Math.max(place, entry.index + 1);
    const isRefused = body.ok && body.value.outcome === 'DENY';
    const kind = isRefused ? 'refused' : kindOf(entry, context.identity.authority);
    entries.push({ ...entry, kind, cursor: cursorOf(place), isLogged: isThere && !(isRefused && entry.statement !== null) });
  }
  return { entries, next: page.next ?? null };
}

/** By what was signed, and not by what the gateway calls it: an end of a consent would be read as one. */
function kindOf({ kind, statement, notice }: Pick<InboxEntry, 'kind' | 'statement' | 'notice'>, me: string): EntryKind {
  const signer = statement === null || notice !== null ? null : signerOf(statement);
  if (statement === null || signer === null) return kind;
  return signer === me ? 'receipt' : entryKind(statement.typ);
}

type WireEntry = ReturnType<typeof inboxPage.parse>['entries'][number];

function entryOf({ index, kind, statement, items, receipt, exchange, notice }: WireEntry): Omit<InboxEntry, 'cursor' | 'isLogged'> {
  const read = statement === undefined ? null : readStatement(statement);
  const said = read?.ok ? read.value : null;
  // an envelope says of which exchange it is, and which items are its own
  const named = said?.typ === 'parley-envelope+json' ? said.payload.exchange : exchange;
  const id = named === undefined ? null : parseUuid(named);
  const carried = said === null ? [] : carriedBy(said);
  return {
    index,
    kind,
    statement: said,
    items: items
      .map((compact) => readStatementOf('parley-item+json', compact))
      .flatMap((item) => (item.ok && carried.includes(item.value.digest) ? [item.value] : [])),
    receipt: receiptOf(receipt),
    exchange: id?.ok ? id.value : null,
    notice: notice ?? null,
  };
}

/** Everything that there is now, page after page. */
export async function* inboxEntries(context: ClientContext, after?: string): AsyncGenerator<InboxEntry> {
  for await (const entries of inboxPages(context, after)) yield* entries;
}

export async function* inboxPages(context: ClientContext, after?: string): AsyncGenerator<readonly InboxEntry[]> {
  let behind = after;
  const ask = async (from: string | undefined) => {
    const { entries, next } = await readPage(context, { limit: PAGE_MAX, ...present({ after: from }) }, behind);
    behind = entries.at(-1)?.cursor ?? behind;
    return { entries, next: next ?? undefined };
  };
  for await (const { entries } of pagesOf(ask, after)) yield entries;
}

const CURSOR = 'cursor';

/** Where this client last read to; null before the first time. */
export const readCursor = ({ store }: ClientContext): Promise<string | null> => keptCursor(store, CURSOR);

export const keepCursor = ({ store }: ClientContext, after: string): Promise<void> => writeRecord(store, CURSOR, { after });

/** @returns null where none was kept under this name, or what is none: then everything is read again */
export async function keptCursor(store: KeyStore, name: string): Promise<string | null> {
  const after = ((await readRecord(store, name)) as { readonly after: string } | null)?.after;
  return after === undefined || positionOf(after) === null ? null : after;
}
