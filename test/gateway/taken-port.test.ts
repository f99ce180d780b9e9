/** The gateway as an operator starts it, where the system does not give what its configuration names. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { createChance } from '../support/world.js';

const PROGRAM = fileURLToPath(new URL('../../dist/gateway/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parley-port-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('says in one line which port is taken, and ends as a configuration that does not fit', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
      PARLEY_PORT: String(address.port),
      PARLEY_DATA: join(folder, 'data'),
    },
  });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  taken.close();
  expect(complaint).toBe(`CONFIG_INVALID: listen ${address.port}: EADDRINUSE\n`);
  expect(code).toBe(78);
});
