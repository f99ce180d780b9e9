/** A seal of the suite `openpgp-4`: the session key of one item for one reader, one PKESK packet. Seal ‖ body opens with gpg 2.2. */
import { encryptSessionKey } from 'openpgp';
import type { Chance } from '../../domain/ports.js';
import { no, ok, type Result } from '../../domain/result.js';
import { dateOf, type Instant } from '../../domain/time.js';
import { OPENPGP_4 } from './config.js';
import { RSA_BITS_MAX, type OpenpgpRecipient } from './key.js';
import { parsePacketFrame, PKESK_TAG } from './packet.js';

export const OPENPGP_SEAL_BYTES_MAX = 4 * 1024;
/** AES-256, the only cipher of a body; also the content key that `keyCommitment` covers */
export const SESSION_KEY_BYTES = 32;
export const SESSION_CIPHER = 'aes256';

export interface OpenpgpSeal {
  /** of the subkey that it names: 16 lower-case hexadecimal digits; all 0 where the sender hides it */
  readonly keyId: string;
  readonly algorithm: 'ecdh' | 'rsa';
  readonly bytes: Uint8Array;
}

const VERSION_AT = 0;
const KEY_ID_AT = 1;
const ALGORITHM_AT = 9;
const SECRET_AT = 10;
const ECDH = 18;
const RSA = 1;
/** a point of 0x40 and 32 bytes: an MPI of 263 bits; RFC 9580 11.2.1 */
const POINT_BITS = 263;
/** cipher, key and checksum, 35 bytes, padded to 40, wrapped: RFC 9580 11.5 */
const WRAPPED_BYTES = 48;

/** 32 bytes, one key per item: never the same for two bodies. */
export const createSessionKey = (chance: Chance): Uint8Array => chance.bytes(SESSION_KEY_BYTES);

/**
 * Seals a session key to one reader; two calls differ.
 *
 * @param sessionKey 32 bytes
 * @returns one PKESK packet
 * @throws where the reader's key has expired or was revoked by its own word at `at`
 */
export async function sealSessionKey(sessionKey: Uint8Array, recipient: OpenpgpRecipient, at: Instant): Promise<Uint8Array> {
  if (sessionKey.length !== SESSION_KEY_BYTES) throw new RangeError(`a session key is ${SESSION_KEY_BYTES} bytes`);
  return encryptSessionKey({
    data: sessionKey,
    algorithm: SESSION_CIPHER,
    encryptionKeys: recipient.key,
    date: dateOf(at),
    format: 'binary',
    config: OPENPGP_4,
  });
}

/**
 * Takes one seal apart without a key: exactly one PKESK packet of version 3, every length exact, no byte behind it, naming the
 * key that it is claimed to be for. That it also *fits* that key, only its reader can tell.
 *
 * @param claimed whose seal it is said to be
 */
export function parseOpenpgpSeal(
  bytes: Uint8Array,
  claimed: Pick<OpenpgpRecipient, 'encryptionKeyId' | 'algorithm'>,
): Result<OpenpgpSeal, string> {
  const seal = parsePkesk(bytes);
  if (!seal.ok) return seal;
  if (seal.value.keyId !== claimed.encryptionKeyId || seal.value.algorithm !== claimed.algorithm) return no('a seal to another key');
  return seal;
}

/** The same for a seal that nobody has claimed yet: what a mail partner wrote. */
export function parsePkesk(bytes: Uint8Array): Result<OpenpgpSeal, string> {
  if (bytes.length > OPENPGP_SEAL_BYTES_MAX) return no(`a seal is longer than ${OPENPGP_SEAL_BYTES_MAX} bytes`);
  const frame = parsePacketFrame(bytes, 0);
  if (!frame.ok) return frame;
  const { tag, bodyAt, end, partial } = frame.value;
  if (tag !== PKESK_TAG || partial || end !== bytes.length) return no('not exactly one session key packet');
  const body = bytes.subarray(bodyAt);
  if (body[VERSION_AT] !== 3) return no('not a session key packet of version 3');
  const algorithm = secretOf(body);
  if (algorithm === null) return no('a session key packet whose lengths do not fit');
  return ok({ keyId: hex(body.subarray(KEY_ID_AT, ALGORITHM_AT)), algorithm, bytes });
}

/** @returns the algorithm, or null where the encrypted session key is not exactly as long as that algorithm writes it */
function secretOf(body: Uint8Array): 'ecdh' | 'rsa' | null {
  const secret = body.subarray(SECRET_AT);
  const bits = (secret[0]! << 8) | secret[1]!;
  const mpiEnd = 2 + Math.ceil(bits / 8);
  if (body[ALGORITHM_AT] === ECDH) {
    const isExact = bits === POINT_BITS && secret[2] === 0x40 && secret[mpiEnd] === WRAPPED_BYTES;
    return isExact && secret.length === mpiEnd + 1 + WRAPPED_BYTES ? 'ecdh' : null;
  }
  const isRsa = body[ALGORITHM_AT] === RSA && bits > 0 && bits <= RSA_BITS_MAX && secret.length === mpiEnd;
  // an MPI's first byte has the highest bit that the count says, and none above it
  return isRsa && 32 - Math.clz32(secret[2]!) === ((bits - 1) % 8) + 1 ? 'rsa' : null;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
