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

export interface StreamEntry {
  /** the leaf's index in the log */
  readonly index: number;
  readonly viewHash: Hash;
}

/**
 * The whole history again: what an authority compares with the map of each epoch. A leaf between an epoch's `upTo` and the
 * epoch leaf itself belongs to the next epoch, and one after the last `upTo` to none yet.
 *
 * @param entries in rising index order
 * @param upTos each epoch's `upTo`, from the first epoch on, never falling
 * @returns one head an epoch
 * @throws RangeError where an order is broken: a stream that was put together wrongly must not pass for a lie of the log
 */
export function recomputeHeads(entries: readonly StreamEntry[], upTos: readonly number[]): Hash[] {
  if (!isRising(entries.map((entry) => entry.index))) throw new RangeError('stream entries are not in index order');
  if (upTos.some((upTo, i) => i > 0 && upTo < upTos[i - 1]!)) throw new RangeError('an epoch covers less than the one before');
  let head = GENESIS_HEAD;
  let at = 0;
  return upTos.map((upTo) => {
    const news: Hash[] = [];
    for (; at < entries.length && entries[at]!.index <= upTo; at += 1) news.push(entries[at]!.viewHash);
    head = nextHead(head, news);
    return head;
  });
}

const isRising = (numbers: readonly number[]): boolean => numbers.every((n, i) => i === 0 || n > numbers[i - 1]!);
