/** The two age suites: C2SP age v1 headers that hold exactly one stanza. @see https://c2sp.org/age and protocol.md 4 */
export type AgeSuite = 'age-pq-1' | 'age-x25519-1';

/** age's file key: the content key of an item. */
export const FILE_KEY_BYTES = 16;
/** The file key under ChaCha20-Poly1305. */
export const WRAPPED_BYTES = FILE_KEY_BYTES + 16;
export const MAC_BYTES = 32;

interface AgeSuiteShape {
  /** The stanza's type, and so its first argument. */
  readonly stanza: string;
  /** The stanza's only other argument: an X25519 share, or ML-KEM ciphertext ‖ X25519 share. */
  readonly shareBytes: number;
  readonly publicKeyBytes: number;
}

export const AGE_SUITES: Readonly<Record<AgeSuite, AgeSuiteShape>> = {
  'age-pq-1': {
    stanza: 'mlkem768x25519',
    shareBytes: 1_120,
    publicKeyBytes: 1_216,
  },
  'age-x25519-1': {
    stanza: 'X25519',
    shareBytes: 32,
    publicKeyBytes: 32,
  },
};
