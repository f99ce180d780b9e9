/** The synchronous verifier over `#native`, for clients and for the simulation. Takes any message. */
import { native } from '#native';
import type { Verifier } from '../domain/ports.js';

export const nativeVerifier: Verifier = {
  verify: (publicKey, message, signature) => native.ed25519Verify(publicKey, message, signature),
};
