import { EVIDENCE_PAGE_MAX, evidencePage, evidenceQuery } from '../../../domain/wire/evidence.js';
import { receiptAnswer } from '../../../domain/wire/http-answers.js';
import { exchangeParams, indexParams } from '../../../domain/wire/http-requests.js';
import { OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { positionOf } from '../../read/cursor.js';
import { wireReceipt } from '../../read/statements.js';
import { forCallers, json, turned } from '../route.js';

const readEvidence = forCallers({
  method: 'get',
  path: '/v1/exchanges/:id/evidence',
  operation: 'readEvidence',
  summary: 'What the log holds of one exchange, to a party of it: own views, receipts of every stage, statements. Nothing sealed is in it.',
  roles: ['COMPLIANCE'],
  params: exchangeParams,
  query: evidenceQuery,
  answers: { 200: { description: 'leaves in log order; a page may be short and still have a next', schema: evidencePage } },
  refusals: ['NOT_FOUND'],
  async handle({ params, query, caller }, { evidence, readings }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    // the leaf names the exchange; whoever oversees another authority reads its events and has no evidence of its exchanges
    const reading = readings.redeem(query.ticket, 'EVIDENCE', caller);
    if (reading?.of !== caller.authority || reading.exchange !== params.id)
      return turned('NOT_FOUND', 'no such reading; POST /v1/audit/readings opens one');
    const limit = Math.min(EVIDENCE_PAGE_MAX, Math.max(1, query.limit ?? EVIDENCE_PAGE_MAX));
    const page = await evidence.page(caller.authority, params.id, from, limit);
    return page === null ? turned('NOT_FOUND', 'no such exchange') : json(200, page);
  },
});

const readLeafReceipt = forCallers({
  method: 'get',
  path: '/v1/log/receipt/:index',
  operation: 'readLeafReceipt',
  summary: 'The receipt of one leaf that concerns the caller’s authority: each delivery, notice and refusal of a statement has its own.',
  roles: OFFICER_ROLES,
  params: indexParams,
  answers: { 200: { description: 'the receipt, the same bytes each time', schema: receiptAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, caller }, { evidence }) {
    const receipt = await evidence.receiptAt(caller.authority, params.index);
    return receipt === null ? turned('NOT_FOUND', 'no such receipt') : json(200, wireReceipt(receipt));
  },
});

export const evidenceRoutes = [readEvidence, readLeafReceipt];
