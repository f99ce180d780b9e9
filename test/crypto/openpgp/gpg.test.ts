import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptOpenpgpBody } from '../../../crypto/openpgp/body.js';
import { parseOpenpgpKey } from '../../../crypto/openpgp/key.js';
import { openOpenpgpBody } from '../../../crypto/openpgp/open-body.js';
import { openOpenpgpSeal } from '../../../crypto/openpgp/open-seal.js';
import { createSessionKey, parseOpenpgpSeal, sealSessionKey } from '../../../crypto/openpgp/seal.js';
import { concat, createReader, NOW, recipientOf, type Reader } from './fixtures.js';
import { splitOpenpgpMessage } from './split-message.js';

const hasGpg = ['/usr/bin/gpg', '/usr/local/bin/gpg', '/opt/homebrew/bin/gpg'].some((path) => existsSync(path));
const why = hasGpg ? '' : ' (skipped: gpg is not installed)';
const LARGE = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 5);
const TEXT = Uint8Array.from(Buffer.from('Read by stock tools.\n'.repeat(50)));

describe.skipIf(!hasGpg)(`gpg as the oracle of openpgp-4${why}`, () => {
  // the agent's socket lies in it and its path may not be long
  const home = mkdtempSync(join(tmpdir(), 'pg-'));
  const at = `${NOW / 1000}!`;
  const gpg = (args: readonly string[], input?: Uint8Array): Uint8Array =>
    Uint8Array.from(
      execFileSync(
        'gpg',
        ['--homedir', home, '--batch', '--quiet', '--no-tty', '--trust-model', 'always', '--faked-system-time', at, ...args],
        {
          input,
          stdio: ['pipe', 'pipe', 'pipe'],
          maxBuffer: 1 << 26,
        },
      ),
    );
  let ours: Reader;
  let second: Reader;

  beforeAll(async () => {
    [ours, second] = [await createReader('VG-FIX'), await createReader('AT-FIU')];
    gpg(['--import'], ours.secretKey);
    gpg(['--import'], second.publicKey);
  });
  afterAll(() => {
    // ends the agent of this home and no other
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  });

  it.each([
    ['short', TEXT],
    ['large', LARGE],
    ['empty', new Uint8Array(0)],
  ])('gpg opens seal ‖ body of ours, %s', async (_size, plaintext) => {
    const sessionKey = createSessionKey({ bytes: (length) => new Uint8Array(length).fill(9) });
    const seal = await sealSessionKey(sessionKey, ours.recipient, NOW);
    const body = await encryptOpenpgpBody(plaintext, sessionKey, NOW);
    expect(Buffer.compare(gpg(['--decrypt'], concat(seal, body)), plaintext)).toBe(0);
  });

  it('gpg opens a body of ours with several seals before it', async () => {
    const sessionKey = createSessionKey({ bytes: (length) => new Uint8Array(length).fill(3) });
    const seals = await Promise.all([second, ours].map(({ recipient }) => sealSessionKey(sessionKey, recipient, NOW)));
    const body = await encryptOpenpgpBody(LARGE, sessionKey, NOW);
    expect(Buffer.compare(gpg(['--decrypt'], concat(...seals, body)), LARGE)).toBe(0);
  });

  it('gpg refuses a body of ours with one byte altered', async () => {
    const sessionKey = createSessionKey({ bytes: (length) => new Uint8Array(length).fill(4) });
    const message = concat(await sealSessionKey(sessionKey, ours.recipient, NOW), await encryptOpenpgpBody(TEXT, sessionKey, NOW));
    message[message.length - 1]! ^= 1;
    expect(() => gpg(['--decrypt'], message)).toThrow();
  });

  it.each([
    ['compressed, as by default', []],
    ['not compressed', ['-z', '0']],
    ['zlib', ['--compress-algo', 'zlib']],
  ])("opens gpg's message, %s, after taking it apart", async (_how, options) => {
    for (const plaintext of [TEXT, LARGE]) {
      const message = gpg(['--encrypt', '-r', 'VG-FIX', '-r', 'AT-FIU', ...options], plaintext);
      const { seals, body } = splitOpenpgpMessage(message);
      expect(seals.map(({ keyId }) => keyId).sort()).toEqual([ours, second].map(({ recipient }) => recipient.encryptionKeyId).sort());
      for (const reader of [ours, second]) {
        const seal = seals.find(({ keyId }) => keyId === reader.recipient.encryptionKeyId)!.bytes;
        expect(parseOpenpgpSeal(seal, reader.recipient).ok).toBe(true);
        const sessionKey = await openOpenpgpSeal(seal, reader.secretKey);
        if (!sessionKey.ok) throw new Error(sessionKey.error);
        const opened = await openOpenpgpBody(body, sessionKey.value);
        expect(opened.ok && Buffer.compare(opened.value, plaintext)).toBe(0);
      }
    }
  });

  it("opens gpg's message from a file, signed inside", async () => {
    const path = join(home, 'plain');
    writeFileSync(path, LARGE);
    gpg(['--sign', '--encrypt', '-r', 'VG-FIX', '--output', `${path}.gpg`, path]);
    const split = splitOpenpgpMessage(Uint8Array.from(readFileSync(`${path}.gpg`)));
    const sessionKey = await openOpenpgpSeal(split.seals[0]!.bytes, ours.secretKey);
    if (!sessionKey.ok) throw new Error(sessionKey.error);
    const opened = await openOpenpgpBody(split.body, sessionKey.value);
    expect(opened.ok && Buffer.compare(opened.value, LARGE)).toBe(0);
  });

  it.each([
    ['rsa2048', 'rsa'],
    ['future-default', 'ecdh'],
  ])("seals to a partner's own gpg key of %s, and gpg opens it", async (kind, algorithm) => {
    gpg(['--pinentry-mode', 'loopback', '--passphrase', '', '--quick-generate-key', kind, kind, 'default', 'never']);
    if (kind === 'rsa2048') {
      const fingerprint = /fpr:+([0-9A-F]{40}):/.exec(Buffer.from(gpg(['--list-keys', '--with-colons', kind])).toString())![1]!;
      gpg(['--pinentry-mode', 'loopback', '--passphrase', '', '--quick-add-key', fingerprint, 'rsa2048', 'encr', 'never']);
    }
    const exported = gpg(['--export-options', 'export-minimal', '--export', kind]);
    const recipient = await recipientOf(exported);
    expect(recipient.algorithm).toBe(algorithm);
    const sessionKey = createSessionKey({ bytes: (length) => new Uint8Array(length).fill(7) });
    const seal = await sealSessionKey(sessionKey, recipient, NOW);
    expect(parseOpenpgpSeal(seal, recipient).ok).toBe(true);
    expect(gpg(['--decrypt'], concat(seal, await encryptOpenpgpBody(TEXT, sessionKey, NOW)))).toEqual(TEXT);
    const partners = splitOpenpgpMessage(gpg(['--encrypt', '-r', kind], TEXT));
    expect(parseOpenpgpSeal(partners.seals[0]!.bytes, recipient).ok).toBe(true);
  });

  it('refuses an armoured export', async () => {
    expect((await parseOpenpgpKey(gpg(['--armor', '--export', 'AT-FIU']), NOW)).ok).toBe(false);
  });
});
