/** A gateway over a real database in a folder of its own, and its archives. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from '../../adapters/archive-tar/read.js';
import { createArchive } from '../../adapters/archive-tar/write.js';
import { createFileBlobs } from '../../adapters/blobs-files/file-blobs.js';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { databaseKindOf, loadSnapshot, stagedFile, takeSnapshot } from '../../adapters/store-prisma/snapshot/snapshot.js';
import type { VerifierKey } from '../../crypto/note-key.js';
import type { Blobs, Store } from '../../domain/ports.js';
import { backUp, type BackupParts } from '../../gateway/backup/back-up.js';
import type { WrittenManifest } from '../../domain/wire/backup.js';
import { restore, type Restored, type RestoreParts } from '../../gateway/backup/restore.js';
import type { GatewayKeys } from '../../gateway/deps.js';
import { OPERATOR, ORIGIN } from './actors.js';
import type { World } from './world.js';

export interface Place {
  readonly folder: string;
  readonly url: string;
  readonly blobs: Blobs;
  remove(): void;
}

/** @param url of an empty database; absent: a file in the folder */
export function createPlace(url?: string): Place {
  const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  mkdirSync(join(folder, 'blobs'));
  return {
    folder,
    url: url ?? `file:${join(folder, 'parley.db')}`,
    blobs: createFileBlobs(join(folder, 'blobs')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const verifierOf = ({ publicKey }: GatewayKeys): VerifierKey => ({ name: ORIGIN, algorithm: 'ED25519', publicKey });

export async function archiveOf(
  place: Place,
  archive: string,
  keys: GatewayKeys,
  world: World,
  over: Partial<BackupParts> = {},
): Promise<WrittenManifest> {
  const sink = await createArchive(archive, `${archive}.draft`);
  const file = `${archive}.database`;
  const snapshot = await takeSnapshot(place.url, file, process.env);
  try {
    const { blobs } = place;
    const pause = () => Promise.resolve();
    return await backUp({ snapshot, file, blobs, sink, key: verifierOf(keys), now: world.clock.now(), pause, ...over });
  } finally {
    await snapshot.close();
    rmSync(file, { force: true });
  }
}

/** Into `place`, whose store it opens. */
export async function restoreInto(
  place: Place,
  archive: string,
  keys: GatewayKeys,
  world: World,
  over: Partial<RestoreParts> = {},
): Promise<{ readonly restored: Restored; readonly store: Store }> {
  const restored = await restore({
    entries: readArchive(archive),
    key: verifierOf(keys),
    operator: OPERATOR,
    database: databaseKindOf(place.url),
    file: stagedFile(place.url, place.folder),
    blobs: place.blobs,
    load: (file) => loadSnapshot(place.url, file, process.env),
    openStore,
    mayGoOn: () => Promise.resolve(),
    clock: world.clock,
    chance: world.chance,
    ...over,
  });
  return { restored, store: await openStore(place.url) };
}
