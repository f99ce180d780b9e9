import { z } from 'zod';
import { SUITES } from '../vocabulary.js';
import { authorityId, bytes64, deskId, digest, instant, keyId, officerId, origin, version1 } from './primitives.js';

/** Officers to whom one keyring wraps: as many hybrid seals as fit into the blob. */
export const KEYRING_OFFICERS_MAX = 20;

/**
 * `parley-keyring+json`: one generation of a desk's secrets, sealed once and wrapped to each officer who sits there. Signed by the
 * officer who wraps; kept by the gateway as a blob, never submitted, never a leaf.
 */
export const keyring = z.strictObject({
  v: version1,
  aud: origin,
  at: instant,
  authority: authorityId,
  desk: deskId,
  generation: z.int().min(1).max(1_000_000),
  from: instant,
  until: instant,
  /** binds the content key to authority, desk and generation, as an item's does */
  keyCommitment: digest,
  body: bytes64(12_288),
  /** nobody, where the quorum alone is left */
  wrapped: z.array(z.strictObject({ officer: officerId, kid: keyId, seal: bytes64(4_096) })).max(KEYRING_OFFICERS_MAX),
  /** to the quorum key of the entry, where it lists one */
  quorum: z.strictObject({ kid: keyId, seal: bytes64(4_096) }).optional(),
});

/** What is sealed inside: the secrets as a key store keeps them. An age public key is made from its secret again. */
export const keyringSecrets = z.strictObject({
  v: version1,
  keys: z
    .array(z.strictObject({ suite: z.enum(SUITES), secret: bytes64(8_192), publicKey: bytes64(4_096).optional() }))
    .min(1)
    .max(4),
});
export type KeyringPayload = z.output<typeof keyring>;
