/** What backup and restore need from the world, beside store and blobs. */
import type { Uuid } from './ids.js';
import type { PartRow, PublishedCheckpoint } from './ports.js';

export const DATABASES = ['sqlite', 'postgresql'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

/** The database as it stood at one moment; whoever writes goes on writing. */
export interface Snapshot {
  readonly database: DatabaseKind;
  /** name of its newest migration */
  readonly schema: string;
  /** leaves in the log */
  readonly size: number;
  readonly checkpoint: PublishedCheckpoint | null;
  nodes(wanted: readonly { readonly level: number; readonly index: number }[]): Promise<readonly (Uint8Array | null)[]>;
  /** data of the leaves from `from` on, in order */
  leafData(from: number): AsyncIterable<Uint8Array>;
  /** every part of a sealed body that the database knows, those of unfinished uploads too; those of one upload follow each other */
  parts(): AsyncIterable<PartRow & { readonly upload: Uuid }>;
  /** the name of the folder that the bodies lie in (main-bodies.ts), as it is now; null: none was named, or this is a copy */
  bodyFolder(): Promise<string | null>;
  /** has this upload been dropped since the snapshot was taken? */
  isGone(upload: Uuid): Promise<boolean>;
  close(): Promise<void>;
}

/** A database that is being brought back: nobody else knows it before `keep`. */
export interface LoadedDatabase {
  /** where to open it meanwhile */
  readonly url: string;
  readonly snapshot: Snapshot;
  /** gives it its own name, once nothing has it open */
  keep(): Promise<void>;
  /** leaves the place as empty as it was */
  undo(): Promise<void>;
}

/** One file that is made once: it has its name when it is whole and on disk, and not before. */
export interface ArchiveSink {
  /** @returns SHA-256 of the file's bytes, base64url */
  addFile(name: string, path: string): Promise<string>;
  add(name: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** leaves nothing behind */
  abandon(): Promise<void>;
}

export interface ArchiveEntry {
  readonly name: string;
  readonly sizeBytes: number;
  bytes(): Promise<Uint8Array>;
  /** @returns SHA-256 of what was saved, base64url */
  saveTo(path: string): Promise<string>;
}
