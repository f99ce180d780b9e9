/** Sealed bodies come in parts of 8 MiB, in any order, any number of times, and are hashed as they come: the commit reads nothing again. */
import { encodeDigest } from '../crypto/merkle/digests.js';
import { partCount, partHash, partPath, partSize, rootOfParts } from '../crypto/part-tree.js';
import { isSameHash } from '../crypto/merkle.js';
import type { AuthorityId, Digest, Uuid } from '../domain/ids.js';
import { Failure } from '../domain/failure.js';
import type { Blobs, Chance, Clock, PartRow, Store, UploadRow } from '../domain/ports.js';
import { refusal, type Refusal } from '../domain/refusal.js';
import { no, ok, type Result } from '../domain/result.js';
import { DAY_MS, HOUR_MS, plusMs, type Instant } from '../domain/time.js';
import { createUuid } from '../domain/uuid.js';
import { createPlaces } from './places.js';
import { openVolume } from './read/library.js';

export { PART_BYTES, partCount as partCountOf } from '../crypto/part-tree.js';
export { encodeDigest as encodeHash } from '../crypto/merkle/digests.js';
/** parts held in memory at once, 8 MiB each */
const PARTS_IN_FLIGHT_MAX = 32;
/** of them those of one authority: whoever is slow stands in its own way */
const PARTS_OF_ONE_MAX = 2;
/** beside so many an authority has one alone: a few that are slow leave each of the others a place */
const PARTS_FREE_MAX = 8;
/** what nobody claimed for so long is dropped */
const UPLOAD_STALE_MS = DAY_MS;
/** nothing takes so long from a look at an upload to what it rests on, and clocks of two processes never differ so much */
const UPLOAD_TAKEN_MS_MAX = UPLOAD_STALE_MS - HOUR_MS;
const SWEEP_ROWS = 100;
/** one sweep; the next one goes on */
const SWEEP_MS_MAX = 60_000;
/** uploads of one authority that no statement has claimed and no sweep has dropped */
const OPEN_MAX = 500;

export interface OpenPart {
  /** bytes that the part has */
  readonly sizeBytes: number;
  readonly leafHash: Uint8Array;
  /** from the part up to the item's ciphertext digest */
  readonly path: readonly Uint8Array[];
}

export interface Uploads {
  /** `LIMIT_REACHED` where too many of the owner's are open */
  open(owner: AuthorityId, sizeBytes: number): Promise<Result<{ readonly upload: Uuid; readonly parts: number }, Refusal>>;
  /** Bytes that part `n` must have; `NOT_FOUND` where the upload is another's, is about to be dropped or has no such part. Asked before a byte is read. */
  expect(owner: AuthorityId, id: Uuid, n: number): Promise<Result<number, Refusal>>;
  /** Durable when it resolves. The same bytes again change nothing; other bytes are refused. */
  put(owner: AuthorityId, id: Uuid, n: number, bytes: Uint8Array): Promise<Result<null, Refusal>>;
  /** Null where it is another authority's, is not there or is about to be dropped. */
  list(owner: AuthorityId, id: Uuid): Promise<{ readonly upload: UploadRow; readonly parts: readonly PartRow[] } | null>;
  /** Part `n` of a whole upload, for whoever holds a ticket. Null where it is gone. */
  part(id: Uuid, n: number): Promise<OpenPart | null>;
  /** @throws Failure `BLOBS_UNAVAILABLE` where stored bytes are missing */
  read(id: Uuid, n: number, from: number, length: number): Promise<Uint8Array>;
  /** Runs `work` while it counts as one part in memory, of `owner`. */
  held<T>(owner: AuthorityId, work: () => Promise<T>): Promise<T>;
  /** Drops what nobody claimed for a day; returns how many. */
  sweep(): Promise<number>;
}

const absent = no(refusal('NOT_FOUND', 'no such upload or part'));

