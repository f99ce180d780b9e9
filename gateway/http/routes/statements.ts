import { reading as readingAnswer, accepted, session, statementAnswer, receiptAnswer } from '../../../domain/wire/http-answers.js';
import { digestParams, receiptQuery, sessionOpening } from '../../../domain/wire/http-requests.js';
import { submission, SUBMISSION_BYTES_MAX } from '../../../domain/wire/submission.js';
import { partCountOf } from '../../uploads.js';
import { CASE_ROLES, OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { encodeKey } from '../../sign-in.js';
import type { Digest } from '../../../domain/ids.js';
import { no } from '../../../domain/result.js';
import { formatInstant } from '../../../domain/time.js';
import type { Reading } from '../../answers.js';
import type { Caller } from '../../../domain/caller.js';
import { wireReceipt } from '../../read/statements.js';
import { typOf } from '../../read/typ.js';
import type { Doors } from '../doors.js';
import { forAnybody, forCallers, json, turned, turnedBy } from '../route.js';

const SESSION_BYTES_MAX = 8_192;
const ACCESS = 'parley-access+json';

const STATEMENT_REFUSALS = [
  'UNKNOWN_TYPE',
  'UNKNOWN_VERSION',
  'CALLER_MISMATCH',
  'ROLE_REQUIRED',
  'NOT_FOUND',
  'REPLAY_DETECTED',
  'CONFLICT',
  'STEP_NOT_ALLOWED',
  'SIGNATURE_INVALID',
  'KEY_NOT_TRUSTED',
  'WRONG_AUDIENCE',
  'STALE',
  'SEALS_MISMATCH',
  'BODY_MISMATCH',
  'NOT_OFFERED',
  'LIMIT_REACHED',
  'POLICY',
  'OVERLOADED',
] as const;

const openSession = forAnybody({
  method: 'post',
  path: '/v1/sessions',
  operation: 'openSession',
  summary: 'Opens a session of 15 minutes for the officer whose auth key signed the request.',
  who: 'public',
  body: { schema: sessionOpening, bytesMax: SESSION_BYTES_MAX },
  answers: { 201: { description: 'the key that signs this session’s requests', schema: session } },
  refusals: ['NOT_CALLER', 'STALE'],
  async handle({ body, requestId }, { walk }) {
    const opened = await walk.openSession(body.request, requestId);
    if (!opened.ok) return turnedBy(opened.error);
    const { id, key, until } = opened.value;
    return json(201, { session: id, key: encodeKey(key), until: formatInstant(until) });
  },
});

const submit = forAnybody({
  method: 'post',
  path: '/v1/statements',
  operation: 'submitStatement',
  summary: 'The one way in for every statement. Same bytes, same receipt. Directory statements need no session.',
  who: 'optional',
  body: { schema: submission, bytesMax: SUBMISSION_BYTES_MAX },
  answers: { 202: { description: 'accepted and logged; what the receipt says is durable', schema: accepted } },
  refusals: STATEMENT_REFUSALS,
  async handle({ body, caller }, { walk, clock, metrics }) {
    const startedAt = clock.now();
    const answered = await walk.acceptStatement(body, caller);
    if (!answered.ok) return no(answered.error);
    metrics.accepted(clock.now() - startedAt);
    return json(202, { receipt: wireReceipt(answered.value.receipt) });
  },
});

const access = forCallers({
  method: 'post',
  path: '/v1/access',
  operation: 'access',
  summary: 'Submits an access statement and answers with what it gives: the reading is logged before the bytes leave.',
  // who may not read is told so by the walk, so that the try is a leaf (13.0: always audited)
  roles: OFFICER_ROLES,
  body: { schema: submission, bytesMax: SUBMISSION_BYTES_MAX },
  answers: { 200: { description: 'the item, the reader’s own seals, and the body or a ticket for it', schema: readingAnswer } },
  refusals: STATEMENT_REFUSALS,
  async handle({ body, caller }, doors) {
    if (typOf(body.statement) !== ACCESS) return turned('MALFORMED', `this route takes ${ACCESS}`);
    const answered = await doors.walk.acceptStatement(body, caller);
    if (!answered.ok) return no(answered.error);
    const { reading, receipt } = answered.value;
    if (reading === null) return turned('NOT_FOUND', 'nothing to read');
    const logged = await Promise.all([...new Set(reading.logged)].map((digest) => doors.walk.receiptFor(digest, 'accepted')));
    const receipts = logged.flatMap((one) => (one === null ? [] : [wireReceipt(one)]));
    return json(200, { receipt: wireReceipt(receipt), ...wireReading(reading, answered.value.digest, caller, doors), receipts });
  },
});

function wireReading(
  { item, seals, envelope, release, consents, labels, sourceLabels, body }: Reading,
  access: Digest,
  caller: Caller,
  { tickets }: Doors,
) {
  return {
    item,
    seals,
    ...(envelope === null ? {} : { envelope }),
    ...(release === null ? {} : { release }),
    consents,
    labels,
    sourceLabels,
    body:
      body.kind === 'inline'
        ? { bytes: body.bytes }
        : { ticket: tickets.issue({ ...body, access }, caller), sizeBytes: body.sizeBytes, parts: partCountOf(body.sizeBytes) },
  };
}

const readStatement = forCallers({
  method: 'get',
  path: '/v1/statements/:digest',
  operation: 'readStatement',
  summary: 'A statement that the caller’s authority made or was sent, with the item statements that came with it.',
  roles: CASE_ROLES,
  params: digestParams,
  answers: { 200: { description: 'as it was signed', schema: statementAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, caller }, { statements }) {
    const found = await statements.statement(caller.authority, params.digest);
    return found === null ? turned('NOT_FOUND', 'no such statement') : json(200, found);
  },
});

const readReceipt = forCallers({
  method: 'get',
  path: '/v1/receipts/:digest',
  operation: 'readReceipt',
  summary: 'The receipt of a statement that concerns the caller’s authority; the same bytes each time.',
  roles: OFFICER_ROLES,
  params: digestParams,
  query: receiptQuery,
  answers: { 200: { description: 'receipt of the stage asked for, else of its acceptance or refusal', schema: receiptAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, query, caller }, { statements }) {
    const receipt = await statements.receipt(caller.authority, params.digest, query.stage);
    return receipt === null ? turned('NOT_FOUND', 'no such receipt') : json(200, wireReceipt(receipt));
  },
});

export const statementRoutes = [openSession, submit, access, readStatement, readReceipt];
