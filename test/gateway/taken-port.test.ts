/** The gateway as an operator starts it, where the system does not give what its configuration names. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
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
const folder = mkdtempSync(join(tmpdir(), 'parley-port-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns its complaint and its exit code */
async function ends(data: string, port: number): Promise<readonly [string, number]> {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
      PARLEY_PORT: String(port),
      PARLEY_DATA: data,
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

it('ends so too where what stands in the data folder is not its own, or was written by half', async () => {
  const key = join(folder, 'half', 'keys', 'gateway.json');
  mkdirSync(dirname(key), { recursive: true });
  writeFileSync(key, '');
  expect(await ends(join(folder, 'half'), 0)).toEqual([`CONFIG_INVALID: the gateway key file ${key} does not read\n`, 78]);
});
