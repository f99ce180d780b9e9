/** Is the log in this database this gateway's own? A key that is made anew, or another origin, must not go on with somebody's log. */
import { verifyCheckpoint } from '../crypto/checkpoint.js';
import { Failure } from '../domain/failure.js';
import type { Store } from '../domain/ports.js';
import type { GatewayKeys } from './deps.js';

/** @throws Failure `CONFIG_INVALID` where the newest checkpoint is not signed with this key under this origin */
export async function assertOwnLog(store: Pick<Store, 'latestCheckpoint'>, origin: string, { publicKey }: GatewayKeys): Promise<void> {
  const newest = await store.latestCheckpoint();
  if (newest === null) return;
  const key = { name: origin, algorithm: 'ED25519' as const, publicKey };
  const said = verifyCheckpoint(newest.note, { origin, logKeys: [key], witnesses: [], quorum: 0 });
  if (said.ok) return;
  throw new Failure(
    'CONFIG_INVALID',
    `this database holds a log that was signed with another key, or has another origin than ${origin} (${said.error}): bring back the gateway’s key file and PARLEY_ORIGIN as they were; a key that was just made for it is of no use`,
  );
}
