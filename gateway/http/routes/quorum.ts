import { digestParams, pageQuery } from '../../../domain/wire/http-requests.js';
import { quorumAnswer, quorumPage } from '../../../domain/wire/quorum.js';
import { OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { positionOf } from '../../read/cursor.js';
import { forCallers, json, turned } from '../route.js';

const LIMIT_DEFAULT = 50;

const listRequests = forCallers({
  method: 'get',
  path: '/v1/quorum',
  operation: 'listQuorumRequests',
  summary:
    'What was asked of the authority’s quorum, oldest first, and how each stands: to its holders, to COMPLIANCE, and to whoever asked.',
  // who holds a share is named by the entry, whatever the role
  roles: OFFICER_ROLES,
  query: pageQuery,
  answers: { 200: { description: 'requests', schema: quorumPage } },
  async handle({ query, caller }, { quorum }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    return json(200, await quorum.page(caller, { from, limit: Math.max(1, query.limit ?? LIMIT_DEFAULT) }));
  },
});

const readRequest = forCallers({
  method: 'get',
  path: '/v1/quorum/:digest',
  operation: 'readQuorumRequest',
  summary:
    'One request; to the officer who asked, once enough holders agreed and while its window is open, the shares and a page of the case.',
  roles: OFFICER_ROLES,
  params: digestParams,
  query: pageQuery,
  answers: { 200: { description: 'the request as it stands', schema: quorumAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, query, caller }, { quorum }) {
    const from = positionOf(query.after);
    if (from === null) return turned('MALFORMED', 'after: not a cursor');
    const found = await quorum.request(caller, params.digest, { from, limit: Math.max(1, query.limit ?? LIMIT_DEFAULT) });
    return found === null ? turned('NOT_FOUND', 'no such request') : json(200, found);
  },
});

export const quorumRoutes = [listRequests, readRequest];
