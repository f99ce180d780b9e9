/**
 * WebCrypto signs in a thread pool, whose order no seed decides. In the simulation it signs at once: Ed25519 is deterministic, so
 * that the bytes are the same.
 */
import { native } from '#native';
import { decodeBase64url } from '../../crypto/base64url.js';

export function signAtOnce(): void {
  const { subtle } = globalThis.crypto;
  const seeds = new WeakMap<object, Uint8Array>();
  const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
  Object.defineProperty(subtle, 'importKey', {
    value: async (format: string, data: { readonly d?: string }, ...rest: unknown[]) => {
      const key = await importKey(format, data, ...rest);
      const seed = decodeBase64url(data.d ?? '');
      if (seed.ok && seed.value.length === 32) seeds.set(key, seed.value);
      return key;
    },
  });
  Object.defineProperty(subtle, 'sign', {
    value: (_algorithm: unknown, key: CryptoKey, message: Uint8Array) => {
      const seed = seeds.get(key);
      if (seed === undefined) throw new Error('only Ed25519 keys that were imported here sign at once');
      return Promise.resolve(native.ed25519Sign(seed, message).slice().buffer);
    },
  });
}
