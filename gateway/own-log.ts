/** Is the log in this database this gateway's own? A key that is made anew, or another origin, must not go on with somebody's log. */
import { verifyCheckpoint } from '../crypto/checkpoint.js';
import { Failure } from '../domain/failure.js';
import type { Store } from '../domain/ports.js';
import type { GatewayKeys } from './deps.js';

type Stored = Pick<Store, 'latestCheckpoint'>;

/** @throws Failure `CONFIG_INVALID` where it is not */
export async function assertOwnLog(store: Stored, origin: string, keys: GatewayKeys): Promise<void> {
  const why = await strangeLog(store, origin, keys);
  if (why === null) return;
  throw new Failure(
    'CONFIG_INVALID',
    `${why}: bring back the gateway’s key file and PARLEY_ORIGIN as they were; a key that was just made for it is of no use`,
  );
}

/** @returns null where nothing is signed yet, or the newest checkpoint is, with this key under this origin */
export async function strangeLog(store: Stored, origin: string, { publicKey }: GatewayKeys): Promise<string | null> {
  const newest = await store.latestCheckpoint();
  if (newest === null) return null;
  const key = { name: origin, algorithm: 'ED25519' as const, publicKey };
  const said = verifyCheckpoint(newest.note, { origin, logKeys: [key], witnesses: [], quorum: 0 });
  return said.ok
    ? null
    : `this database holds a log that was signed with another key, or has another origin than ${origin} (${said.error})`;
}
