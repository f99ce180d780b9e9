/**
 * Key revocations that this client saw once. No epoch binds them, so the gateway could show a directory without one; to whoever saw it the
 * key stays ended, and the gap is an alarm.
 */
import { newsIn, type Directory } from '../../domain/authority.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Doubt } from './directory-belief.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';

type Revocation = StatementOf<'parley-revocation+json'>;

const SEEN = 'revocations/seen';

/** @returns compact; whoever reads them checks each by the roots of now */
export const keptRevocations = async (store: KeyStore): Promise<readonly string[]> =>
  ((await readRecord(store, SEEN)) as { readonly revocations: string[] } | null)?.revocations ?? [];

/** Writes only what is new, since the directory is read often. @param kept what was kept before, compact */
export async function keepRevocations(store: KeyStore, kept: readonly string[], believed: readonly Revocation[]): Promise<void> {
  const revocations = new Set([...kept, ...believed.map(({ compact }) => compact)]);
  if (revocations.size > kept.length) await writeRecord(store, SEEN, { revocations: [...revocations] });
}

/**
 * Whose keys the gateway shows as less gravely revoked than this client knows. Another revocation of the key that says as much is none: it was
 * said again, after a restored log perhaps.
 *
 * @param shown as the gateway's own revocations make it
 * @param believed shown or kept
 */
export function withheld(shown: Pick<Directory, 'revoked'>, believed: readonly Revocation[]): Doubt[] {
  const missing = believed.filter(({ payload }) => newsIn(shown, payload) === 'GRAVER');
  return missing.map(({ payload: { authority, kid, reason } }) => ({
    authority,
    why: `the gateway no longer shows that key ${kid} was revoked (${reason}), which its root signed`,
    isAlarm: true,
    code: 'REVOCATION_WITHHELD',
    next: 'Do not send. The key stays ended here. Tell the authority, and ask the operator why the revocation is gone.',
  }));
}
