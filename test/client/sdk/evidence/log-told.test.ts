/** What a log that lies about a leaf signs, with its own key, and what a file of evidence does not take for it. */
import { expect, it } from 'vitest';
import { checkCheckpoints, checkLeaf } from '../../../../client/sdk/evidence/check-log.js';
import type { Dossier } from '../../../../client/sdk/evidence/dossier.js';
import { receiptOf } from '../../../../client/sdk/receipt.js';
import { encodeBase64url } from '../../../../crypto/base64url.js';
import { formatEpochLeaf } from '../../../../crypto/epoch-leaf.js';
import { leafHash, rootOf } from '../../../../crypto/merkle.js';
import { encodeDigest } from '../../../../crypto/merkle/digests.js';
import { createTree } from '../../../../crypto/merkle/tree.js';
import { formatTlogProof } from '../../../../crypto/proof.js';
import { signingKeyOf } from '../../../../crypto/signing-key.js';
import { leafData, viewHash } from '../../../../crypto/views.js';
import type { EvidenceManifest } from '../../../../domain/wire/evidence.js';
import { digest } from '../../../support/ids.js';
import { leaves, noteOf, ORIGIN } from '../log-faces.js';
import { receiptBy } from '../receipts.js';

const key = signingKeyOf(new Uint8Array(32).fill(1));
const trust = {
  ...{ origin: ORIGIN, witnesses: [], quorum: 0 },
  logKeys: [{ name: ORIGIN, algorithm: 'ED25519' as const, publicKey: key.publicKey }],
};
const manifest = { authority: 'NG-FIA' } as EvidenceManifest;
const [AT, STATEMENT, PLACE] = ['2026-03-01T00:00:00.000Z', digest('use'), 3];
const salt = new Uint8Array(32).fill(4);
const EVENT = {
  ...{ v: 1, log: ORIGIN, view: 'NG-FIA', at: AT, action: 'USE', outcome: 'ALLOW', actor: { authority: 'NG-FIA' } },
  ...{ object: { statement: STATEMENT }, codes: [], rules: [], consents: [] },
};

/** @param told of the event, as it is hashed into the leaf @param others what is shown beside one's own view */
async function codeOf(told: object, others: readonly string[] = []): Promise<string> {
  const event = JSON.stringify({ ...EVENT, ...told });
  const data = leafData([viewHash(salt, new TextEncoder().encode(event))]);
  const log = [...leaves(PLACE), data, ...leaves(2, 'b')];
  const note = noteOf(log);
  const body = {
    v: 1,
    log: ORIGIN,
    statement: STATEMENT,
    stage: 'accepted',
    outcome: 'ALLOW',
    index: PLACE,
    leaf: encodeDigest(data),
  } as const;
  const receipt = receiptOf(await receiptBy(key, { ...body, version: 0, at: AT, proofDelayMsMax: 1 }));
  const proof = formatTlogProof({ index: PLACE, path: createTree(log.map(leafHash)).path(PLACE), note });
  const leaf = { index: PLACE, receipt, view: { salt: encodeBase64url(salt), event, others: [...others] }, data, proof };
  const checkpoint = { origin: ORIGIN, size: log.length, root: rootOf(log), extensions: [] };
  return checkLeaf(leaf, manifest, trust, { note, checkpoint }).then(
    () => 'HOLDS',
    ({ code }: { code: string }) => code,
  );
}

it.each<[string, object, string]>([
  ['as its receipt does', {}, 'HOLDS'],
  ['to another authority', { view: 'VG-FIX' }, 'EVENT_DIFFERS'],
  ['of another log', { log: 'other.test/log' }, 'EVENT_DIFFERS'],
  ['of another time', { at: '2026-03-02T00:00:00.000Z' }, 'EVENT_DIFFERS'],
  ['that it was refused', { outcome: 'DENY' }, 'EVENT_DIFFERS'],
  ['of another statement', { object: { statement: digest('other') } }, 'EVENT_DIFFERS'],
  ['in a version that nobody knows', { v: 2 }, 'EVENT_DIFFERS'],
])('an event that tells %s', async (_, told, code) => {
  expect(await codeOf(told)).toBe(code);
});

it('takes no view beside one’s own that is no hash', async () => {
  expect(await codeOf({}, ['!'])).toBe('VIEW_DIFFERS');
});

it('takes the epoch of the last leaf, and an earlier checkpoint that is one', () => {
  const epoch = formatEpochLeaf({ n: 1, upTo: 3, slots: 2, mapRoot: new Uint8Array(32) });
  const log = [...leaves(4), epoch];
  const newest = noteOf(log);
  const path = createTree(log.map(leafHash)).path(4);
  const check = (over: Partial<Dossier>, proof: object = {}): string => {
    const told = { data: epoch, proof: formatTlogProof({ index: 4, path, note: newest, ...proof }) };
    try {
      checkCheckpoints({ newest, first: null, epoch: told, ...over } as Dossier, trust);
      return 'HOLDS';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(check({})).toBe('HOLDS');
  expect(check({}, { index: 3 })).toBe('EPOCH_LEAF');
  expect(check({}, { extra: new Uint8Array(1) })).toBe('EPOCH_LEAF');
  expect(check({ first: { note: newest, consistency: [] } })).toBe('INCONSISTENT');
});
