/** What came in, in the order of the log. Reading a line of the inbox opens nothing. */
import type { ExchangeId } from '../../domain/ids.js';
import { parseUuid } from '../../domain/ids.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Statement, StatementOf } from '../../domain/statement.js';
import { inboxPage, type EntryKind } from '../../domain/wire/http-answers.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { readRecord, writeRecord } from './key-store.js';
import { receiptOf } from './receipt.js';
import { readStatement, readStatementOf } from './statements.js';

export interface InboxEntry {
  /** for the next call; this entry is behind it */
  readonly cursor: string;
  /** place in the log */
  readonly index: number;
  readonly kind: EntryKind;
  /** null for a refused statement, which was not kept */
  readonly statement: Statement | null;
  readonly items: readonly StatementOf<'parley-item+json'>[];
  readonly receipt: Receipt;
  readonly exchange: ExchangeId | null;
  /** of a clock, or of what is kept; null: the entry is none */
  readonly notice: NonNullable<WireEntry['notice']> | null;
}

export interface InboxOptions {
  /** where an earlier call ended; absent: from the beginning */
  readonly after?: string;
  /** seconds that the gateway may wait for something new */
  readonly waitS?: number;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** One page. Delivery is at least once, keyed by `index`. */
export async function readInbox(
  context: ClientContext,
  options: InboxOptions = {},
): Promise<{ entries: InboxEntry[]; next: string | null }> {
  const query = new URLSearchParams();
  if (options.after !== undefined) query.set('after', options.after);
  query.set('limit', String(options.limit ?? 50));
  if (options.waitS !== undefined) query.set('waitS', String(options.waitS));
  const page = inboxPage.safeParse(await context.door.get(`/v1/inbox?${query.toString()}`, true, options.signal));
  if (!page.success) throw new ParleyError('ANSWER_UNREADABLE', 'The inbox is not readable.', 'Update this client, or ask the operator.');
  return { entries: page.data.entries.map(entryOf), next: page.data.next ?? null };
}

type WireEntry = ReturnType<typeof inboxPage.parse>['entries'][number];

function entryOf({ cursor, index, kind, statement, items, receipt, exchange, notice }: WireEntry): InboxEntry {
  const read = statement === undefined ? null : readStatement(statement);
  const id = exchange === undefined ? null : parseUuid(exchange);
  return {
    cursor,
    index,
    kind,
    statement: read?.ok ? read.value : null,
    items: items.map((compact) => readStatementOf('parley-item+json', compact)).flatMap((item) => (item.ok ? [item.value] : [])),
    receipt: receiptOf(receipt),
    exchange: id?.ok ? id.value : null,
    notice: notice ?? null,
  };
}

/** Everything that there is now, page after page. */
export async function* inboxEntries(context: ClientContext, after?: string): AsyncGenerator<InboxEntry> {
  let cursor = after;
  for (;;) {
    const { entries, next } = await readInbox(context, cursor === undefined ? {} : { after: cursor });
    yield* entries;
    cursor = entries.at(-1)?.cursor ?? cursor;
    if (next === null || entries.length === 0) return;
  }
}

const CURSOR = 'cursor';

/** Where this client last read to; null before the first time. */
export const readCursor = async ({ store }: ClientContext): Promise<string | null> =>
  ((await readRecord(store, CURSOR)) as { readonly after: string } | null)?.after ?? null;

export const keepCursor = ({ store }: ClientContext, after: string): Promise<void> => writeRecord(store, CURSOR, { after });
