/** The verifier over jose, an oracle for ours: WebCrypto wherever it has Ed25519. It reads signing inputs of compact JWS and nothing else. */
import { compactVerify } from 'jose';
import type { Verifier } from '../../domain/ports.js';
import { encodeBase64url } from '../../crypto/base64url.js';

// a byte-order mark stays: dropped, a different message would verify
const ascii = new TextDecoder('utf-8', { ignoreBOM: true });

export const joseVerifier: Verifier = {
  /** @returns false also for a message that is no signing input and for a key that is no point; never throws */
  async verify(publicKey, message, signature) {
    try {
      const jws = `${ascii.decode(message)}.${encodeBase64url(signature)}`;
      await compactVerify(jws, { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(publicKey) }, { algorithms: ['Ed25519'] });
      return true;
    } catch {
      return false;
    }
  },
};
