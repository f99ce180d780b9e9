/** The last entry of an archive: what it holds, so that a restore can tell that it has all of it and nothing else. */
import { z } from 'zod';
import { DATABASES } from '../backup.js';
import { digest, instant, origin, uuid, version1 } from './primitives.js';

const count = z.int().min(0);

export const backupManifest = z.strictObject({
  v: version1,
  origin,
  /** of the log, as a C2SP verifier key */
  key: z.string().max(400),
  madeAt: instant,
  database: z.enum(DATABASES),
  /** name of the newest migration */
  schema: z.string().max(100),
  /** SHA-256 of the entry `database` */
  databaseDigest: digest,
  /** leaves in the log, and the root over all of them */
  size: count,
  root: digest,
  /** the newest published note; null: nothing was published */
  checkpoint: z.string().max(16_384).nullable(),
  /** sealed parts in the archive */
  parts: count,
  /** uploads that were dropped while the archive was made: their rows go too */
  dropped: z.array(uuid).max(100_000),
});
export type BackupManifest = z.output<typeof backupManifest>;
/** As it is written: ids and instants as text. */
export type WrittenManifest = z.input<typeof backupManifest>;
