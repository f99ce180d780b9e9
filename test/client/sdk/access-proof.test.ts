/** What a reader's own reading must look like in the stream of its originator, in an epoch that the log signed. */
import { expect, it } from 'vitest';
import { proveInStreams } from '../../../client/sdk/access-proof.js';
import type { ClientContext } from '../../../client/sdk/context.js';
import { encodeBase64url } from '../../../crypto/base64url.js';
import { formatEpochLeaf } from '../../../crypto/epoch-leaf.js';
import { createEpochMap, streamSlot } from '../../../crypto/epoch-map.js';
import { leafHash } from '../../../crypto/merkle.js';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import { createTree } from '../../../crypto/merkle/tree.js';
import { GENESIS_HEAD, nextHead } from '../../../crypto/streams.js';
import { leafData, viewHash } from '../../../crypto/views.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import type { ProofAnswer } from '../../../domain/wire/http-answers.js';
import type { AccessProof } from '../../../domain/wire/streams.js';
import { authority, digest } from '../../support/ids.js';
import { leaves, noteOf, openLog } from './log-faces.js';

const [READER, OWNER] = [authority('EE-FIN'), authority('CH-FIN')];
const SLOTS = new Map<string, number>([
  [READER, 0],
  [OWNER, 1],
]);
const utf8 = new TextEncoder();
const salt = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const READING = 3;
const texts = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => encodeDigest(hash));

const object = { item: digest('item'), statement: digest('access') };
const MINE = {
  ...{ v: 1, log: 'parley.test/log', view: READER, at: '2026-11-01T00:00:00.000Z', action: 'ACCESS', outcome: 'ALLOW' },
  ...{ correlation: 'c', actor: { authority: READER, officer: 'o.1' }, object: { ...object, exchange: 'x' } },
  ...{ purpose: 'INTELLIGENCE', justification: 'CASE_WORK', legalBasis: [], rules: [], codes: [], consents: [] },
};
/** What the originator is told: less, and nothing else. */
const THEIRS = { ...MINE, view: OWNER, actor: { authority: READER }, object, justification: undefined };

interface Told {
  readonly theirs?: object;
  /** up to which leaf the epoch says that it covers */
  readonly upTo?: number;
  /** views of the leaf of which no stream is shown */
  readonly more?: readonly Uint8Array[];
  readonly body?: Partial<ReceiptBody>;
  /** what is answered instead of what is bound */
  readonly stream?: Partial<AccessProof['streams'][number]>;
  readonly leaf?: Partial<AccessProof['leaf']>;
  /** whom the item's label names, but for the reader */
  readonly originators?: readonly string[];
}

async function gapOf(said: Told): Promise<string> {
  const { theirs = THEIRS, upTo = READING, more = [], body = {}, stream = {}, leaf = {}, originators = [OWNER] } = said;
  const { shown, context } = openLog();
  const [own, told] = [JSON.stringify(MINE), JSON.stringify(theirs)];
  const bound = viewHash(salt(2), utf8.encode(told));
  const data = leafData([viewHash(salt(1), utf8.encode(own)), bound, ...more]);
  const map = createEpochMap([null, null, streamSlot(salt(3), OWNER, nextHead(GENESIS_HEAD, [bound])), null]);
  const log = [...leaves(READING), data];
  log.push(formatEpochLeaf({ n: 1, upTo, slots: map.slots, mapRoot: map.root }));
  Object.assign(shown, { data: log, note: noteOf(log) });
  const answer: AccessProof = {
    leaf: { n: 1, index: 4, data: encodeBase64url(log[4]!), path: texts(createTree(log.map(leafHash)).path(4)), ...leaf },
    streams: [
      {
        ...{ authority: OWNER, slot: 1, viewHash: encodeDigest(bound), position: 0, of: 1, news: [], before: encodeDigest(GENESIS_HEAD) },
        ...{ salt: encodeBase64url(salt(3)), path: texts(map.open(2).path), view: { salt: encodeBase64url(salt(2)), event: told } },
        ...stream,
      },
    ],
  };
  const directory = () => Promise.resolve({ slots: SLOTS });
  const asking = { ...context, directory, door: { ...context.door, get: () => Promise.resolve(answer) } } as unknown as ClientContext;
  const receipt = { statement: object.statement, index: READING, leaf: encodeDigest(data), ...body } as ReceiptBody;
  const view = { salt: encodeBase64url(salt(1)), event: own, others: texts([bound, ...more]) };
  const proved = await proveInStreams(asking, receipt, { view } as unknown as ProofAnswer, originators);
  return proved.ok ? 'PROVED' : proved.error.check;
}

it('is proved where its originator is told of it, be it less than its reader is', async () => {
  expect(await gapOf({})).toBe('PROVED');
  expect(await gapOf({ theirs: { ...THEIRS, justification: 'CASE_WORK' } })).toBe('PROVED');
});

const honest = { salt: encodeBase64url(salt(2)), event: JSON.stringify(THEIRS) };
it.each<[string, string, Told]>([
  ['its epoch says that it ends before the reading', 'CHECKPOINT', { upTo: READING - 1 }],
  ['its epoch has another number', 'CHECKPOINT', { leaf: { n: 2 } }],
  ['the receipt is of another leaf', 'OWN_VIEW', { body: { leaf: digest('leaf') } }],
  ['the receipt is of another statement', 'OWN_VIEW', { body: { statement: digest('other') } }],
  ['the leaf has a view that stands in no stream', 'ORIGINATOR_STREAM', { more: [salt(9)] }],
  ['the leaf has such a view, though its item has no other originator', 'ORIGINATOR_STREAM', { more: [salt(9)], originators: [] }],
  ['one of several originators has no view of it', 'ORIGINATOR_VIEW', { originators: [OWNER, 'LV-FIN'] }],
  ['the slot is another one', 'ORIGINATOR_SLOT', { stream: { slot: 0 } }],
  ['the map binds another stream', 'ORIGINATOR_STREAM', { stream: { before: encodeDigest(salt(7)) } }],
  [
    'the text that is shown is not the one that is bound',
    'ORIGINATOR_VIEW',
    { theirs: { ...THEIRS, outcome: 'DENY' }, stream: { view: honest } },
  ],
  ['the text is not shown', 'ORIGINATOR_VIEW', { stream: { view: undefined } }],
  ['it is told as another’s view', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, view: READER } }],
  ['it is told as another act', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, action: 'DELIVER' } }],
  ['it is told of another reader', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, actor: { authority: 'LV-FIN' } } }],
  ['it is told of another officer', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, actor: { authority: READER, officer: 'o.2' } } }],
  ['it is told of no item', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, object: { statement: object.statement } } }],
  ['it is told of no statement', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, object: { item: object.item } } }],
  ['it is told of another exchange', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, object: { ...object, exchange: 'y' } } }],
  ['it is told with another reason', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, justification: 'AUDIT' } }],
  ['it is told with another purpose', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, purpose: 'TAX' } }],
  ['it is told with no purpose', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, purpose: undefined } }],
  ['it is told of something else besides', 'ORIGINATOR_VIEW', { theirs: { ...THEIRS, destroyBy: '2027-01-01T00:00:00.000Z' } }],
])('is not proved where %s', async (_, check, told) => {
  expect(await gapOf(told)).toBe(check);
});
