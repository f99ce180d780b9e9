/** One body that tells two readers two things. The gateway cannot see it: the readers' clients must. */
import { expect, it } from 'vitest';
import { checkCommitment, type Item } from '../../client/sdk/reading-order.js';
import { decodeBase64url } from '../../crypto/base64url.js';
import { keyCommitment } from '../../crypto/key-commitment.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { openBody } from '../../crypto/open.js';
import { partTreeOf } from '../../crypto/part-tree.js';
import { sealContentKey } from '../../crypto/seal.js';
import { digestOf } from '../../crypto/statement.js';
import { forgeTwoFacedBody } from '../crypto/age/two-faced-body.js';
import { signNow, uuidFrom, type Actor } from '../support/actors.js';
import { labelOf, makeAccess, makeEnvelope, REQUEST_FORM, requestBody, type Desk } from '../support/letters.js';
import { createCast, createTestGateway, enrol, type TestGateway } from '../support/test-gateway.js';

const TO_FIX = new TextEncoder().encode('consent granted '.repeat(4));
const TO_FIA = new TextEncoder().encode('consent refused '.repeat(4));

/** @param committed which of the two keys the issuer commits to; 2: neither */
async function twoFaced(from: Actor, to: Actor, desk: Desk, committed: 0 | 1 | 2) {
  const keys = [desk.chance.bytes(16), desk.chance.bytes(16), desk.chance.bytes(16)] as const;
  const body = forgeTwoFacedBody([keys[0], keys[1]], TO_FIX, TO_FIA);
  const id = uuidFrom(desk.chance);
  const { root, size } = partTreeOf(body);
  const payload = {
    v: 1,
    id,
    issuer: from.id,
    itemRole: 'FORM',
    kind: 'OWN',
    language: 'en',
    format: 'age',
    ciphertext: encodeDigest(root),
    size,
    keyCommitment: keyCommitment(keys[committed], 'age', id, from.id),
    label: labelOf(from),
    derivedFrom: [],
    sourcesComplete: true,
    form: REQUEST_FORM,
  };
  const compact = signNow('parley-item+json', payload, from.signing);
  const seals = await Promise.all(
    [to, from].map(({ desk: { kid, suite, publicKey } }, i) => sealContentKey(keys[i]!, { kid, suite, publicKey }, desk)),
  );
  const sealed = { contentKey: keys[0], keyCommitment: payload.keyCommitment, body, ciphertext: encodeDigest(root), size, seals };
  const item = { compact, digest: digestOf(compact), sealed, label: payload.label, issuer: from };
  const exchange = uuidFrom(desk.chance);
  const letter = { from, to, exchange, message: 'SUBMIT' as const, items: [item], body: requestBody(to, item.digest) };
  return { item, payload, signed: makeEnvelope(letter, desk) };
}

/** What the reader's client shows, or the name of the check that held it back. */
async function shown(
  gateway: TestGateway,
  reader: Actor,
  { item, payload, signed }: Awaited<ReturnType<typeof twoFaced>>,
): Promise<string> {
  const access = await gateway.walk.acceptStatement(
    makeAccess(reader, item.digest, signed.digest, gateway.desk()).submission,
    reader.caller,
  );
  const reading = access.ok ? access.value.reading : null;
  const seal = decodeBase64url(reading?.seals.find(({ kid }) => kid === reader.desk.kid)?.bytes ?? '');
  const body = decodeBase64url(reading?.body.kind === 'inline' ? reading.body.bytes : '');
  if (!seal.ok || !body.ok) throw new Error('the reading is not base64url');
  const { kid, suite, secret } = reader.desk;
  const read = { payload, compact: item.compact, digest: item.digest } as unknown as Item;
  try {
    const key = { desk: 'INTAKE', generation: 1, kid, suite, secret } as unknown as Parameters<typeof checkCommitment>[1]['key'];
    const contentKey = await checkCommitment(read, { key, bytes: seal.value }, null);
    const opened = await openBody('age', contentKey, body.value);
    return opened.ok ? new TextDecoder().decode(opened.value.subarray(0, 15)) : opened.error;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

it('shows nothing to either reader where the issuer committed to neither key', async () => {
  const gateway = createTestGateway(21);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const forged = await twoFaced(fia, fix, gateway.desk(), 2);
  expect((await gateway.walk.acceptStatement(forged.signed.submission, fia.caller)).ok).toBe(true);
  expect([await shown(gateway, fix, forged), await shown(gateway, fia, forged)]).toEqual(['KEY_COMMITMENT', 'KEY_COMMITMENT']);
});

it('never shows two readers two texts: whichever key was committed to, the other reader is shown nothing', async () => {
  const gateway = createTestGateway(22);
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const first = await twoFaced(fia, fix, gateway.desk(), 0);
  await gateway.walk.acceptStatement(first.signed.submission, fia.caller);
  expect([await shown(gateway, fix, first), await shown(gateway, fia, first)]).toEqual(['consent granted', 'KEY_COMMITMENT']);
  const second = await twoFaced(fia, fix, gateway.desk(), 1);
  await gateway.walk.acceptStatement(second.signed.submission, fia.caller);
  // its own text stands behind the other one, which opens to noise
  expect(await shown(gateway, fix, second)).toBe('KEY_COMMITMENT');
});
