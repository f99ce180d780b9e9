/** What the log says to one authority: its own view of every leaf that concerns it. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { isViewSet, leafData, viewHash } from '../../crypto/views.js';
import type { AuditEvent } from '../../domain/audit-event.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { ReadingPurpose, ReportCode } from '../../domain/oversight.js';
import type { ReceiptBody } from '../../domain/receipt.js';
import { countsPage, readingOpened, shownEvent, type CountsPage } from '../../domain/wire/audit.js';
import { auditPage } from '../../domain/wire/http-answers.js';
import { PAGE_MAX } from '../../domain/wire/http-requests.js';
import { readAnswer, unreadable } from './answers.js';
import { isLogAlarm, newestCheckpoint, readRemembered } from './checkpoints.js';
import type { ClientContext } from './context.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { pagesAt } from './pages.js';
import { receiptOf, verifyReceipt } from './receipt.js';

export interface AuditRead {
  /** place in the log */
  readonly index: number;
  readonly event: AuditEvent;
  /** the leaf's public data, computed from this view: what a proof of inclusion is about */
  readonly leaf: string;
  /** base64url: what one's own stream binds (`stream.ts`) */
  readonly viewHash: string;
}

const utf8 = new TextEncoder();

/** What is read of whose log, and why: all of it stands in the leaf of the reading. */
export interface ReadingWanted {
  readonly report: ReportCode;
  /** absent: one's own authority's */
  readonly of?: AuthorityId | undefined;
  /** digest of the item that it is about */
  readonly item?: string | undefined;
  /** of EVIDENCE: which */
  readonly exchange?: string | undefined;
  /** RFC 3339; events at or after */
  readonly from?: string | undefined;
  /** RFC 3339; events before */
  readonly to?: string | undefined;
  readonly purpose: ReadingPurpose;
}

export interface LogReading {
  readonly events: readonly AuditRead[];
  /** places of events whose text was erased after its years (`pruned.ts`); absent: none */
  readonly erased?: readonly number[];
  /** place of the leaf that says that this was read */
  readonly index: number;
}

export const OWN_VIEW: ReadingWanted = { report: 'EVENTS', purpose: 'SELF_MONITORING' };

/** First the leaf, then the pages. @throws PolicyRefusal `ROLE_REQUIRED` for whoever may not read that log; the try is a leaf */
export async function readLog(context: ClientContext, wanted: ReadingWanted): Promise<LogReading> {
  const { ticket, index } = await openReading(context, wanted);
  const events: AuditRead[] = [];
  const erased: number[] = [];
  for await (const page of pagesAt(context, `/v1/audit/events?ticket=${ticket}&limit=${PAGE_MAX}`, auditPage, 'events')) {
    events.push(...page.events.map(({ index: place, view }) => readView(place, view)));
    erased.push(...(page.erased ?? []).map(({ index: place }) => place));
  }
  return { events, index, ...(erased.length === 0 ? {} : { erased }) };
}

export const readAuditEvents = async (context: ClientContext): Promise<readonly AuditRead[]> => (await readLog(context, OWN_VIEW)).events;

/** For an OPERATOR of the operator: how many leaves of which stage and outcome, and nothing else. */
export async function readCounts(context: ClientContext): Promise<CountsPage['counts']> {
  const { ticket } = await openReading(context, { report: 'COUNTS', purpose: 'INTEGRITY_AND_SECURITY' });
  const counted = new Map<string, CountsPage['counts'][number]>();
  for await (const page of pagesAt(context, `/v1/audit/counts?ticket=${ticket}`, countsPage, 'counts'))
    for (const { stage, outcome, leaves } of page.counts) {
      const known = counted.get(`${stage} ${outcome}`)?.leaves ?? 0;
      counted.set(`${stage} ${outcome}`, { stage, outcome, leaves: known + leaves });
    }
  return [...counted.values()];
}

/**
 * The leaf that says who reads what and why, and the ticket for its pages.
 *
 * @throws PolicyRefusal `ROLE_REQUIRED`, the try is a leaf; ParleyError `LOG_CONTRADICTION`, `RECEIPT_INVALID`
 */
export async function openReading(context: ClientContext, wanted: ReadingWanted): Promise<{ ticket: string; index: number }> {
  const { door, gateway, store } = context;
  // whatever this client saw signed was logged before it asked
  const loggedBefore = (await readRemembered(store))?.size ?? 0;
  const opened = readAnswer(readingOpened, await door.post('/v1/audit/readings', wanted), 'reading');
  const body = await verifyReceipt(receiptOf(opened.receipt), gateway);
  const wrong = body.ok ? misfitOf(body.value, loggedBefore) : body.error;
  if (body.ok && body.value.index < loggedBefore) await requireOneLog(context);
  if (!body.ok || wrong !== null)
    throw new ParleyError('RECEIPT_INVALID', `The reading was not logged as it should be: ${wrong ?? ''}.`, 'Ask the operator.');
  return { ticket: opened.ticket, index: body.value.index };
}

/** In a log that was set back, as by a restore, every new leaf lies before what is remembered: that is told as what it is. */
async function requireOneLog(context: ClientContext): Promise<void> {
  const newest = await newestCheckpoint(context);
  if (newest.ok || !isLogAlarm(newest.error)) return;
  throw new ParleyError(
    'LOG_CONTRADICTION',
    `${newest.error}.`,
    'Send nothing more; show both notes to the other authorities and the witnesses: parley log alarms. Ask the operator by another way whether it was restored: once it is longer than the one remembered, parley report security shows its RESTORED event.',
  );
}

/** The receipt of an older reading would excuse every event since then that is not shown. */
function misfitOf({ index, stage, outcome }: ReceiptBody, loggedBefore: number): string | null {
  if (stage !== 'accepted' || outcome !== 'DONE') return 'the receipt is of another act';
  return index < loggedBefore ? `leaf ${index} was logged before it was asked for` : null;
}

function readView(index: number, view: { readonly salt: string; readonly event: string; readonly others: readonly string[] }): AuditRead {
  const own = viewHash(certain(decodeBase64url(view.salt)), utf8.encode(view.event));
  const others = view.others.map((hash) => certain(decodeBase64url(hash)));
  if (!isViewSet([own, ...others])) throw unreadable('a leaf with one view twice');
  const leaf = encodeBase64url(leafData([own, ...others]));
  const event: unknown = JSON.parse(view.event);
  readAnswer(shownEvent, event, 'event');
  return { index, event: event as AuditEvent, leaf, viewHash: encodeBase64url(own) };
}
