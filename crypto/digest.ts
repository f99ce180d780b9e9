/** `D` of the protocol: SHA-256 as unpadded base64url. */
import { native } from '#native';
import type { Digest } from '../domain/ids.js';
import { encodeBase64url } from './base64url.js';

/** @returns the digest of the parts, concatenated */
export const digestOfBytes = (...parts: readonly Uint8Array[]): Digest => encodeBase64url(native.sha256(...parts)) as Digest;
