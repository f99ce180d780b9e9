/**
 * An authority's stream: a hash chain over its own view hashes, one link an epoch. It takes the place of counters, because
 * two leaves under one counter hide a disclosure, and counters tell co-originators each other's volume.
 */
import { native } from '#native';
import { leafHash, rootOf, rootOfPath, type Hash } from './merkle.js';

const LINK = Uint8Array.of(2);

/** The head of a stream in which nothing has happened: 32 zero bytes. */
export const GENESIS_HEAD: Hash = new Uint8Array(32);

/**
 * @param news the authority's view hashes of one epoch, in index order
 * @returns the next head; the same one where there is no news
 * @see protocol.md 7: SHA-256(2 ‖ previous head ‖ MTH(view hashes))
 */
export const nextHead = (head: Hash, news: readonly Hash[]): Hash => (news.length === 0 ? head : native.sha256(LINK, head, rootOf(news)));

export interface StreamEntry {
  /** the epoch whose news it is of */
  readonly n: number;
  readonly viewHash: Hash;
}

/** @returns the view hashes of each epoch that has news, in the order in which they came */
export function newsOf(entries: readonly StreamEntry[]): ReadonlyMap<number, readonly Hash[]> {
  const news = new Map<number, Hash[]>();
  for (const { n, viewHash } of entries) {
    const known = news.get(n);
    if (known === undefined) news.set(n, [viewHash]);
    else known.push(viewHash);
  }
  return news;
}

/** @returns the head over a stream's entries, from its first one on */
export const headOf = (entries: readonly StreamEntry[]): Hash =>
  [...newsOf(entries).values()].reduce<Hash>((head, news) => nextHead(head, news), GENESIS_HEAD);

/** One view hash among the news of one epoch, as its reader is shown it: `before` and the head after it say nothing of the others. */
export interface StreamLink {
  readonly viewHash: Hash;
  /** its place among the news, from 0, and how many there are */
  readonly position: number;
  readonly of: number;
  /** from its sibling up, in the tree of the news */
  readonly path: readonly Hash[];
  readonly before: Hash;
}

/** @returns the head that a stream has after this link; null where the path is none */
export function headAfter({ viewHash, position, of, path, before }: StreamLink): Hash | null {
  const news = rootOfPath(leafHash(viewHash), position, of, path);
  return news === null || before.length !== GENESIS_HEAD.length ? null : native.sha256(LINK, before, news);
}
