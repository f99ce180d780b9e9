/**
 * A key store at rest: one lock file under a passphrase, every record under the key inside it. Both are plain age files, so that
 * the stock tool opens them where ours is gone. One scrypt a process instead of one a record.
 */
import { bech32 } from '@scure/base';
import { Decrypter, Encrypter, generateX25519Identity } from 'age-encryption';
import type { Chance } from '../domain/ports.js';
import { no, ok, type Result } from '../domain/result.js';
import { concat } from './age/bytes.js';
import { ageSealBytes } from './age/header.js';
import { agePublicKey } from './age/keys.js';
import { openAgeSeal } from './age/open-seal.js';
import { createFileKey, sealFileKey } from './age/seal.js';
import { createStreamSealer, STREAM_NONCE_BYTES } from './age/stream.js';
import { openBody } from './open.js';

/** scrypt's cost is 2^n. 17 is the least that OWASP asks for beside r = 8 and p = 1, and about a second in pure JavaScript. */
export const WORK_FACTOR = 17;

const SUITE = 'age-x25519-1';
const SEAL_BYTES = ageSealBytes(SUITE);

export interface Vault {
  seal(record: Uint8Array): Uint8Array;
  /** @returns null for a file that is not of this vault, or was altered */
  open(file: Uint8Array): Promise<Uint8Array | null>;
}

/**
 * @param workFactor `WORK_FACTOR`; less for tests and demonstrations only
 * @returns the lock file's bytes and the open vault
 */
export async function createVault(passphrase: string, workFactor: number, chance: Chance): Promise<{ lock: Uint8Array; vault: Vault }> {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return { lock: await encrypter.encrypt(`${identity}\n`), vault: vaultOf(identity, chance) };
}

/** @returns why not: a wrong passphrase and an altered lock look the same */
export async function openVault(lock: Uint8Array, passphrase: string, chance: Chance): Promise<Result<Vault, string>> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const identity = await decrypter.decrypt(lock, 'text');
    return ok(vaultOf(identity.trim(), chance));
  } catch {
    return no('the passphrase does not open this key store');
  }
}

/** The package would read the key anew for each record, which takes OpenSSL longer than all the rest. */
function vaultOf(identity: string, chance: Chance): Vault {
  const secret = bech32.decodeToBytes(identity).bytes;
  const publicKey = agePublicKey(SUITE, secret);
  return {
    seal(record) {
      const fileKey = createFileKey(chance);
      const sealer = createStreamSealer(fileKey, chance.bytes(STREAM_NONCE_BYTES));
      return concat(sealFileKey(SUITE, fileKey, publicKey, chance), ...sealer.push(record), sealer.final());
    },
    async open(file) {
      const fileKey = openAgeSeal(SUITE, file.subarray(0, SEAL_BYTES), secret);
      const record = fileKey === null ? null : await openBody('age', fileKey, file.subarray(SEAL_BYTES));
      return record?.ok ? record.value : null;
    },
  };
}
