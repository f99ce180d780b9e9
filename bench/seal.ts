/** Sealing and opening 100 MB, beside the bare cipher over the same bytes and beside gpg. */
import { execFileSync } from 'node:child_process';
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemChance } from '../adapters/chance-system.js';
import { createSystemClock } from '../adapters/clock-system.js';
import { createAgeKey } from '../crypto/age/keys.js';
import { sealStream, STREAM_NONCE_BYTES } from '../crypto/age/stream.js';
import { openBodyStream } from '../crypto/open.js';
import { createPartHasher } from '../crypto/part-tree.js';
import { createContentKey, sealBody, sealContentKey, type ReaderKey } from '../crypto/seal.js';
import { openSeal } from '../crypto/open.js';
import { keyCommitment } from '../crypto/key-commitment.js';
import { kidOf } from '../crypto/signing-key.js';
import { compare, secondsOf, type Row, type Subject } from './row.js';

const MB = 1_000_000;
const BYTES = 100 * MB;
const PIECE_BYTES = 1024 * 1024;
const ROUNDS = 3;
const NAME = { id: '00000000-0000-4000-8000-000000000001', issuer: 'NG-FIA' };
const clock = createSystemClock();

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

const rate = (name: string, work: () => unknown): Subject => ({ name, measure: async () => BYTES / MB / (await secondsOf(work)) });

export async function sealRows(say: (line: string) => void): Promise<Row[]> {
  const plaintext = randomBytes(BYTES);
  const raw = rate('ChaCha20-Poly1305 of node:crypto, one key, pieces of 1 MiB', () => bareCipher(plaintext));
  const rows = [...(await ageRows(plaintext, raw)), ...(await openpgpRows(plaintext, raw))];
  const gpg = gpgOver(plaintext);
  if (gpg === null) say('no gpg on this machine: the rows beside it are left out');
  else {
    rows.push(
      await compare(
        rate('seal 100 MB, openpgp-4, beside gpg', () => sealOpenpgp(plaintext)),
        'MB/s',
        gpg.subject,
        ROUNDS,
      ),
    );
    gpg.remove();
  }
  return rows;
}

/** The whole of what a client does to a file: one seal, the commitment, the body in constant memory, the digest of each part. */
async function ageRows(plaintext: Uint8Array, raw: Subject): Promise<Row[]> {
  const pair = createAgeKey('age-pq-1', systemChance);
  const reader: ReaderKey = { kid: kidOf('age-pq-1', pair.publicKey) as ReaderKey['kid'], suite: 'age-pq-1', publicKey: pair.publicKey };
  const key = createContentKey('age', systemChance);
  const item = { ...NAME, format: 'age' as const, keyCommitment: keyCommitment(key, 'age', NAME.id, NAME.issuer) };
  const seal = await sealContentKey(key, reader, { chance: systemChance, at: clock.now() });
  const body: Uint8Array[] = [];
  for await (const piece of sealStream(piecesOf(plaintext), key, systemChance.bytes(STREAM_NONCE_BYTES))) body.push(piece);

  const sealAll = async (hashed: boolean): Promise<void> => {
    const hasher = createPartHasher();
    const fresh = createContentKey('age', systemChance);
    await sealContentKey(fresh, reader, { chance: systemChance, at: clock.now() });
    for await (const piece of sealStream(piecesOf(plaintext), fresh, systemChance.bytes(STREAM_NONCE_BYTES)))
      if (hashed) hasher.push(piece);
    if (hashed) hasher.finish();
  };
  const openAll = async (): Promise<void> => {
    const opened = await openSeal(item, seal.bytes, { kid: reader.kid, suite: 'age-pq-1', secret: pair.secret });
    if (!opened.ok) throw new Error(opened.error);
    let length = 0;
    for await (const piece of openBodyStream('age', opened.value, each(body))) length += piece.length;
    if (length !== BYTES) throw new Error('not all came out');
  };
  return [
    await compare(
      rate('seal 100 MB, age-pq-1', () => sealAll(false)),
      'MB/s',
      raw,
      ROUNDS,
    ),
    await compare(rate('open 100 MB, age-pq-1', openAll), 'MB/s', raw, ROUNDS),
    await compare(
      rate('seal 100 MB, age-pq-1, with the digest of each part', () => sealAll(true)),
      'MB/s',
      raw,
      ROUNDS,
    ),
  ];
}

async function openpgpRows(plaintext: Uint8Array, raw: Subject): Promise<Row[]> {
  const key = createContentKey('openpgp', systemChance);
  const body = await sealBody('openpgp', key, plaintext, { chance: systemChance, at: clock.now() });
  const openAll = async (): Promise<void> => {
    let length = 0;
    for await (const piece of openBodyStream('openpgp', key, piecesOf(body))) length += piece.length;
    if (length !== BYTES) throw new Error('not all came out');
  };
  return [
    await compare(
      rate('seal 100 MB, openpgp-4', () => sealOpenpgp(plaintext)),
      'MB/s',
      raw,
      ROUNDS,
    ),
    await compare(rate('open 100 MB, openpgp-4', openAll), 'MB/s', raw, ROUNDS),
  ];
}

const sealOpenpgp = (plaintext: Uint8Array): Promise<Uint8Array> =>
  sealBody('openpgp', createContentKey('openpgp', systemChance), plaintext, { chance: systemChance, at: clock.now() });

async function* each(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function bareCipher(plaintext: Uint8Array): void {
  const cipher = createCipheriv('chacha20-poly1305', randomBytes(32), randomBytes(12), { authTagLength: 16 });
  for (let at = 0; at < plaintext.length; at += PIECE_BYTES) cipher.update(plaintext.subarray(at, at + PIECE_BYTES));
  cipher.final();
}

/** @returns null where there is no gpg */
function gpgOver(plaintext: Uint8Array): { readonly subject: Subject; remove(): void } | null {
  const home = mkdtempSync(join(tmpdir(), 'parley-gpg-'));
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  const gpg = (...args: readonly string[]): unknown =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args], { stdio: 'pipe' });
  try {
    gpg('--passphrase', '', '--quick-generate-key', 'bench', 'rsa3072', 'encrypt,sign', 'never');
  } catch {
    remove();
    return null;
  }
  const file = join(home, 'plain');
  writeFileSync(file, plaintext);
  const encrypt = (): unknown =>
    gpg(
      '--trust-model',
      'always',
      '--compress-algo',
      'none',
      '--cipher-algo',
      'AES256',
      '--yes',
      '-r',
      'bench',
      '-o',
      `${file}.gpg`,
      '-e',
      file,
    );
  return { subject: rate('gpg --encrypt, AES-256, without compression, from file to file', encrypt), remove };
}
