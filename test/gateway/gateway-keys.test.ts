import { chmodSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGatewayKeys } from '../../gateway/gateway-keys.js';
import { createChance } from '../support/world.js';

describe('loadGatewayKeys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-keys-'));

  it('makes the key on the first start, for its owner’s eyes alone, and reads the same one ever after', async () => {
    const path = join(folder, 'deep', 'gateway.json');
    // two processes that start together
    const [first, second] = await Promise.all([loadGatewayKeys(path, createChance(1)), loadGatewayKeys(path, createChance(2))]);
    const again = await loadGatewayKeys(path, createChance(3));
    expect(again).toEqual(first);
    expect(second).toEqual(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('names the file that it cannot read', async () => {
    await expect(loadGatewayKeys(folder, createChance(1))).rejects.toThrow(
      `CONFIG_INVALID: the gateway key file ${folder} cannot be read: EISDIR`,
    );
  });

  it('says of a path that it cannot follow that it is not read, and makes no other file there', async () => {
    const path = join(folder, 'round.json');
    symlinkSync(path, path);
    await expect(loadGatewayKeys(path, createChance(1))).rejects.toThrow(
      `CONFIG_INVALID: the gateway key file ${path} cannot be read: ELOOP`,
    );
  });

  it('takes no key that every account of the machine may read', async () => {
    const path = join(folder, 'open.json');
    const made = await loadGatewayKeys(path, createChance(1));
    chmodSync(path, 0o644);
    await expect(loadGatewayKeys(path, createChance(1))).rejects.toThrow(
      `CONFIG_INVALID: the gateway key file ${path} is open to every account of this machine: chmod 600 it; of a mounted secret set the mode 0440, and the group`,
    );
    // as an orchestrator mounts it, for the group of the service
    chmodSync(path, 0o640);
    expect(await loadGatewayKeys(path, createChance(1))).toEqual(made);
  });

  it('fails without quoting a file that does not read', async () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{"v":1,"seed":"hunter2"}', { mode: 0o600 });
    await expect(loadGatewayKeys(path, createChance(1))).rejects.toThrow(`CONFIG_INVALID: the gateway key file ${path} does not read`);
  });
});
