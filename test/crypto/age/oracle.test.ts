import { Decrypter, Encrypter } from 'age-encryption';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../../adapters/chance-system.js';
import { concat } from '../../../crypto/age/bytes.js';
import { ageSealBytes } from '../../../crypto/age/header.js';
import { createAgeKey } from '../../../crypto/age/keys.js';
import { openAgeSeal } from '../../../crypto/age/open-seal.js';
import { createStreamOpener } from '../../../crypto/age/open-stream.js';
import { createFileKey, sealFileKey, type AgeSuite } from '../../../crypto/age/seal.js';
import { createStreamSealer } from '../../../crypto/age/stream.js';
import { keyCommitment } from '../../../crypto/key-commitment.js';
import { forgeTwoFacedBody } from './two-faced-body.js';
import { toAgeIdentity, toAgeRecipient } from './stock-spelling.js';

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
  const suite = 'age-x25519-1';
  const [anna, boris] = [createAgeKey(suite, chance), createAgeKey(suite, chance)];
  const [signed, other] = [createFileKey(chance), createFileKey(chance)];
  const [granted, refused] = ['consent granted '.repeat(2), 'consent refused '.repeat(2)];
  const body = forgeTwoFacedBody([signed, other], Buffer.from(granted), Buffer.from(refused));
  const sealAnna = sealFileKey(suite, signed, anna.publicKey, chance);
  const sealBoris = sealFileKey(suite, other, boris.publicKey, chance);

  it('opens with a stock tool for both readers, and tells them different things', async () => {
    const read = async (seal: Uint8Array, secret: Uint8Array): Promise<string> => {
      const stock = new Decrypter();
      stock.addIdentity(toAgeIdentity(suite, secret));
      return Buffer.from(await stock.decrypt(concat(seal, body))).toString('latin1');
    };
    expect(await read(sealAnna, anna.secret)).toContain(granted);
    expect(await read(sealBoris, boris.secret)).toContain(refused);
  });

  it('is told apart by the key commitment before anything is decrypted', () => {
    const commitment = keyCommitment(signed, 'age', item, 'VG-FIX');
    const committed = (seal: Uint8Array, secret: Uint8Array): string =>
      keyCommitment(openAgeSeal(suite, seal, secret) as Uint8Array, 'age', item, 'VG-FIX');
    // each seal by itself is in order, header MAC and all: nothing but the commitment can tell
    expect(committed(sealAnna, anna.secret)).toBe(commitment);
    expect(committed(sealBoris, boris.secret)).not.toBe(commitment);
  });
});
