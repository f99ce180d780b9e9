/**
 * A quorum key: an age key whose secret lives on only as shares, of which any `need` together give it back (Shamir over GF(2^8)).
 * What puts it together again is `open-quorum.ts`, which no file of the server may reach.
 */
import { split } from 'shamir-secret-sharing';
import type { Digest } from '../domain/ids.js';
import type { Chance } from '../domain/ports.js';
import { createAgeKey } from './age/keys.js';
import type { AgeSuite } from './age/suite.js';
import { digestOfBytes } from './digest.js';
import type { ReaderKey } from './seal.js';
import { kidOf } from './signing-key.js';

export interface DealtShare {
  readonly holder: string;
  /** 33 bytes, secret: 32 of the share and its place on the curve */
  readonly share: Uint8Array;
  /** public: tells a false share from the true one, and nothing of it */
  readonly commitment: Digest;
}

export interface DealtQuorum {
  readonly key: ReaderKey & { readonly suite: AgeSuite };
  readonly shares: readonly DealtShare[];
}

const utf8 = new TextEncoder();

/** A share is 264 bits of chance: its digest gives nothing away. It binds key and holder, so that no share stands in for another. */
export const shareCommitment = (kid: string, holder: string, share: Uint8Array): Digest =>
  digestOfBytes(utf8.encode(`parley/quorum-share/v1\0${kid}\0${holder}\0`), share);

/**
 * Makes a quorum key and deals its shares. The secret is overwritten before this returns; that the dealer kept no copy nobody can prove.
 * The polynomial's coefficients are the operating system's randomness, which the library takes for itself.
 *
 * @param holders 3 to 16, each once
 * @param need 2 or more, and fewer than there are holders: whoever asks is not counted
 * @throws RangeError
 */
export async function dealQuorum(suite: AgeSuite, holders: readonly string[], need: number, chance: Chance): Promise<DealtQuorum> {
  if (need < 2 || need >= holders.length || holders.length > 16 || new Set(holders).size !== holders.length)
    throw new RangeError('a quorum has 3 to 16 holders, and needs 2 or more of them but not all');
  const { publicKey, secret } = createAgeKey(suite, chance);
  const kid = kidOf(suite, publicKey);
  const shares = await split(secret, holders.length, need);
  secret.fill(0);
  return {
    key: { kid, suite, publicKey },
    shares: holders.map((holder, n) => ({ holder, share: shares[n]!, commitment: shareCommitment(kid, holder, shares[n]!) })),
  };
}
