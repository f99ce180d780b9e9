/** Puts a snapshot and the sealed bodies that it names into one archive, each checked on its way. */
import { verifyCheckpoint, type Checkpoint, type LogTrust } from '../../crypto/checkpoint.js';
import { isSameHash, leafHash, type Hash } from '../../crypto/merkle.js';
import { appendRun, coveringNodes, EMPTY_FRONTIER, rootOfFrontier, type Frontier } from '../../crypto/merkle/append.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { formatVerifierKey, type VerifierKey } from '../../crypto/note-key.js';
import { partHash } from '../../crypto/part-tree.js';
import type { ArchiveSink, Snapshot } from '../../domain/backup.js';
import { Failure } from '../../domain/failure.js';
import type { Uuid } from '../../domain/ids.js';
import type { Blobs } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { WrittenManifest } from '../../domain/wire/backup.js';

export const DATABASE_ENTRY = 'database';
export const MANIFEST_ENTRY = 'manifest.json';
const ROUNDS_MAX = 5;
const partEntry = (upload: Uuid, n: number): string => `blobs/${upload}/${n}`;

/** A backup of a gateway believes that gateway's own key; what witnesses say is for whoever restores it. */
const trustIn = (key: VerifierKey): LogTrust => ({ origin: key.name, logKeys: [key], witnesses: [], quorum: 0 });

export interface BackupParts {
  readonly snapshot: Snapshot;
  /** where the snapshot's bytes lie */
  readonly file: string;
  readonly blobs: Pick<Blobs, 'readPart'>;
  readonly sink: ArchiveSink;
  /** of the log */
  readonly key: VerifierKey;
  readonly now: Instant;
  /** lasts as long as it may take whoever removed bytes to remove their row */
  pause(): Promise<void>;
}

/**
 * @returns the manifest of an archive that is whole and on disk
 * @throws Failure `BLOBS_UNAVAILABLE` where a body is missing or altered, `INVARIANT_BROKEN` where log and checkpoint differ; then there is no archive
 */
export async function backUp(parts: BackupParts): Promise<WrittenManifest> {
  try {
    return await fill(parts);
  } catch (error) {
    await parts.sink.abandon();
    throw error;
  }
}

async function fill(parts: BackupParts): Promise<WrittenManifest> {
  const { snapshot, file, sink, key, now } = parts;
  const { database, schema, size, checkpoint } = snapshot;
  const root = await rootOf(snapshot, key);
  const databaseDigest = await sink.addFile(DATABASE_ENTRY, file);
  const { count, dropped } = await addBodies(parts);
  const manifest: WrittenManifest = {
    v: 1,
    origin: key.name,
    key: formatVerifierKey(key),
    madeAt: formatInstant(now),
    database,
    schema,
    databaseDigest,
    size,
    root: encodeDigest(root),
    checkpoint: checkpoint?.note ?? null,
    parts: count,
    dropped,
  };
  await sink.add(MANIFEST_ENTRY, new TextEncoder().encode(JSON.stringify(manifest)));
  await sink.finish();
  return manifest;
}

/** Bytes come before rows: what the snapshot's rows name is there, unless it was dropped since; then none of its parts counts. */
async function addBodies({ snapshot, blobs, sink, pause }: BackupParts): Promise<{ count: number; dropped: Uuid[] }> {
  const dropped = new Set<Uuid>();
  let count = 0;
  let current: { readonly upload: Uuid | null; parts: number } = { upload: null, parts: 0 };
  for await (const { upload, n, sizeBytes, leafHash: expected } of snapshot.parts()) {
    if (dropped.has(upload)) continue;
    if (current.upload !== upload) current = { upload, parts: 0 };
    const bytes = await blobs.readPart(upload, n, 0, sizeBytes);
    if (bytes !== null && isSameHash(partHash(bytes), expected)) {
      await sink.add(partEntry(upload, n), bytes);
      current.parts += 1;
      count += 1;
    } else if (bytes === null && (await isGone(upload, snapshot, pause))) {
      dropped.add(upload);
      count -= current.parts;
    } else throw new Failure('BLOBS_UNAVAILABLE', `part ${n} of ${upload} is missing or altered`);
  }
  return { count, dropped: [...dropped] };
}

/** The bytes go before their row (steps/erase.ts). */
async function isGone(upload: Uuid, snapshot: Snapshot, pause: BackupParts['pause']): Promise<boolean> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if (await snapshot.isGone(upload)) return true;
    await pause();
  }
  return snapshot.isGone(upload);
}

/** The root over every leaf: what was published, as its own note says, and what came after it. */
async function rootOf(snapshot: Snapshot, key: VerifierKey): Promise<Hash> {
  const published = readNote(snapshot.checkpoint?.note ?? null, key);
  const covering = await snapshot.nodes(coveringNodes(0, published?.size ?? 0));
  const hashes = covering.filter((hash) => hash !== null);
  let frontier: Frontier = published === null ? EMPTY_FRONTIER : { size: published.size, hashes };
  if (hashes.length !== covering.length || (published !== null && !isSameHash(rootOfFrontier(frontier), published.root)))
    throw new Failure('INVARIANT_BROKEN', 'the tree has another root than its checkpoint');
  for await (const data of snapshot.leafData(frontier.size)) frontier = appendRun(frontier, [leafHash(data)]).frontier;
  if (frontier.size !== snapshot.size) throw new Failure('INVARIANT_BROKEN', 'the log has a gap');
  return rootOfFrontier(frontier);
}

/** @throws Failure where it is not this log's */
export function readNote(note: string | null, key: VerifierKey): Checkpoint | null {
  if (note === null) return null;
  const said = verifyCheckpoint(note, trustIn(key));
  if (!said.ok) throw new Failure('INVARIANT_BROKEN', `the newest checkpoint does not verify: ${said.error}`);
  return said.value.checkpoint;
}
