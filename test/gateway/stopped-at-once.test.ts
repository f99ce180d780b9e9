/** The gateway as a supervisor starts it, and stops it at the very moment that it says it listens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey } from '../../crypto/signing-key.js';
import { OPERATOR, ORIGIN } from '../support/actors.js';
import { createChance } from '../support/world.js';

const PROGRAM = join(import.meta.dirname, '../../dist/gateway/main.js');
const folder = mkdtempSync(join(tmpdir(), 'parley-at-once-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Read before the program: the signal is there when the line is, and not a moment later. */
const STOP_AT_LINE = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { writeSync } = fs;
fs.writeSync = (fd, bytes) => {
  const written = writeSync(fd, bytes);
  if (String(bytes).includes('"listening"')) process.kill(process.pid, 'SIGTERM');
  return written;
};
syncBuiltinESMExports();
`;

it('drains', async () => {
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(STOP_AT_LINE)}`, PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PARLEY_ORIGIN: ORIGIN,
      PARLEY_OPERATOR_AUTHORITY: OPERATOR,
      PARLEY_OPERATOR_ROOT: encodeBase64url(createSigningKey(createChance(9)).publicKey),
      PARLEY_PORT: '0',
      PARLEY_DATA: folder,
    },
  });
  const said = text(child.stdout);
  const ended = await once(child, 'exit');
  const events = (await said).trimEnd().split('\n');
  expect(events.map((line) => (JSON.parse(line) as { readonly event: string }).event)).toEqual(['listening', 'draining', 'stopped']);
  expect(ended).toEqual([0, null]);
});