interface UploadDeps {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** A sweep that looks just now may drop it: nobody adds to it, and no statement takes it. */
export const isEnding = ({ createdAt, claimedBy }: UploadRow, now: Instant): boolean =>
  claimedBy === null && createdAt < plusMs(now, -UPLOAD_TAKEN_MS_MAX);

export function createUploads(deps: UploadDeps): Uploads {
  const { store, blobs, clock } = deps;

  const own = async (owner: AuthorityId, id: Uuid): Promise<UploadRow | null> => {
    const row = await store.upload(id);
    return row?.owner === owner && !isEnding(row, clock.now()) ? row : null;
  };

  return {
    open: (owner, sizeBytes) => openUpload(deps, owner, sizeBytes),
    async expect(owner, id, n) {
      const row = await own(owner, id);
      const size = row === null ? 0 : partSize(row.sizeBytes, n);
      return size > 0 ? ok(size) : absent;
    },
    async put(owner, id, n, bytes) {
      const row = await own(owner, id);
      if (row === null) return absent;
      const size = partSize(row.sizeBytes, n);
      if (bytes.length !== size) return no(refusal('PART_MISMATCH', `part ${n} has ${size} bytes, ${bytes.length} came`));
      return writePart(deps, id, n, bytes);
    },
    async list(owner, id) {
      const upload = await own(owner, id);
      return upload && { upload, parts: await store.parts(id) };
    },
    part: (id, n) => openPart(store, id, n),
    async read(id, n, from, length) {
      const bytes = await blobs.readPart(id, n, from, length);
      if (bytes?.length !== length) throw new Failure('BLOBS_UNAVAILABLE', `part ${n} of ${id} is not whole`);
      return bytes;
    },
    held: createHold(),
    sweep: () => sweepStale(deps),
  };
}

async function openUpload({ store, clock, chance }: UploadDeps, owner: AuthorityId, sizeBytes: number): ReturnType<Uploads['open']> {
  const now = clock.now();
  if ((await store.openUploads(owner, plusMs(now, -UPLOAD_STALE_MS))) >= OPEN_MAX)
    return no(
      refusal('LIMIT_REACHED', `${owner} has ${OPEN_MAX} uploads that no statement took; each is dropped a day after it was opened`),
    );
  const upload = createUuid(chance);
  await store.putUpload({ id: upload, owner, sizeBytes, createdAt: now, claimedBy: null });
  return ok({ upload, parts: partCount(sizeBytes) });
}

async function writePart({ store, blobs }: UploadDeps, id: Uuid, n: number, bytes: Uint8Array): Promise<Result<null, Refusal>> {
  const leafHash = partHash(bytes);
  const known = (await store.parts(id)).find((part) => part.n === n);
  const other = no(refusal('PART_MISMATCH', `part ${n} is there with other bytes`));
  if (known) return isSameHash(known.leafHash, leafHash) ? ok(null) : other;
  // bytes first: a row says that they are durable; another process may have been faster with others
  if (!(await blobs.putPart(id, n, bytes))) return other;
  await store.putPart(id, { n, sizeBytes: bytes.length, leafHash });
  return ok(null);
}

async function openPart(store: Store, id: Uuid, n: number): Promise<OpenPart | null> {
  const parts = await store.parts(id);
  const part = parts.find((one) => one.n === n);
  if (!part) return null;
  const hashes = parts.map((one) => one.leafHash);
  return { sizeBytes: part.sizeBytes, leafHash: part.leafHash, path: partPath(hashes, n) };
}

async function sweepStale(deps: UploadDeps): Promise<number> {
  const until = plusMs(deps.clock.now(), SWEEP_MS_MAX);
  let all = 0;
  for (;;) {
    const stale = await deps.store.staleUploads(plusMs(deps.clock.now(), -UPLOAD_STALE_MS), SWEEP_ROWS);
    const settled = await settleStale(stale, deps);
    all += settled;
    if (settled === 0 || stale.length < SWEEP_ROWS || deps.clock.now() >= until) return all;
  }
}

/** @returns how many were dropped, or turned out to be taken */
async function settleStale(stale: readonly UploadRow[], { store, blobs }: UploadDeps): Promise<number> {
  let settled = 0;
  for (const { id } of stale) {
    const row = await store.upload(id);
    if (row?.claimedBy !== null) continue;
    settled += 1;
    const taker = await takerOf(row, store);
    if (taker !== null) {
      await store.claimUpload(id, taker);
      continue;
    }
    // the row goes last: a sweep that dies in between is made again
    while (!(await blobs.drop(id)));
    await store.dropUpload(id);
  }
  return settled;
}

/** The statement whose body it is: a process that died between commit and claim left it unclaimed. */
async function takerOf({ id, sizeBytes }: UploadRow, store: Store): Promise<Digest | null> {
  const parts = await store.parts(id);
  if (parts.reduce((sum, part) => sum + part.sizeBytes, 0) !== sizeBytes) return null;
  const root = rootOfParts([...parts].sort((a, b) => a.n - b.n).map((part) => part.leafHash));
  const [taker] = await store.linked('ciphertext', encodeDigest(root), 1);
  const bodies = taker === undefined ? [] : (openVolume(taker).submission.bodies ?? []);
  return taker !== undefined && bodies.some((body) => 'upload' in body && body.upload === id) ? taker.digest : null;
}

/** @throws Failure `OVERLOADED` rather than let memory grow: a client comes again */
function createHold(): Uploads['held'] {
  let inFlight = 0;
  const places = createPlaces(PARTS_OF_ONE_MAX);
  return async (owner, work) => {
    if (inFlight >= PARTS_IN_FLIGHT_MAX) throw new Failure('OVERLOADED', `${PARTS_IN_FLIGHT_MAX} parts are in memory`);
    const taken = inFlight < PARTS_FREE_MAX ? 1 : PARTS_OF_ONE_MAX;
    if (!places.take(owner, taken)) throw new Failure('OVERLOADED', `${inFlight} parts are in memory, and too many of them are ${owner}’s`);
    inFlight += 1;
    try {
      return await work();
    } finally {
      inFlight -= 1;
      places.leave(owner, taken);
    }
  };
}
