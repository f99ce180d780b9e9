import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../adapters/chance-system.js';
import { createVault, openVault } from '../../crypto/open-vault.js';

const record = new TextEncoder().encode('{"v":1}');
const FAST = 2;

describe('a vault', () => {
  it('opens again with its passphrase, and gives back what was sealed', async () => {
    const { lock, vault } = await createVault('correct horse', FAST, chance);
    const again = await openVault(lock, 'correct horse', chance);
    expect(new TextDecoder().decode(lock.subarray(0, 120))).toContain(` ${FAST}\n`);
    expect(again.ok && (await again.value.open(vault.seal(record)))).toEqual(record);
  });

  it('stays shut for another passphrase and for an altered lock', async () => {
    const { lock } = await createVault('correct horse', FAST, chance);
    expect((await openVault(lock, 'wrong horse', chance)).ok).toBe(false);
    expect((await openVault(lock.subarray(0, -1), 'correct horse', chance)).ok).toBe(false);
  });

  it('is of files that the stock package reads and writes', async () => {
    const { lock, vault } = await createVault('correct horse', FAST, chance);
    const opener = new Decrypter();
    opener.addPassphrase('correct horse');
    const identity = (await opener.decrypt(lock, 'text')).trim();
    const [theirs, sealer] = [new Decrypter(), new Encrypter()];
    theirs.addIdentity(identity);
    sealer.addRecipient(await identityToRecipient(identity));
    expect(await theirs.decrypt(vault.seal(record))).toEqual(record);
    expect(await vault.open(await sealer.encrypt(record))).toEqual(record);
  });

  it('does not give back a record that was altered or is of another vault', async () => {
    const { vault } = await createVault('a', FAST, chance);
    const { vault: other } = await createVault('b', FAST, chance);
    const file = vault.seal(record);
    expect(await other.open(file)).toBeNull();
    expect(await vault.open(file.with(-1, file.at(-1)! ^ 1))).toBeNull();
  });
});
