/**
 * A key store at rest: one lock file under a passphrase, every record under the key inside it. Both are plain age files, so that
 * the stock tool opens them where ours is gone. One scrypt a process instead of one a record.
 */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { no, ok, type Result } from '../domain/result.js';

/** scrypt's cost is 2^n. 17 is the least that OWASP asks for beside r = 8 and p = 1, and about a second in pure JavaScript. */
export const WORK_FACTOR = 17;

export interface Vault {
  seal(record: Uint8Array): Promise<Uint8Array>;
  /** @returns null for a file that is not of this vault, or was altered */
  open(file: Uint8Array): Promise<Uint8Array | null>;
}

/**
 * @param workFactor `WORK_FACTOR`; less for tests and demonstrations only
 * @returns the lock file's bytes and the open vault
 */
export async function createVault(passphrase: string, workFactor: number): Promise<{ lock: Uint8Array; vault: Vault }> {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return { lock: await encrypter.encrypt(`${identity}\n`), vault: await vaultOf(identity) };
}

/** @returns why not: a wrong passphrase and an altered lock look the same */
export async function openVault(lock: Uint8Array, passphrase: string): Promise<Result<Vault, string>> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const identity = await decrypter.decrypt(lock, 'text');
    return ok(await vaultOf(identity.trim()));
  } catch {
    return no('the passphrase does not open this key store');
  }
}

async function vaultOf(identity: string): Promise<Vault> {
  const recipient = await identityToRecipient(identity);
  return {
    async seal(record) {
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      return encrypter.encrypt(record);
    },
    async open(file) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      try {
        return await decrypter.decrypt(file);
      } catch {
        return null;
      }
    },
  };
}
