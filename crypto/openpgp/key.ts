/** Keys of the suite `openpgp-4`: version 4, `curve25519Legacy` for our own, that or RSA for a partner's. */
import { generateKey, readKeys, type AlgorithmInfo, type PublicKey } from 'openpgp';
import type { KeyId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import { dateOf, type Instant } from '../../domain/time.js';
import { isSoundX25519Key } from '../native/small-order.js';
import { kidOf } from '../signing-key.js';
import { OPENPGP_4 } from './config.js';

export const OPENPGP_SUITE = 'openpgp-4';
/** of a transferable public key; a partner exports it with `export-minimal` */
export const OPENPGP_KEY_BYTES_MAX = 16 * 1024;
export const RSA_BITS_MAX = 4096;

export interface OpenpgpKeyPair {
  readonly kid: KeyId;
  /** transferable public key, binary: what the directory holds and a partner imports */
  readonly publicKey: Uint8Array;
  /** transferable secret key, binary, without a passphrase: the key store protects it */
  readonly secretKey: Uint8Array;
}

/** Somebody's key, found fit to seal to. */
export interface OpenpgpRecipient {
  readonly kid: KeyId;
  readonly publicKey: Uint8Array;
  /** of the subkey that seals name: 16 lower-case hexadecimal digits */
  readonly encryptionKeyId: string;
  readonly algorithm: 'ecdh' | 'rsa';
  /** parsed once, because each parse verifies its self-signatures */
  readonly key: PublicKey;
}

/**
 * Creates an Ed25519 key with a Curve25519 subkey to seal to. openpgp.js draws its chance from WebCrypto and takes no other,
 * so that this, like sealing, does not repeat in the simulation.
 *
 * @param userId what gpg shows: an authority's code, never a person's name
 */
export async function createOpenpgpKey(userId: string, at: Instant): Promise<OpenpgpKeyPair> {
  const { publicKey, privateKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: userId }],
    date: dateOf(at),
    format: 'binary',
    config: OPENPGP_4,
  });
  return { kid: kidOf(OPENPGP_SUITE, publicKey), publicKey, secretKey: privateKey };
}

/**
 * Takes one public key from a directory entry. Its self-signatures say no more than that its parts belong together; whose
 * key it is, the directory says.
 *
 * @param publicKey transferable public key, binary; neither armoured nor several
 * @param at the key must be neither expired nor revoked by its own word then
 */
export async function parseOpenpgpKey(publicKey: Uint8Array, at: Instant): Promise<Result<OpenpgpRecipient, string>> {
  if (publicKey.length > OPENPGP_KEY_BYTES_MAX) return no(`an OpenPGP key is longer than ${OPENPGP_KEY_BYTES_MAX} bytes`);
  try {
    const [key, ...more] = await readKeys({ binaryKeys: publicKey, config: OPENPGP_4 });
    if (key === undefined || more.length > 0 || key.isPrivate()) return no('not exactly one OpenPGP public key');
    const subkey = await key.getEncryptionKey(undefined, dateOf(at), undefined, OPENPGP_4);
    const algorithm = algorithmOf(subkey.getAlgorithmInfo());
    if (subkey.keyPacket.version !== 4 || algorithm === null) return no('not a version 4 key of curve25519Legacy or RSA');
    const params = subkey.keyPacket.publicParams;
    if (algorithm === 'ecdh' && !isSoundPoint(params)) return no('a curve25519 key of small order');
    if (algorithm === 'rsa' && !isSoundExponent(params)) return no('an RSA key whose exponent is 1, or even');
    return ok({ kid: kidOf(OPENPGP_SUITE, publicKey), publicKey, encryptionKeyId: subkey.getKeyID().toHex(), algorithm, key });
  } catch {
    return no('not an OpenPGP public key that can be sealed to');
  }
}

/** openpgp.js prefixes the point with 0x40, and takes any: under one of small order every shared secret is zero. */
const isSoundPoint = (params: object | null): boolean => isSoundX25519Key((params as { readonly Q: Uint8Array }).Q.subarray(1));

/** Under 1 a seal holds the session key in the clear; under an even one nothing opens. */
const isSoundExponent = (params: object | null): boolean => {
  const { e } = params as { readonly e: Uint8Array };
  return e.at(-1)! % 2 === 1 && (e.length > 1 || e[0]! > 1);
};

function algorithmOf({ algorithm, curve, bits }: AlgorithmInfo): 'ecdh' | 'rsa' | null {
  if (algorithm === 'ecdh' && curve === 'curve25519Legacy') return 'ecdh';
  // shorter ones are refused by the configuration; the RSA that only encrypts is retired (RFC 9580 9.1), and no seal may name it
  return algorithm === 'rsaEncryptSign' && bits! <= RSA_BITS_MAX ? 'rsa' : null;
}
