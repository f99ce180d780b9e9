/**
 * The door to sealing that knows no suite: one content key an item, one body, one seal a reader. What opens them again is
 * `open.ts`, which no file of the server may reach.
 *
 * @see protocol.md 4
 */
import type { Digest, KeyId } from '../domain/ids.js';
import type { Chance } from '../domain/ports.js';
import { no, ok, type Result } from '../domain/result.js';
import type { Instant } from '../domain/time.js';
import { FORMAT_OF_SUITE, type Format, type Suite } from '../domain/vocabulary.js';
import { createFileKey, parseAgeSeal, sealFileKey } from './age/seal.js';
import { createStreamSealer, STREAM_NONCE_BYTES } from './age/stream.js';
import { concat } from './age/bytes.js';
import { digestOfBytes } from './digest.js';
import { keyCommitment } from './key-commitment.js';
import { encodeDigest } from './merkle/digests.js';
import { encryptOpenpgpBody } from './openpgp/body.js';
import { parseOpenpgpKey } from './openpgp/key.js';
import { createSessionKey, parseOpenpgpSeal, sealSessionKey } from './openpgp/seal.js';
import { partTreeOf } from './part-tree.js';

/** Formats that are sealed here. `cms` is a partner's, and comes with its bridge. */
export type SealedFormat = Exclude<Format, 'cms'>;

/** A reader's key as the directory lists it. */
export interface ReaderKey {
  readonly kid: KeyId;
  readonly suite: Suite;
  readonly publicKey: Uint8Array;
}

export interface Seal {
  readonly kid: KeyId;
  readonly suite: Suite;
  /** at most 4 KiB */
  readonly bytes: Uint8Array;
  readonly digest: Digest;
}

/** What names an item before it is sealed: the commitment binds the key to it. */
export interface ItemName {
  readonly id: string;
  readonly issuer: string;
  readonly format: SealedFormat;
}

export interface SealedItem {
  /** secret: age's file key or OpenPGP's session key */
  readonly contentKey: Uint8Array;
  readonly keyCommitment: Digest;
  readonly body: Uint8Array;
  /** RFC 6962 root over the body's parts of 8 MiB */
  readonly ciphertext: Digest;
  readonly size: number;
  readonly seals: readonly Seal[];
}

/** Fresh chance and the time that OpenPGP writes into its packets. */
export interface SealingContext {
  readonly chance: Chance;
  readonly at: Instant;
}

export const createContentKey = (format: SealedFormat, chance: Chance): Uint8Array =>
  format === 'age' ? createFileKey(chance) : createSessionKey(chance);

/**
 * Seals an item's content key to one more reader. Two calls differ; the body stays as it is.
 *
 * @throws RangeError where the key is not of its suite, or the content key is of another format
 */
export async function sealContentKey(contentKey: Uint8Array, reader: ReaderKey, { chance, at }: SealingContext): Promise<Seal> {
  const { kid, suite } = reader;
  let bytes: Uint8Array;
  if (suite === 'openpgp-4') {
    const recipient = await parseOpenpgpKey(reader.publicKey, at);
    if (!recipient.ok) throw new RangeError(recipient.error);
    bytes = await sealSessionKey(contentKey, recipient.value, at);
  } else {
    bytes = sealFileKey(suite, contentKey, reader.publicKey, chance);
  }
  return { kid, suite, bytes, digest: digestOfBytes(bytes) };
}

/** Seals a whole body in memory: for what travels inline, and for formats whose stream cannot be resumed. */
export async function sealBody(
  format: SealedFormat,
  contentKey: Uint8Array,
  plaintext: Uint8Array,
  { chance, at }: SealingContext,
): Promise<Uint8Array> {
  if (format === 'openpgp') return encryptOpenpgpBody(plaintext, contentKey, at);
  const sealer = createStreamSealer(contentKey, chance.bytes(STREAM_NONCE_BYTES));
  return concat(...sealer.push(plaintext), sealer.final());
}

/**
 * Seals one plaintext to its readers.
 *
 * @param readers each with a suite of the item's format
 * @throws RangeError where a reader's suite is of another format: a second body would be a second item
 */
export async function sealItem(
  name: ItemName,
  plaintext: Uint8Array,
  readers: readonly ReaderKey[],
  context: SealingContext,
): Promise<SealedItem> {
  if (readers.some(({ suite }) => FORMAT_OF_SUITE[suite] !== name.format))
    throw new RangeError(`a reader's suite is not of the format ${name.format}`);
  const contentKey = createContentKey(name.format, context.chance);
  const body = await sealBody(name.format, contentKey, plaintext, context);
  const seals = await Promise.all(readers.map((reader) => sealContentKey(contentKey, reader, context)));
  const { root, size } = partTreeOf(body);
  const commitment = keyCommitment(contentKey, name.format, name.id, name.issuer);
  return { contentKey, keyCommitment: commitment, body, ciphertext: encodeDigest(root), size, seals };
}

/**
 * Takes a seal apart without a secret, strictly: one stanza or packet, exact lengths, no trailing byte. Whether it fits the
 * reader's key only the reader can tell.
 *
 * @param reader whose seal it is said to be
 */
export async function parseSeal(bytes: Uint8Array, reader: ReaderKey, at: Instant): Promise<Result<Uint8Array, string>> {
  if (reader.suite !== 'openpgp-4') {
    const seal = parseAgeSeal(reader.suite, bytes);
    return seal.ok ? ok(bytes) : seal;
  }
  const recipient = await parseOpenpgpKey(reader.publicKey, at);
  if (!recipient.ok) return no(recipient.error);
  const seal = parseOpenpgpSeal(bytes, recipient.value);
  return seal.ok ? ok(bytes) : seal;
}
