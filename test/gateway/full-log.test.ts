/** The gateway as an operator starts it, with its log on a disk that is full. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { freePort } from '../support/gateway-program.js';
import { createChance } from '../support/world.js';

/** takes no byte, as a full disk does */
const FULL = '/dev/full';
const folder = mkdtempSync(join(tmpdir(), 'parley-full-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.skipIf(!existsSync(FULL))('serves on, and stops when it is told to', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const full = openSync(FULL, 'w');
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/gateway/main.js')], {
    stdio: ['ignore', full, 'inherit'],
    env: {
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
      PARLEY_PORT: String(port),
      PARLEY_DATA: folder,
    },
  });
  closeSync(full);
  const ended = once(child, 'exit');
  try {
    // each one is a line that finds no room
    const healthz = () =>
      fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(10_000) }).then(
        ({ status }) => status,
        () => null,
      );
    await expect.poll(healthz, { timeout: 30_000 }).toBe(200);
    for (let asked = 0; asked < 20; asked += 1) expect(await healthz()).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});
