/** Streams and openings of epoch maps, as the gateway answers them. Nothing here is believed before `crypto/streams.ts` and `epoch-map.ts` agree. */
import { z } from 'zod';
import { bytes32, hash, jsonObject } from './answer-texts.js';
import { authorityId, decimal } from './primitives.js';

/** epochs of one page of openings */
export const OPENINGS_MAX = 100;
/** leaves of one page of the log */
export const LEAVES_MAX = 4_096;
/** entries of one page of a stream */
export const STREAM_PAGE_MAX = 1_000;

const path = z.array(hash).max(64).meta({ description: 'from the sibling up' });
const count = z.int().min(0);
const epochNumber = z.int().min(1);

/** size of a published checkpoint: the tree that proofs are made in */
const size = decimal(Number.MAX_SAFE_INTEGER, 16);

export const streamQuery = z.strictObject({
  size,
  /** entries of leaves from this index on */
  from: decimal(Number.MAX_SAFE_INTEGER, 16).optional(),
  limit: decimal(STREAM_PAGE_MAX, 4).optional(),
});
export const openingsQuery = z.strictObject({
  size,
  /** the first epoch; absent: that of the checkpoint */
  from: decimal(2 ** 31 - 1, 10).optional(),
  limit: decimal(OPENINGS_MAX, 3).optional(),
});
export const leavesQuery = z.strictObject({ size, from: decimal(Number.MAX_SAFE_INTEGER, 16) });
export const accessQuery = z.strictObject({ size });
export const authorityParams = z.strictObject({ authority: authorityId });

/** An epoch leaf and its path in the tree of the asked size. */
const epochLeaf = z.strictObject({ n: epochNumber, index: count, data: z.string().max(256), path });
export type EpochLeafAnswer = z.output<typeof epochLeaf>;

export const streamPage = z.strictObject({
  /** the epoch that the checkpoint ends with: entries go up to its `upTo` */
  n: epochNumber,
  /** in index order, each with the epoch that bound it */
  entries: z.array(z.strictObject({ index: count, n: epochNumber, viewHash: hash })).max(STREAM_PAGE_MAX),
  /** where the next page begins; absent: this was the last */
  next: count.optional(),
});
export type StreamPage = z.output<typeof streamPage>;

/** Slot 2i of one epoch after another. An authority that had no slot yet has no opening. */
export const streamOpenings = z.strictObject({
  openings: z
    .array(z.strictObject({ n: epochNumber, opening: z.strictObject({ slot: count, salt: bytes32, head: hash, path }).nullable() }))
    .max(OPENINGS_MAX),
});
export type StreamOpenings = z.output<typeof streamOpenings>;

/** Slot 2i + 1 of one epoch after another. `entry`: null where the authority had none. */
export const entryOpenings = z.strictObject({
  openings: z
    .array(z.strictObject({ leaf: epochLeaf, opening: z.strictObject({ slot: count, entry: hash.nullable(), path }).nullable() }))
    .max(OPENINGS_MAX),
});
export type EntryOpenings = z.output<typeof entryOpenings>;

/** That a reading stands in the stream of each other authority that its leaf has a view for. */
export const accessProof = z.strictObject({
  leaf: epochLeaf,
  streams: z
    .array(
      z.strictObject({
        authority: z.string().max(32),
        slot: count,
        viewHash: hash,
        /** among the stream's news of that epoch */
        position: count,
        of: z.int().min(1),
        news: path,
        /** the stream's head before the epoch */
        before: hash,
        salt: bytes32,
        path,
        /** what the originator is told of the reading, which is less than its reader is told; absent: erased after its years */
        view: z.strictObject({ salt: bytes32, event: jsonObject(4_096) }).optional(),
      }),
    )
    .max(64),
});
export type AccessProof = z.output<typeof accessProof>;
