/** What the gateway makes is nobody else's to read, also in a folder that was there before and that every account may enter. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createSigningKey } from '../../crypto/signing-key.js';
import { startGateway } from '../support/gateway-program.js';
import { createChance } from '../support/world.js';

const folder = mkdtempSync(join(tmpdir(), 'parley-closed-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('closes every file to other accounts', async () => {
  chmodSync(folder, 0o755);
  const operator = createSigningKey(createChance(9));
  const gateway = await startGateway({ operator, port: 0, data: folder, databaseUrl: '' });
  onTestFinished(gateway.stop);
  const open = readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o007) !== 0);
  expect(open).toEqual([]);
});
