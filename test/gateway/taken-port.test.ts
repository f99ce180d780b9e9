/** The gateway as an operator starts it, where the system does not give what its configuration names. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { createChance } from '../support/world.js';

const PROGRAM = fileURLToPath(new URL('../../dist/gateway/main.js', import.meta.url));
const OPENSSL = '/usr/bin/openssl';
const folder = mkdtempSync(join(tmpdir(), 'parley-port-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns its complaint and its exit code */
async function ends(data: string, port: number, more: Readonly<Record<string, string>> = {}): Promise<readonly [string, number]> {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
      PARLEY_PORT: String(port),
      PARLEY_DATA: data,
      ...more,
    },
  });
  const complaint = text(child.stderr);
  const [code] = (await once(child, 'close')) as [number];
  return [await complaint, code];
}

it('says in one line which port is taken, and ends as a configuration that does not fit', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const ended = await ends(join(folder, 'data'), address.port);
  taken.close();
  expect(ended).toEqual([`CONFIG_INVALID: listen ${address.port}: EADDRINUSE\n`, 78]);
});

it('says all that is wrong with its settings, each line with the code that the handbook has', async () => {
  const ended = await ends('', 65_536);
  expect(ended).toEqual([
    'CONFIG_INVALID: PARLEY_PORT: expected a whole number from 0 to 65535\nCONFIG_INVALID: PARLEY_DATA: expected the path of a folder\n',
    78,
  ]);
});

it('ends at once where a database wants a password that was not given, and keeps its side of the connection open', async () => {
  // AuthenticationSASL and AuthenticationSASLContinue
  const told = (kind: number, text: string): Buffer => {
    const bytes = Buffer.alloc(9 + text.length, `R........${text}`);
    bytes.writeInt32BE(8 + text.length, 1);
    bytes.writeInt32BE(kind, 5);
    return bytes;
  };
  const database = createServer((socket) => {
    const answers = [told(10, 'SCRAM-SHA-256\0\0'), told(11, 'r=x,s=x,i=4096')];
    socket.on('error', () => undefined).on('data', () => socket.write(answers.shift() ?? ''));
  });
  await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve));
  const { port } = database.address() as AddressInfo;
  const ended = await ends(join(folder, 'sasl'), 0, { PARLEY_DATABASE_URL: `postgresql://u@127.0.0.1:${port}/db` });
  database.close();
  expect(ended).toEqual(['STORE_UNAVAILABLE: the database could not be opened: SASL\n', 1]);
});

it('ends so too where what stands in the data folder is not its own, or was written by half', async () => {
  const key = join(folder, 'half', 'keys', 'gateway.json');
  mkdirSync(dirname(key), { recursive: true });
  writeFileSync(key, '', { mode: 0o600 });
  expect(await ends(join(folder, 'half'), 0)).toEqual([`CONFIG_INVALID: the gateway key file ${key} does not read\n`, 78]);
});

it.skipIf(!existsSync(OPENSSL))(
  'takes no key of its certificate that every account may read (skipped where there is no openssl)',
  async () => {
    const [key, cert] = ['tls.key', 'tls.pem'].map((name) => join(folder, name)) as [string, string];
    const certify = ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync(OPENSSL, [...certify, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    chmodSync(key, 0o644);
    expect(await ends(join(folder, 'tls'), 0, { PARLEY_TLS_CERT_FILE: cert, PARLEY_TLS_KEY_FILE: key })).toEqual([
      `CONFIG_INVALID: the TLS key file ${key} is open to every account of this machine: chmod 600 it; of a mounted secret set the mode 0440, and the group\n`,
      78,
    ]);
  },
);
