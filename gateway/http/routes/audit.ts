/** The log to those who check on its users: first the leaf of the reading, then pages on its ticket. */
import { countsPage, countsQuery, eventsQuery, READING_BYTES_MAX, readingOpened, readingOpening } from '../../../domain/wire/audit.js';
import { auditPage } from '../../../domain/wire/http-answers.js';
import { objectionToEvents } from '../../../domain/oversight.js';
import { no } from '../../../domain/result.js';
import { formatInstant } from '../../../domain/time.js';
import { OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { positionOf } from '../../read/cursor.js';
import { wireReceipt } from '../../read/statements.js';
import { forCallers, json, turned } from '../route.js';

const EVENTS_DEFAULT = 100;
const NO_TICKET = 'no such reading; POST /v1/audit/readings opens one';

const openReading = forCallers({
  method: 'post',
  path: '/v1/audit/readings',
  operation: 'openReading',
  summary: 'Opens a report of the log: one leaf, seen by the reader’s authority and by the one that is read, and a ticket of 15 minutes.',
  // who may not read is told so by the walk, so that the try is a leaf
  roles: OFFICER_ROLES,
  body: { schema: readingOpening, bytesMax: READING_BYTES_MAX },
  answers: { 201: { description: 'the ticket that its pages ask for', schema: readingOpened } },
  refusals: ['ROLE_REQUIRED', 'CONFLICT'],
  async handle({ body, caller, requestId }, { walk, readings }) {
    const opened = await walk.openReading(body, caller, requestId);
    if (!opened.ok) return no(opened.error);
    const { ticket, until } = readings.issue(opened.value, caller);
    return json(201, { ticket, until: formatInstant(until), receipt: wireReceipt(opened.value.receipt) });
  },
});

const readAuditEvents = forCallers({
  method: 'get',
  path: '/v1/audit/events',
  operation: 'readAuditEvents',
  summary: 'One authority’s view of the log, on the ticket of a reading: each event’s exact text with its salt.',
  roles: ['COMPLIANCE', 'OVERSIGHT'],
  query: eventsQuery,
  answers: { 200: { description: 'events after the cursor; a page may be short and still have a next', schema: auditPage } },
  refusals: ['NOT_FOUND'],
  async handle({ query, caller }, { audit, readings, directory }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    const reading = readings.redeem(query.ticket, 'EVENTS', caller);
    if (reading === null) return turned('NOT_FOUND', NO_TICKET);
    // dropped a moment ago is out
    if (objectionToEvents(reading.of, caller, await directory.current()) !== null) return turned('NOT_FOUND', NO_TICKET);
    return json(200, await audit.page(reading, from, Math.max(1, query.limit ?? EVENTS_DEFAULT), query.action));
  },
});

const readAuditCounts = forCallers({
  method: 'get',
  path: '/v1/audit/counts',
  operation: 'readAuditCounts',
  summary: 'How many leaves of which stage and outcome, whoever they concern: all that the operator’s officers see of the log.',
  roles: ['OPERATOR'],
  query: countsQuery,
  answers: { 200: { description: 'of the leaves after the cursor; a next where there are more', schema: countsPage } },
  refusals: ['NOT_FOUND'],
  async handle({ query, caller }, { audit, readings }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    const reading = readings.redeem(query.ticket, 'COUNTS', caller);
    return reading === null ? turned('NOT_FOUND', NO_TICKET) : json(200, await audit.counts(reading, from));
  },
});

export const auditRoutes = [openReading, readAuditEvents, readAuditCounts];
