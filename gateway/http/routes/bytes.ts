import { Readable } from 'node:stream';
import { uploadAnswer, uploadOpened } from '../../../domain/wire/http-answers.js';
import {
  KEYRING_BYTES_MAX,
  keyringParams,
  keyringQuery,
  partParams,
  ticketParams,
  uploadOpening,
  uploadParams,
} from '../../../domain/wire/http-requests.js';
import { mayWrap, namesGeneration } from '../../../domain/authority.js';
import { QUORUM_DESK } from '../../../domain/quorum.js';
import { CASE_ROLES, OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { ok } from '../../../domain/result.js';
import { hasDigest } from '../../http-signature.js';
import { encodeHash, PART_BYTES, type Uploads } from '../../uploads.js';
import type { TicketFor } from '../../tickets.js';
import { rangeOf } from '../range.js';
import { forCallers, json, turned, turnedBy } from '../route.js';

const OPENING_BYTES_MAX = 1_024;
/** a download is read from the blob in pieces of this */
const PIECE_BYTES = 1024 * 1024;
const OCTETS = 'application/octet-stream';
const PRIVATE = { 'Cache-Control': 'private, no-store' };
const done = ok({ status: 204, bytes: null, type: OCTETS });

const openUpload = forCallers({
  method: 'post',
  path: '/v1/uploads',
  operation: 'openUpload',
  summary: 'Announces a sealed body; what no statement claims within 24 hours is dropped.',
  roles: CASE_ROLES,
  body: { schema: uploadOpening, bytesMax: OPENING_BYTES_MAX },
  answers: { 201: { description: 'where its parts go', schema: uploadOpened } },
  refusals: ['TOO_LARGE', 'LIMIT_REACHED'],
  async handle({ body, caller }, { uploads, limits }) {
    if (body.sizeBytes > limits.uploadBytesMax) return turned('TOO_LARGE', `at most ${limits.uploadBytesMax} bytes`);
    const opened = await uploads.open(caller.authority, body.sizeBytes);
    return opened.ok ? json(201, { ...opened.value, partBytes: PART_BYTES }) : turnedBy(opened.error);
  },
});

const putPart = forCallers({
  method: 'put',
  path: '/v1/uploads/:id/parts/:n',
  operation: 'putPart',
  summary: 'Part n, from 0: 8 MiB exactly but the last. Durable when answered; the same bytes again change nothing.',
  roles: CASE_ROLES,
  params: partParams,
  body: 'bytes',
  answers: { 204: { description: 'durable' } },
  refusals: ['NOT_FOUND', 'PART_MISMATCH', 'TOO_LARGE', 'OVERLOADED'],
  async handle({ params, caller, readBytes }, { uploads }) {
    const size = await uploads.expect(caller.authority, params.id, params.n);
    if (!size.ok) return turnedBy(size.error);
    const put = await uploads.held(caller.authority, async () => {
      const bytes = await readBytes(size.value);
      return bytes.ok ? uploads.put(caller.authority, params.id, params.n, bytes.value) : bytes;
    });
    return put.ok ? done : turnedBy(put.error);
  },
});

const readUpload = forCallers({
  method: 'get',
  path: '/v1/uploads/:id',
  operation: 'readUpload',
  summary: 'Which parts are there: a resume sends the others.',
  roles: CASE_ROLES,
  params: uploadParams,
  answers: { 200: { description: 'the parts that are durable', schema: uploadAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, caller }, { uploads }) {
    const found = await uploads.list(caller.authority, params.id);
    if (found === null) return turned('NOT_FOUND', 'no such upload');
    const parts = found.parts.map(({ n, sizeBytes, leafHash }) => ({ n, sizeBytes, leafHash: encodeHash(leafHash) }));
    return json(200, { upload: found.upload.id, sizeBytes: found.upload.sizeBytes, parts });
  },
});

const PART_HEADERS = ['ETag', 'Parley-Part-Path'];

const readTicket = forCallers({
  method: 'get',
  path: '/v1/tickets/:id/parts/:n',
  operation: 'readPart',
  summary:
    'Part n of a body, on a ticket that an access statement gave. Takes Range; Parley-Part-Path (base64url hashes, joined by commas) leads to the ciphertext digest.',
  // the ticket is the right, and one that rests on the quorum's may be anybody's of the authority
  roles: OFFICER_ROLES,
  params: ticketParams,
  answers: {
    200: { description: 'the whole part', type: OCTETS, headers: PART_HEADERS },
    206: { description: 'the range', type: OCTETS, headers: [...PART_HEADERS, 'Content-Range'] },
  },
  refusals: ['NOT_FOUND', 'POLICY', 'ROLE_REQUIRED', 'STALE', 'CONFLICT', 'LIMIT_REACHED', 'RANGE_NOT_SATISFIABLE'],
  async handle({ params, caller, range: { range, ifRange } }, { tickets, uploads, stillRead, downloads }) {
    const ticket = tickets.redeem(params.id, caller);
    const part = ticket && (await uploads.part(ticket.upload, params.n));
    if (ticket === null || part === null) return turned('NOT_FOUND', 'no such ticket or part');
    const objection = await stillRead.objection(ticket.access, caller);
    if (objection !== null) return turnedBy(objection);
    const etag = `"${encodeHash(part.leafHash)}"`;
    const wanted = rangeOf(ifRange === undefined || ifRange === etag ? range : undefined, part.sizeBytes);
    if (wanted === null) return turned('RANGE_NOT_SATISFIABLE', `the part has ${part.sizeBytes} bytes`);
    const { from, length } = wanted;
    // a part that is lost or cut is told by its code: once its bytes flow, nothing but an end of the connection can say it
    await uploads.read(ticket.upload, params.n, from + length - 1, 1);
    const headers = {
      ...PRIVATE,
      ETag: etag,
      'Accept-Ranges': 'bytes',
      'Content-Length': String(length),
      'Parley-Part-Path': part.path.map(encodeHash).join(','),
    };
    if (!downloads.take(caller.authority)) return turned('RATE_LIMITED', 'too many of your authority take parts already');
    const bytes = Readable.from(piecesOf(uploads, ticket, params.n, from, length), { objectMode: false, highWaterMark: PIECE_BYTES });
    bytes.once('close', () => downloads.leave(caller.authority));
    if (!wanted.partial) return ok({ status: 200, bytes, type: OCTETS, headers });
    const contentRange = `bytes ${from}-${from + length - 1}/${part.sizeBytes}`;
    return ok({ status: 206, bytes, type: OCTETS, headers: { ...headers, 'Content-Range': contentRange } });
  },
});

async function* piecesOf(uploads: Uploads, { upload }: TicketFor, n: number, from: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < from + length; at += PIECE_BYTES)
    yield await uploads.read(upload, n, at, Math.min(PIECE_BYTES, from + length - at));
}

