import { directoryAnswer, entryAnswer, keyAnswer, logAnswer, proofAnswer } from '../../../domain/wire/http-answers.js';
import { checkpointParams, digestParams, indexParams, keyParams, tileParams } from '../../../domain/wire/http-requests.js';
import { OFFICER_ROLES } from '../../../domain/vocabulary.js';
import { ok, type Result } from '../../../domain/result.js';
import type { PublishedCheckpoint } from '../../../domain/ports.js';
import { formatInstant } from '../../../domain/time.js';
import { forAnybody, forCallers, json, turned, type Reply, type Turned } from '../route.js';

const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const A_MOMENT = { 'Cache-Control': 'public, max-age=2' };
const utf8 = new TextEncoder();

const readLog = forAnybody({
  method: 'get',
  path: '/v1/log',
  operation: 'readLog',
  summary: 'Which log this is, its key, its witnesses, and the gateway’s time.',
  who: 'public',
  answers: { 200: { description: 'the log', schema: logAnswer } },
  async handle(_asked, { log, clock, identity }) {
    const { origin, kid, publicKey, verifierKey, proofDelayMsMax, levelMax } = identity;
    const time = formatInstant(clock.now());
    const [size, witnessing] = await Promise.all([log.size(), log.witnessing()]);
    const witnessed = witnessing !== null && witnessing.size > 0;
    const said = { origin, key: { kid, publicKey }, verifierKey, time, size, proofDelayMsMax, levelMax, witnessed };
    return json(200, witnessing === null ? said : { ...said, witnessing });
  },
});

const readDirectory = forAnybody({
  method: 'get',
  path: '/v1/directory',
  operation: 'readDirectory',
  summary: 'Designations and entries as they were signed: compare the root’s fingerprint out of band, then believe signatures.',
  who: 'public',
  answers: { 200: { description: 'the directory', schema: directoryAnswer } },
  handle: async (_asked, { directory }) => json(200, await directory.listing()),
});

const readKey = forAnybody({
  method: 'get',
  path: '/v1/directory/keys/:kid',
  operation: 'readKey',
  summary: 'Until when an officer’s key was good: the newest entry that lists it, and the one after that.',
  who: 'public',
  params: keyParams,
  answers: { 200: { description: 'one or two entries of one authority, as they were signed', schema: keyAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params }, { directory }) {
    const entries = await directory.entriesAbout(params.kid);
    return entries === null ? turned('NOT_FOUND', 'no entry lists this key') : json(200, { entries });
  },
});

const readEntry = forAnybody({
  method: 'get',
  path: '/v1/directory/entries/:digest',
  operation: 'readEntry',
  summary: 'One directory entry of any time, by its digest: for whoever was away while it was the newest.',
  who: 'public',
  params: digestParams,
  answers: { 200: { description: 'the entry, as it was signed', schema: entryAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params }, { directory }) {
    const entry = await directory.entry(params.digest);
    return entry === null ? turned('NOT_FOUND', 'no such entry') : json(200, { entry });
  },
});

const note = (found: PublishedCheckpoint | null): Result<Reply, Turned> =>
  found === null
    ? turned('NOT_FOUND', 'no such checkpoint')
    : ok({ status: 200, bytes: utf8.encode(found.note), type: 'text/plain', headers: A_MOMENT });

const checkpointRoute = (path: string, operation: string) =>
  forAnybody({
    method: 'get',
    path,
    operation,
    summary: 'The newest checkpoint, a signed C2SP note; with a policy, the newest that enough witnesses have cosigned.',
    who: 'public',
    answers: { 200: { description: 'the note', type: 'text/plain' } },
    refusals: ['NOT_FOUND'],
    handle: async (_asked, { log }) => note(await log.latest()),
  });

const readOlderCheckpoint = forAnybody({
  method: 'get',
  path: '/v1/checkpoint/:n',
  operation: 'readOlderCheckpoint',
  summary: 'Checkpoint number n, from 1.',
  who: 'public',
  params: checkpointParams,
  answers: { 200: { description: 'the note', type: 'text/plain' } },
  refusals: ['NOT_FOUND'],
  // witnesses that answer later sign below
  handle: async ({ params }, { log }) => note(await log.checkpoint(params.n)),
});

const readTile = forAnybody({
  method: 'get',
  path: '/tile/*path',
  operation: 'readTile',
  summary: 'C2SP tlog-tiles: hashes of the tree, and entry bundles.',
  who: 'public',
  params: tileParams,
  answers: { 200: { description: 'the tile', type: 'application/octet-stream' } },
  refusals: ['NOT_FOUND'],
  async handle({ params }, { log }) {
    const bytes = await log.tile(`tile/${params.path.join('/')}`);
    if (bytes === null) return turned('NOT_FOUND', 'no such tile');
    return ok({ status: 200, bytes, type: 'application/octet-stream', headers: FOR_EVER });
  },
});

const readProof = forCallers({
  method: 'get',
  path: '/v1/log/proof/:index',
  operation: 'readProof',
  summary:
    'Inclusion of a leaf in the newest checkpoint, and of an act of the caller’s own its view, from which the data can be recomputed.',
  roles: OFFICER_ROLES,
  params: indexParams,
  answers: { 200: { description: 'the proof', schema: proofAnswer } },
  refusals: ['NOT_FOUND'],
  async handle({ params, caller }, { log }) {
    const proof = await log.proof(params.index, caller);
    return proof === null ? turned('NOT_FOUND', 'no checkpoint covers this leaf yet') : json(200, proof);
  },
});

const readTlogProof = forAnybody({
  method: 'get',
  path: '/v1/log/tlog-proof/:index',
  operation: 'readTlogProof',
  summary: 'C2SP tlog-proof: inclusion of a leaf in the newest checkpoint, as one file with the checkpoint in it.',
  who: 'public',
  params: indexParams,
  answers: { 200: { description: 'the proof', type: 'text/plain' } },
  refusals: ['NOT_FOUND'],
  async handle({ params }, { log }) {
    const file = await log.proofFile(params.index);
    if (file === null) return turned('NOT_FOUND', 'no checkpoint covers this leaf yet');
    return ok({ status: 200, bytes: utf8.encode(file), type: 'text/plain', headers: A_MOMENT });
  },
});

export const logRoutes = [
  readLog,
  readDirectory,
  readKey,
  readEntry,
  checkpointRoute('/v1/checkpoint', 'readCheckpoint'),
  checkpointRoute('/checkpoint', 'readTiledCheckpoint'),
  readOlderCheckpoint,
  readTile,
  readProof,
  readTlogProof,
];
