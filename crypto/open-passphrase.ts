/** One file under a passphrase: a plain age file, so that `age -d` opens it where ours is gone. */
import { Decrypter, Encrypter } from 'age-encryption';

/** @param workFactor scrypt's cost is 2^n: `WORK_FACTOR` of open-vault.ts; less for tests and demonstrations only */
export function sealUnderPassphrase(bytes: Uint8Array, passphrase: string, workFactor: number): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(bytes);
}

/** @returns null for a wrong passphrase or an altered file: they look the same */
export async function openUnderPassphrase(file: Uint8Array, passphrase: string): Promise<Uint8Array | null> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(file);
  } catch {
    return null;
  }
}
