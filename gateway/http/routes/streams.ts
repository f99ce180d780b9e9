import { ok } from '../../../domain/result.js';
import { OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { indexParams } from '../../../domain/wire/http-requests.js';
import {
  accessProof,
  accessQuery,
  authorityParams,
  entryOpenings,
  leavesQuery,
  OPENINGS_MAX,
  openingsQuery,
  STREAM_PAGE_MAX,
  streamOpenings,
  streamPage,
  streamQuery,
} from '../../../domain/wire/streams.js';
import { forCallers, json, turned } from '../route.js';

const NO_TREE = 'no checkpoint has this size';

const readLeaves = forCallers({
  method: 'get',
  path: '/v1/log/leaves',
  operation: 'readLeaves',
  summary: 'The public data of a run of leaves, as C2SP writes entry bundles: for whoever recomputes the log.',
  roles: OFFICER_ROLES,
  query: leavesQuery,
  answers: { 200: { description: 'at most 4,096 leaves', type: 'application/octet-stream' } },
  refusals: ['NOT_FOUND'],
  async handle({ query }, { streams }) {
    const bytes = await streams.leaves(query.size, query.from);
    return bytes === null ? turned('NOT_FOUND', NO_TREE) : ok({ status: 200, bytes, type: 'application/octet-stream' });
  },
});

const readStream = forCallers({
  method: 'get',
  path: '/v1/streams/own',
  operation: 'readStream',
  summary: 'The authority’s own stream: its view hashes in the order of the log, each with the epoch that bound it.',
  roles: ['COMPLIANCE'],
  query: streamQuery,
  answers: { 200: { description: 'a page of the stream', schema: streamPage } },
  refusals: ['NOT_FOUND'],
  async handle({ query, caller }, { streams }) {
    const page = await streams.page(caller.authority, query.size, query.from ?? 0, Math.max(1, query.limit ?? STREAM_PAGE_MAX));
    return page === null ? turned('NOT_FOUND', NO_TREE) : json(200, page);
  },
});

const readStreamOpenings = forCallers({
  method: 'get',
  path: '/v1/streams/own/openings',
  operation: 'readStreamOpenings',
  summary: 'What each epoch bound as the head of the authority’s own stream.',
  roles: ['COMPLIANCE'],
  query: openingsQuery,
  answers: { 200: { description: 'one opening an epoch', schema: streamOpenings } },
  refusals: ['NOT_FOUND'],
  async handle({ query, caller }, { streams }) {
    const found = await streams.openings(caller.authority, query.size, query.from, Math.max(1, query.limit ?? OPENINGS_MAX));
    return found === null ? turned('NOT_FOUND', NO_TREE) : json(200, found);
  },
});

const readAccessProof = forCallers({
  method: 'get',
  path: '/v1/streams/access/:index',
  operation: 'readAccessProof',
  summary: 'That a reading by the caller’s authority stands in the stream of each originator.',
  roles: OFFICER_ROLES,
  params: indexParams,
  query: accessQuery,
  answers: { 200: { description: 'one link of each originator’s stream', schema: accessProof } },
  refusals: ['NOT_FOUND'],
  async handle({ params, query, caller }, { streams }) {
    const found = await streams.access(caller.authority, params.index, query.size);
    return found === null ? turned('NOT_FOUND', 'no reading of yours that this checkpoint binds') : json(200, found);
  },
});

const readEntryOpenings = forCallers({
  method: 'get',
  path: '/v1/directory/:authority/openings',
  operation: 'readEntryOpenings',
  summary: 'Which directory entry of an authority each epoch bound, with the epoch leaf in the tree of the asked size.',
  roles: OFFICER_ROLES,
  params: authorityParams,
  query: openingsQuery,
  answers: { 200: { description: 'one opening an epoch', schema: entryOpenings } },
  refusals: ['NOT_FOUND'],
  async handle({ params, query }, { streams }) {
    const found = await streams.entries(params.authority, query.size, query.from, Math.max(1, query.limit ?? OPENINGS_MAX));
    return found === null ? turned('NOT_FOUND', NO_TREE) : json(200, found);
  },
});

export const streamRoutes = [readLeaves, readStream, readStreamOpenings, readAccessProof, readEntryOpenings];
