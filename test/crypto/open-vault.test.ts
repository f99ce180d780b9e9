import { describe, expect, it } from 'vitest';
import { createVault, openVault } from '../../crypto/open-vault.js';

const record = new TextEncoder().encode('{"v":1}');
const FAST = 2;

describe('a vault', () => {
  it('opens again with its passphrase, and gives back what was sealed', async () => {
    const { lock, vault } = await createVault('correct horse', FAST);
    const again = await openVault(lock, 'correct horse');
    expect(new TextDecoder().decode(lock.subarray(0, 120))).toContain(` ${FAST}\n`);
    expect(again.ok && (await again.value.open(await vault.seal(record)))).toEqual(record);
  });

  it('stays shut for another passphrase and for an altered lock', async () => {
    const { lock } = await createVault('correct horse', FAST);
    expect((await openVault(lock, 'wrong horse')).ok).toBe(false);
    expect((await openVault(lock.subarray(0, -1), 'correct horse')).ok).toBe(false);
  });

  it('does not give back a record that was altered or is of another vault', async () => {
    const { vault } = await createVault('a', FAST);
    const { vault: other } = await createVault('b', FAST);
    const file = await vault.seal(record);
    expect(await other.open(file)).toBeNull();
    expect(await vault.open(file.with(-1, file.at(-1)! ^ 1))).toBeNull();
  });
});