/** Dealings of one authority: no entry names them before they are put, and they are kept for ever. 64 KiB each; as many more as come at the same moment are of no harm. */
export const QUORUMS_MAX = 256;
/** no desk is called so: a quorum's shares are kept by whoever holds the root */
const FOR_SHARES = 'asked for, to keep a quorum’s shares: a SUPERVISOR';

const putKeyring = forCallers({
  method: 'put',
  path: '/v1/keyrings/:name',
  operation: 'putKeyring',
  summary:
    'Keeps one generation of a desk’s secrets, wrapped to the desk’s officers, in place of the one whose SHA-256 is named; or, once, a quorum’s shares. The gateway reads nothing of it.',
  roles: CASE_ROLES,
  params: keyringParams,
  query: keyringQuery,
  body: 'bytes',
  answers: { 204: { description: 'kept' } },
  refusals: ['NOT_FOUND', 'TOO_LARGE', 'CONFLICT', 'LIMIT_REACHED'],
  async handle({ params, query, caller, readBytes }, { keyrings, directory }) {
    const current = await directory.current();
    const officers = current.authorities.get(caller.authority)?.entry?.officers;
    const officer = officers?.find((one) => one.officer === caller.officer);
    if (officer === undefined || !mayWrap(officer, params.name.desk))
      return turned(
        'ROLE_REQUIRED',
        params.name.generation === null ? FOR_SHARES : `asked for: an officer of desk ${params.name.desk}, or a SUPERVISOR`,
      );
    const { desk, generation } = params.name;
    // what no entry ever named opens nothing, and would be kept for ever. A quorum's shares come before the entry
    if (generation !== null && !namesGeneration(current, { authority: caller.authority, desk, generation }))
      return turned('NOT_FOUND', `no entry of ${caller.authority} names desk ${desk}, generation ${generation}`);
    const bytes = await readBytes(KEYRING_BYTES_MAX);
    if (!bytes.ok) return turnedBy(bytes.error);
    if (bytes.value.length === 0) return turned('MALFORMED', 'a keyring is not empty');
    const { authority } = caller;
    const name = params.name.text;
    const kept = await keyrings.keyring(authority, name);
    // the only copy of all shares: whoever could replace it could end the quorum. Its name is not known before it is put
    const isQuorum = params.name.generation === null;
    if (isQuorum && kept === null && (await keyrings.countKeyrings(authority, `${QUORUM_DESK}.`)) >= QUORUMS_MAX)
      return turned('LIMIT_REACHED', `an authority has the shares of ${QUORUMS_MAX} quorums kept at most`);
    const { replaces } = query;
    const isNamed =
      kept === null ? replaces === undefined : !isQuorum && replaces !== undefined && hasDigest(kept, Buffer.from(replaces, 'base64url'));
    if (isNamed && (await keyrings.putKeyring(authority, name, bytes.value, kept))) return done;
    // the same again, whose answer was lost on the way
    const there = await keyrings.keyring(authority, name);
    if (there !== null && Buffer.compare(there, bytes.value) === 0) return done;
    return turned('CONFLICT', isQuorum ? 'the shares of a quorum are put once' : 'another keyring is kept than the one that is named');
  },
});

const readKeyring = forCallers({
  method: 'get',
  path: '/v1/keyrings/:name',
  operation: 'readKeyring',
  summary: 'The blob as it was put.',
  roles: OFFICER_ROLES,
  params: keyringParams,
  answers: { 200: { description: 'the blob', type: OCTETS } },
  refusals: ['NOT_FOUND'],
  async handle({ params, caller }, { keyrings }) {
    const bytes = await keyrings.keyring(caller.authority, params.name.text);
    return bytes === null ? turned('NOT_FOUND', 'no such keyring') : ok({ status: 200, bytes, type: OCTETS, headers: PRIVATE });
  },
});

export const byteRoutes = [openUpload, putPart, readUpload, readTicket, putKeyring, readKeyring];
