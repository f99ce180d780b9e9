/** Opens seals of the suite `openpgp-4`. Clients alone may import this file. */
import { decryptSessionKeys, readMessage, readPrivateKey } from 'openpgp';
import { no, ok, type Result } from '../../domain/result.js';
import { OPENPGP_4 } from './config.js';
import { parsePkesk, SESSION_CIPHER } from './seal.js';

// openpgp.js takes session keys from whole messages only: an encrypted packet that is never decrypted makes one
const EMPTY_BODY = Uint8Array.of(0xd2, 2, 1, 0);

/**
 * Opens one seal. The session key is to be held to the item's commitment before anything is decrypted with it.
 *
 * @param seal one PKESK packet
 * @param secretKey transferable secret key, binary, without a passphrase
 * @returns the 32-byte session key; a refusal says no more than that it does not open
 */
export async function openOpenpgpSeal(seal: Uint8Array, secretKey: Uint8Array): Promise<Result<Uint8Array, string>> {
  const parsed = parsePkesk(seal);
  if (!parsed.ok) return parsed;
  const decryptionKeys = await readPrivateKey({ binaryKey: secretKey, config: OPENPGP_4 });
  try {
    const message = await readMessage({ binaryMessage: Uint8Array.of(...seal, ...EMPTY_BODY), config: OPENPGP_4 });
    const [first] = await decryptSessionKeys({ message, decryptionKeys, config: OPENPGP_4 });
    return first?.algorithm === SESSION_CIPHER ? ok(first.data) : no('a session key that is not of AES-256');
  } catch {
    return no('the seal does not open');
  }
}
