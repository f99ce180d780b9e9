import { Decrypter, Encrypter } from 'age-encryption';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { concat } from '../../../crypto/age/bytes.js';
import { ageSealBytes } from '../../../crypto/age/header.js';
import { createAgeKey, toAgeIdentity, toAgeRecipient } from '../../../crypto/age/keys.js';
import { openAgeSeal } from '../../../crypto/age/open-seal.js';
import { createStreamOpener } from '../../../crypto/age/open-stream.js';
import { createFileKey, sealFileKey, type AgeSuite } from '../../../crypto/age/seal.js';
import { createStreamSealer } from '../../../crypto/age/stream.js';
import { keyCommitment } from '../../../crypto/key-commitment.js';
import { native } from '../../../crypto/native/node.js';

const chance = { bytes: native.randomBytes };
const SIZES = [0, 5, 65_536, 65_537, 300_000];
const plain = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);

function sealFile(suite: AgeSuite, plaintext: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const fileKey = createFileKey(chance);
  const sealer = createStreamSealer(fileKey, chance.bytes(16));
  return concat(sealFileKey(suite, fileKey, publicKey, chance), ...sealer.push(plaintext), sealer.final());
}

function openFile(suite: AgeSuite, file: Uint8Array, secret: Uint8Array): Uint8Array {
  const cut = ageSealBytes(suite);
  const fileKey = openAgeSeal(suite, file.subarray(0, cut), secret);
  if (fileKey === null) throw new Error('the seal does not open');
  const opener = createStreamOpener(fileKey);
  return concat(...opener.push(file.subarray(cut)), opener.final());
}

describe.each(['age-pq-1', 'age-x25519-1'] as const)('%s beside the age-encryption package', (suite) => {
  const key = createAgeKey(suite, chance);

  it.each(SIZES)('the package opens our %i bytes', async (length) => {
    const theirs = new Decrypter();
    theirs.addIdentity(toAgeIdentity(suite, key.secret));
    const opened = await theirs.decrypt(sealFile(suite, plain(length), key.publicKey));
    expect(Buffer.from(opened).equals(plain(length))).toBe(true);
  });

  it.each(SIZES)('we open its %i bytes', async (length) => {
    const theirs = new Encrypter();
    theirs.addRecipient(toAgeRecipient(suite, key.publicKey));
    const file = await theirs.encrypt(plain(length));
    expect(Buffer.from(openFile(suite, file, key.secret)).equals(plain(length))).toBe(true);
  });
});

const noAge = spawnSync('age', ['--version']).status !== 0;

describe.skipIf(noAge)('age-x25519-1 beside the age command (skipped where `age` is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-age-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const key = createAgeKey('age-x25519-1', chance);
  const identity = join(folder, 'identity');
  writeFileSync(identity, `${toAgeIdentity(key.suite, key.secret)}\n`, { mode: 0o600 });
  const run = (args: string[], input: Uint8Array): Buffer => {
    const { status, stdout, stderr } = spawnSync('age', args, { input });
    if (status !== 0) throw new Error(stderr.toString());
    return stdout;
  };

  it.each(SIZES)('the command opens our %i bytes', (length) => {
    const opened = run(['-d', '-i', identity], sealFile(key.suite, plain(length), key.publicKey));
    expect(opened.equals(plain(length))).toBe(true);
  });

  it.each(SIZES)('we open its %i bytes where its header has one stanza, and refuse the header where it added another', (length) => {
    const file = run(['-r', toAgeRecipient(key.suite, key.publicKey)], plain(length));
    const header = file.subarray(0, file.indexOf('\n', file.indexOf('\n---') + 1) + 1);
    if (header.length === ageSealBytes(key.suite))
      expect(Buffer.from(openFile(key.suite, file, key.secret)).equals(plain(length))).toBe(true);
    else expect(openAgeSeal(key.suite, header, key.secret)).toBeNull();
  });
});

describe('one body under two file keys', () => {
  const item = '0195b8a0-0000-4000-8000-000000000001';

  it('is told apart by the key commitment before anything is decrypted', () => {
    const [anna, boris] = [createAgeKey('age-x25519-1', chance), createAgeKey('age-x25519-1', chance)];
    const [signed, other] = [createFileKey(chance), createFileKey(chance)];
    const commitment = keyCommitment(signed, 'age', item, 'VG-FIX');
    const sealAnna = sealFileKey('age-x25519-1', signed, anna.publicKey, chance);
    const sealBoris = sealFileKey('age-x25519-1', other, boris.publicKey, chance);
    const opened = (seal: Uint8Array, secret: Uint8Array): Uint8Array => openAgeSeal('age-x25519-1', seal, secret) as Uint8Array;
    // each seal by itself is in order, header MAC and all: nothing but the commitment can tell
    expect(keyCommitment(opened(sealAnna, anna.secret), 'age', item, 'VG-FIX')).toBe(commitment);
    expect(keyCommitment(opened(sealBoris, boris.secret), 'age', item, 'VG-FIX')).not.toBe(commitment);
  });
});
