/** Putting a quorum key together again: for the asking officer's client alone. No file of the server may reach this one. */
import { combine } from 'shamir-secret-sharing';
import { no, ok, type Result } from '../domain/result.js';
import { agePublicKey } from './age/keys.js';
import type { AgeSuite } from './age/suite.js';
import type { DeskSecret } from './open.js';
import type { ReaderKey } from './seal.js';
import { kidOf } from './signing-key.js';

/**
 * The library answers any shares with some secret; whether it is the right one its public key tells.
 *
 * @param key as the authority's entry lists it
 * @returns the secret; whoever holds it can open all that was ever sealed to this key
 */
export async function combineQuorum(
  { kid, suite }: Pick<ReaderKey, 'kid'> & { readonly suite: AgeSuite },
  shares: readonly Uint8Array[],
): Promise<Result<DeskSecret, string>> {
  const secret = await combine([...shares]).catch(() => null);
  if (secret?.length !== 32 || kidOf(suite, agePublicKey(suite, secret)) !== kid)
    return no('these shares do not give the quorum key: too few, or a false one');
  return ok({ kid, suite, secret });
}
