/**
 * The primitives that have a fast implementation in Node and a pure one elsewhere. `#native` picks (package.json `imports`);
 * both pass the same test file. Nothing here knows what an exchange is.
 */
export interface Native {
  /** RFC 4648 §5, unpadded. */
  encodeBase64url(bytes: Uint8Array): string;
  /** @returns null for every text that is not its own re-encoding */
  decodeBase64url(text: string): Uint8Array | null;
  sha256(...parts: readonly Uint8Array[]): Uint8Array;
  hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array;
  /** RFC 5869 with SHA-256. */
  hkdfSha256(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  /** RFC 8439; returns ciphertext ‖ 16-byte tag. */
  chachaSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** The same uncopied: ciphertext and tag, for bodies that go out piece by piece. */
  chachaSealPieces(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): [ciphertext: Uint8Array, tag: Uint8Array];
  /** @returns null where the tag does not fit; never a prefix of the plaintext */
  chachaOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null;
  x25519Public(secret: Uint8Array): Uint8Array;
  /** @returns null where the shared secret is all zero (a small-order point): RFC 7748 §6.1 */
  x25519Shared(secret: Uint8Array, theirs: Uint8Array): Uint8Array | null;
  /** @param seed 32 bytes, RFC 8032 */
  ed25519Public(seed: Uint8Array): Uint8Array;
  ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** @returns false for a malformed key or signature too, never throws */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
